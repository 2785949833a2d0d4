//! The switch of languages.

use domain::Lang;
use yew::{Callback, Html, MouseEvent, Properties, component, html, use_context};

use crate::lang::LangContext;

/// What [`LangButtons`] need.
#[derive(Properties, PartialEq)]
pub struct LangButtonsProps {
    /// Hears which language the person chose; the page speaks it already.
    #[prop_or_default]
    pub onchoose: Callback<Lang>,
}

/// A button for each other language, in its own words.
#[component]
pub fn LangButtons(props: &LangButtonsProps) -> Html {
    let Some(context) = use_context::<LangContext>() else {
        return Html::default();
    };
    let others = Lang::ALL.into_iter().filter(|lang| *lang != context.lang);
    others
        .map(|lang| {
            let (set, onchoose) = (context.set.clone(), props.onchoose.clone());
            let choose = move |_: MouseEvent| {
                set.emit(lang);
                onchoose.emit(lang);
            };
            html! {
                <button type="button" class="quiet" lang={lang.tag()} onclick={choose}>{ lang.own_name() }</button>
            }
        })
        .collect()
}
