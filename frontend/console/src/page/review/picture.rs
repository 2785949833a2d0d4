//! The photo, as large as it can be; the next ones are loaded behind it.

use client::PhotoToReviewView;
use ui::{Button, Look, use_text};
use yew::{AttrValue, Callback, Html, Properties, classes, component, html, use_state};

use super::text::ReviewTexts;

#[derive(Properties, PartialEq)]
pub(super) struct PictureProps {
    /// The photo.
    pub(super) photo: PhotoToReviewView,
    /// Those behind it.
    pub(super) next: Vec<PhotoToReviewView>,
    /// Turns it or moves its frame.
    pub(super) adjust: Callback<()>,
    /// Whether lines show where eyes and head should be.
    pub(super) is_overlay_shown: bool,
}

/// The address of a picture.
pub(super) fn address(id: &str, variant: &str) -> AttrValue {
    format!("/api/v1/reviews/photos/{id}/image?variant={variant}").into()
}

/// The address of a photo as it is framed now: another one once it was framed anew, so that the browser loads that.
fn framed(photo: &PhotoToReviewView) -> AttrValue {
    let address = address(&photo.photo_id, "framed");
    match photo.adjusted_at {
        Some(at) => format!("{address}&adjusted={}", at.timestamp_millis()).into(),
        None => address,
    }
}

/// The picture.
#[component]
pub(super) fn Picture(props: &PictureProps) -> Html {
    let texts = use_text::<ReviewTexts>();
    let original = use_state(|| None::<String>);
    let (photo, id) = (&props.photo, &props.photo.photo_id);
    let is_original = original.as_ref() == Some(id);
    let src = if is_original {
        address(id, "original")
    } else {
        framed(photo)
    };
    let switch = {
        let (original, id) = (original.clone(), id.clone());
        move |()| original.set((!is_original).then(|| id.clone()))
    };
    html! {
        <div class="review-picture">
            <div class={classes!("review-frame", props.is_overlay_shown.then_some("with-lines"))}>
                <img key={src.to_string()} {src} alt={texts.photo_alt} />
                if !is_original { { lines() } }
            </div>
            <div class="review-actions start">
                <Button look={Look::Quiet} onclick={switch}>
                    { if is_original { texts.show_framed } else { texts.show_original } }
                </Button>
                <Button look={Look::Quiet} onclick={props.adjust.clone()}>{ texts.adjust }<kbd>{ "F" }</kbd></Button>
            </div>
            <div hidden=true>
                { for props.next.iter().map(|one| html! { <img key={one.photo_id.clone()} src={framed(one)} alt="" /> }) }
            </div>
        </div>
    }
}

/// The lines that show where eyes and head should be.
pub(super) fn lines() -> Html {
    html! {
        <div class="review-lines" aria-hidden="true">
            <div class="band head" /><div class="band eyes" /><div class="middle" />
        </div>
    }
}
