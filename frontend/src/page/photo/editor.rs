//! Framing: drag, pinch, wheel, keys and buttons; the result beside it.

use std::rc::Rc;

use domain::photo_note::{REASON_MIN, gives_reason};
use domain::task::PHOTO_NOTE_MAX;
use photo::{AutoCrop, Border, Crop, Lines, Measurements, Missing, Outcome, Rules, Verdict, judge};
use web_sys::{Element, KeyboardEvent, PointerEvent, WheelEvent};
use yew::{
    AttrValue, Callback, Html, NodeRef, Properties, component, html, use_callback, use_mut_ref,
    use_node_ref, use_state,
};

use super::findings::Settled;
use super::framed::Framed;
use super::gesture::{Point, Pointers, View, ZOOM_STEP};
use super::guide::guide;
use super::open::Picture;
use crate::component::{Button, Heading, Look, Note, Notice, Tone};
use crate::lang::{use_lang, use_texts};
use crate::text::fill;

#[derive(Clone, Properties, PartialEq)]
pub(crate) struct EditorProps {
    /// The picture.
    pub(super) picture: Picture,
    /// The frame.
    pub(crate) crop: Crop,
    /// The rules of the task.
    pub(crate) rules: Rules,
    /// What was measured, once it was.
    pub(crate) measured: Option<Rc<Measurements>>,
    /// The frame that suits best, once that is known.
    pub(crate) auto: Option<AutoCrop>,
    /// How the automatic check stands, as long as nothing was measured.
    pub(crate) status: Html,
    /// What the student tells the reviewer.
    pub(crate) note: AttrValue,
    /// Takes a changed note.
    pub(crate) onnote: Callback<String>,
    /// Its file cannot be decoded, which the status tells.
    pub(crate) is_damaged: bool,
    /// The photo is being made ready to be sent.
    pub(crate) is_busy: bool,
    /// Takes a changed frame.
    pub(crate) onframe: Callback<Crop>,
    /// The photo is to be sent as it is.
    pub(crate) onuse: Callback<()>,
    /// Another picture is wanted.
    pub(crate) onother: Callback<()>,
}

/// The editor.
#[component]
pub(crate) fn Editor(props: &EditorProps) -> Html {
    let all = use_texts();
    let (texts, again) = (&all.photo, all.camera.again);
    let (picture, crop) = (&props.picture, &props.crop);
    let unmeasured;
    let measured = if let Some(measured) = &props.measured {
        &**measured
    } else {
        unmeasured = size_alone(picture);
        &unmeasured
    };
    let verdict = judge(measured, crop, &props.rules);
    let told = props.measured.is_some() || !verdict.findings.is_empty();
    let is_bad = verdict.outcome == Outcome::Fail;
    let missing = props.auto.and_then(|auto| auto.missing);
    let detail = size_text(&props.rules, crop, texts);
    html! {
        <section class="stack">
            <Heading text={texts.frame_title} />
            <p class="lead">{ texts.frame_lead }</p>
            <div class="editor">
                <Stage ..props.clone() />
                <div class="editor-side stack">
                    <figure class="preview">
                        <div class="preview-frame"><Framed picture={picture.clone()} crop={*crop} /></div>
                        <figcaption>{ texts.preview }<br /><span class="muted figures">{ detail }</span></figcaption>
                    </figure>
                    <div class="stack" aria-live="polite">
                        { props.status.clone() }
                        { for missing.map(|missing| lacking(missing, texts)) }
                        <Settled found={told.then(|| verdict.findings.clone())} rules={props.rules.clone()} />
                    </div>
                    if props.measured.is_some() {
                        <p class="hint">{ texts.server_again }</p>
                    }
                    { note(props, &verdict, texts) }
                </div>
            </div>
            <div class="actions two">
                <Button onclick={props.onuse.clone()} disabled={is_bad || props.is_damaged} is_busy={props.is_busy && !is_bad}>
                    { texts.use_it }
                </Button>
                <Button look={Look::Second} onclick={props.onother.clone()}>
                    { if picture.is_taken { again } else { texts.other } }
                </Button>
            </div>
        </section>
    }
}

/// What the student may tell the reviewer, and, where the check fails, asking a person for all that.
fn note(props: &EditorProps, verdict: &Verdict, texts: &crate::text::Photo) -> Html {
    let note = |label: &'static str, hint: AttrValue| {
        html! {
            <Note id="photo-note" {label} {hint} value={props.note.clone()} oninput={props.onnote.clone()}
                max={PHOTO_NOTE_MAX} />
        }
    };
    if verdict.outcome != Outcome::Fail {
        // Also where nothing was found: the server may find more.
        return note(texts.note, texts.note_hint.into());
    }
    if verdict.is_final() {
        return Html::default();
    }
    let hint = fill(texts.contest_hint, &[("min", &REASON_MIN)]);
    html! {
        <>
            { note(texts.contest, hint.into()) }
            <Button look={Look::Second} onclick={props.onuse.clone()} disabled={!gives_reason(&props.note)}
                is_busy={props.is_busy}>{ texts.contest_it }</Button>
        </>
    }
}

/// What is known of a picture that was not decoded: a border, too, is for the server to find.
fn size_alone(picture: &Picture) -> Measurements {
    Measurements {
        width_px: picture.width,
        height_px: picture.height,
        border: Border {
            top_px: 0,
            right_px: 0,
            bottom_px: 0,
            left_px: 0,
        },
        jpeg_quality: None,
        colour_space: photo::ColourSpace::Srgb,
        blockiness: None,
        faces: None,
        portrait: None,
        turn_degrees: None,
    }
}

/// The sizes of result and original.
fn size_text(rules: &Rules, crop: &Crop, texts: &crate::text::Photo) -> String {
    fill(
        texts.preview_detail,
        &[
            ("width", &rules.width_px),
            ("height", &rules.height_px),
            ("crop_width", &crop.width),
            ("crop_height", &crop.height),
        ],
    )
}

/// What the picture lacks around the head, side by side.
fn lacking(missing: Missing, texts: &crate::text::Photo) -> Html {
    let sides = [
        (missing.above_px, texts.missing_above),
        (missing.below_px, texts.missing_below),
        (missing.left_px, texts.missing_left),
        (missing.right_px, texts.missing_right),
    ];
    let lacking = sides.into_iter().filter(|(pixels, _)| *pixels > 0);
    let told: Vec<String> = lacking
        .map(|(pixels, text)| fill(text, &[("pixels", &pixels)]))
        .collect();
    let detail = fill(
        texts.missing_detail,
        &[("sides", &told.join(texts.missing_join))],
    );
    html! { <Notice tone={Tone::Warn} title={texts.missing}><p>{ detail }</p></Notice> }
}

/// The picture in its frame, and the buttons that move it.
#[component]
fn Stage(props: &EditorProps) -> Html {
    let (texts, lang) = (&use_texts().photo, use_lang());
    let node = use_node_ref();
    let pointers = use_mut_ref(Pointers::default);
    let shows_lines = use_state(|| true);
    let portrait = props
        .measured
        .as_ref()
        .and_then(|measured| measured.portrait.as_ref());
    let lines = portrait.map(|portrait| Lines::new(&portrait.head, &props.crop, &props.rules));
    let ondown = {
        let pointers = pointers.clone();
        use_callback(node.clone(), move |event: PointerEvent, node| {
            if let Some(frame) = node.cast::<Element>() {
                let _ = frame.set_pointer_capture(event.pointer_id());
            }
            pointers.borrow_mut().down(
                event.pointer_id(),
                at(node, event.client_x(), event.client_y()),
            );
        })
    };
    let onmove = {
        let pointers = pointers.clone();
        use_callback(
            (node.clone(), props.clone()),
            move |event: PointerEvent, (node, props)| {
                let to = at(node, event.client_x(), event.client_y());
                if let Some(crop) =
                    pointers
                        .borrow_mut()
                        .moved(event.pointer_id(), to, &view(props, node))
                {
                    props.onframe.emit(crop);
                }
            },
        )
    };
    let onup = use_callback((), move |event: PointerEvent, ()| {
        pointers.borrow_mut().up(event.pointer_id());
    });
    let onwheel = use_callback(
        (node.clone(), props.clone()),
        |event: WheelEvent, (node, props)| {
            event.prevent_default();
            let about = at(node, event.client_x(), event.client_y());
            props
                .onframe
                .emit(view(props, node).wheeled(event.delta_y(), about));
        },
    );
    let onkeydown = use_callback(
        (node.clone(), props.clone()),
        |event: KeyboardEvent, (node, props)| {
            if let Some(crop) = keyed(&event.key(), &view(props, node), props) {
                event.prevent_default();
                props.onframe.emit(crop);
            }
        },
    );
    let toggle = use_callback((*shows_lines, shows_lines.setter()), |_, (shown, set)| {
        set.set(!shown);
    });
    html! {
        <div class="stage">
            <div ref={node.clone()} class="frame" tabindex="0" role="group" aria-label={texts.frame_label}
                onpointerdown={ondown} onpointermove={onmove} onpointerup={onup.clone()} onpointercancel={onup}
                {onwheel} {onkeydown}>
                <Framed picture={props.picture.clone()} crop={props.crop} />
                if *shows_lines {
                    { guide(&props.rules, lines.as_ref(), lang) }
                }
            </div>
            { tools(props, &node, texts) }
            <label class="check">
                <input type="checkbox" checked={*shows_lines} onchange={toggle} /><span>{ texts.lines }</span>
            </label>
        </div>
    }
}

/// What gestures can do, as buttons.
fn tools(props: &EditorProps, node: &NodeRef, texts: &crate::text::Photo) -> Html {
    let tool = |key: &'static str, sign: &'static str, label: &'static str| {
        let (props, node) = (props.clone(), node.clone());
        let onclick = move |_| {
            if let Some(crop) = keyed(key, &view(&props, &node), &props) {
                props.onframe.emit(crop);
            }
        };
        html! { <button type="button" class="tool" aria-label={label} title={label} {onclick}>{ sign }</button> }
    };
    html! {
        <div class="tools">
            { tool("-", "－", texts.zoom_out) }
            { tool("+", "＋", texts.zoom_in) }
            { tool("ArrowLeft", "←", texts.left) }
            { tool("ArrowRight", "→", texts.right) }
            { tool("ArrowUp", "↑", texts.up) }
            { tool("ArrowDown", "↓", texts.down) }
            { tool("0", texts.auto, texts.auto_hint) }
        </div>
    }
}

fn view(props: &EditorProps, node: &NodeRef) -> View {
    let shown_width = node
        .cast::<Element>()
        .map_or(1.0, |frame| frame.get_bounding_client_rect().width());
    View {
        crop: props.crop,
        size: (props.picture.width, props.picture.height),
        shown_width,
    }
}

/// A point of the window as a point of the frame.
#[expect(
    clippy::float_arithmetic,
    reason = "a place on the screen is no whole number"
)]
fn at(node: &NodeRef, x: i32, y: i32) -> Point {
    let Some(frame) = node.cast::<Element>() else {
        return (0.0, 0.0);
    };
    let frame = frame.get_bounding_client_rect();
    (f64::from(x) - frame.left(), f64::from(y) - frame.top())
}

/// What a key does; `None` for other keys.
#[expect(clippy::float_arithmetic, reason = "a factor is no whole number")]
fn keyed(key: &str, view: &View, props: &EditorProps) -> Option<Crop> {
    Some(match key {
        "ArrowLeft" => view.nudged(-1, 0),
        "ArrowRight" => view.nudged(1, 0),
        "ArrowUp" => view.nudged(0, -1),
        "ArrowDown" => view.nudged(0, 1),
        "+" | "=" => view.zoomed_at_centre(ZOOM_STEP),
        "-" => view.zoomed_at_centre(1.0 / ZOOM_STEP),
        "0" => props
            .auto
            .map_or_else(|| props.picture.first_crop(), |auto| auto.crop),
        _ => return None,
    })
}
