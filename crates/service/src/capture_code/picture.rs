//! The text of a QR code in a picture.

use bytes::Bytes;
use domain::capture_code::CAPTURE_PICTURE_MAX;
use domain::{AccountId, ProblemCode, refusal_of_file};
use photo::{Limits, Picture};
use rqrr::PreparedImage;

use super::finder::{Bitmap, Signs, signs};
use crate::photo::looked_at;
use crate::{Context, Failure};

/// The longest side that is searched, in pixels: a code of 77 modules that fills half of it has 7 pixels a module.
const SEARCHED_PX: usize = 1_100;
/// The most corners of QR codes in a picture, of ten codes; more are an attack on the time of the reader.
const CORNERS_MAX: usize = 30;
/// The most places where a row crosses what looks like a corner; pictures of crowded screens have some thousands.
const CROSSINGS_MAX: usize = 20_000;

/// The text of the QR code in a picture. Pictures of an account are looked at one after the other, in a core's turn.
///
/// # Errors
/// What is wrong with the file; `capture_code.picture_unreadable`; `photo.being_checked`, `server.unavailable`.
pub(super) async fn text_in(
    context: &Context,
    owner: AccountId,
    file: Vec<u8>,
) -> Result<String, Failure> {
    looked_at(context, owner, Bytes::from(file), |file| {
        let picture = photo::decode(&file, &limits()).map_err(refusal_of_file)?;
        drop(file);
        read(&picture).ok_or_else(|| ProblemCode::CapturePicture.into())
    })
    .await
}

/// What is opened at most: 25 megapixels are 75 MB for a moment.
fn limits() -> Limits {
    Limits {
        max_bytes: CAPTURE_PICTURE_MAX as u64,
        max_pixels: 25_000_000,
        min_width: 1,
        min_height: 1,
        ..Limits::default()
    }
}

/// The text of the first code that can be read.
fn read(picture: &Picture) -> Option<String> {
    let grey = Grey::of(picture);
    let mut prepared =
        PreparedImage::prepare_from_greyscale(grey.width, grey.height, |x, y| grey.at(x, y));
    let places = (0..grey.height).flat_map(|y| (0..grey.width).map(move |x| (x, y)));
    let bitmap = Bitmap {
        width: grey.width,
        black: places
            .map(|(x, y)| u8::from(prepared.get_pixel_at(x, y)) != 0)
            .collect(),
    };
    let Signs { crossings, corners } = signs(&bitmap);
    if crossings > CROSSINGS_MAX || corners > CORNERS_MAX {
        return None;
    }
    let codes = prepared.detect_grids();
    codes
        .iter()
        .find_map(|code| code.decode().ok())
        .map(|(_, text)| text)
}

/// A picture in shades of grey, no side longer than what is searched.
struct Grey {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Grey {
    fn of(picture: &Picture) -> Self {
        let (width, height) = (picture.width as usize, picture.height as usize);
        // Each pixel is the mean of a square of the picture.
        let square = width.max(height).div_ceil(SEARCHED_PX).max(1);
        let (across, down) = (width.div_ceil(square), height.div_ceil(square));
        let mut pixels = Vec::with_capacity(across * down);
        for top in (0..height).step_by(square) {
            for left in (0..width).step_by(square) {
                let (mut sum, mut count) = (0, 0);
                for y in top..(top + square).min(height) {
                    let begin = (y * width + left) * 3;
                    let end = (y * width + (left + square).min(width)) * 3;
                    let samples = &picture.rgb[begin..end];
                    sum += samples.iter().map(|one| usize::from(*one)).sum::<usize>();
                    count += samples.len();
                }
                pixels.push(u8::try_from(sum / count).unwrap_or(u8::MAX));
            }
        }
        Self {
            width: across,
            height: down,
            pixels,
        }
    }

    fn at(&self, x: usize, y: usize) -> u8 {
        self.pixels[y * self.width + x]
    }
}

#[cfg(test)]
mod tests {
    use qrcode::{Color, EcLevel, QrCode};

    use super::*;

    const TEXT: &str = "GPCC1.eyJzY2hvb2wiOiI5OTkwMSJ9.c2lnbmF0dXJl";

    /// A code with so many pixels a module in a picture of its own size and margins.
    fn drawn(text: &str, module: usize, margin: usize) -> Picture {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
        let (side, colours) = (code.width(), code.to_colors());
        let width = side * module + 2 * margin;
        let is_dark = |x: usize, y: usize| {
            let inside = |at: usize| at.checked_sub(margin).map(|at| at / module);
            let place = inside(x).zip(inside(y));
            let place = place.filter(|(x, y)| *x < side && *y < side);
            place.is_some_and(|(x, y)| colours[y * side + x] == Color::Dark)
        };
        let places = (0..width).flat_map(|y| (0..width).map(move |x| (x, y)));
        // Neither black nor white, as a photo of a screen.
        let rgb = places.flat_map(|(x, y)| [if is_dark(x, y) { 60 } else { 190 }; 3]);
        Picture {
            width: u32::try_from(width).unwrap(),
            height: u32::try_from(width).unwrap(),
            rgb: rgb.collect(),
        }
    }

    #[test]
    fn codes_are_read_small_and_large() {
        let long = "长".repeat(130);
        for (text, module, margin) in [(TEXT, 3, 12), (TEXT, 40, 300), (&*long, 6, 40)] {
            let read = read(&drawn(text, module, margin));
            assert_eq!(read.as_deref(), Some(text), "{module} {margin}");
        }
    }

    #[test]
    fn a_picture_without_a_code_or_with_too_many_gives_none() {
        let mut blank = drawn(TEXT, 3, 12);
        blank.rgb.fill(200);
        assert_eq!(read(&blank), None);
        let one = drawn("a", 2, 8);
        let (side, row) = (one.width as usize, one.rgb.len() / one.height as usize);
        let across: Vec<u8> = one.rgb.chunks(row).flat_map(|row| row.repeat(5)).collect();
        let wall = Picture {
            width: one.width * 5,
            height: one.height * 5,
            rgb: across.repeat(5),
        };
        assert_eq!(wall.rgb.len(), side * side * 25 * 3);
        assert_eq!(read(&one).as_deref(), Some("a"));
        assert_eq!(read(&wall), None);
    }
}
