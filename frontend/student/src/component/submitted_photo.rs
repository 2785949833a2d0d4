//! A photo that the server has, in its frame.

use ui::{api, fill, use_text};
use wasm_bindgen_futures::spawn_local;
use yew::{AttrValue, Html, Properties, component, html, use_callback, use_state};

use crate::page::order::text::OrderTexts;
use crate::preview;

#[derive(Properties, PartialEq)]
pub(crate) struct SubmittedPhotoProps {
    /// The photo.
    pub(crate) photo_id: AttrValue,
    /// Whose it is.
    pub(crate) name: AttrValue,
}

/// The picture; where it does not come, that is said.
///
/// The browser asks for it by itself and cannot refresh a session that has run out, so the second try comes after that.
#[component]
pub(crate) fn SubmittedPhoto(props: &SubmittedPhotoProps) -> Html {
    let texts = use_text::<OrderTexts>();
    let tries = use_state(|| 0_u8);
    let onerror = use_callback(tries.clone(), |_, tries| {
        let tries = tries.clone();
        spawn_local(async move {
            if *tries > 0 || api::refresh().await.is_ok() {
                tries.set(*tries + 1);
            }
        });
    });
    if *tries > 1 {
        return html! { <p class="submitted-photo photo-missing muted">{ texts.photo_missing }</p> };
    }
    // An invented student has no photo that the server could send.
    let src = if preview::is_on() {
        "/example/good.svg".to_owned()
    } else {
        format!(
            "/api/v1/photos/{}/image?variant=framed&try={}",
            props.photo_id, *tries
        )
    };
    let alt = fill(texts.photo_alt, &[("name", &props.name)]);
    html! { <img class="submitted-photo" {src} {alt} {onerror} width="480" height="640" /> }
}
