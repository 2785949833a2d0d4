//! The outline to stand in: a head of the size and at the place that the rules want, and its shoulders.

use domain::HeadOutline;
use photo::Rules;
use yew::{Html, html};

/// Neck and shoulders of a result of 480×640 pixels, as seen from the chin.
const SHOULDERS: &str =
    "M-56-34v62c0 26-26 34-70 48-64 20-92 62-98 160M56-34v62c0 26 26 34 70 48 64 20 92 62 98 160";

/// The drawing.
pub(super) fn outline(rules: &Rules) -> Html {
    let HeadOutline {
        top,
        chin,
        middle,
        half,
    } = HeadOutline::of(rules);
    html! {
        <svg class="guide outline" viewBox={format!("0 0 {} {}", rules.width_px, rules.height_px)} aria-hidden="true">
            <ellipse cx={middle.to_string()} cy={top.midpoint(chin).to_string()} rx={half.to_string()}
                ry={(chin.saturating_sub(top) / 2).to_string()} />
            <path transform={format!("translate({middle} {chin})")} d={SHOULDERS} />
        </svg>
    }
}
