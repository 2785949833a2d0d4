//! How the head is turned: the mesh laid over the canonical face.
#![expect(
    clippy::float_arithmetic,
    reason = "IEEE-exact operations and libm, the same on every machine"
)]

use serde::{Deserialize, Serialize};

use super::statistics::rounded;
use crate::face::MeshPoint;

/// How far the mesh model reads a level head as bowed, in degrees: the median of official portraits.
/// Source: `docs/sources.md#photo-measures`.
const PITCH_BIAS: f64 = -5.0;

/// Steps of the power method; the largest eigenvalue of a fitting face stands well apart from the others.
const STEPS: usize = 60;

/// How the head is turned, in degrees. Roll is good to about 0.2°, yaw and pitch to about 5°.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Pose {
    /// Turned about the neck; positive towards the right of the picture.
    pub yaw: f32,
    /// Nodded; positive upwards.
    pub pitch: f32,
    /// Tilted to a shoulder; positive clockwise in the picture. 180 where the person is upside down.
    pub roll: f32,
}

/// Points of the mesh that hardly move with the expression: index, weight, place in centimetres (right, up, towards
/// the camera). Source: MediaPipe's canonical face, `docs/sources.md#models`.
const STEADY: [(usize, f64, [f64; 3]); 33] = [
    (4, 0.0709, [0.0000, -0.4632, 7.5866]),
    (6, 0.0321, [0.0000, 2.4733, 5.7886]),
    (10, 0.0084, [0.0000, 8.2618, 4.4815]),
    (33, 0.0587, [-4.4459, 2.6640, 3.1734]),
    (54, 0.0077, [-6.2793, 6.6154, 1.4259]),
    (67, 0.0091, [-3.5240, 8.0060, 3.7292]),
    (117, 0.0098, [-5.2587, 0.9458, 2.9743]),
    (119, 0.0146, [-3.3007, 0.8616, 3.8728]),
    (121, 0.0186, [-1.8207, 1.4680, 4.2241]),
    (127, 0.0052, [-7.7431, 2.3650, -2.0052]),
    (129, 0.1206, [-1.7858, -0.9783, 4.8505]),
    (132, 0.0056, [-7.2709, -2.8909, -2.2525]),
    (133, 0.0533, [-1.8564, 2.5852, 3.7579]),
    (136, 0.0669, [-5.0853, -7.1786, 0.7147]),
    (143, 0.0148, [-6.4076, 2.2360, 1.5608]),
    (147, 0.0143, [-6.2349, -1.9444, 1.6635]),
    (198, 0.0255, [-1.2468, 0.2303, 5.6810]),
    (205, 0.0473, [-3.8329, -1.5373, 4.1377]),
    (263, 0.0587, [4.4459, 2.6640, 3.1734]),
    (284, 0.0077, [6.2793, 6.6154, 1.4259]),
    (297, 0.0091, [3.5240, 8.0060, 3.7292]),
    (346, 0.0098, [5.2587, 0.9458, 2.9743]),
    (348, 0.0146, [3.3007, 0.8616, 3.8728]),
    (350, 0.0186, [1.8207, 1.4680, 4.2241]),
    (356, 0.0052, [7.7431, 2.3650, -2.0052]),
    (358, 0.1206, [1.7858, -0.9783, 4.8505]),
    (361, 0.0056, [7.2709, -2.8909, -2.2525]),
    (362, 0.0533, [1.8564, 2.5852, 3.7579]),
    (365, 0.0669, [5.0853, -7.1786, 0.7147]),
    (372, 0.0148, [6.4076, 2.2360, 1.5608]),
    (376, 0.0143, [6.2349, -1.9444, 1.6635]),
    (420, 0.0255, [1.2468, 0.2303, 5.6810]),
    (425, 0.0473, [3.8329, -1.5373, 4.1377]),
];

/// Turns the canonical face so that it fits the mesh best (Horn 1987, by quaternions); `None` where the mesh is no
/// face but a heap of points.
pub(super) fn pose(mesh: &[MeshPoint]) -> Option<Pose> {
    let seen = |index: usize| {
        mesh.get(index)
            .map(|point| [f64::from(point.x), -f64::from(point.y), -f64::from(point.z)])
    };
    let mut centres = [[0.0; 3]; 2];
    let mut total = 0.0;
    for (index, weight, known) in STEADY {
        let seen = seen(index)?;
        for axis in 0..3 {
            centres[0][axis] += weight * known[axis];
            centres[1][axis] += weight * seen[axis];
        }
        total += weight;
    }
    let mut products = [[0.0; 3]; 3];
    for (index, weight, known) in STEADY {
        let seen = seen(index)?;
        for (row, products) in products.iter_mut().enumerate() {
            for (column, product) in products.iter_mut().enumerate() {
                *product += weight
                    * (known[row] - centres[0][row] / total)
                    * (seen[column] - centres[1][column] / total);
            }
        }
    }
    let turn = quaternion(&products)?;
    Some(angles(turn))
}

/// The turn that fits best, as the eigenvector of the largest eigenvalue of Horn's matrix.
fn quaternion(s: &[[f64; 3]; 3]) -> Option<[f64; 4]> {
    let [[xx, xy, xz], [yx, yy, yz], [zx, zy, zz]] = *s;
    let mut matrix = [
        [xx + yy + zz, yz - zy, zx - xz, xy - yx],
        [yz - zy, xx - yy - zz, xy + yx, zx + xz],
        [zx - xz, xy + yx, yy - xx - zz, yz + zy],
        [xy - yx, zx + xz, yz + zy, zz - xx - yy],
    ];
    // All eigenvalues are made positive, so that the largest also is the farthest from 0.
    let size: f64 = s.iter().flatten().map(|product| product.abs()).sum();
    if !(size > 0.0 && size.is_finite()) {
        return None;
    }
    for (index, row) in matrix.iter_mut().enumerate() {
        row[index] += 2.0 * size;
    }
    let mut turn = [1.0, 0.1, 0.1, 0.1];
    for _ in 0..STEPS {
        let next = matrix.map(|row| (0..4).map(|at| row[at] * turn[at]).sum::<f64>());
        let length = libm::sqrt(next.iter().map(|part| part * part).sum());
        turn = next.map(|part| part / length);
    }
    turn.iter().all(|part| part.is_finite()).then_some(turn)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "an angle in degrees needs no more digits"
)]
fn angles([w, x, y, z]: [f64; 4]) -> Pose {
    // Where the nose points to, and the axis from the right ear to the left one.
    let nose = [
        2.0 * (x * z + w * y),
        2.0 * (y * z - w * x),
        1.0 - 2.0 * (x * x + y * y),
    ];
    let across = [1.0 - 2.0 * (y * y + z * z), 2.0 * (x * y + w * z)];
    let degrees = |angle: f64| angle.to_degrees();
    Pose {
        yaw: rounded(degrees(libm::atan2(nose[0], nose[2])) as f32),
        pitch: rounded((degrees(libm::asin(nose[1].clamp(-1.0, 1.0))) - PITCH_BIAS) as f32),
        roll: rounded(-degrees(libm::atan2(across[1], across[0])) as f32),
    }
}

#[cfg(test)]
#[expect(
    clippy::cast_possible_truncation,
    reason = "angles and places of a made-up face are small"
)]
mod tests {
    use rstest::rstest;

    use super::*;

    /// The canonical face seen from the front, turned about one axis of the picture.
    fn mesh(turn: impl Fn([f64; 3]) -> [f64; 3]) -> Vec<MeshPoint> {
        let mut mesh = vec![MeshPoint::default(); 468];
        for (index, _, known) in STEADY {
            let [x, y, z] = turn(known).map(|part| part as f32 * 20.0);
            (mesh[index].x, mesh[index].y, mesh[index].z) = (400.0 + x, 300.0 - y, -z);
        }
        mesh
    }

    fn close(pose: Pose, expected: [f64; 3]) -> bool {
        let level = [pose.yaw, pose.pitch + PITCH_BIAS as f32, pose.roll];
        let pairs = level.iter().zip(expected);
        pairs.fold(true, |close, (angle, expected)| {
            close && (f64::from(*angle) - expected).abs() < 0.05
        })
    }

    #[rstest]
    #[case(-40.0)]
    #[case(-10.0)]
    #[case(0.0)]
    #[case(5.0)]
    #[case(30.0)]
    fn a_turned_face_has_the_angle_it_was_turned_by(#[case] degrees: f64) {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let yawed = mesh(|[x, y, z]| [x * cos + z * sin, y, z * cos - x * sin]);
        assert!(close(pose(&yawed).unwrap(), [degrees, 0.0, 0.0]));
        let nodded = mesh(|[x, y, z]| [x, y * cos + z * sin, z * cos - y * sin]);
        assert!(close(pose(&nodded).unwrap(), [0.0, degrees, 0.0]));
        let rolled = mesh(|[x, y, z]| [x * cos + y * sin, y * cos - x * sin, z]);
        assert!(close(pose(&rolled).unwrap(), [0.0, 0.0, degrees]));
    }

    #[test]
    fn no_face_has_no_pose() {
        assert_eq!(pose(&[]), None);
        assert_eq!(pose(&[MeshPoint::default(); 468]), None);
        let far = [MeshPoint {
            x: f32::NAN,
            y: 0.0,
            z: 0.0,
        }; 468];
        assert_eq!(pose(&far), None);
    }
}
