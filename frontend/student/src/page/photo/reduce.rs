//! Makes pictures smaller that the server would not take, as those of phones with 50 megapixels: by the browser's own
//! decoder, so that all their pixels never come here.

use gloo::file::ObjectUrl;
use gloo::utils::window;
use photo::{FileFacts, Limits};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CanvasRenderingContext2d, File, HtmlImageElement, ImageBitmap, ImageBitmapOptions,
    ImageOrientation, ResizeQuality,
};

use crate::canvas::{canvas, file, jpeg};

/// The longest side of what comes out, in pixels: as many as most phones have, so that a small face can be framed.
const LONG_SIDE_PX: u32 = 4000;
/// Quality of what comes out. Source: docs/sources.md#photo-measures.
const QUALITY: f64 = 0.95;

/// What can be opened here at most. Source: docs/sources.md#photo-upload-limits.
pub(super) fn largest() -> Limits {
    Limits {
        max_bytes: 60 * 1024 * 1024,
        max_pixels: 210_000_000,
        max_side: 20_000,
        ..Limits::default()
    }
}

/// Whether the server would take a file as it is.
pub(super) fn fits(bytes: u64, facts: &FileFacts) -> bool {
    let limits = Limits::default();
    let (width, height) = (facts.width(), facts.height());
    bytes <= limits.max_bytes
        && u64::from(width) * u64::from(height) <= limits.max_pixels
        && width.max(height) <= limits.max_side
}

/// The picture in as many pixels as can be used, upright; `None` where this browser cannot.
pub(super) async fn reduced(original: &File, facts: &FileFacts) -> Option<File> {
    let size = size(facts);
    let canvas = canvas().ok()?;
    let (width, height) = (f64::from(size.0), f64::from(size.1));
    let picture = if let Some(bitmap) = bitmap(original, size.0, size.1).await {
        let draw = |context: &CanvasRenderingContext2d| {
            let drawn = context
                .draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, width, height);
            bitmap.close();
            drawn
        };
        jpeg(&canvas, size.0, size.1, QUALITY, draw).await?
    } else {
        let url = ObjectUrl::from(gloo::file::File::from(original.clone()));
        let image = HtmlImageElement::new().ok()?;
        image.set_src(&url);
        JsFuture::from(image.decode()).await.ok()?;
        let draw = |context: &CanvasRenderingContext2d| {
            context
                .draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)
        };
        jpeg(&canvas, size.0, size.1, QUALITY, draw).await?
    };
    file(&picture, "photo.jpg")
}

/// Width and height of what comes out.
fn size(facts: &FileFacts) -> (u32, u32) {
    let (width, height) = (facts.width(), facts.height());
    let longest = width.max(height);
    let scaled = |length: u32| {
        let length = u64::from(length) * u64::from(LONG_SIDE_PX) / u64::from(longest.max(1));
        u32::try_from(length).unwrap_or(LONG_SIDE_PX)
    };
    if longest > LONG_SIDE_PX {
        (scaled(width), scaled(height))
    } else {
        (width, height)
    }
}

/// The picture made smaller while it is decoded; `None` where this browser cannot do that, or not upright.
async fn bitmap(original: &File, width: u32, height: u32) -> Option<ImageBitmap> {
    let options = ImageBitmapOptions::new();
    // The other side follows by itself, whichever way the browser turns the picture first.
    options.set_resize_width(width);
    options.set_resize_quality(ResizeQuality::High);
    options.set_image_orientation(ImageOrientation::FromImage);
    let making = window()
        .create_image_bitmap_with_blob_and_image_bitmap_options(original, &options)
        .ok()?;
    let made: Result<JsValue, JsValue> = JsFuture::from(making).await;
    let bitmap: ImageBitmap = made.ok()?.dyn_into().ok()?;
    let shape = u64::from(bitmap.width()) * u64::from(height);
    let wanted = u64::from(bitmap.height()) * u64::from(width);
    if shape.abs_diff(wanted) * 50 <= wanted {
        return Some(bitmap);
    }
    bitmap.close();
    None
}
