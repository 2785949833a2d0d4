//! Where faces are: MediaPipe's face detectors (`BlazeFace`).

use super::found::{Area, Detection, Point, SAME_FACE};
use super::pyramid::{Outside, Pyramid, Region, Sampling, Values, count};
use crate::net::{ModelError, Network, Workspace, logistic};

/// From which score on a place counts as a face. Source: docs/sources.md#models.
const MIN_SCORE: f32 = 0.5;
/// Numbers that tell a face: its box (centre and size), and six points.
const NUMBERS: usize = 16;

/// A detector: for each anchor, a place on a grid, it tells how likely a face is there and where exactly.
#[derive(Debug)]
pub(super) struct Detector {
    network: Network,
    /// In shares of the sides.
    anchors: Vec<Point>,
}

impl Detector {
    /// Loads the detector for faces within two metres: anchors two a place on a grid of 16×16, six on one of 8×8.
    pub(super) fn short_range(bytes: &[u8]) -> Result<Self, ModelError> {
        Self::load(bytes, &[(16, 2), (8, 6)])
    }

    /// Loads the detector for faces within five metres: anchors on a grid of 48×48.
    pub(super) fn full_range(bytes: &[u8]) -> Result<Self, ModelError> {
        Self::load(bytes, &[(48, 1)])
    }

    fn load(bytes: &[u8], grids: &[(usize, usize)]) -> Result<Self, ModelError> {
        let anchors: Vec<Point> = grids
            .iter()
            .flat_map(|&(side, each)| grid(side, each))
            .collect();
        let network = Network::load(bytes, &[anchors.len() * NUMBERS, anchors.len()])?;
        Ok(Self { network, anchors })
    }

    /// The faces in a square of the picture, the surest first.
    pub(super) fn find(
        &self,
        pyramid: &Pyramid<'_>,
        square: &Region,
        workspace: &mut Workspace,
    ) -> Vec<Detection> {
        let shape = self.network.input();
        let sampling = Sampling {
            outside: Outside::Black,
            values: Values::SIGNED,
        };
        let found = self.network.run(
            workspace,
            |input| pyramid.sample(square, shape, sampling, input),
            |outputs| match outputs {
                [numbers, scores] => self.decode(numbers, scores, square),
                _ => Vec::new(),
            },
        );
        merge(found)
    }

    /// The faces that the outputs tell, in any order.
    fn decode(&self, numbers: &[f32], scores: &[f32], square: &Region) -> Vec<Detection> {
        let side = count(self.network.input().width);
        let numbers = numbers.as_chunks::<NUMBERS>().0;
        let places = self.anchors.iter().zip(numbers).zip(scores);
        let sure = places.map(|(place, &score)| (place, logistic(score)));
        sure.filter(|&(_, score)| score >= MIN_SCORE)
            .map(|((anchor, numbers), score)| {
                let at = |index: usize| {
                    let (x, y) = (numbers[index] / side, numbers[index + 1] / side);
                    square.at(anchor.x + x, anchor.y + y)
                };
                let centre = at(0);
                let (width, height) = (
                    numbers[2] / side * square.width,
                    numbers[3] / side * square.height,
                );
                Detection {
                    score,
                    area: Area {
                        left: centre.x - width / 2.0,
                        top: centre.y - height / 2.0,
                        right: centre.x + width / 2.0,
                        bottom: centre.y + height / 2.0,
                    },
                    keypoints: core::array::from_fn(|point| at(4 + 2 * point)),
                }
            })
            .collect()
    }
}

/// The middles of the places of a grid, each so many times.
fn grid(side: usize, each: usize) -> impl Iterator<Item = Point> {
    (0..side * side * each).map(move |index| {
        let place = index / each;
        Point {
            x: (count(place % side) + 0.5) / count(side),
            y: (count(place / side) + 0.5) / count(side),
        }
    })
}

/// Makes one of those that are the same face: their mean, weighted by score.
pub(super) fn merge(mut found: Vec<Detection>) -> Vec<Detection> {
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut merged = Vec::new();
    while let Some(best) = found.first().copied() {
        let is_same = |other: &Detection| other.area.shared_with(&best.area) > SAME_FACE;
        // The best is the same as itself, unless it is empty or no number, and must go in any case.
        let (mut same, other): (Vec<_>, Vec<_>) =
            found[1..].iter().partition(|&face| is_same(face));
        same.insert(0, best);
        merged.push(mean(&same, best.score));
        found = other;
    }
    merged
}

fn mean(faces: &[Detection], score: f32) -> Detection {
    let total: f32 = faces.iter().map(|face| face.score).sum();
    let mean = |number: &dyn Fn(&Detection) -> f32| {
        faces
            .iter()
            .map(|face| number(face) * face.score)
            .sum::<f32>()
            / total
    };
    Detection {
        score,
        area: Area {
            left: mean(&|face| face.area.left),
            top: mean(&|face| face.area.top),
            right: mean(&|face| face.area.right),
            bottom: mean(&|face| face.area.bottom),
        },
        keypoints: core::array::from_fn(|point| Point {
            x: mean(&|face| face.keypoints[point].x),
            y: mean(&|face| face.keypoints[point].y),
        }),
    }
}
