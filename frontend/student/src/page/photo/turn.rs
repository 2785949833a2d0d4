//! Turns a picture by quarters.
#![expect(clippy::float_arithmetic, reason = "an angle is no whole number")]

use std::f64::consts::FRAC_PI_2;

use gloo::file::futures::read_as_bytes;
use gloo::file::{File, ObjectUrl};
use photo::{FileFacts, Kind, Limits, inspect, strip};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, HtmlImageElement};

use crate::canvas::{canvas, file, jpeg};

/// Quality of a picture that has to be written anew. Source: docs/sources.md#photo-measures.
const QUALITY: f64 = 0.95;

/// The picture turned clockwise by so many quarters; `None` where that cannot be done. Of a JPEG file, not one pixel is
/// written anew. A PNG file is, since not every browser heeds how it says to stand.
pub(super) async fn turned(original: &web_sys::File, quarters: u8) -> Option<web_sys::File> {
    let bytes = read_as_bytes(&File::from(original.clone())).await.ok()?;
    let facts = inspect(&bytes, &Limits::default()).ok()?;
    match facts.kind {
        Kind::Jpeg => {
            let turned = strip(&bytes, &facts.turned(quarters)).ok()?;
            let turned =
                File::new_with_options("photo.jpg", turned.as_slice(), Some("image/jpeg"), None);
            Some(web_sys::File::clone(turned.as_ref()))
        }
        Kind::Png => redrawn(original, &facts, quarters).await,
    }
}

async fn redrawn(
    original: &web_sys::File,
    facts: &FileFacts,
    quarters: u8,
) -> Option<web_sys::File> {
    let url = ObjectUrl::from(File::from(original.clone()));
    let image = HtmlImageElement::new().ok()?;
    image.set_src(&url);
    JsFuture::from(image.decode()).await.ok()?;
    let (width, height) = (facts.width(), facts.height());
    let size = if quarters.is_multiple_of(2) {
        (width, height)
    } else {
        (height, width)
    };
    let draw = |context: &CanvasRenderingContext2d| {
        context.translate(f64::from(size.0) / 2.0, f64::from(size.1) / 2.0)?;
        context.rotate(FRAC_PI_2 * f64::from(quarters))?;
        let (width, height) = (f64::from(width), f64::from(height));
        context.draw_image_with_html_image_element_and_dw_and_dh(
            &image,
            -width / 2.0,
            -height / 2.0,
            width,
            height,
        )
    };
    let picture = jpeg(&canvas().ok()?, size.0, size.1, QUALITY, draw).await?;
    file(&picture, "photo.jpg")
}
