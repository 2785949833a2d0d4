//! Choosing a file or the camera.

use photo::Rules;
use web_sys::{File, HtmlInputElement};
use yew::{Callback, Event, Html, Properties, TargetCast, component, html, use_callback};

use super::examples::examples;
use super::open::{Demands, Picture, Step, use_opening};
use crate::component::{Button, Look};
use crate::lang::{use_lang, use_texts};

/// What the file chooser offers; with it, iPhones hand out JPEG in place of HEIC.
const ACCEPTED: &str = "image/jpeg,image/png";

#[derive(Properties, PartialEq)]
pub(crate) struct PickProps {
    /// The rules of the task.
    pub(crate) rules: Rules,
    /// What the task asks of files.
    pub(super) demands: Demands,
    /// Takes a picture that can become a photo.
    pub(super) onpick: Callback<Picture>,
    /// The camera is wanted.
    pub(crate) oncamera: Callback<()>,
}

/// What the photo must look like, and the two ways to bring one.
#[component]
pub(crate) fn Pick(props: &PickProps) -> Html {
    let (texts, lang) = (&use_texts().photo, use_lang());
    let opening = use_opening(&props.onpick, props.demands);
    let look = if props.demands.camera_only {
        Look::Main
    } else {
        Look::Second
    };
    html! {
        <>
            { opening.told(lang) }
            { examples(&props.rules, lang) }
            if props.demands.originals {
                <p class="hint">{ texts.originals }</p>
            }
            <p class="hint" role="status">
                { match opening.step {
                    None => texts.take_hint,
                    Some(Step::Reading) => texts.reading,
                    Some(Step::Reducing) => texts.reducing,
                } }
            </p>
            <div class="actions two">
                if !props.demands.camera_only {
                    <FileButton label={texts.pick} read={opening.read} />
                }
                <Button {look} onclick={props.oncamera.clone()}>{ texts.take }</Button>
            </div>
        </>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct FileButtonProps {
    /// What it does.
    pub(super) label: &'static str,
    /// Whether the phone's own camera is to make the file.
    #[prop_or_default]
    pub(super) takes: bool,
    /// Takes the file, and whether the camera made it.
    pub(super) read: Callback<(File, bool)>,
}

/// A button that asks for a file.
#[component]
pub(super) fn FileButton(props: &FileButtonProps) -> Html {
    let takes = props.takes;
    let onchange = use_callback(props.read.clone(), move |event: Event, read| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        let files = input.as_ref().and_then(HtmlInputElement::files);
        if let (Some(input), Some(file)) = (input, files.and_then(|files| files.get(0))) {
            // The same file chosen again is a change, too.
            input.set_value("");
            read.emit((file, takes));
        }
    });
    html! {
        <label class="button main-action file">
            <input type="file" accept={ACCEPTED} capture={takes.then_some("environment")} {onchange} />{ props.label }
        </label>
    }
}
