//! What was found, worst first, each with what to do; what weighs the same stands together.

use client::FindingView;
use domain::{Lang, finding_text};
use gloo::timers::callback::Timeout;
use photo::{Allowed, Finding, Rules, Severity};
use serde::de::DeserializeOwned;
use yew::{Html, Properties, component, html, use_effect_with, use_state};

use super::drawing::drawing;
use crate::component::{Notice, Tone};
use crate::lang::use_lang;
use crate::text::Texts;

/// For so long the frame rests before what was found is shown, and read out, anew.
const REST_MS: u32 = 500;

#[derive(Properties, PartialEq)]
pub(super) struct SettledProps {
    /// What is found now; `None` as long as nothing is known.
    pub(super) found: Option<Vec<Finding>>,
    /// The rules of the task.
    pub(super) rules: Rules,
}

/// What was found when the frame rested last: a screen reader would else read out every step of a finger.
#[component]
pub(super) fn Settled(props: &SettledProps) -> Html {
    let lang = use_lang();
    let shown = use_state(|| props.found.clone());
    let (set, is_first) = (shown.setter(), shown.is_none());
    use_effect_with(props.found.clone(), move |found| {
        let rest_ms = if is_first { 0 } else { REST_MS };
        let found = found.clone();
        let rest = Timeout::new(rest_ms, move || set.set(found));
        move || drop(rest)
    });
    (shown.as_ref()).map_or_else(Html::default, |found| findings(found, &props.rules, lang))
}

/// The list; where nothing was found, that.
pub(super) fn findings(found: &[Finding], rules: &Rules, lang: Lang) -> Html {
    let texts = &Texts::of(lang).photo;
    if found.is_empty() {
        return html! { <Notice tone={Tone::Good} title={texts.all_good}><p>{ texts.human }</p></Notice> };
    }
    let told = |tone, title, belongs: fn(&Finding) -> bool| {
        let mut these = found.iter().filter(|finding| belongs(finding)).peekable();
        these.peek()?;
        let line = |finding| line(finding, rules, lang);
        Some(html! { <Notice {tone} {title}>{ for these.map(line) }</Notice> })
    };
    html! {
        <>
            { for told(Tone::Bad, texts.must_change, Finding::is_final) }
            { for told(Tone::Bad, texts.not_passed, is_contestable) }
            { for told(Tone::Warn, texts.person_decides, |finding| finding.severity == Severity::Warn) }
        </>
    }
}

/// What the server found on a photo that it has, for the reviewer to look at; nothing where that is nothing.
pub(crate) fn for_reviewer(found: &[FindingView], rules: &Rules, lang: Lang) -> Html {
    let found = known_findings(found);
    if found.is_empty() {
        return Html::default();
    }
    let title = Texts::of(lang).photo.reviewer_sees;
    let line = |finding| line(finding, rules, lang);
    html! { <Notice tone={Tone::Warn} {title}>{ for found.iter().map(line) }</Notice> }
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

fn line(finding: &Finding, rules: &Rules, lang: Lang) -> Html {
    html! { <div class="drawn"><p>{ finding_text(finding, rules, lang) }</p>{ drawing(finding) }</div> }
}

/// Whether it fails, and a person may be asked.
pub(super) fn is_contestable(finding: &Finding) -> bool {
    finding.severity == Severity::Fail && !finding.is_final()
}
