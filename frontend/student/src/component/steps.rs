//! The line of steps: where one is, and the way back.

use domain::Lang;
use ui::{Link, TextTable};
use yew::{Html, classes, html};

use crate::route::Route;
use crate::shell_text::ShellTexts;

/// A step of the journey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    /// Finding the school.
    School,
    /// Proving who one is.
    Identity,
    /// The photo.
    Photo,
    /// Confirming the order.
    Confirm,
    /// Paying.
    Pay,
}

impl Step {
    const ALL: [Self; 5] = [
        Self::School,
        Self::Identity,
        Self::Photo,
        Self::Confirm,
        Self::Pay,
    ];

    fn label(self, texts: &ShellTexts) -> &'static str {
        match self {
            Self::School => texts.step_school,
            Self::Identity => texts.step_identity,
            Self::Photo => texts.step_photo,
            Self::Confirm => texts.step_confirm,
            Self::Pay => texts.step_pay,
        }
    }
}

/// The line.
pub(crate) fn step_line(current: Step, back: &[(Step, Route)], lang: Lang) -> Html {
    let texts = ShellTexts::of(lang);
    let item = |step: Step| {
        let label = step.label(texts);
        let route = back
            .iter()
            .find(|(to, _)| *to == step)
            .map(|(_, route)| route.clone());
        let is_done = step < current;
        let current = (step == current).then_some("step");
        html! {
            <li class={classes!("step", is_done.then_some("done"))} aria-current={current}>
                if is_done {
                    <span class="unseen">{ texts.step_done }</span>
                }
                if let Some(to) = route {
                    <Link<Route> {to}>{ label }</Link<Route>>
                } else {
                    <span>{ label }</span>
                }
            </li>
        }
    };
    html! {
        <nav aria-label={texts.steps}>
            <ol class="steps">{ for Step::ALL.into_iter().map(item) }</ol>
        </nav>
    }
}
