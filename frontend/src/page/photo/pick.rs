//! Choosing a file or taking a picture.

use domain::Refusal;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::{
    Callback, Event, Html, Properties, TargetCast, component, html, use_callback, use_state,
};

use super::examples::examples;
use super::open::{Picture, open};
use crate::component::Alert;
use crate::lang::{use_lang, use_texts};

/// What the file chooser offers; with it, iPhones hand out JPEG in place of HEIC.
const ACCEPTED: &str = "image/jpeg,image/png";

#[derive(Properties, PartialEq)]
pub(crate) struct PickProps {
    /// How many photos can still be submitted.
    pub(crate) photos_left: i32,
    /// Whether the photo has to be taken here.
    pub(crate) camera_only: bool,
    /// Takes a picture that can become a photo.
    pub(super) onpick: Callback<Picture>,
}

/// What the photo must look like, and the two ways to bring one.
#[component]
pub(crate) fn Pick(props: &PickProps) -> Html {
    let (texts, lang) = (&use_texts().photo, use_lang());
    let is_reading = use_state(|| false);
    let refusal = use_state(|| None::<Refusal>);
    let onchange = {
        let (reading, refusal) = (is_reading.setter(), refusal.setter());
        use_callback(props.onpick.clone(), move |event: Event, onpick| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            let is_taken = input.has_attribute("capture");
            let Some(file) = input.files().and_then(|files| files.get(0)) else {
                return;
            };
            // The same file chosen again is a change, too.
            input.set_value("");
            let (reading, refusal, onpick) = (reading.clone(), refusal.clone(), onpick.clone());
            reading.set(true);
            refusal.set(None);
            spawn_local(async move {
                match open(file, is_taken).await {
                    Ok(picture) => onpick.emit(picture),
                    Err(found) => refusal.set(Some(found)),
                }
                reading.set(false);
            });
        })
    };
    html! {
        <>
            if let Some(refusal) = &*refusal {
                <Alert title={refusal.code.title().get(lang)}><p>{ refusal.detail(lang) }</p></Alert>
            }
            { examples(lang) }
            <p class="hint" role="status">
                { if *is_reading { texts.reading } else { texts.take_hint } }
            </p>
            <div class="actions two">
                if !props.camera_only {
                    <label class="button main-action file">
                        <input type="file" accept={ACCEPTED} onchange={onchange.clone()} />{ texts.pick }
                    </label>
                }
                <label class="button second file">
                    <input type="file" accept={ACCEPTED} capture="environment" {onchange} />{ texts.take }
                </label>
            </div>
        </>
    }
}
