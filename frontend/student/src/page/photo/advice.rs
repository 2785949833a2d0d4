//! What was found on a photo: one cause in words and as a drawing, what to do, and all numbers behind "details".

use client::FindingView;
use domain::{FrameMoves, Lang, PhotoAction, PhotoAdvice, finding_text, refusal_of_file};
use gloo::timers::callback::Timeout;
use photo::{Allowed, Finding, PhotoOutcome, Rules, Severity};
use serde::de::DeserializeOwned;
use ui::{Alert, Button, Look, Notice, TextTable, Tone, fill};
use yew::{Callback, Html, UseStateHandle, hook, html, use_effect_with, use_state};

use super::drawing::drawing;
use super::text::PhotoTexts;
use super::verdict::Check;

/// For so long the frame rests before what was found is shown, and read out, anew.
const REST_MS: u32 = 500;

/// What was found in a frame.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Told {
    /// The one thing to do, where there is one.
    pub(super) advice: Option<PhotoAdvice>,
    /// Whether no person need be asked.
    pub(super) is_final: bool,
    /// Whether the photo fails.
    pub(super) outcome: PhotoOutcome,
    /// All that was found, worst first.
    pub(super) findings: Vec<Finding>,
}

impl Told {
    /// Whether the photo fails.
    pub(super) fn is_bad(&self) -> bool {
        self.outcome == PhotoOutcome::Fail
    }
}

/// What was found when the frame rested last: a screen reader would else read out every step of a finger.
#[hook]
pub(super) fn use_rested(found: Option<Told>) -> UseStateHandle<Option<Told>> {
    let shown = use_state(|| found.clone());
    let (set, is_first) = (shown.setter(), shown.is_none());
    use_effect_with(found, move |found| {
        let rest_ms = if is_first { 0 } else { REST_MS };
        let found = found.clone();
        let rest = Timeout::new(rest_ms, move || set.set(found));
        move || drop(rest)
    });
    shown
}

/// What the editor says of the picture: how its check stands where that matters, and what is advised.
pub(super) fn advised(
    check: Check,
    told: Option<&Told>,
    onact: &Callback<PhotoAction>,
    onlook: &Callback<()>,
    lang: Lang,
) -> Html {
    let texts = PhotoTexts::of(lang);
    let status = match check {
        Check::Done => Html::default(),
        // Seen in the bar; here for who hears the page.
        Check::Loading(_) | Check::Looking => {
            html! { <p class="unseen">{ texts.looking }</p> }
        }
        Check::Damaged(fault) => {
            let refusal = refusal_of_file(fault);
            html! {
                <Alert title={refusal.code.title().get(lang)}><p>{ refusal.detail(lang) }</p></Alert>
            }
        }
        Check::Unseen => html! {
            <Notice tone={Tone::Warn} title={texts.unseen}>
                <p>{ texts.unseen_detail }</p>
                <Button look={Look::Second} onclick={onlook.clone()}>{ texts.look_again }</Button>
            </Notice>
        },
    };
    let card = match told.map(|told| told.advice) {
        None => Html::default(),
        Some(None) => {
            html! { <Notice tone={Tone::Good} title={texts.all_good}><p>{ texts.human }</p></Notice> }
        }
        Some(Some(advice)) => card(&advice, onact, lang),
    };
    html! { <>{ status }{ card }</> }
}

/// One cause: a sentence, a drawing, and where the photo could be sent as it is, the button that mends it; where it
/// fails, that button is the main one of the page.
fn card(advice: &PhotoAdvice, onact: &Callback<PhotoAction>, lang: Lang) -> Html {
    let is_bad = advice.severity == Severity::Fail;
    let tone = if is_bad { Tone::Bad } else { Tone::Warn };
    let action = advice.action;
    let button = (!is_bad).then(|| {
        let onclick = onact.reform(move |()| action);
        html! { <Button look={Look::Second} {onclick}>{ action.label().get(lang) }</Button> }
    });
    let moves = moves(advice.moves, PhotoTexts::of(lang));
    let moves = moves.map(|moves| html! { <p class="hint">{ moves }</p> });
    html! { <Notice {tone}>{ cause(advice, lang) }{ for moves }{ for button }</Notice> }
}

/// The cause in a sentence and as a drawing.
pub(super) fn cause(advice: &PhotoAdvice, lang: Lang) -> Html {
    let texts = PhotoTexts::of(lang);
    html! {
        <div class="drawn">
            <div class="drawn-text">
                <p class="notice-title">{ advice.cause.label().get(lang) }</p>
                if advice.severity != Severity::Fail {
                    <p>{ texts.person_decides }</p>
                }
                if advice.count > 1 {
                    <p class="hint">{ texts.fix_first }</p>
                }
            </div>
            { drawing(advice.cause) }
        </div>
    }
}

/// How to move the picture by hand instead; `None` where no move helps.
fn moves(moves: FrameMoves, texts: &PhotoTexts) -> Option<String> {
    let of = |way: Option<bool>, yes: &'static str, no: &'static str| {
        way.map(|is_so| if is_so { yes } else { no })
    };
    let told = [
        of(moves.larger, texts.zoom_in, texts.zoom_out),
        of(moves.right, texts.right, texts.left),
        of(moves.down, texts.down, texts.up),
    ];
    let told: Vec<String> = (told.into_iter().flatten())
        .map(str::to_lowercase)
        .collect();
    (!told.is_empty()).then(|| fill(texts.or_move, &[("moves", &told.join(texts.moves_join))]))
}

/// All that was found with its numbers, behind one line.
pub(super) fn details(found: &[Finding], rules: &Rules, more: Html, lang: Lang) -> Html {
    let texts = PhotoTexts::of(lang);
    html! {
        <details class="more">
            <summary>{ texts.details }</summary>
            <div class="stack">
                if !found.is_empty() {
                    { list(found, rules, lang) }
                }
                { more }
            </div>
        </details>
    }
}

/// What the server found on a photo that it has, for the reviewer to look at; nothing where that is nothing.
pub(crate) fn for_reviewer(found: &[FindingView], rules: &Rules, lang: Lang) -> Html {
    let found = known_findings(found);
    if found.is_empty() {
        return Html::default();
    }
    let title = PhotoTexts::of(lang).reviewer_sees;
    html! { <Notice tone={Tone::Warn} {title}>{ list(&found, rules, lang) }</Notice> }
}

/// What the student wrote to the reviewer about a photo that the server has.
pub(crate) fn own_note(written: Option<&str>, lang: Lang) -> Html {
    written.map_or_else(Html::default, |written| {
        let title = PhotoTexts::of(lang).own_note;
        html! { <Notice {title}><p class="own-note">{ written.to_owned() }</p></Notice> }
    })
}

fn list(found: &[Finding], rules: &Rules, lang: Lang) -> Html {
    let line = |finding: &Finding| html! { <li>{ finding_text(finding, rules, lang) }</li> };
    html! { <ul class="findings">{ for found.iter().map(line) }</ul> }
}

/// The server's findings as this program's own; one that this version does not know is left out.
pub(super) fn known_findings(found: &[FindingView]) -> Vec<Finding> {
    let finding = |found: &FindingView| {
        Some(Finding {
            code: known(&found.code)?,
            severity: known(&found.severity)?,
            measured: found.measured,
            allowed: Some(Allowed {
                min: found.min,
                max: found.max,
            }),
            unit: known(&found.unit)?,
        })
    };
    found.iter().filter_map(finding).collect()
}

fn known<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(word.into()).ok()
}

/// Whether a person may be asked about what was found.
pub(super) fn is_for_a_person(found: &[Finding]) -> bool {
    let fails = |finding: &Finding| finding.severity == Severity::Fail;
    found.iter().any(fails) && !found.iter().any(Finding::is_final)
}
