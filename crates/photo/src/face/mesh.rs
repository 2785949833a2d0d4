//! The shape of a face: MediaPipe's face mesh.

use super::pyramid::{Outside, Pyramid, Region, Sampling, Values, count};
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

    /// The shape of a detected face; `is_mirrored`: seen with left as right, each point then where it is in the picture.
    pub(super) fn find(
        &self,
        pyramid: &Pyramid<'_>,
        face: &Detection,
        is_mirrored: bool,
        workspace: &mut Workspace,
    ) -> Shape {
        let side = face.area.width().max(face.area.height()) * MARGIN;
        let [left_eye, right_eye, ..] = face.keypoints;
        let region = Region::turned(face.area.centre(), side, left_eye, right_eye);
        let shape = self.network.input();
        let fill = |input: &mut [f32]| {
            let sampling = Sampling {
                outside: Outside::Nearest,
                values: Values::UNIT,
            };
            pyramid.sample(&region, shape, sampling, input);
            if is_mirrored {
                for line in input.chunks_exact_mut(shape.width * shape.channels) {
                    line.as_chunks_mut::<3>().0.reverse();
                }
            }
        };
        self.network.run(workspace, fill, |outputs| match outputs {
            [points, presence] => Shape {
                presence: logistic(presence[0]),
                points: place(points, &region, count(shape.width), is_mirrored),
            },
            _ => Shape {
                presence: 0.0,
                points: Vec::new(),
            },
        })
    }
}

/// The points in the picture.
fn place(points: &[f32], region: &Region, side: f32, is_mirrored: bool) -> Vec<MeshPoint> {
    let points = points.as_chunks::<3>().0.iter();
    let place = |&[x, y, z]: &[f32; 3]| {
        let across = if is_mirrored { side - x } else { x };
        let Point { x, y } = region.at(across / side, y / side);
        MeshPoint {
            x,
            y,
            z: z / side * region.width,
        }
    };
    points.map(place).collect()
}
