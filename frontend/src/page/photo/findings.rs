//! What was found, worst first, each with what to do.

use domain::{Lang, finding_text};
use photo::{Severity, Verdict};
use yew::{Html, html};

use super::drawing::drawing;
use crate::component::{Notice, Tone};
use crate::text::Texts;

/// The list; where nothing was found, that.
pub(crate) fn findings(verdict: &Verdict, lang: Lang) -> Html {
    let texts = &Texts::of(lang).photo;
    if verdict.findings.is_empty() {
        return html! { <Notice tone={Tone::Good} title={texts.all_good}><p>{ texts.human }</p></Notice> };
    }
    verdict
        .findings
        .iter()
        .map(|finding| {
            let (tone, title) = match finding.severity {
                Severity::Fail => (Tone::Bad, texts.must_change),
                Severity::Warn => (Tone::Warn, texts.person_decides),
            };
            html! {
                <Notice {tone} {title}><div class="drawn"><p>{ finding_text(finding, lang) }</p>{ drawing(finding) }</div></Notice>
            }
        })
        .collect()
}
