//! The bar at the foot of the editor: the verdict in one line, and the main action.

use domain::{Lang, PhotoAction, PhotoAdvice};
use photo::{FileFault, Severity};
use ui::lang::use_lang;
use ui::{Button, Look, TextTable, fill};
use yew::{Callback, Html, MouseEvent, Properties, classes, component, html};

use super::text::PhotoTexts;
use crate::check::FILE_COUNT;
use crate::page::photo::take::text::CameraTexts;

/// How the automatic check stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Check {
    /// So many of its files have come.
    Loading(usize),
    /// It looks at the picture.
    Looking,
    /// It cannot be done on this device.
    Unseen,
    /// The file cannot be decoded.
    Damaged(FileFault),
    /// It is done.
    Done,
}

/// Where a picture is from, and so the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// A file.
    File,
    /// The camera on the page.
    Camera,
    /// The camera, since the task takes no files.
    CameraOnly,
}

#[derive(Clone, Properties, PartialEq)]
pub(super) struct VerdictBarProps {
    /// How the automatic check stands.
    pub(super) check: Check,
    /// Whether anything is known of the picture.
    pub(super) told: bool,
    /// What is advised.
    pub(super) advice: Option<PhotoAdvice>,
    /// The photo is being made ready to be sent.
    pub(super) is_busy: bool,
    /// Whether the photo fails in the frame as it stands now.
    pub(super) is_bad: bool,
    /// Where the picture is from.
    pub(super) source: Source,
    /// The reasons are wanted.
    pub(super) onshow: Callback<()>,
    /// What is advised is to be done.
    pub(super) onact: Callback<PhotoAction>,
    /// The photo is to be sent as it is.
    pub(super) onuse: Callback<()>,
    /// Another picture is to be taken.
    pub(super) onretake: Callback<()>,
    /// Another one is to be chosen.
    pub(super) onother: Callback<()>,
}

/// The bar.
#[component]
pub(super) fn VerdictBar(props: &VerdictBarProps) -> Html {
    let lang = use_lang();
    html! {
        <div class="verdict-bar">
            { line(props, lang) }
            <div class="verdict-actions"><Actions ..props.clone() /></div>
        </div>
    }
}

/// The main action and another one.
#[component]
fn Actions(props: &VerdictBarProps) -> Html {
    let lang = use_lang();
    let texts = PhotoTexts::of(lang);
    let button = |look, label: &'static str, onclick: &Callback<()>| {
        html! { <Button {look} onclick={onclick.clone()}>{ label }</Button> }
    };
    let retake = |look| button(look, CameraTexts::of(lang).again, &props.onretake);
    let other = |look| button(look, texts.other, &props.onother);
    let instead = |look| {
        if props.source == Source::File {
            other(look)
        } else {
            retake(look)
        }
    };
    if matches!(props.check, Check::Damaged(_)) {
        return instead(Look::Main);
    }
    let Some(advice) = props
        .advice
        .filter(|advice| advice.severity == Severity::Fail)
    else {
        return html! {
            <>
                <Button onclick={props.onuse.clone()} disabled={props.is_bad} is_busy={props.is_busy && !props.is_bad}>
                    { texts.use_it }
                </Button>
                { instead(Look::Second) }
            </>
        };
    };
    let action = advice.action;
    let onclick = props.onact.reform(move |()| action);
    let act = html! { <Button {onclick}>{ action.label().get(lang) }</Button> };
    let second = match action {
        PhotoAction::AnotherPhoto => return instead(Look::Main),
        PhotoAction::Retake | PhotoAction::RetakeFurther | PhotoAction::RetakeNearer => {
            (props.source != Source::CameraOnly).then(|| other(Look::Second))
        }
        PhotoAction::TurnRight
        | PhotoAction::TurnLeft
        | PhotoAction::TurnOver
        | PhotoAction::AutoFrame => Some(instead(Look::Second)),
    };
    html! { <>{ act }{ for second }</> }
}

/// What came of the check, which leads to the reasons; how far it is as long as it runs.
fn line(props: &VerdictBarProps, lang: Lang) -> Html {
    let texts = PhotoTexts::of(lang);
    let link = |class: &'static str, text: String| {
        let onclick = props.onshow.reform(|_: MouseEvent| ());
        html! {
            <button type="button" class={classes!("verdict", class)} {onclick}>
                <span>{ text }</span><span aria-hidden="true">{ "›" }</span>
            </button>
        }
    };
    let count = |one: &str, many: &str, advice: &PhotoAdvice| {
        let text = if advice.count == 1 { one } else { many };
        fill(text, &[("count", &advice.count)])
    };
    match (props.check, &props.advice) {
        (Check::Damaged(_), _) => link("bad", texts.damaged.to_owned()),
        (_, Some(advice)) if advice.severity == Severity::Fail => {
            link("bad", count(texts.fix_one, texts.fix_many, advice))
        }
        (Check::Loading(files), _) => {
            let told = fill(texts.loading, &[("count", &files), ("total", &FILE_COUNT)]);
            html! {
                <div class="verdict">
                    <span>{ told }</span>
                    <progress class="progress" aria-label={texts.looking} value={files.to_string()}
                        max={FILE_COUNT.to_string()} />
                </div>
            }
        }
        (Check::Looking, _) => html! {
            <div class="verdict">
                <span>{ texts.looking }</span>
                <progress class="progress" aria-label={texts.looking} />
            </div>
        },
        (Check::Unseen, _) => link("warn", texts.unseen.to_owned()),
        (Check::Done, Some(advice)) => {
            link("warn", count(texts.judged_one, texts.judged_many, advice))
        }
        (Check::Done, None) if props.told => link("good", texts.passed.to_owned()),
        (Check::Done, None) => html! { <div class="verdict"><span>{ texts.looking }</span></div> },
    }
}
