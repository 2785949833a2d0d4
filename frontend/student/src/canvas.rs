//! Pictures drawn by the browser, as JPEG files.

use gloo::utils::document;
use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, File, FilePropertyBag, HtmlCanvasElement};

const JPEG: &str = "image/jpeg";

/// A canvas of its own, on no page.
pub(crate) fn canvas() -> Result<HtmlCanvasElement, JsValue> {
    Ok(document().create_element("canvas")?.unchecked_into())
}

/// What is drawn in `width` × `height` pixels, as a JPEG file of this quality; `None` where the browser cannot.
pub(crate) async fn jpeg(
    canvas: &HtmlCanvasElement,
    width: u32,
    height: u32,
    quality: f64,
    draw: impl FnOnce(&CanvasRenderingContext2d) -> Result<(), JsValue>,
) -> Option<Blob> {
    canvas.set_width(width);
    canvas.set_height(height);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.unchecked_into();
    // What is transparent becomes white, as everywhere.
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, width.into(), height.into());
    draw(&context).ok()?;
    let written = Promise::new(&mut |done, failed| {
        let quality = quality.into();
        if let Err(error) = canvas.to_blob_with_type_and_encoder_options(&done, JPEG, &quality) {
            let _ = failed.call1(&JsValue::NULL, &error);
        }
    });
    JsFuture::from(written).await.ok()?.dyn_into().ok()
}

/// A file with this content.
pub(crate) fn file(content: &Blob, name: &str) -> Option<File> {
    let options = FilePropertyBag::new();
    options.set_type(&content.type_());
    File::new_with_blob_sequence_and_options(&Array::of1(content), name, &options).ok()
}
