//! A QR code as a picture that a phone can keep: drawn on a canvas, shown as PNG.

use gloo::file::{Blob, ObjectUrl};
use qrcode::{Color, EcLevel, QrCode};
use ui::{Qr, use_text};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};
use yew::{
    AttrValue, Html, Properties, UseStateSetter, component, html, use_effect_with, use_state,
};

use crate::page::pay::text::PayTexts;

/// Pixels a module: large enough for an album's scanner, small enough for a weak network's screen.
const MODULE_PX: usize = 8;
/// Empty modules around the code. Source: ISO/IEC 18004.
const QUIET_ZONE: usize = 4;

#[derive(Properties, PartialEq)]
pub(crate) struct QrImageProps {
    /// What it says.
    pub(crate) content: AttrValue,
    /// What it is, for who cannot see it.
    pub(crate) label: AttrValue,
    /// The name of the file that it is kept in.
    pub(crate) file: AttrValue,
}

/// The code with a link that keeps it; drawn as lines until the picture is there.
#[component]
pub(crate) fn QrImage(props: &QrImageProps) -> Html {
    let texts = use_text::<PayTexts>();
    let picture = use_state(|| None::<ObjectUrl>);
    {
        let picture = picture.setter();
        use_effect_with(props.content.clone(), move |content| {
            picture.set(None);
            if let Some(canvas) = draw(content) {
                keep(&canvas, picture);
            }
        });
    }
    let Some(url) = (*picture)
        .as_ref()
        .map(|url| AttrValue::from(url.to_string()))
    else {
        return html! { <Qr content={props.content.clone()} label={props.label.clone()} /> };
    };
    html! {
        <>
            <img class="qr" src={url.clone()} alt={props.label.clone()} />
            <a class="quiet only-narrow" href={url} download={props.file.clone()}>{ texts.save_code }</a>
        </>
    }
}

/// The code in black on white, whatever the colour scheme: scanners want it so.
fn draw(content: &str) -> Option<HtmlCanvasElement> {
    let code = QrCode::with_error_correction_level(content, EcLevel::M).ok()?;
    let pixels = |modules: usize| u32::try_from(modules * MODULE_PX).ok();
    let canvas = gloo::utils::document().create_element("canvas").ok()?;
    let canvas: HtmlCanvasElement = canvas.dyn_into().ok()?;
    let side = pixels(code.width() + 2 * QUIET_ZONE)?;
    canvas.set_width(side);
    canvas.set_height(side);
    let pen: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    pen.set_fill_style_str("#fff");
    pen.fill_rect(0.0, 0.0, side.into(), side.into());
    pen.set_fill_style_str("#000");
    let module = pixels(1)?;
    let width = code.width();
    for (index, colour) in code.to_colors().into_iter().enumerate() {
        if colour == Color::Dark {
            let (x, y) = (
                pixels(index % width + QUIET_ZONE)?,
                pixels(index / width + QUIET_ZONE)?,
            );
            pen.fill_rect(x.into(), y.into(), module.into(), module.into());
        }
    }
    Some(canvas)
}

/// Hands the picture over once the browser has packed it.
fn keep(canvas: &HtmlCanvasElement, picture: UseStateSetter<Option<ObjectUrl>>) {
    let packed = Closure::once_into_js(move |blob: Option<web_sys::Blob>| {
        picture.set(blob.map(|blob| ObjectUrl::from(Blob::from(blob))));
    });
    let _ = canvas.to_blob(packed.unchecked_ref());
}
