//! Says that the session has ended, and what is still in this browser.

use ui::{Notice, Tone, use_text};
use wasm_bindgen_futures::spawn_local;
use yew::{Html, component, html, use_effect_with, use_state};

use super::text::LoginTexts;
use crate::session::{Left, Person, use_session};

/// The notice; nothing where no session has ended by itself.
#[component]
pub(super) fn Expired() -> Html {
    let texts = use_text::<LoginTexts>();
    let is_expired = use_session().person == Person::Expired;
    let left = use_state(|| Left::Nothing);
    {
        let left = left.setter();
        use_effect_with(is_expired, move |is_expired| {
            if *is_expired {
                spawn_local(async move { left.set(Left::find().await) });
            }
        });
    }
    let detail = match *left {
        Left::Nothing => None,
        Left::Form => Some(texts.expired_form),
        Left::Photo => Some(texts.expired_photo),
    };
    html! {
        <div role="status">
            if is_expired {
                <Notice tone={Tone::Warn} title={texts.expired_title}>
                    if let Some(detail) = detail {
                        <p>{ detail }</p>
                    }
                </Notice>
            }
        </div>
    }
}
