//! The photo, as large as it can be; the next ones are loaded behind it.

use ui::{Button, Look, use_text};
use yew::{AttrValue, Html, Properties, classes, component, html, use_state};

use super::text::ReviewTexts;

#[derive(Properties, PartialEq)]
pub(super) struct PictureProps {
    /// The photo.
    pub(super) id: String,
    /// Those behind it.
    pub(super) next: Vec<String>,
    /// Whether lines show where eyes and head should be.
    pub(super) is_overlay_shown: bool,
}

/// The address of a picture.
pub(super) fn address(id: &str, variant: &str) -> AttrValue {
    format!("/api/v1/reviews/photos/{id}/image?variant={variant}").into()
}

/// The picture.
#[component]
pub(super) fn Picture(props: &PictureProps) -> Html {
    let texts = use_text::<ReviewTexts>();
    let original = use_state(|| None::<String>);
    let is_original = original.as_ref() == Some(&props.id);
    let variant = if is_original { "original" } else { "framed" };
    let switch = {
        let (original, id) = (original.clone(), props.id.clone());
        move |()| original.set((!is_original).then(|| id.clone()))
    };
    html! {
        <div class="review-picture">
            <div class={classes!("review-frame", props.is_overlay_shown.then_some("with-lines"))}>
                <img key={format!("{}-{variant}", props.id)} src={address(&props.id, variant)} alt={texts.photo_alt} />
                if !is_original {
                    <div class="review-lines" aria-hidden="true">
                        <div class="band head" /><div class="band eyes" /><div class="middle" />
                    </div>
                }
            </div>
            <Button look={Look::Quiet} onclick={switch}>
                { if is_original { texts.show_framed } else { texts.show_original } }
            </Button>
            <div hidden=true>
                { for props.next.iter().map(|id| html! { <img key={id.clone()} src={address(id, "framed")} alt="" /> }) }
            </div>
        </div>
    }
}
