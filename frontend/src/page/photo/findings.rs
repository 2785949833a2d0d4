//! What was found, worst first, each with what to do.

use photo::{Finding, Reason, Severity, Unit, Verdict};
use yew::{Html, Properties, component, html};

use crate::component::{Notice, Tone};
use crate::lang::use_texts;
use crate::text::{self, fill};

#[derive(Properties, PartialEq)]
pub(crate) struct FindingsProps {
    /// The result of the checks.
    pub(crate) verdict: Verdict,
}

/// The list; where nothing was found, that.
#[component]
pub(crate) fn Findings(props: &FindingsProps) -> Html {
    let texts = use_texts();
    if props.verdict.findings.is_empty() {
        return html! {
            <Notice tone={Tone::Good} title={texts.photo.all_good}><p>{ texts.photo.human }</p></Notice>
        };
    }
    props
        .verdict
        .findings
        .iter()
        .map(|finding| {
            let (tone, title) = match finding.severity {
                Severity::Fail => (Tone::Bad, texts.finding.fail),
                Severity::Warn => (Tone::Warn, texts.finding.warn),
            };
            html! { <Notice {tone} {title}><p>{ told(finding, &texts.finding) }</p></Notice> }
        })
        .collect()
}

/// A finding with its numbers.
fn told(finding: &Finding, texts: &text::Finding) -> String {
    let measured = finding.measured.unwrap_or_default();
    let min = finding
        .allowed
        .and_then(|allowed| allowed.min)
        .unwrap_or_default();
    let text = if finding.code == Reason::Aspect {
        texts.aspect
    } else if finding.code == Reason::TooSmallPx && finding.unit == Unit::PxHigh {
        texts.too_small_high
    } else if finding.code == Reason::TooSmallPx {
        texts.too_small
    } else if finding.code == Reason::Border {
        texts.border
    } else {
        texts.other
    };
    fill(text, &[("measured", &measured), ("min", &min)])
}
