//! The lines over the picture: where the standard wants the top of the head and the eyes.

use domain::Lang;
use photo::{Range, Rules};
use yew::{Html, html};

use crate::text::Texts;

/// The bands and the middle.
pub(crate) fn guide(rules: &Rules, lang: Lang) -> Html {
    let texts = &Texts::of(lang).photo;
    let middle = (rules.width_px / 2).to_string();
    html! {
        <svg class="guide" viewBox={format!("0 0 {} {}", rules.width_px, rules.height_px)} aria-hidden="true">
            <line class="guide-middle" x1={middle.clone()} x2={middle} y1="0" y2={rules.height_px.to_string()} />
            { band(rules.head_top, rules.width_px, texts.guide_head) }
            { band(rules.eye_line, rules.width_px, texts.guide_eyes) }
        </svg>
    }
}

fn band(range: Range, width_px: u16, label: &'static str) -> Html {
    let height = range.max.saturating_sub(range.min);
    html! {
        <>
            <rect class="guide-band" x="0" y={range.min.to_string()} width={width_px.to_string()}
                height={height.to_string()} />
            <text class="guide-label" x="10" y={(range.min + 24).to_string()}>{ label }</text>
        </>
    }
}
