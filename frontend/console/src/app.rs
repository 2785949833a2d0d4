//! The frame around every page, and which page is shown.

use domain::Text;
use ui::lang::{LangProvider, use_lang};
use ui::{CommonTexts, LangButtons, Site, use_text};
use yew::{Html, component, html};
use yew_router::prelude::{BrowserRouter, Link, Switch};

use crate::page;
use crate::route::Route;

/// What the app is called. A problem's own text tells staff what to do.
const SITE: Site = Site {
    name: Text::new("毕业生图像采集管理台", "Graduate Portrait Console"),
    help: &[],
};

/// The whole app.
#[component]
pub(crate) fn App() -> Html {
    html! {
        <LangProvider site={SITE}>
            <BrowserRouter>
                <Frame />
            </BrowserRouter>
        </LangProvider>
    }
}

/// Header and main part.
#[component]
fn Frame() -> Html {
    let (texts, lang) = (use_text::<CommonTexts>(), use_lang());
    html! {
        <>
            <a class="skip" href="#main">{ texts.skip }</a>
            <header class="top">
                <div class="top-row">
                    <Link<Route> to={Route::Start} classes="top-title">
                        <span class="mark" aria-hidden="true" />
                        { SITE.name.get(lang) }
                    </Link<Route>>
                    <LangButtons />
                </div>
            </header>
            <main id="main" class="main">
                <Switch<Route> render={|route| page_of(&route)} />
            </main>
        </>
    }
}

fn page_of(route: &Route) -> Html {
    match route {
        Route::Start => html! { <page::Start /> },
        Route::NotFound => html! { <page::NotFound /> },
    }
}
