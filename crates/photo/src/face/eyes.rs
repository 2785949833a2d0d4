//! The outlines of the eyes: MediaPipe's iris model.

use super::pyramid::{Outside, Pyramid, Region, Sampling, Values, count};
use super::{Eye, MeshPoint, Point};
use crate::net::{ModelError, Network, Workspace};

/// Points of the outline, and of the iris.
const POINTS: [usize; 2] = [71, 5];
/// How much larger than the eye its region is. Source: docs/sources.md#models.
const MARGIN: f32 = 2.3;
/// The corners of each eye in the mesh, left in the picture first. Source: docs/sources.md#models.
const CORNERS: [[usize; 2]; 2] = [[33, 133], [362, 263]];

/// The iris model.
#[derive(Debug)]
pub(super) struct Eyes {
    network: Network,
}

impl Eyes {
    pub(super) fn load(bytes: &[u8]) -> Result<Self, ModelError> {
        Network::load(bytes, &POINTS.map(|points| points * 3)).map(|network| Self { network })
    }

    /// Both eyes of a face, left in the picture first. The model knows eyes that are left in the picture; the other
    /// one is shown to it in a mirror.
    pub(super) fn find(
        &self,
        pyramid: &Pyramid<'_>,
        mesh: &[MeshPoint],
        workspace: &mut Workspace,
    ) -> [Eye; 2] {
        let corner = |index: usize| mesh.get(index).map_or_else(Point::default, MeshPoint::flat);
        let [left, right] = CORNERS.map(|corners| corners.map(corner));
        [
            self.eye(pyramid, left, false, workspace),
            self.eye(pyramid, right, true, workspace),
        ]
    }

    fn eye(
        &self,
        pyramid: &Pyramid<'_>,
        [from, to]: [Point; 2],
        is_mirrored: bool,
        workspace: &mut Workspace,
    ) -> Eye {
        let centre = Point {
            x: f32::midpoint(from.x, to.x),
            y: f32::midpoint(from.y, to.y),
        };
        let (x, y) = (to.x - from.x, to.y - from.y);
        let side = (x * x + y * y).sqrt() * MARGIN;
        let region = Region::turned(centre, side, from, to);
        let shape = self.network.input();
        let pixels = count(shape.width);
        let place = |point: &[f32; 3]| {
            let across = point[0] / pixels;
            region.at(
                if is_mirrored { 1.0 - across } else { across },
                point[1] / pixels,
            )
        };
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
        self.network.run(workspace, fill, |outputs| {
            let points = |index: usize| outputs[index].as_chunks::<3>().0;
            let iris = points(1);
            Eye {
                contour: points(0).iter().map(place).collect(),
                iris: core::array::from_fn(|point| place(&iris[point])),
            }
        })
    }
}
