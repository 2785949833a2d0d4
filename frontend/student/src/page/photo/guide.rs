//! The lines over the picture: where the standard wants top of the head, eyes and sides of the face, and where they are.
#![expect(
    clippy::float_arithmetic,
    reason = "a place on the screen is no whole number"
)]

use domain::Lang;
use photo::{Lines, Range, Rules};
use ui::{TextTable, fill};
use yew::{Html, html};

use super::text::PhotoTexts;

/// How far the bands of the face's sides reach down from the eyes, in pixels of the result.
const SIDE_PX: f32 = 120.0;

/// The bands, the middle, and the lines of the head where they were measured.
pub(crate) fn guide(rules: &Rules, lines: Option<&Lines>, lang: Lang) -> Html {
    let texts = PhotoTexts::of(lang);
    let middle = (rules.width_px / 2).to_string();
    let level = |range, place, name| level(range, place, rules, &told(texts, name, range, place));
    html! {
        <svg class="guide" viewBox={format!("0 0 {} {}", rules.width_px, rules.height_px)} aria-hidden="true">
            <line class="guide-middle" x1={middle.clone()} x2={middle} y1="0" y2={rules.height_px.to_string()} />
            { level(rules.head_top, lines.map(|lines| lines.head_top), texts.guide_head) }
            { level(rules.eye_line, lines.map(|lines| lines.eye_line), texts.guide_eyes) }
            if let Some(lines) = lines {
                { sides(rules, lines, &told(texts, texts.guide_face, rules.face_width, Some(lines.face_width))) }
            }
        </svg>
    }
}

/// What a line says: its name, and with a measurement its number and the range.
fn told(
    texts: &crate::page::photo::text::PhotoTexts,
    name: &str,
    range: Range,
    place: Option<f32>,
) -> String {
    let Some(place) = place else {
        return name.to_owned();
    };
    let place = format!("{place:.0}");
    fill(
        texts.guide_told,
        &[
            ("name", &name),
            ("place", &place),
            ("min", &range.min),
            ("max", &range.max),
        ],
    )
}

/// Whether a measured place is inside its range; what rounds to the bound is on it.
fn class(range: Range, place: f32) -> &'static str {
    let is_inside = (f32::from(range.min)..=f32::from(range.max)).contains(&place.round());
    if is_inside {
        "guide-line good"
    } else {
        "guide-line bad"
    }
}

/// A band across the picture, and the line that should be in it.
fn level(range: Range, place: Option<f32>, rules: &Rules, told: &str) -> Html {
    let height = range.max.saturating_sub(range.min);
    let width = rules.width_px.to_string();
    html! {
        <>
            <rect class="guide-band" x="0" y={range.min.to_string()} width={width.clone()} height={height.to_string()} />
            if let Some(place) = place {
                <line class={class(range, place)} x1="0" x2={width} y1={place.to_string()} y2={place.to_string()} />
            }
            <text class="guide-label" x="10" y={(range.min + 24).to_string()}>{ told.to_owned() }</text>
        </>
    }
}

/// The bands where the sides of the face should be, around its middle, and where they are.
fn sides(rules: &Rules, lines: &Lines, told: &str) -> Html {
    let range = rules.face_width;
    let (min, max) = (f32::from(range.min), f32::from(range.max));
    let centre = f32::midpoint(lines.face_left, lines.face_right);
    let (top, width) = (lines.eye_line, (max - min) / 2.0);
    let band = |left: f32| {
        html! {
            <rect class="guide-band" x={left.to_string()} y={top.to_string()} width={width.to_string()}
                height={SIDE_PX.to_string()} />
        }
    };
    let side = |x: f32| {
        html! {
            <line class={class(range, lines.face_width)} x1={x.to_string()} x2={x.to_string()}
                y1={top.to_string()} y2={(top + SIDE_PX).to_string()} />
        }
    };
    html! {
        <>
            { band(centre - max / 2.0) }
            { band(centre + min / 2.0) }
            { side(centre - lines.face_width / 2.0) }
            { side(centre + lines.face_width / 2.0) }
            <text class="guide-label" x={(centre - max / 2.0).to_string()} y={(top + SIDE_PX + 24.0).to_string()}>
                { told.to_owned() }
            </text>
        </>
    }
}
