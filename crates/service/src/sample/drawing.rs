//! Drawn portraits of nobody, for the sample data: soft shapes one over the other, as an airbrush lays them.
#![expect(clippy::float_arithmetic, reason = "colours and places are no money")]

use jpeg_encoder::{ColorType, Encoder, EncodingError};

/// The picture's width in pixels: half as much again as the photo that is made of it.
pub(super) const WIDTH: u16 = 720;
/// Its height in pixels.
pub(super) const HEIGHT: u16 = 960;
/// Everything lies around this line.
const MIDDLE: f32 = 360.0;
/// As a phone writes it.
const QUALITY: u8 = 92;

/// How far a part of a pixel may be from what was drawn: a picture without any looks retouched.
const GRAIN: f32 = 0.05;

/// Red, green and blue, 0 to 1.
type Colour = [f32; 3];

/// An ellipse with a soft edge.
#[derive(Debug, Clone, Copy)]
struct Blob {
    shape: Ellipse,
    /// How wide the edge is, as a part of the half axes.
    soft: f32,
    colour: Colour,
    /// How much it hides of what is below it, 0 to 1.
    cover: f32,
    /// The ellipse that it does not leave.
    within: Option<Ellipse>,
}

/// An ellipse.
#[derive(Debug, Clone, Copy)]
struct Ellipse {
    /// The centre in pixels.
    at: [f32; 2],
    /// The half axes in pixels.
    half: [f32; 2],
}

impl Ellipse {
    /// How far a point is from the centre; 1 on the edge.
    fn distance(self, across: f32, down: f32) -> f32 {
        let across = (across - self.at[0]) / self.half[0];
        across.hypot((down - self.at[1]) / self.half[1])
    }
}

/// What differs between the portraits.
#[derive(Debug, Clone, Copy)]
struct Looks {
    skin: Colour,
    hair: Colour,
    clothes: Colour,
    wall: Colour,
    has_long_hair: bool,
    /// How wide the face is, compared with the usual one.
    width: f32,
}

const SKINS: [Colour; 4] = [
    [0.93, 0.76, 0.65],
    [0.88, 0.69, 0.56],
    [0.80, 0.60, 0.46],
    [0.95, 0.80, 0.71],
];
const HAIRS: [Colour; 3] = [[0.09, 0.08, 0.08], [0.16, 0.11, 0.09], [0.05, 0.05, 0.06]];
const CLOTHES: [Colour; 5] = [
    [0.13, 0.17, 0.27],
    [0.30, 0.13, 0.18],
    [0.16, 0.30, 0.24],
    [0.20, 0.20, 0.22],
    [0.36, 0.27, 0.20],
];
const COLLAR: Colour = [0.95, 0.95, 0.96];
const BLUSH: Colour = [0.86, 0.50, 0.45];
const WALLS: [Colour; 3] = [[0.62, 0.80, 0.94], [0.93, 0.94, 0.95], [0.70, 0.85, 0.96]];

/// A portrait as a JPEG; the same number gives the same file.
pub(super) fn portrait(number: u8) -> Result<Vec<u8>, EncodingError> {
    let looks = looks(number);
    let mut picture = vec![looks.wall; usize::from(WIDTH) * usize::from(HEIGHT)];
    for blob in shapes(&looks) {
        lay(&mut picture, &blob);
    }
    let mut grain = u32::from(number) | 1;
    let bytes: Vec<u8> = picture
        .iter()
        .flatten()
        .map(|part| {
            // Knuth's linear congruential generator; its upper bits are the random ones.
            grain = grain.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let [high, ..] = grain.to_be_bytes();
            byte(part + (f32::from(high) / 255.0 - 0.5) * GRAIN)
        })
        .collect();
    let mut file = Vec::new();
    Encoder::new(&mut file, QUALITY).encode(&bytes, WIDTH, HEIGHT, ColorType::Rgb)?;
    Ok(file)
}

/// A part of a colour as it is written to a file.
fn byte(part: f32) -> u8 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it lies within 0 and 255"
    )]
    let byte = (part.clamp(0.0, 1.0) * 255.0).round() as u8;
    byte
}

fn looks(number: u8) -> Looks {
    Looks {
        skin: pick(&SKINS, number),
        hair: pick(&HAIRS, number / 2),
        clothes: pick(&CLOTHES, number / 3),
        wall: pick(&WALLS, number / 4),
        has_long_hair: number % 2 == 1,
        width: 1.02 + 0.02 * f32::from(number % 5),
    }
}

/// One of them, in turn; black where there is none.
fn pick(colours: &[Colour], number: u8) -> Colour {
    let mut turns = colours.iter().cycle();
    turns.nth(number.into()).copied().unwrap_or_default()
}

fn lay(picture: &mut [Colour], blob: &Blob) {
    let [columns, rows] = [0, 1].map(|axis| {
        let (at, reach) = (
            blob.shape.at[axis],
            blob.shape.half[axis] * (1.0 + blob.soft),
        );
        (pixel(at - reach), pixel(at + reach + 1.0))
    });
    let lines = picture.chunks_exact_mut(usize::from(WIDTH));
    for (row, line) in (0_u16..).zip(lines).take(rows.1.into()).skip(rows.0.into()) {
        let cells = (0_u16..)
            .zip(line)
            .take(columns.1.into())
            .skip(columns.0.into());
        for (column, cell) in cells {
            lay_on(cell, blob, f32::from(column), f32::from(row));
        }
    }
}

/// What a blob does to a pixel at a place.
fn lay_on(cell: &mut Colour, blob: &Blob, across: f32, down: f32) {
    let kept = blob
        .within
        .map_or(1.0, |edge| part_inside(edge.distance(across, down), 0.02));
    let cover = blob.cover * kept * part_inside(blob.shape.distance(across, down), blob.soft);
    for (part, own) in cell.iter_mut().zip(blob.colour) {
        *part += (own - *part) * cover;
    }
}

/// The pixel at a distance from the upper left.
fn pixel(distance: f32) -> u16 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it lies within the picture"
    )]
    let pixel = distance.clamp(0.0, HEIGHT.into()) as u16;
    pixel
}

/// 1 well inside an edge of such softness, 0 well outside.
fn part_inside(distance: f32, soft: f32) -> f32 {
    let inside = ((1.0 + soft - distance) / (2.0 * soft)).clamp(0.0, 1.0);
    inside * inside * (3.0 - 2.0 * inside)
}

fn shade(colour: Colour, by: f32) -> Colour {
    colour.map(|part| (part * by).min(1.0))
}

fn blob(at: [f32; 2], half: [f32; 2], soft: f32, colour: Colour, cover: f32) -> Blob {
    Blob {
        shape: Ellipse { at, half },
        soft,
        colour,
        cover,
        within: None,
    }
}

fn within(edge: Ellipse, blobs: Vec<Blob>) -> impl Iterator<Item = Blob> {
    blobs.into_iter().map(move |blob| Blob {
        within: Some(edge),
        ..blob
    })
}

/// From the back to the front.
fn shapes(looks: &Looks) -> Vec<Blob> {
    let mut all = behind(looks);
    all.extend(body(looks));
    all.extend(head(looks));
    for side in [-1.0, 1.0] {
        all.extend(eye(looks, side));
    }
    all.extend(nose_and_mouth(looks));
    all.extend(fringe(looks));
    all
}

/// The hair behind the head, and the ears.
fn behind(looks: &Looks) -> Vec<Blob> {
    let mut all = vec![if looks.has_long_hair {
        blob([MIDDLE, 430.0], [205.0, 330.0], 0.02, looks.hair, 1.0)
    } else {
        blob([MIDDLE, 330.0], [172.0, 200.0], 0.02, looks.hair, 1.0)
    }];
    let skin = shade(looks.skin, 0.86);
    all.extend([-1.0, 1.0].map(|side| {
        let across = MIDDLE + side * 158.0 * looks.width;
        blob([across, 435.0], [24.0, 48.0], 0.08, skin, 1.0)
    }));
    all
}

/// Shoulders and neck, with the light on them, and a collar.
fn body(looks: &Looks) -> Vec<Blob> {
    let (skin, clothes) = (looks.skin, looks.clothes);
    let shoulders = Ellipse {
        at: [MIDDLE, 1010.0],
        half: [330.0, 260.0],
    };
    let neck = Ellipse {
        at: [MIDDLE, 720.0],
        half: [88.0, 130.0],
    };
    let (bright, dark) = (shade(clothes, 1.35), shade(skin, 0.62));
    let light = blob([MIDDLE - 150.0, 900.0], [130.0, 150.0], 0.9, bright, 0.5);
    let shadow = blob([MIDDLE, 640.0], [100.0, 70.0], 0.5, dark, 0.75);
    let mut all = vec![
        blob(shoulders.at, shoulders.half, 0.01, clothes, 1.0),
        blob(neck.at, neck.half, 0.02, shade(skin, 0.9), 1.0),
        blob([MIDDLE, 800.0], [60.0, 70.0], 0.03, shade(skin, 0.88), 1.0),
    ];
    all.extend(within(shoulders, vec![light]));
    all.extend(within(neck, vec![shadow]));
    all.extend([-1.0, 1.0].map(|side| {
        let across = MIDDLE + side * 78.0;
        blob([across, 850.0], [46.0, 100.0], 0.06, COLLAR, 1.0)
    }));
    all
}

fn head(looks: &Looks) -> Vec<Blob> {
    let (skin, width) = (looks.skin, looks.width);
    let skull = Ellipse {
        at: [MIDDLE, 410.0],
        half: [156.0 * width, 196.0],
    };
    let jaw = Ellipse {
        at: [MIDDLE, 500.0],
        half: [128.0 * width, 152.0],
    };
    let mut all = vec![
        blob(skull.at, skull.half, 0.01, skin, 1.0),
        blob(jaw.at, jaw.half, 0.01, skin, 1.0),
    ];
    // Darker to the sides, lighter on the forehead, the cheeks and the chin.
    all.extend(within(
        skull,
        vec![
            blob(
                [MIDDLE - 150.0 * width, 450.0],
                [60.0, 200.0],
                0.9,
                shade(skin, 0.72),
                0.45,
            ),
            blob(
                [MIDDLE + 150.0 * width, 450.0],
                [60.0, 200.0],
                0.9,
                shade(skin, 0.72),
                0.55,
            ),
            blob([MIDDLE, 330.0], [110.0, 70.0], 0.9, shade(skin, 1.1), 0.5),
            blob(
                [MIDDLE - 85.0, 500.0],
                [52.0, 50.0],
                0.9,
                shade(skin, 1.08),
                0.5,
            ),
            blob(
                [MIDDLE + 85.0, 500.0],
                [52.0, 50.0],
                0.9,
                shade(skin, 1.08),
                0.4,
            ),
            blob([MIDDLE - 85.0, 520.0], [45.0, 40.0], 0.9, BLUSH, 0.16),
            blob([MIDDLE + 85.0, 520.0], [45.0, 40.0], 0.9, BLUSH, 0.16),
        ],
    ));
    all.extend(within(
        jaw,
        vec![
            blob([MIDDLE, 622.0], [50.0, 30.0], 0.9, shade(skin, 1.07), 0.5),
            blob([MIDDLE, 655.0], [90.0, 26.0], 0.9, shade(skin, 0.72), 0.5),
        ],
    ));
    all
}

fn eye(looks: &Looks, side: f32) -> Vec<Blob> {
    let Looks { skin, hair, .. } = *looks;
    let x = MIDDLE + side * 67.0 * looks.width;
    let y = 432.0;
    vec![
        // The hollow, the brow, the white, the iris, the lids.
        blob([x, y - 6.0], [54.0, 34.0], 0.9, shade(skin, 0.70), 0.55),
        blob(
            [x + side * 3.0, y - 44.0],
            [46.0, 8.5],
            0.4,
            shade(hair, 1.6),
            0.85,
        ),
        blob(
            [x + side * 12.0, y - 47.0],
            [30.0, 8.0],
            0.4,
            shade(hair, 1.4),
            0.5,
        ),
        blob([x, y - 2.0], [33.0, 16.5], 0.12, shade(hair, 0.8), 0.92),
        blob([x, y + 2.0], [30.0, 12.5], 0.12, [0.93, 0.92, 0.91], 1.0),
        blob([x, y + 1.0], [12.5, 12.5], 0.12, [0.22, 0.13, 0.09], 1.0),
        blob([x, y + 1.0], [6.0, 6.0], 0.2, [0.03, 0.03, 0.03], 1.0),
        blob([x - 4.0, y - 4.0], [2.6, 2.6], 0.4, [1.0, 1.0, 1.0], 0.95),
        blob([x, y - 13.0], [33.0, 6.0], 0.3, shade(skin, 0.58), 0.75),
        blob([x, y - 21.0], [34.0, 7.0], 0.8, shade(skin, 0.93), 0.8),
        blob([x, y + 19.0], [30.0, 5.0], 0.9, shade(skin, 0.70), 0.5),
    ]
}

fn nose_and_mouth(looks: &Looks) -> Vec<Blob> {
    let skin = looks.skin;
    let lip = [skin[0] * 0.82, skin[1] * 0.58, skin[2] * 0.60];
    let mut all = vec![
        blob(
            [MIDDLE + 22.0, 470.0],
            [13.0, 60.0],
            0.9,
            shade(skin, 0.76),
            0.45,
        ),
        blob(
            [MIDDLE - 2.0, 465.0],
            [10.0, 62.0],
            0.9,
            shade(skin, 1.12),
            0.55,
        ),
        blob([MIDDLE, 528.0], [34.0, 20.0], 0.9, shade(skin, 0.84), 0.6),
        blob(
            [MIDDLE - 2.0, 516.0],
            [18.0, 14.0],
            0.9,
            shade(skin, 1.13),
            0.7,
        ),
        blob([MIDDLE, 545.0], [38.0, 7.0], 0.8, shade(skin, 0.62), 0.6),
        blob([MIDDLE, 566.0], [12.0, 12.0], 0.9, shade(skin, 0.85), 0.4),
        // Upper lip, lower lip, the line between, the light below.
        blob(
            [MIDDLE - 20.0, 588.0],
            [34.0, 9.5],
            0.25,
            shade(lip, 0.9),
            0.9,
        ),
        blob(
            [MIDDLE + 20.0, 588.0],
            [34.0, 9.5],
            0.25,
            shade(lip, 0.9),
            0.9,
        ),
        blob([MIDDLE, 600.0], [44.0, 13.0], 0.25, lip, 0.92),
        blob([MIDDLE, 603.0], [24.0, 6.0], 0.9, shade(lip, 1.2), 0.6),
        blob([MIDDLE, 593.0], [52.0, 3.0], 0.5, shade(lip, 0.42), 0.9),
        blob([MIDDLE, 620.0], [36.0, 8.0], 0.9, shade(skin, 0.74), 0.5),
    ];
    for side in [-1.0, 1.0] {
        let x = MIDDLE + side * 27.0;
        all.push(blob([x, 531.0], [14.0, 15.0], 0.7, shade(skin, 0.82), 0.5));
        let x = MIDDLE + side * 15.0;
        all.push(blob([x, 540.0], [8.0, 5.0], 0.5, shade(skin, 0.3), 0.85));
        let x = MIDDLE + side * 53.0;
        all.push(blob([x, 594.0], [7.0, 6.0], 0.8, shade(skin, 0.6), 0.5));
    }
    all
}

fn fringe(looks: &Looks) -> Vec<Blob> {
    let (hair, width) = (looks.hair, looks.width);
    let cap = Ellipse {
        at: [MIDDLE, 232.0],
        half: [165.0 * width, 88.0],
    };
    let mut all = vec![blob(cap.at, cap.half, 0.03, hair, 1.0)];
    let shine = blob(
        [MIDDLE - 60.0, 200.0],
        [90.0, 34.0],
        0.9,
        shade(hair, 3.0),
        0.35,
    );
    all.extend(within(cap, vec![shine]));
    for side in [-1.0, 1.0] {
        let at = [MIDDLE + side * 146.0 * width, 330.0];
        all.push(blob(at, [26.0, 110.0], 0.06, hair, 1.0));
        if looks.has_long_hair {
            let at = [MIDDLE + side * 176.0 * width, 560.0];
            all.push(blob(at, [36.0, 250.0], 0.04, hair, 1.0));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::black(0.0, 0)]
    #[case::white(1.0, 255)]
    #[case::middle(0.5, 128)]
    #[case::below(-3.0, 0)]
    #[case::above(7.0, 255)]
    fn a_part_of_a_colour_becomes_a_byte(#[case] part: f32, #[case] expected: u8) {
        assert_eq!(byte(part), expected);
    }

    #[rstest]
    #[case::well_inside(0.0, 1.0)]
    #[case::on_the_edge(1.0, 0.5)]
    #[case::well_outside(2.0, 0.0)]
    fn an_edge_is_soft(#[case] distance: f32, #[case] expected: f32) {
        assert!((part_inside(distance, 0.1) - expected).abs() < 1e-5);
    }

    #[test]
    fn colours_are_picked_in_turn() {
        let (red, blue) = ([1.0, 0.0, 0.0], [0.0, 0.0, 1.0]);
        let picked = [0, 1, 2, 255].map(|number| pick(&[red, blue], number));
        assert_eq!(picked, [red, blue, red, blue]);
        let none = pick(&[], 3).map(f32::to_bits);
        assert_eq!(none, [0; 3], "black where there is none");
    }
}
