//! No page has this address.

use ui::{ButtonLink, CommonTexts, Title, use_text};
use yew::{Html, component, html};

use crate::route::Route;

/// The page.
#[component]
pub(crate) fn NotFound() -> Html {
    let texts = use_text::<CommonTexts>();
    html! {
        <div class="stack">
            <Title text={texts.not_found_title} />
            <p>{ texts.not_found_detail }</p>
            <ButtonLink<Route> to={Route::Start}>{ texts.to_start }</ButtonLink<Route>>
        </div>
    }
}
