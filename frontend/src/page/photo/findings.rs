//! What was found, worst first, each with what to do; what weighs the same stands together.

use domain::{Lang, finding_text};
use photo::{Finding, Rules, Severity};
use yew::{Html, html};

use super::drawing::drawing;
use crate::component::{Notice, Tone};
use crate::text::Texts;

/// The list; where nothing was found, that.
pub(crate) fn findings(found: &[Finding], rules: &Rules, lang: Lang) -> Html {
    let texts = &Texts::of(lang).photo;
    if found.is_empty() {
        return html! { <Notice tone={Tone::Good} title={texts.all_good}><p>{ texts.human }</p></Notice> };
    }
    let told = |tone, title, belongs: fn(&Finding) -> bool| {
        let mut these = (found.iter()).filter(|finding| belongs(finding)).peekable();
        these.peek()?;
        let line = |finding| {
            html! { <div class="drawn"><p>{ finding_text(finding, rules, lang) }</p>{ drawing(finding) }</div> }
        };
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

/// Whether it fails, and a person may be asked.
fn is_contestable(finding: &Finding) -> bool {
    finding.severity == Severity::Fail && !finding.is_final()
}
