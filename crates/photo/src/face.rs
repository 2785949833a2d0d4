//! Where the face, its eyes and the person are; in pixels of the picture that was given.
//!
//! Five small networks of MediaPipe's (docs/sources.md#models) do the seeing; nothing here says whose face it is.

#![expect(
    clippy::float_arithmetic,
    reason = "places are shares of sides; only operations that IEEE 754 rounds the same everywhere"
)]

mod detector;
mod eyes;
mod found;
mod mesh;
mod person;
mod pyramid;
#[cfg(test)]
mod tests;

use crate::net::{ModelError, Workspace};
use crate::picture::Picture;
use detector::Detector;
use eyes::Eyes;
pub use found::{Area, Detection, Eye, Face, Found, Mask, MeshPoint, Point};
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
