//! Small drawings beside findings; the words beside them say the same.

use photo::{Finding, Reason};
use yew::{Html, html};

/// The drawing of a finding, where one helps.
pub(super) fn drawing(finding: &Finding) -> Html {
    name(finding).map_or_else(Html::default, |name| {
        html! {
            <svg class="drawing" viewBox="0 0 36 48" aria-hidden="true"><use href={format!("/finding.svg#{name}")} /></svg>
        }
    })
}

/// Its name in `static/finding.svg`.
fn name(finding: &Finding) -> Option<&'static str> {
    let least = finding.allowed.and_then(|allowed| allowed.min);
    let is_below = finding
        .measured
        .zip(least)
        .is_some_and(|(measured, least)| measured < least);
    let by_side = |below, above| if is_below { below } else { above };
    Some(match finding.code {
        Reason::NoFace | Reason::FaceCovered => "nobody",
        Reason::ManyFaces => "several",
        Reason::HeadTop | Reason::EyeLine => by_side("high", "low"),
        Reason::FaceWidth => by_side("small", "large"),
        Reason::NotCentered => by_side("aside-left", "aside-right"),
        Reason::Tilt => "tilt",
        Reason::NotFrontal => "turned",
        Reason::BgColor | Reason::BgUneven | Reason::BgObject => "background",
        Reason::BgShadow => "shadow",
        Reason::Highlight => "spots",
        Reason::HalfShadow => "half",
        Reason::DarkBright => "light",
        Reason::Blur => "blur",
        Reason::EyesClosed => "eyes",
        Reason::MouthOpen => "mouth",
        Reason::GlassesGlare | Reason::TintedLens => "glasses",
        Reason::TooSmallPx | Reason::LowQuality => "pixels",
        Reason::Border => "edge",
        Reason::FileType
        | Reason::FileLimit
        | Reason::Aspect
        | Reason::RedEye
        | Reason::ResultSize
        | Reason::ColourCast
        | Reason::Hair
        | Reason::Headwear
        | Reason::HandOrObject
        | Reason::ColourProfile
        | Reason::Retouched => return None,
    })
}
