//! The outline to stand in: a head of the size and at the place that the rules want, and its shoulders.

use photo::{Range, Rules};
use yew::{Html, html};

/// From the eyes to the chin, in percent of the way from the top of the head to the eyes.
const CHIN_PERCENT: u16 = 95;
/// Neck and shoulders of a result of 480×640 pixels, as seen from the chin.
const SHOULDERS: &str =
    "M-56-34v62c0 26-26 34-70 48-64 20-92 62-98 160M56-34v62c0 26 26 34 70 48 64 20 92 62 98 160";

/// The drawing.
pub(super) fn outline(rules: &Rules) -> Html {
    let middle = |range: Range| range.min.midpoint(range.max);
    let (top, eyes) = (middle(rules.head_top), middle(rules.eye_line));
    let chin = eyes + eyes.saturating_sub(top) * CHIN_PERCENT / 100;
    let (across, half) = (rules.width_px / 2, middle(rules.face_width) / 2);
    html! {
        <svg class="guide outline" viewBox={format!("0 0 {} {}", rules.width_px, rules.height_px)} aria-hidden="true">
            <ellipse cx={across.to_string()} cy={top.midpoint(chin).to_string()} rx={half.to_string()}
                ry={(chin.saturating_sub(top) / 2).to_string()} />
            <path transform={format!("translate({across} {chin})")} d={SHOULDERS} />
        </svg>
    }
}
