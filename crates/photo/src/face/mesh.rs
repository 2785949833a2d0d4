//! The shape of a face: MediaPipe's face mesh.

use super::pyramid::{Outside, Pyramid, Region, Values, count};
use super::{Detection, MeshPoint, Point};
use crate::net::{ModelError, Network, Workspace, logistic};

/// Points of the mesh.
pub(super) const POINTS: usize = 468;
/// How much larger than the box of a face its region is. Source: docs/sources.md#models.
const MARGIN: f32 = 1.5;

/// The mesh model.
#[derive(Debug)]
pub(super) struct Mesh {
    network: Network,
}

/// What the mesh model says about a region.
#[derive(Debug)]
pub(super) struct Shape {
    /// How sure it is that there is a face, 0 to 1.
    pub(super) presence: f32,
    pub(super) points: Vec<MeshPoint>,
}

impl Mesh {
    pub(super) fn load(bytes: &[u8]) -> Result<Self, ModelError> {
        Network::load(bytes, &[POINTS * 3, 1]).map(|network| Self { network })
    }

    /// The shape of a detected face.
    pub(super) fn find(
        &self,
        pyramid: &Pyramid<'_>,
        face: &Detection,
        workspace: &mut Workspace,
    ) -> Shape {
        let side = face.area.width().max(face.area.height()) * MARGIN;
        let [left_eye, right_eye, ..] = face.keypoints;
        let region = Region::turned(face.area.centre(), side, left_eye, right_eye);
        let shape = self.network.input();
        self.network.run(
            workspace,
            |input| pyramid.sample(&region, shape, (Outside::Nearest, Values::UNIT), input),
            |outputs| match outputs {
                [points, presence] => Shape {
                    presence: logistic(presence[0]),
                    points: place(points, &region, count(shape.width)),
                },
                _ => Shape {
                    presence: 0.0,
                    points: Vec::new(),
                },
            },
        )
    }
}

/// The points in the picture.
fn place(points: &[f32], region: &Region, side: f32) -> Vec<MeshPoint> {
    let points = points.as_chunks::<3>().0.iter();
    let place = |&[x, y, z]: &[f32; 3]| {
        let Point { x, y } = region.at(x / side, y / side);
        MeshPoint {
            x,
            y,
            z: z / side * region.width,
        }
    };
    points.map(place).collect()
}
