//! What stands behind the person, and beside the shoulders.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "pictures for tests are drawn"
)]

use photo::Picture;

use super::{Rgb, Sitter, boxed, lit, noise, solid};

/// Backgrounds that no photo may have, by name.
pub(crate) const SCENES: [&str; 6] = [
    "gradient",
    "houses and sky",
    "bricks",
    "leaves",
    "two walls",
    "shelf below the chin",
];

/// The person before one of them.
pub(crate) fn scene(sitter: &Sitter, scene: &str) -> Picture {
    let (width, height) = (sitter.picture.width as f32, sitter.picture.height as f32);
    sitter.redrawn(|x, y, _| {
        let (across, down) = (x / width, y / height);
        let paint: Rgb = match scene {
            "gradient" => lit([120.0, 190.0, 250.0], 1.05 - 0.65 * down),
            "houses and sky" => houses(across, down),
            "bricks" => bricks(across * 14.0, down * 28.0),
            "leaves" => leaves(across * 40.0, down * 40.0),
            "two walls" => lit(
                if across < 0.5 {
                    [235.0; 3]
                } else {
                    [150.0, 170.0, 200.0]
                },
                1.0,
            ),
            "shelf below the chin" if sitter.on_face(x, y).1 > 1.05 => lit(
                [110.0, 70.0, 40.0],
                1.0 + 0.4 * noise(across * 25.0, down * 12.0),
            ),
            _ => [225.0, 232.0, 240.0],
        };
        let share = 1.0 - ((sitter.person(x, y) - 0.3) / 0.4).clamp(0.0, 1.0);
        (paint, share)
    })
}

fn houses(x: f32, y: f32) -> Rgb {
    let house = (x * 5.0).floor();
    let roof = 0.35 + 0.15 * noise(house, 3.0);
    if y < roof {
        return [150.0 + 60.0 * y, 190.0 + 40.0 * y, 235.0];
    }
    let is_window = (x * 25.0).fract() < 0.5 && (y * 18.0).fract() < 0.5;
    if is_window {
        [50.0, 60.0, 75.0]
    } else {
        lit([200.0, 170.0, 140.0], 0.9 + 0.2 * noise(house, 8.0))
    }
}

fn bricks(x: f32, y: f32) -> Rgb {
    let x = x + (y.floor() * 0.5).fract();
    if x.fract() < 0.08 || y.fract() < 0.14 {
        [205.0, 200.0, 190.0]
    } else {
        lit([160.0, 80.0, 60.0], 1.0 + 0.15 * noise(x, y))
    }
}

fn leaves(x: f32, y: f32) -> Rgb {
    lit(
        [60.0, 105.0, 45.0],
        1.0 + 0.6 * noise(x, y) + 0.2 * noise(x * 3.0, y * 3.0),
    )
}

/// A hand or a thing held up beside the face, above the shoulder.
pub(crate) fn beside(sitter: &Sitter, way: usize) -> Picture {
    let skin = sitter.colour(-0.5, 0.35);
    let side = if way.is_multiple_of(2) { 1.0 } else { -1.0 };
    let colour: Rgb = [skin, [40.0, 40.0, 45.0], [200.0, 60.0, 50.0]][way % 3];
    sitter.painted(|x, y, _| {
        let place = (x - side * 1.55, y - 1.0);
        let outside = boxed(place, (0.3, 0.5), 0.14);
        let light = 1.0 - 0.3 * (place.0 / 0.3).powi(2) + 0.03 * noise(x * 60.0, y * 60.0);
        (lit(colour, light), solid(outside))
    })
}
