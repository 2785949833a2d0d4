//! QR codes, drawn as one path.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};
use yew::{AttrValue, Html, Properties, component, html, use_memo};

/// Empty modules around the code. Source: ISO/IEC 18004.
const QUIET_ZONE: usize = 4;

#[derive(Properties, PartialEq)]
pub struct QrProps {
    /// What it says.
    pub content: AttrValue,
    /// What it is, for who cannot see it.
    pub label: AttrValue,
}

/// A QR code; nothing where the content does not fit into one.
#[component]
pub fn Qr(props: &QrProps) -> Html {
    let drawing = use_memo(props.content.clone(), |content| draw(content));
    let Some((side, path)) = &*drawing else {
        return Html::default();
    };
    html! {
        <svg class="qr" role="img" aria-label={props.label.clone()} viewBox={format!("0 0 {side} {side}")}
            shape-rendering="crispEdges">
            <rect class="qr-ground" width={side.to_string()} height={side.to_string()} />
            <path class="qr-ink" d={path.clone()} />
        </svg>
    }
}

/// The side in modules, and a path with a square for each dark module.
fn draw(content: &str) -> Option<(usize, String)> {
    let code = QrCode::with_error_correction_level(content, EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (index, colour) in code.to_colors().into_iter().enumerate() {
        if colour == Color::Dark {
            let (x, y) = (index % width + QUIET_ZONE, index / width + QUIET_ZONE);
            write!(path, "M{x} {y}h1v1h-1z").ok()?;
        }
    }
    Some((width + 2 * QUIET_ZONE, path))
}
