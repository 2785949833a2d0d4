//! Choosing a file or the camera.

use photo::Rules;
use ui::lang::use_lang;
use ui::{Button, Look, use_text};
use web_sys::File;
use yew::{
    Callback, DragEvent, Html, Properties, classes, component, html, use_callback, use_state,
};

use super::examples::examples;
use super::open::{Demands, Picture, Step, use_opening};
use super::text::PhotoTexts;
use crate::component::FileButton;

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
    let (texts, lang) = (use_text::<PhotoTexts>(), use_lang());
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
            <p class="hint by-hand">{ texts.take_hint }</p>
            <p class="hint" role="status">
                { match opening.step {
                    None => "",
                    Some(Step::Reading) => texts.reading,
                    Some(Step::Reducing) => texts.reducing,
                } }
            </p>
            if !props.demands.camera_only {
                <DropZone read={opening.read.clone()} />
            }
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
struct DropZoneProps {
    /// Takes the file, and whether the camera made it.
    read: Callback<(File, bool)>,
}

/// Where a photo can be dropped; the style sheet shows it where there is a mouse.
#[component]
fn DropZone(props: &DropZoneProps) -> Html {
    let texts = use_text::<PhotoTexts>();
    let is_over = use_state(|| false);
    let over = |now: bool| {
        let set = is_over.setter();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            set.set(now);
        })
    };
    let ondrop = use_callback(
        (props.read.clone(), is_over.setter()),
        |event: DragEvent, (read, set_over)| {
            event.prevent_default();
            set_over.set(false);
            let files = event.data_transfer().and_then(|data| data.files());
            if let Some(file) = files.and_then(|files| files.get(0)) {
                read.emit((file, false));
            }
        },
    );
    html! {
        <div class={classes!("drop", is_over.then_some("over"))} ondragenter={over(true)} ondragover={over(true)}
            ondragleave={over(false)} {ondrop}>
            <p>{ texts.drop }</p>
        </div>
    }
}
