//! Small drawings beside what is advised; the words beside them say the same.

use domain::PhotoCause;
use yew::{Html, html};

/// The drawing of a cause, where one helps.
pub(super) fn drawing(cause: PhotoCause) -> Html {
    name(cause).map_or_else(Html::default, drawn)
}

/// The drawing of a reviewer's, the school's or CHSI's reason, where one helps.
pub(super) fn drawing_of_reason(code: &str) -> Html {
    name_of_reason(code).map_or_else(Html::default, drawn)
}

/// A drawing by its name in `static/finding.svg`.
fn drawn(name: &str) -> Html {
    html! {
        <svg class="drawing" viewBox="0 0 36 48" aria-hidden="true"><use href={format!("/finding.svg#{name}")} /></svg>
    }
}

/// The name of a reason's drawing.
fn name_of_reason(code: &str) -> Option<&'static str> {
    Some(match code {
        "too_small_px" | "low_quality" => "pixels",
        "aspect" => "unframed",
        "border" => "edge",
        "text_watermark" => "text",
        "no_face" => "nobody",
        "many_faces" => "several",
        "face_covered" => "covered",
        "hair" => "hair",
        "head_top" | "eye_line" => "high",
        "face_width" => "small",
        "not_centered" => "aside",
        "tilt" => "tilt",
        "not_frontal" => "turned",
        "shoulders" => "shoulders",
        "bg_color" | "bg_uneven" | "bg_shadow" | "bg_object" => "background",
        "hand_or_object" => "hand",
        "highlight" | "dark_bright" => "light",
        "half_shadow" => "half",
        "blur" => "blur",
        "eyes_closed" => "eyes",
        "mouth_open" => "mouth",
        "glasses_glare" | "tinted_lens" => "glasses",
        "headwear" => "hat",
        "jewellery" => "jewellery",
        "clothes_color" | "clothes_improper" => "clothes",
        _ => return None,
    })
}

/// The name of a cause's drawing.
fn name(cause: PhotoCause) -> Option<&'static str> {
    Some(match cause {
        PhotoCause::Sideways => "sideways",
        PhotoCause::UpsideDown => "upside-down",
        PhotoCause::NoFace => "nobody",
        PhotoCause::ManyFaces => "several",
        PhotoCause::Covered => "covered",
        PhotoCause::HairInFace => "hair",
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
