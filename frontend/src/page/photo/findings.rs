//! What was found, worst first, each with what to do.

use domain::Lang;
use photo::{Finding, Reason, Severity, Unit, Verdict};
use yew::{Html, html};

use crate::component::{Notice, Tone};
use crate::text::{self, Texts, fill};

/// The list; where nothing was found, that.
pub(crate) fn findings(verdict: &Verdict, lang: Lang) -> Html {
    let texts = Texts::of(lang);
    if verdict.findings.is_empty() {
        return html! {
            <Notice tone={Tone::Good} title={texts.photo.all_good}><p>{ texts.photo.human }</p></Notice>
        };
    }
    verdict
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
