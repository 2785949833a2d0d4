//! The language of the page: chosen by the person, else by the browser; known to the components and to the calls.

use std::cell::Cell;

use domain::Lang;
use yew::{
    Callback, ContextProvider, Html, Properties, component, hook, html, use_callback, use_context,
};
use yew::{use_effect_with, use_state};

use crate::kept::Kept;
use crate::site::Site;

/// Where the choice is kept.
const KEY: &str = "gradphoto.lang";

thread_local! {
    static CURRENT: Cell<Lang> = const { Cell::new(Lang::Zh) };
}

/// The language of the page, for what is not a component.
pub fn current() -> Lang {
    CURRENT.get()
}

/// The language, and how to change it.
#[derive(Debug, Clone, PartialEq)]
pub struct LangContext {
    /// The language of the page.
    pub lang: Lang,
    /// Changes it.
    pub set: Callback<Lang>,
    /// The web app that speaks it.
    pub site: Site,
}

/// What a [`LangProvider`] needs.
#[derive(Properties, PartialEq)]
pub struct LangProviderProps {
    /// The web app.
    pub site: Site,
    /// Everything that speaks.
    pub children: Html,
}

/// Holds the language for all that is inside.
#[component]
pub fn LangProvider(props: &LangProviderProps) -> Html {
    let lang = use_state(chosen);
    CURRENT.set(*lang);
    use_effect_with(*lang, |lang| {
        if let Some(root) = gloo::utils::document().document_element() {
            let _ = root.set_attribute("lang", lang.tag());
        }
    });
    let set = use_callback(lang.setter(), |lang: Lang, setter| {
        Kept::ForGood.set(KEY, &lang);
        setter.set(lang);
    });
    let context = LangContext {
        lang: *lang,
        set,
        site: props.site,
    };
    html! {
        <ContextProvider<LangContext> {context}>{ props.children.clone() }</ContextProvider<LangContext>>
    }
}

/// What was chosen before, else what the browser prefers.
fn chosen() -> Lang {
    Kept::ForGood.get(KEY).unwrap_or_else(|| {
        let tag = gloo::utils::window()
            .navigator()
            .language()
            .unwrap_or_default();
        Lang::from_accept_language(&tag)
    })
}

/// The language of the page.
#[hook]
pub fn use_lang() -> Lang {
    use_context::<LangContext>().map_or_else(current, |context| context.lang)
}

/// The web app that is shown; none where no [`LangProvider`] is around.
#[hook]
pub fn use_site() -> Option<Site> {
    use_context::<LangContext>().map(|context| context.site)
}
