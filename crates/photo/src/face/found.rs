//! What is found in a picture: faces, their points, and the person.
#![expect(
    clippy::float_arithmetic,
    reason = "places are shares of sides; only operations that IEEE 754 rounds the same everywhere"
)]

/// Two boxes that share more than this of what they cover together are the same face. Source: docs/sources.md#models.
pub(super) const SAME_FACE: f32 = 0.3;

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

impl Detection {
    /// The same face among others; itself, where it is not there.
    pub(super) fn nearest_of(&self, others: &[Self]) -> Self {
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

    pub(super) fn size(&self) -> f32 {
        self.width() * self.height()
    }

    /// How much of what both cover together both cover, 0 to 1.
    pub(super) fn shared_with(&self, other: &Self) -> f32 {
        let width = self.right.min(other.right) - self.left.max(other.left);
        let height = self.bottom.min(other.bottom) - self.top.max(other.top);
        let shared = width.max(0.0) * height.max(0.0);
        let all = self.size() + other.size() - shared;
        if all > 0.0 { shared / all } else { 0.0 }
    }
}
