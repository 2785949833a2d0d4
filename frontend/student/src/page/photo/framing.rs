//! Looks at a chosen picture while it is being framed, and makes it ready to be sent.

mod props;
mod usage;

use std::rc::Rc;

use gloo::file::futures::read_as_bytes;
use photo::{Crop, Rules, auto_crop};
use wasm_bindgen_futures::spawn_local;
use yew::{
    Callback, Html, UseStateHandle, component, hook, html, use_callback, use_effect_with, use_state,
};

use super::editor::Editor;
use super::open::Picture;
use super::verdict::Check;
use crate::check::{Looker, Readiness};
use crate::upload::Upload;
pub(crate) use props::FramingProps;
use props::Seen;
use usage::{Usage, use_usage};

/// The editor with what was seen.
#[component]
pub(crate) fn Framing(props: &FramingProps) -> Html {
    let usage = use_usage(props);
    let seen = use_seen(props, &usage);
    let onframe = use_callback(
        (props.upload.clone(), props.onchange.clone()),
        |crop: Crop, (upload, onchange)| onchange.emit(upload.in_frame(crop)),
    );
    let onnote = use_callback(
        (props.upload.clone(), props.onchange.clone()),
        |note: String, (upload, onchange)| {
            onchange.emit(Upload {
                note,
                ..upload.clone()
            });
        },
    );
    let is_coming = matches!(*seen, Seen::Nothing) && !props.readiness.is_missing();
    let is_checked = matches!(*seen, Seen::Measured(..));
    let is_busy = usage.is_wanted();
    let onuse = Callback::from(move |()| {
        if is_coming {
            usage.wait();
        } else {
            usage.grant(is_checked);
        }
    });
    let (measured, auto) = match &*seen {
        Seen::Measured(measured, auto) => (Some(Rc::clone(measured)), Some(*auto)),
        Seen::Nothing | Seen::Damaged(_) | Seen::Unanswered => (None, None),
    };
    html! {
        <Editor picture={props.picture.clone()} crop={props.upload.frame} rules={props.rules.clone()} {measured} {auto}
            check={check(&seen, &props.readiness)} note={props.upload.note.clone()} {onnote} {onframe} {onuse} {is_busy}
            camera_only={props.camera_only} onlook={props.onretry.clone()} onturn={props.onturn.clone()}
            onretake={props.onretake.clone()} onother={props.onother.clone()} />
    }
}

/// Looks at the picture as soon as somebody can, and frames it where the student has not begun to.
#[hook]
fn use_seen(props: &FramingProps, usage: &Usage) -> UseStateHandle<Seen> {
    let seen = use_state(|| Seen::Nothing);
    let (set, rules, usage) = (seen.setter(), props.rules.clone(), usage.clone());
    let looker = props.readiness.looker().cloned();
    let deps = (props.picture.clone(), looker.is_some());
    let before = seen.clone();
    use_effect_with(deps, move |(picture, _)| {
        if matches!(*before, Seen::Measured(..) | Seen::Damaged(_)) {
            return;
        }
        // Whoever did not answer is gone, and another is on the way.
        set.set(Seen::Nothing);
        let picture = picture.clone();
        spawn_local(async move {
            let Some(looker) = looker else { return };
            let found = look(&looker, &picture, &rules).await;
            if let Seen::Measured(_, auto) = &found {
                let upload = usage.upload();
                if upload.frame == picture.first_crop() {
                    usage.framed(upload.in_frame(auto.crop));
                }
            }
            usage.checked(&found);
            set.set(found);
        });
    });
    seen
}

async fn look(looker: &Looker, picture: &Picture, rules: &Rules) -> Seen {
    let Ok(bytes) = read_as_bytes(&picture.file).await else {
        return Seen::Unanswered;
    };
    match looker.measure(bytes).await {
        Some(Ok(measured)) => {
            let auto = auto_crop(&measured, rules);
            Seen::Measured(Rc::new(measured), auto)
        }
        Some(Err(fault)) => Seen::Damaged(fault),
        None => Seen::Unanswered,
    }
}

/// How the automatic check stands.
fn check(seen: &Seen, readiness: &Readiness) -> Check {
    match (seen, readiness) {
        (Seen::Measured(..), _) => Check::Done,
        (Seen::Damaged(fault), _) => Check::Damaged(*fault),
        (_, Readiness::Loading(count)) => Check::Loading(*count),
        (Seen::Nothing, Readiness::Ready(_)) => Check::Looking,
        (_, Readiness::Missing) | (Seen::Unanswered, Readiness::Ready(_)) => Check::Unseen,
    }
}
