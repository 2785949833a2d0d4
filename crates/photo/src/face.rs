//! Where the face, its eyes and the person are; in pixels of the picture that was given.
//!
//! Five small networks of MediaPipe's (docs/sources.md#models) do the seeing; nothing here says whose face it is.

#![expect(
    clippy::float_arithmetic,
    reason = "places are shares of sides; only operations that IEEE 754 rounds the same everywhere"
)]

mod detector;
mod eyes;
mod mesh;
mod person;
mod pyramid;
#[cfg(test)]
mod tests;

use crate::net::{ModelError, Workspace};
use crate::picture::Picture;
use detector::{Detector, SAME_FACE};
use eyes::Eyes;
use mesh::{Mesh, Shape};
use person::Person;
use pyramid::{Pyramid, Region};

/// Most faces that are looked at closely; a picture with more is a group in any case.
const MAX_FACES: usize = 8;
/// From which presence on the mesh model confirms a face. Source: docs/sources.md#models.
const MIN_PRESENCE: f32 = 0.5;
/// A face narrower than this share of the picture's longer side is looked at again, nearer.
const SMALL_FACE: f32 = 0.15;
/// The side of that second look, in widths of the face.
const SECOND_LOOK: f32 = 4.0;

/// The bytes of the model files.
#[derive(Debug, Clone, Copy)]
pub struct ModelFiles<'a> {
    /// `face_detection_short_range.tflite`.
    pub short_range: &'a [u8],
    /// `face_landmark.tflite`.
    pub mesh: &'a [u8],
    /// `selfie_segmentation.tflite`.
    pub segmentation: &'a [u8],
    /// `face_detection_full_range.tflite`; counts faces, on the server.
    pub full_range: Option<&'a [u8]>,
    /// `iris_landmark.tflite`; outlines the eyes, on the server.
    pub iris: Option<&'a [u8]>,
}

/// A place in the picture, in pixels from its top left corner; the centre of the first pixel is at (0.5, 0.5).
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Downwards.
    pub y: f32,
}

/// A point of the face mesh.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct MeshPoint {
    /// To the right, in pixels.
    pub x: f32,
    /// Downwards, in pixels.
    pub y: f32,
    /// Away from the camera, in pixels of the same scale; 0 is about the middle of the head.
    pub z: f32,
}

/// An upright rectangle in pixels; parts of it may lie outside the picture.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Area {
    /// Left edge.
    pub left: f32,
    /// Top edge.
    pub top: f32,
    /// Right edge.
    pub right: f32,
    /// Bottom edge.
    pub bottom: f32,
}

/// A face that a detector sees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detection {
    /// How sure the detector is, 0 to 1.
    pub score: f32,
    /// From the brows to the chin.
    pub area: Area,
    /// The eye that is left in the picture, the right eye, the tip of the nose, the middle of the mouth, and the
    /// ears, left in the picture first.
    pub keypoints: [Point; 6],
}

/// What the iris model sees of one eye.
#[derive(Debug, Clone, PartialEq)]
pub struct Eye {
    /// 71 points. The first 16 are the edges of the lids: the outer corner (0), the lower lid (1 to 7), the inner
    /// corner (8), and the upper lid, again from the outer corner (9 to 15). The others are lines around the eye and
    /// the brow.
    pub contour: Vec<Point>,
    /// The middle of the iris and four points of its edge.
    pub iris: [Point; 5],
}

/// The main face.
#[derive(Debug, Clone, PartialEq)]
pub struct Face {
    /// How sure the mesh model is that there is a face, above 0.5 to 1.
    pub presence: f32,
    /// The 468 points of MediaPipe's face mesh, in its order.
    pub mesh: Vec<MeshPoint>,
    /// The same as the model sees it in a mirror, each point where it is in the picture: the point that is the left
    /// one here is the right one there. What is hidden is guessed, and in a mirror otherwise.
    pub mirrored: Vec<MeshPoint>,
    /// How sure the model is of the face in the mirror, 0 to 1.
    pub mirrored_presence: f32,
    /// The eye that is left in the picture, then the right one; `None` without the iris model.
    pub eyes: Option<[Eye; 2]>,
}

/// Where the person is. The mask is stretched over the whole picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mask {
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// How sure the model is that the person is here, 0 to 255, row by row from the top left.
    pub person: Vec<u8>,
}

/// What was found in a picture.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// All faces, the surest first.
    pub faces: Vec<Detection>,
    /// The main face; `None` where no face was found, or the mesh does not confirm it.
    pub face: Option<Face>,
    /// The person; `None` where there is no face.
    pub mask: Option<Mask>,
}

/// The loaded models.
#[derive(Debug)]
pub struct Engine {
    short_range: Detector,
    full_range: Option<Detector>,
    mesh: Mesh,
    eyes: Option<Eyes>,
    person: Person,
}

impl Engine {
    /// Loads the models.
    ///
    /// # Errors
    /// [`ModelError`], where a file is not the model it should be.
    pub fn load(files: &ModelFiles<'_>) -> Result<Self, ModelError> {
        Ok(Self {
            short_range: Detector::short_range(files.short_range)?,
            full_range: files.full_range.map(Detector::full_range).transpose()?,
            mesh: Mesh::load(files.mesh)?,
            eyes: files.iris.map(Eyes::load).transpose()?,
            person: Person::load(files.segmentation)?,
        })
    }

    /// Finds faces and the person.
    ///
    /// Takes the time of at most a few networks for each face, of eight at most, and besides the picture a third of
    /// its memory and about 10 MB.
    pub fn find(&self, picture: &Picture) -> Found {
        let pyramid = Pyramid::new(picture);
        let workspace = &mut Workspace::default();
        let mut faces = Vec::new();
        let mut main: Option<(f32, Detection, Shape)> = None;
        for face in self
            .candidates(&pyramid, workspace)
            .into_iter()
            .take(MAX_FACES)
        {
            let shape = self.mesh.find(&pyramid, &face, false, workspace);
            if shape.presence > MIN_PRESENCE {
                faces.push(face);
                // The main face is the largest.
                let size = face.area.size();
                if main.as_ref().is_none_or(|(largest, ..)| size > *largest) {
                    main = Some((size, face, shape));
                }
            }
        }
        let face = main.map(|(_, face, shape)| {
            let mirrored = self.mesh.find(&pyramid, &face, true, workspace);
            let eyes = self.eyes.as_ref();
            Face {
                presence: shape.presence,
                eyes: eyes.map(|eyes| eyes.find(&pyramid, &shape.points, workspace)),
                mesh: shape.points,
                mirrored: mirrored.points,
                mirrored_presence: mirrored.presence,
            }
        });
        let mask = face
            .is_some()
            .then(|| self.person.find(&pyramid, workspace));
        Found { faces, face, mask }
    }

    /// What may be faces, the surest first: as many as the full-range detector sees, which sees small ones better,
    /// each where the short-range detector sees it, which sees its points better.
    fn candidates(&self, pyramid: &Pyramid<'_>, workspace: &mut Workspace) -> Vec<Detection> {
        let whole = pyramid.whole();
        let side = whole.width.max(whole.height);
        let square = Region::upright(whole.centre, side, side);
        let near = self.short_range.find(pyramid, &square, workspace);
        let counted = self.full_range.as_ref();
        let counted = counted.map(|counter| counter.find(pyramid, &square, workspace));
        let counted = counted
            .filter(|faces| !faces.is_empty())
            .unwrap_or_else(|| near.clone());
        let placed = counted.into_iter().map(|face| face.nearest_of(&near));
        placed
            .map(|face| {
                if face.area.width() <= side * SMALL_FACE {
                    self.second_look(pyramid, &face, workspace)
                } else {
                    face
                }
            })
            .collect()
    }

    /// The face as the short-range detector sees it from nearer.
    fn second_look(
        &self,
        pyramid: &Pyramid<'_>,
        face: &Detection,
        workspace: &mut Workspace,
    ) -> Detection {
        let side = face.area.width() * SECOND_LOOK;
        let square = Region::upright(face.area.centre(), side, side);
        face.nearest_of(&self.short_range.find(pyramid, &square, workspace))
    }
}

impl Detection {
    /// The same face among others; itself, where it is not there.
    fn nearest_of(&self, others: &[Self]) -> Self {
        let same = others.iter().max_by(|a, b| {
            self.area
                .shared_with(&a.area)
                .total_cmp(&self.area.shared_with(&b.area))
        });
        let same = same.filter(|other| self.area.shared_with(&other.area) > SAME_FACE);
        same.map_or(*self, |other| Self {
            score: self.score,
            ..*other
        })
    }
}

impl MeshPoint {
    /// Where the point is in the picture.
    pub fn flat(&self) -> Point {
        Point {
            x: self.x,
            y: self.y,
        }
    }
}

impl Area {
    /// From left to right.
    pub fn width(&self) -> f32 {
        self.right - self.left
    }

    /// From top to bottom.
    pub fn height(&self) -> f32 {
        self.bottom - self.top
    }

    /// The middle.
    pub fn centre(&self) -> Point {
        Point {
            x: f32::midpoint(self.left, self.right),
            y: f32::midpoint(self.top, self.bottom),
        }
    }

    fn size(&self) -> f32 {
        self.width() * self.height()
    }

    /// How much of what both cover together both cover, 0 to 1.
    fn shared_with(&self, other: &Self) -> f32 {
        let width = self.right.min(other.right) - self.left.max(other.left);
        let height = self.bottom.min(other.bottom) - self.top.max(other.top);
        let shared = width.max(0.0) * height.max(0.0);
        let all = self.size() + other.size() - shared;
        if all > 0.0 { shared / all } else { 0.0 }
    }
}
