//! Framing: the picture in its frame, what is advised beside it, and below both the verdict with the main action.

use std::rc::Rc;

use domain::photo_note::{REASON_EXAMPLE, REASON_MIN, gives_reason};
use domain::task::PHOTO_NOTE_MAX;
use domain::{Lang, PhotoAction, PhotoAdvice};
use photo::{AutoCrop, Border, Crop, Measurements, PhotoOutcome, Rules, auto_crop, judge};
use ui::lang::use_lang;
use ui::{Button, Heading, Look, Note, TextTable, fill, focus, use_text};
use yew::{
    AttrValue, Callback, Html, Properties, component, html, use_callback, use_node_ref, use_state,
};

use super::advice::{Told, advised, details, use_rested};
use super::framed::Framed;
use super::open::Picture;
use super::stage::{Stage, StageProps, Tools};
use super::text::PhotoTexts;
use super::verdict::{Check, Source, VerdictBar};

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
    /// How the automatic check stands.
    pub(super) check: Check,
    /// What the student tells the reviewer.
    pub(crate) note: AttrValue,
    /// Takes a changed note.
    pub(crate) onnote: Callback<String>,
    /// The photo is being made ready to be sent.
    pub(crate) is_busy: bool,
    /// Whether the task takes no files.
    pub(crate) camera_only: bool,
    /// Takes a changed frame.
    pub(crate) onframe: Callback<Crop>,
    /// The check is to be tried again.
    pub(crate) onlook: Callback<()>,
    /// The photo is to be sent as it is.
    pub(crate) onuse: Callback<()>,
    /// The picture is to be turned clockwise by so many quarters.
    pub(crate) onturn: Callback<u8>,
    /// Another picture is to be taken with the camera.
    pub(crate) onretake: Callback<()>,
    /// Another picture is to be chosen.
    pub(crate) onother: Callback<()>,
}

/// The editor.
#[component]
pub(crate) fn Editor(props: &EditorProps) -> Html {
    let (texts, lang) = (use_text::<PhotoTexts>(), use_lang());
    let now = told(props);
    let is_bad = now.as_ref().is_some_and(Told::is_bad);
    let shown = use_rested(now);
    let shown = (*shown).clone();
    let advice = shown.as_ref().and_then(|told| told.advice);
    let onact = use_callback(props.clone(), act);
    let node = use_node_ref();
    let onshow = use_callback(node.clone(), |(), node| focus(node));
    let onturn = props.onturn.reform(|()| 1);
    let shows_lines = use_state(|| true);
    let stage = StageProps {
        picture: props.picture.clone(),
        crop: props.crop,
        rules: props.rules.clone(),
        measured: props.measured.clone(),
        auto: props.auto,
        shows_lines: *shows_lines,
        onframe: props.onframe.clone(),
    };
    let onlines = use_callback(shows_lines, |(), shown| shown.set(!**shown));
    let moves = advice.map(|advice| advice.moves).unwrap_or_default();
    html! {
        <section class="stack">
            <div class="unseen"><Heading text={texts.frame_title} /></div>
            <div class="editor">
                <Stage ..stage.clone() />
                <div ref={node} class="advice stack" aria-live="polite" tabindex="-1">
                    { advised(props.check, shown.as_ref(), &onact, &props.onlook, lang) }
                </div>
                <Tools {stage} {moves} {onturn} {onlines} />
                <div class="editor-side stack">
                    if let Some(told) = &shown {
                        { details(&told.findings, &props.rules, preview(props, texts), lang) }
                    }
                    { note(props, shown.as_ref(), lang) }
                </div>
            </div>
            <VerdictBar check={props.check} told={shown.is_some()} {advice} is_busy={props.is_busy} {is_bad}
                source={source(props)} {onshow} {onact}
                onuse={props.onuse.clone()} onretake={props.onretake.clone()} onother={props.onother.clone()} />
        </section>
    }
}

/// What is found in the frame now; `None` as long as nothing is known.
fn told(props: &EditorProps) -> Option<Told> {
    let unmeasured;
    let measured = if let Some(measured) = &props.measured {
        &**measured
    } else {
        unmeasured = size_alone(&props.picture);
        &unmeasured
    };
    let verdict = judge(measured, &props.crop, &props.rules);
    let is_known = props.measured.is_some() || !verdict.findings.is_empty();
    let auto = (props.auto).unwrap_or_else(|| auto_crop(measured, &props.rules));
    is_known.then(|| Told {
        advice: PhotoAdvice::of(&verdict, measured, &props.crop, &auto, &props.rules),
        is_final: verdict.is_final(),
        outcome: verdict.outcome,
        findings: verdict.findings,
    })
}

/// Where the picture is from.
fn source(props: &EditorProps) -> Source {
    match (props.camera_only, props.picture.is_taken) {
        (true, _) => Source::CameraOnly,
        (false, true) => Source::Camera,
        (false, false) => Source::File,
    }
}

/// Does what is advised.
fn act(action: PhotoAction, props: &EditorProps) {
    match action {
        PhotoAction::TurnRight => props.onturn.emit(1),
        PhotoAction::TurnOver => props.onturn.emit(2),
        PhotoAction::TurnLeft => props.onturn.emit(3),
        PhotoAction::AutoFrame => {
            let auto = props.auto.map(|auto| auto.crop);
            let crop = auto.unwrap_or_else(|| props.picture.first_crop());
            props.onframe.emit(crop);
        }
        PhotoAction::Retake | PhotoAction::RetakeFurther | PhotoAction::RetakeNearer => {
            props.onretake.emit(());
        }
        PhotoAction::AnotherPhoto if props.camera_only => props.onretake.emit(()),
        PhotoAction::AnotherPhoto => props.onother.emit(()),
    }
}

/// What the student may tell the reviewer, and, where the check fails, asking a person for all that.
fn note(props: &EditorProps, told: Option<&Told>, lang: Lang) -> Html {
    let texts = PhotoTexts::of(lang);
    let field = |label: &'static str, hint: AttrValue| {
        html! {
            <Note id="photo-note" {label} {hint} value={props.note.clone()} oninput={props.onnote.clone()}
                max={PHOTO_NOTE_MAX} />
        }
    };
    let Some(told) = told.filter(|told| told.outcome == PhotoOutcome::Fail) else {
        // Also where nothing was found: the server may find more.
        return field(texts.note, texts.note_hint.into());
    };
    if told.is_final {
        return Html::default();
    }
    let example = REASON_EXAMPLE.get(lang);
    let hint = fill(
        texts.contest_hint,
        &[("min", &REASON_MIN), ("example", &example)],
    );
    html! {
        <details class="more">
            <summary>{ texts.contest }</summary>
            <div class="stack">
                { field(texts.contest_why, hint.into()) }
                <Button look={Look::Second} onclick={props.onuse.clone()} disabled={!gives_reason(&props.note)}
                    is_busy={props.is_busy}>{ texts.contest_it }</Button>
            </div>
        </details>
    }
}

/// The result, with its size and that of the part it is made of.
fn preview(props: &EditorProps, texts: &PhotoTexts) -> Html {
    let (rules, crop) = (&props.rules, &props.crop);
    let size = fill(
        texts.preview_detail,
        &[
            ("width", &rules.width_px),
            ("height", &rules.height_px),
            ("crop_width", &crop.width),
            ("crop_height", &crop.height),
        ],
    );
    html! {
        <figure class="preview">
            <div class="preview-frame"><Framed picture={props.picture.clone()} crop={props.crop} /></div>
            <figcaption>{ texts.preview }<br /><span class="muted figures">{ size }</span></figcaption>
        </figure>
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
