//! Looks at a chosen picture while it is being framed, and makes it ready to be sent.

use std::rc::Rc;

use domain::{Lang, refusal_of_file};
use gloo::file::{File, futures::read_as_bytes};
use photo::{AutoCrop, Crop, FileFault, MIN_CROP_WIDTH_PX, Measurements, Rules, auto_crop};
use wasm_bindgen_futures::spawn_local;
use yew::{
    Callback, Html, Properties, UseStateHandle, component, hook, html, use_callback,
    use_effect_with, use_mut_ref, use_state,
};

use super::editor::Editor;
use super::open::Picture;
use crate::check::{FILE_COUNT, Looker, Readiness};
use crate::component::{Alert, Notice, Tone};
use crate::lang::use_lang;
use crate::text::{Texts, fill};
use crate::upload::Upload;

/// The longest side that the standard can use, in pixels. Source: docs/sources.md#photo-upload-limits.
const LONG_SIDE_PX: u32 = 1600;

#[derive(Properties)]
pub(crate) struct FramingProps {
    /// The picture.
    pub(super) picture: Picture,
    /// What is to become of it.
    pub(crate) upload: Upload,
    /// The rules of the task.
    pub(crate) rules: Rules,
    /// Who looks at it.
    pub(crate) readiness: UseStateHandle<Readiness>,
    /// Takes another frame or note.
    pub(crate) onchange: Callback<Upload>,
    /// It is to be sent.
    pub(crate) onuse: Callback<Upload>,
    /// Another picture is wanted.
    pub(crate) onother: Callback<()>,
}

impl PartialEq for FramingProps {
    /// Drawn again whenever its page is: what is ready cannot be compared.
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

/// What is known of the picture.
#[derive(Clone)]
enum Seen {
    /// Not yet anything.
    Nothing,
    /// What was measured, and the frame that suits best.
    Measured(Rc<Measurements>, AutoCrop),
    /// Its file cannot be decoded.
    Damaged(FileFault),
    /// The worker did not answer.
    Unanswered,
}

/// The editor with what was seen.
#[component]
pub(crate) fn Framing(props: &FramingProps) -> Html {
    let lang = use_lang();
    let seen = use_seen(props);
    let is_busy = use_state(|| false);
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
    let onuse = {
        let (upload, picture) = (props.upload.clone(), props.picture.clone());
        let (onuse, busy) = (props.onuse.clone(), is_busy.setter());
        let looker = props.readiness.looker().cloned();
        Callback::from(move |()| {
            busy.set(true);
            make_ready(
                looker.clone(),
                picture.clone(),
                upload.clone(),
                onuse.clone(),
            );
        })
    };
    let (measured, auto) = match &*seen {
        Seen::Measured(measured, auto) => (Some(Rc::clone(measured)), Some(*auto)),
        Seen::Nothing | Seen::Damaged(_) | Seen::Unanswered => (None, None),
    };
    html! {
        <Editor picture={props.picture.clone()} crop={props.upload.frame} rules={props.rules.clone()} {measured} {auto}
            status={status(&seen, &props.readiness, lang)} note={props.upload.note.clone()} {onnote} {onframe} {onuse}
            is_busy={*is_busy} onother={props.onother.clone()} />
    }
}

/// Looks at the picture as soon as somebody can, and frames it where the student has not begun to.
#[hook]
fn use_seen(props: &FramingProps) -> UseStateHandle<Seen> {
    let seen = use_state(|| Seen::Nothing);
    // What the student has done by the time an answer comes.
    let latest = use_mut_ref(|| props.upload.clone());
    latest.replace(props.upload.clone());
    let (set, rules, onchange) = (seen.setter(), props.rules.clone(), props.onchange.clone());
    let looker = props.readiness.looker().cloned();
    let deps = (props.picture.clone(), looker.is_some());
    use_effect_with(deps, move |(picture, _)| {
        let picture = picture.clone();
        spawn_local(async move {
            let Some(looker) = looker else { return };
            let found = look(&looker, &picture, &rules).await;
            if let Seen::Measured(_, auto) = &found {
                let upload = latest.borrow().clone();
                if upload.frame == picture.first_crop() {
                    onchange.emit(upload.in_frame(auto.crop));
                }
            }
            set.set(found);
        });
    });
    seen
}

/// Hands on the upload, made smaller where that can be done.
fn make_ready(looker: Option<Looker>, picture: Picture, upload: Upload, onuse: Callback<Upload>) {
    spawn_local(async move {
        let smaller = match looker {
            Some(looker) => smaller(&looker, &picture, &upload).await,
            None => None,
        };
        onuse.emit(smaller.unwrap_or(upload));
    });
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

/// The upload with a picture no larger than the standard can use, its frame at least as wide as the result; `None`
/// where it is no larger already.
async fn smaller(looker: &Looker, picture: &Picture, upload: &Upload) -> Option<Upload> {
    let longest = picture.width.max(picture.height);
    let enough = u64::from(longest) * u64::from(MIN_CROP_WIDTH_PX);
    let enough = enough.div_ceil(u64::from(upload.frame.width.max(1)));
    let side = u32::try_from(enough).ok()?.max(LONG_SIDE_PX);
    if side >= longest {
        return None;
    }
    let bytes = read_as_bytes(&picture.file).await.ok()?;
    let jpeg = looker.shrink(bytes, u16::try_from(side).ok()?).await?;
    let file = File::new_with_options("photo.jpg", jpeg.as_slice(), Some("image/jpeg"), None);
    let scaled = |length: u32| {
        let length = u64::from(length) * u64::from(side) / u64::from(longest);
        u32::try_from(length).unwrap_or(side)
    };
    let frame = upload.frame;
    let frame = Crop {
        x: scaled(frame.x),
        y: scaled(frame.y),
        width: scaled(frame.width),
        height: scaled(frame.height),
    };
    let frame = frame.clamp(scaled(picture.width), scaled(picture.height));
    Some(upload.with(web_sys::File::clone(file.as_ref()), frame))
}

/// How the automatic check stands.
fn status(seen: &Seen, readiness: &Readiness, lang: Lang) -> Html {
    let texts = &Texts::of(lang).photo;
    match (seen, readiness) {
        (Seen::Measured(..), _) => Html::default(),
        (Seen::Damaged(fault), _) => {
            let refusal = refusal_of_file(*fault);
            html! {
                <Alert title={refusal.code.title().get(lang)}><p>{ refusal.detail(lang) }</p></Alert>
            }
        }
        (Seen::Nothing, Readiness::Loading(count)) => {
            let told = fill(texts.loading, &[("count", count), ("total", &FILE_COUNT)]);
            html! {
                <Notice title={told}>
                    <progress class="progress" aria-label={texts.looking} value={count.to_string()}
                        max={FILE_COUNT.to_string()} />
                    <p>{ texts.loading_hint }</p>
                </Notice>
            }
        }
        (Seen::Nothing, Readiness::Ready(_)) => html! {
            <Notice title={texts.looking}><progress class="progress" aria-label={texts.looking} /></Notice>
        },
        (Seen::Unanswered, _) | (Seen::Nothing, Readiness::Missing) => html! {
            <Notice tone={Tone::Warn} title={texts.unseen}><p>{ texts.unseen_detail }</p></Notice>
        },
    }
}
