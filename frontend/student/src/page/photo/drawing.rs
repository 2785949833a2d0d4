//! Small drawings beside what is advised; the words beside them say the same.

use domain::PhotoCause;
use yew::{Html, html};

/// The drawing of a cause, where one helps.
pub(super) fn drawing(cause: PhotoCause) -> Html {
    name(cause).map_or_else(Html::default, |name| {
        html! {
            <svg class="drawing" viewBox="0 0 36 48" aria-hidden="true"><use href={format!("/finding.svg#{name}")} /></svg>
        }
    })
}

/// Its name in `static/finding.svg`.
fn name(cause: PhotoCause) -> Option<&'static str> {
    Some(match cause {
        PhotoCause::Sideways => "sideways",
        PhotoCause::UpsideDown => "upside-down",
        PhotoCause::NoFace => "nobody",
        PhotoCause::ManyFaces => "several",
        PhotoCause::Covered | PhotoCause::HairInFace => "covered",
        PhotoCause::Unframed => "unframed",
        PhotoCause::HeadCut | PhotoCause::NoRoomAbove => "high",
        PhotoCause::NoRoomBelow => "low",
        PhotoCause::NoRoomBeside => "aside",
        PhotoCause::TooClose => "large",
        PhotoCause::TooFar => "small",
        PhotoCause::FileSmall | PhotoCause::NotOriginal => "pixels",
        PhotoCause::Bordered => "edge",
        PhotoCause::Tilted => "tilt",
        PhotoCause::Turned => "turned",
        PhotoCause::TooDark | PhotoCause::TooBright => "light",
        PhotoCause::UnevenLight => "half",
        PhotoCause::Blurred => "blur",
        PhotoCause::Behind => "background",
        PhotoCause::EyesClosed => "eyes",
        PhotoCause::MouthOpen => "mouth",
        PhotoCause::Glasses => "glasses",
        PhotoCause::Headwear => "hat",
        PhotoCause::ObjectBeside => "hand",
        PhotoCause::BadFile
        | PhotoCause::HeadPlace
        | PhotoCause::Retouched
        | PhotoCause::Colours => return None,
    })
}
