//! Plain drawing on a picture: lines, boxes and tints, cut off at its edges.

use photo::Picture;

/// Red, green, blue.
pub(super) type Colour = [u8; 3];

/// What is kept.
pub(super) const GREEN: Colour = [0, 170, 60];
/// What is not.
pub(super) const RED: Colour = [220, 20, 20];
/// What is only shown.
pub(super) const WHITE: Colour = [255, 255, 255];
/// What stands behind white letters about it.
pub(super) const GREY: Colour = [90, 90, 90];

/// An upright rectangle, in pixels; the right column and the lowest row do not belong to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Box {
    /// Left edge.
    pub(super) left: u32,
    /// Upper edge.
    pub(super) top: u32,
    /// Right edge.
    pub(super) right: u32,
    /// Lower edge.
    pub(super) bottom: u32,
}

/// Lays a colour over a part, so that a quarter of it shows.
pub(super) fn tint(picture: &mut Picture, part: Box, colour: Colour) {
    paint(
        picture,
        part,
        |sample, ink| {
            let mixed = (u16::from(sample) * 3 + u16::from(ink)) / 4;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        },
        colour,
    );
}

/// Fills a part.
pub(super) fn fill(picture: &mut Picture, part: Box, colour: Colour) {
    paint(picture, part, |_, ink| ink, colour);
}

/// Draws the edges of a part, so thick.
pub(super) fn outline(picture: &mut Picture, part: Box, thick: u32, colour: Colour) {
    let Box {
        left,
        top,
        right,
        bottom,
    } = part;
    if left >= right || top >= bottom {
        return;
    }
    let lower = bottom.saturating_sub(thick);
    let farther = right.saturating_sub(thick);
    for edge in [
        Box {
            bottom: top.saturating_add(thick),
            ..part
        },
        Box { top: lower, ..part },
        Box {
            right: left.saturating_add(thick),
            ..part
        },
        Box {
            left: farther,
            ..part
        },
    ] {
        fill(picture, edge, colour);
    }
}

fn paint(picture: &mut Picture, part: Box, mix: impl Fn(u8, u8) -> u8, colour: Colour) {
    let (left, right) = (part.left, part.right.min(picture.width));
    let (top, bottom) = (part.top, part.bottom.min(picture.height));
    if left >= right || top >= bottom {
        return;
    }
    let row_bytes = picture.width as usize * 3;
    let rows = picture.rgb.chunks_exact_mut(row_bytes);
    for row in rows.take(bottom as usize).skip(top as usize) {
        let (pixels, _) = row[left as usize * 3..right as usize * 3].as_chunks_mut::<3>();
        for pixel in pixels {
            for (sample, ink) in pixel.iter_mut().zip(colour) {
                *sample = mix(*sample, ink);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn black(width: u32, height: u32) -> Picture {
        Picture {
            width,
            height,
            rgb: vec![0; (width * height * 3) as usize],
        }
    }

    fn red_at(picture: &Picture, x: u32, y: u32) -> u8 {
        picture.rgb[((y * picture.width + x) * 3) as usize]
    }

    #[rstest]
    #[case::first_corner(2, 1, 220)]
    #[case::last_corner(6, 5, 220)]
    #[case::inside(4, 3, 0)]
    #[case::before(1, 1, 0)]
    #[case::right_of_it(7, 5, 0)]
    #[case::below_it(6, 6, 0)]
    fn an_outline_leaves_the_inside_and_the_outside(
        #[case] x: u32,
        #[case] y: u32,
        #[case] expected: u8,
    ) {
        let mut picture = black(10, 8);
        let part = Box {
            left: 2,
            top: 1,
            right: 7,
            bottom: 6,
        };
        outline(&mut picture, part, 1, RED);
        assert_eq!(red_at(&picture, x, y), expected, "{x},{y}");
    }

    #[test]
    fn what_lies_outside_is_cut_off() {
        let mut picture = black(4, 4);
        let far = u32::MAX;
        fill(
            &mut picture,
            Box {
                left: 3,
                top: 3,
                right: far,
                bottom: far,
            },
            WHITE,
        );
        assert_eq!((red_at(&picture, 3, 3), red_at(&picture, 2, 3)), (255, 0));
        let before = picture.clone();
        for (left, top, right, bottom) in [
            (4, 0, far, 4),
            (0, 4, 4, far),
            (2, 0, 1, 4),
            (far, far, far, far),
        ] {
            outline(
                &mut picture,
                Box {
                    left,
                    top,
                    right,
                    bottom,
                },
                1,
                RED,
            );
        }
        tint(
            &mut picture,
            Box {
                left: 0,
                top: 9,
                right: 4,
                bottom: 12,
            },
            RED,
        );
        assert!(picture == before);
        tint(
            &mut picture,
            Box {
                left: 0,
                top: 0,
                right: 1,
                bottom: 1,
            },
            RED,
        );
        assert_eq!(red_at(&picture, 0, 0), 55);
    }
}
