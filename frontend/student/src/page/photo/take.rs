//! Taking a picture: the live picture with the outline of a head, what to do, and the shutter.

mod hint;
mod live;
mod outline;
mod props;
pub(crate) mod text;

use std::rc::Rc;

use domain::Lang;
use ui::lang::use_lang;
use ui::{Button, CommonTexts, Heading, Look, Notice, TextTable, Tone, fill};
use wasm_bindgen_futures::spawn_local;
use web_sys::{File, HtmlVideoElement};
use yew::{
    Callback, Html, MouseEvent, NodeRef, Properties, UseStateHandle, classes, component, html,
    use_callback, use_effect_with, use_node_ref, use_state,
};

use super::guide::guide;
use super::open::use_opening;
use super::text::PhotoTexts;
use crate::camera::{Camera, Facing, Fault};
use crate::check::{FILE_COUNT, Readiness};
use crate::component::FileButton;
use hint::{Hint, use_hint};
use live::{Live, use_live};
use outline::outline;
pub(crate) use props::TakeProps;
use text::CameraTexts;

/// The camera, or why there is none and what to do.
#[component]
pub(crate) fn Take(props: &TakeProps) -> Html {
    let lang = use_lang();
    let facing = use_state(|| Facing::Rear);
    let tries = use_state(|| 0_u32);
    let live = use_live(*facing, *tries);
    let opening = use_opening(&props.onpick, props.demands);
    let retry = use_callback(tries, |(), tries| tries.set(**tries + 1));
    let onturn = use_callback(facing, |_, facing| facing.set(facing.turned()));
    let body = match &*live {
        Live::Failed(fault) => html! {
            <>
                { explained(*fault, lang) }
                <div class="actions">
                    <FileButton label={CameraTexts::of(lang).by_phone} takes=true read={opening.read.clone()} />
                    <Button look={Look::Second} onclick={retry}>{ CommonTexts::of(lang).retry }</Button>
                    <Button look={Look::Quiet} onclick={props.onback.clone()}>{ CommonTexts::of(lang).back }</Button>
                </div>
            </>
        },
        Live::Opening | Live::On(_) => html! {
            <Finder take={props.clone()} live={(*live).clone()} is_reading={opening.step.is_some()}
                read={opening.read.clone()} {onturn} />
        },
    };
    html! {
        <section class="stack">
            <Heading text={CameraTexts::of(lang).title} />
            { opening.told(lang) }
            { body }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct FinderProps {
    take: TakeProps,
    live: Live,
    is_reading: bool,
    read: Callback<(File, bool)>,
    onturn: Callback<MouseEvent>,
}

/// The live picture and the shutter.
#[component]
fn Finder(props: &FinderProps) -> Html {
    let lang = use_lang();
    let video = use_node_ref();
    let is_taking = use_state(|| false);
    let hint = use_hint(&video, &props.live, &props.take);
    {
        let video = video.clone();
        use_effect_with(props.live.clone(), move |live| {
            if let (Live::On(camera), Some(video)) = (live, video.cast::<HtmlVideoElement>()) {
                camera.show_on(&video);
            }
        });
    }
    let camera = props.live.camera().cloned();
    let shoot = shutter(camera.clone(), video.clone(), &is_taking, &props.read);
    let told = told(hint.as_ref(), &props.live, &props.take.readiness, lang);
    let has = |is: fn(&Camera) -> bool| camera.as_deref().is_some_and(is);
    let is_mirrored = has(|camera| camera.is_front).then_some("mirrored");
    let is_ready = hint.as_ref().is_some_and(|hint| hint.is_ready);
    html! {
        <>
            <p class="hint by-hand">{ PhotoTexts::of(lang).take_hint }</p>
            <div class={classes!("camera", is_mirrored, is_ready.then_some("ready"))}>
                <video ref={video} autoplay=true muted=true playsinline=true aria-hidden="true" />
                { guide(&props.take.rules, None, lang) }
                { outline(&props.take.rules) }
                if has(|camera| camera.can_turn) {
                    <button type="button" class="camera-turn" onclick={props.onturn.clone()}>{ CameraTexts::of(lang).turn }</button>
                }
                <p class="camera-hint" role="status">{ told }</p>
            </div>
            <div class="actions two">
                <Button onclick={shoot} disabled={camera.is_none()} is_busy={*is_taking || props.is_reading}>
                    { CameraTexts::of(lang).shutter }
                </Button>
                <Button look={Look::Second} onclick={props.take.onback.clone()}>{ CommonTexts::of(lang).back }</Button>
            </div>
        </>
    }
}

/// Takes the picture and hands it on.
fn shutter(
    camera: Option<Rc<Camera>>,
    video: NodeRef,
    is_taking: &UseStateHandle<bool>,
    read: &Callback<(File, bool)>,
) -> Callback<()> {
    let (taking, read) = (is_taking.setter(), read.clone());
    Callback::from(move |()| {
        let (Some(camera), Some(video)) = (camera.clone(), video.cast::<HtmlVideoElement>()) else {
            return;
        };
        let (taking, read) = (taking.clone(), read.clone());
        taking.set(true);
        spawn_local(async move {
            // There is nothing to take as long as nothing is seen.
            if let Some(file) = camera.take(&video).await {
                read.emit((file, true));
            }
            taking.set(false);
        });
    })
}

/// What stands over the live picture.
fn told(hint: Option<&Hint>, live: &Live, readiness: &Readiness, lang: Lang) -> String {
    let texts = CameraTexts::of(lang);
    match (hint, live, readiness) {
        (_, Live::Opening | Live::Failed(_), _) => texts.opening.to_owned(),
        (Some(hint), _, _) => hint.text.clone(),
        (None, _, Readiness::Loading(count)) => {
            fill(texts.loading, &[("count", count), ("total", &FILE_COUNT)])
        }
        (None, _, Readiness::Ready(_)) => texts.looking.to_owned(),
        (None, _, Readiness::Missing) => texts.unseen.to_owned(),
    }
}

/// Why there is no live picture, and what to do.
fn explained(fault: Fault, lang: Lang) -> Html {
    let texts = CameraTexts::of(lang);
    let (title, detail) = match fault {
        Fault::Refused => (texts.refused, texts.refused_detail),
        Fault::Absent => (texts.absent, texts.absent_detail),
        Fault::Busy => (texts.busy, texts.busy_detail),
        Fault::Insecure => (texts.insecure, texts.insecure_detail),
        Fault::Unsupported => (texts.unsupported, texts.unsupported_detail),
    };
    html! { <Notice tone={Tone::Warn} {title}><p>{ detail }</p><p>{ texts.fallback }</p></Notice> }
}
