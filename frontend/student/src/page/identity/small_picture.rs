//! Pictures of codes from a phone's camera, made as small as the server takes them.

use domain::capture_code::CAPTURE_PICTURE_MAX;
use gloo::utils::window;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, File, ImageBitmap};

use crate::canvas::{canvas, file, jpeg};

/// The longest side of what is sent, in pixels: more is not looked at.
const LONG_SIDE_PX: u32 = 2200;
const QUALITY: f64 = 0.85;

/// The file itself where it is small enough, otherwise a smaller picture of it. Where the browser cannot make one, the
/// file, of which the server says what is wrong.
pub(super) async fn small_enough(original: File) -> File {
    // A file's size is a whole number.
    if original.size() <= f64::from(u32::try_from(CAPTURE_PICTURE_MAX).unwrap_or(u32::MAX)) {
        return original;
    }
    smaller(&original).await.unwrap_or(original)
}

async fn smaller(original: &File) -> Option<File> {
    let opening = window().create_image_bitmap_with_blob(original).ok()?;
    let bitmap: ImageBitmap = JsFuture::from(opening).await.ok()?.dyn_into().ok()?;
    let longest = bitmap.width().max(bitmap.height()).max(1);
    let scaled = |side: u32| {
        let side = u64::from(side) * u64::from(LONG_SIDE_PX.min(longest)) / u64::from(longest);
        u32::try_from(side).unwrap_or(LONG_SIDE_PX)
    };
    let (width, height) = (scaled(bitmap.width()), scaled(bitmap.height()));
    let draw = |context: &CanvasRenderingContext2d| {
        let (across, down) = (f64::from(width), f64::from(height));
        let drawn =
            context.draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, across, down);
        bitmap.close();
        drawn
    };
    let picture = jpeg(&canvas().ok()?, width, height, QUALITY, draw).await?;
    file(&picture, "code.jpg")
}
