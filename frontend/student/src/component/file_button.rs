//! A button that asks for a picture.

use web_sys::{File, HtmlInputElement};
use yew::{Callback, Event, Html, Properties, TargetCast, component, html, use_callback};

/// What the file chooser offers; with it, iPhones hand out JPEG in place of HEIC.
const ACCEPTED: &str = "image/jpeg,image/png";

#[derive(Properties, PartialEq)]
pub(crate) struct FileButtonProps {
    /// What it does.
    pub(crate) label: &'static str,
    /// Whether the phone's own camera is to make the file.
    #[prop_or_default]
    pub(crate) takes: bool,
    /// Takes the file, and whether the camera made it.
    pub(crate) read: Callback<(File, bool)>,
}

/// A button that asks for a file.
#[component]
pub(crate) fn FileButton(props: &FileButtonProps) -> Html {
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
