//! Letters of 5×7 points, for the numbers on annotated photos.

use photo::{Picture, Pixel};

use super::canvas::{Box, Colour, WHITE, fill};

/// Points of a letter across, and down.
const SIZE: [u32; 2] = [5, 7];

/// What can be written besides spaces, each letter by its seven rows, whose lowest bit is on the right.
const LETTERS: [(char, [u8; 7]); 29] = [
    (
        '0',
        [
            0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110,
        ],
    ),
    (
        '1',
        [
            0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110,
        ],
    ),
    (
        '2',
        [
            0b01110, 0b10001, 0b00001, 0b00110, 0b01000, 0b10000, 0b11111,
        ],
    ),
    (
        '3',
        [
            0b01110, 0b10001, 0b00001, 0b00110, 0b00001, 0b10001, 0b01110,
        ],
    ),
    (
        '4',
        [
            0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010,
        ],
    ),
    (
        '5',
        [
            0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110,
        ],
    ),
    (
        '6',
        [
            0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110,
        ],
    ),
    (
        '7',
        [
            0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000,
        ],
    ),
    (
        '8',
        [
            0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110,
        ],
    ),
    (
        '9',
        [
            0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100,
        ],
    ),
    (
        '-',
        [
            0b00000, 0b00000, 0b00000, 0b11111, 0b00000, 0b00000, 0b00000,
        ],
    ),
    (
        '(',
        [
            0b00010, 0b00100, 0b01000, 0b01000, 0b01000, 0b00100, 0b00010,
        ],
    ),
    (
        ')',
        [
            0b01000, 0b00100, 0b00010, 0b00010, 0b00010, 0b00100, 0b01000,
        ],
    ),
    (
        'A',
        [
            0b01110, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001, 0b10001,
        ],
    ),
    (
        'C',
        [
            0b01110, 0b10001, 0b10000, 0b10000, 0b10000, 0b10001, 0b01110,
        ],
    ),
    (
        'D',
        [
            0b11110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b11110,
        ],
    ),
    (
        'E',
        [
            0b11111, 0b10000, 0b10000, 0b11110, 0b10000, 0b10000, 0b11111,
        ],
    ),
    (
        'F',
        [
            0b11111, 0b10000, 0b10000, 0b11110, 0b10000, 0b10000, 0b10000,
        ],
    ),
    (
        'H',
        [
            0b10001, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001, 0b10001,
        ],
    ),
    (
        'I',
        [
            0b01110, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110,
        ],
    ),
    (
        'L',
        [
            0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b11111,
        ],
    ),
    (
        'N',
        [
            0b10001, 0b11001, 0b10101, 0b10011, 0b10001, 0b10001, 0b10001,
        ],
    ),
    (
        'O',
        [
            0b01110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110,
        ],
    ),
    (
        'P',
        [
            0b11110, 0b10001, 0b10001, 0b11110, 0b10000, 0b10000, 0b10000,
        ],
    ),
    (
        'R',
        [
            0b11110, 0b10001, 0b10001, 0b11110, 0b10100, 0b10010, 0b10001,
        ],
    ),
    (
        'S',
        [
            0b01111, 0b10000, 0b10000, 0b01110, 0b00001, 0b00001, 0b11110,
        ],
    ),
    (
        'T',
        [
            0b11111, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100,
        ],
    ),
    (
        'W',
        [
            0b10001, 0b10001, 0b10001, 0b10101, 0b10101, 0b11011, 0b10001,
        ],
    ),
    (
        'Y',
        [
            0b10001, 0b10001, 0b01010, 0b00100, 0b00100, 0b00100, 0b00100,
        ],
    ),
];

/// Writes in white on a plate of the colour, whose top left pixel is `corner`; each point is `thick` pixels
/// wide. What has no letter is left blank.
pub(super) fn write(picture: &mut Picture, corner: Pixel, text: &str, thick: u32, colour: Colour) {
    let Pixel { x: left, y: top } = corner;
    let at = |from: u32, points: u32| from.saturating_add(points.saturating_mul(thick));
    let mut x = 0;
    for letter in text.chars() {
        let plate = Box {
            left: at(left, x),
            top,
            right: at(left, x + SIZE[0] + 2),
            bottom: at(top, SIZE[1] + 2),
        };
        fill(picture, plate, colour);
        let rows = LETTERS.iter().find(|(known, _)| *known == letter);
        for (y, row) in (1..).zip(rows.map_or([0; 7], |(_, rows)| *rows)) {
            for column in (0..SIZE[0]).filter(|column| row >> (SIZE[0] - 1 - column) & 1 == 1) {
                let point = Box {
                    left: at(left, x + 1 + column),
                    top: at(top, y),
                    right: at(left, x + 2 + column),
                    bottom: at(top, y + 1),
                };
                fill(picture, point, WHITE);
            }
        }
        x += SIZE[0] + 1;
    }
}

/// How high a plate is whose points are `thick` pixels high.
pub(super) fn height(thick: u32) -> u32 {
    (SIZE[1] + 2).saturating_mul(thick)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::photo::canvas::RED;

    #[test]
    fn numbers_can_be_read() {
        let (width, height) = (20, 10);
        let mut picture = Picture {
            width,
            height,
            rgb: vec![0; (width * height * 3) as usize],
        };
        write(&mut picture, Pixel { x: 1, y: 0 }, "47?", 1, RED);
        let looks = |pixel: &[u8]| match pixel {
            [0, ..] => ' ',
            [220, ..] => '.',
            _ => '#',
        };
        let rows = picture.rgb.chunks_exact(width as usize * 3);
        let rows = rows.map(|row| row.chunks_exact(3).map(looks).collect::<String>());
        let expected = [
            " ...................",
            " ....#..#####.......",
            " ...##......#.......",
            " ..#.#.....#........",
            " .#..#....#.........",
            " .#####..#..........",
            " ....#...#..........",
            " ....#...#..........",
            " ...................",
            "                    ",
        ];
        assert!(rows.eq(expected), "{expected:?}");
    }

    #[test]
    fn no_two_letters_are_alike() {
        for (index, (letter, rows)) in LETTERS.iter().enumerate() {
            let others = &LETTERS[..index];
            assert!(
                others
                    .iter()
                    .all(|other| other.0 != *letter && other.1 != *rows)
            );
            assert!(rows.iter().all(|row| *row < 1 << SIZE[0]), "{letter}");
        }
    }
}
