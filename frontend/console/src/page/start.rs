//! What needs a person now.

use ui::{Title, use_text};
use yew::{Html, component, html};

use crate::text::ConsoleTexts;

/// The page.
#[component]
pub(crate) fn Start() -> Html {
    let texts = use_text::<ConsoleTexts>();
    html! {
        <div class="stack">
            <Title text={texts.start} />
            <p>{ texts.start_lead }</p>
            <p><a href="/">{ texts.to_students }</a></p>
        </div>
    }
}
