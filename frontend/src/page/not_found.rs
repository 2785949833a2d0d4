//! Nothing is here.

use yew::{Html, component, html};

use crate::component::{ButtonLink, Title};
use crate::lang::use_texts;
use crate::route::Route;

/// The page.
#[component]
pub(crate) fn NotFound() -> Html {
    let texts = &use_texts().common;
    html! {
        <div class="stack">
            <Title text={texts.not_found_title} />
            <p>{ texts.not_found_detail }</p>
            <ButtonLink to={Route::Start}>{ texts.to_start }</ButtonLink>
        </div>
    }
}
