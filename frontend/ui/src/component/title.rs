//! The title of a page.

use std::cell::Cell;

use yew::{AttrValue, Html, Properties, component, html, use_effect_with, use_node_ref};

use super::focus;
use crate::lang::{use_lang, use_site};

thread_local! {
    /// Whether a page was shown before: the first one leaves the focus where the browser put it.
    static WAS_SHOWN: Cell<bool> = const { Cell::new(false) };
}

#[derive(Properties, PartialEq)]
pub struct TitleProps {
    /// Where one is.
    pub text: AttrValue,
    /// Whether it takes the focus; not where a field takes it.
    #[prop_or(true)]
    pub takes_focus: bool,
}

/// The title: it names the window, and takes the focus when one comes from another page.
#[component]
pub fn Title(props: &TitleProps) -> Html {
    let (site, lang) = (use_site(), use_lang());
    let node = use_node_ref();
    {
        let node = node.clone();
        let takes_focus = props.takes_focus;
        use_effect_with((), move |()| {
            if WAS_SHOWN.replace(true) && takes_focus {
                gloo::utils::window().scroll_to_with_x_and_y(0.0, 0.0);
                focus(&node);
            }
        });
    }
    let name = site.map_or("", |site| site.name.get(lang));
    use_effect_with((props.text.clone(), name), |(text, name)| {
        gloo::utils::document().set_title(&format!("{text} - {name}"));
    });
    html! { <h1 ref={node} class="title" tabindex="-1">{ props.text.clone() }</h1> }
}

#[derive(Properties, PartialEq)]
pub struct HeadingProps {
    /// What follows.
    pub text: AttrValue,
}

/// The heading of a part that takes another's place on the same page: it takes the focus and comes into view.
#[component]
pub fn Heading(props: &HeadingProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| focus(&node));
    }
    html! { <h2 ref={node} tabindex="-1">{ props.text.clone() }</h2> }
}
