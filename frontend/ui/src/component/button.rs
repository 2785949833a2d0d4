//! Buttons, and links that look like them.

use yew::{Callback, Html, MouseEvent, Properties, classes, component, html, use_callback};

use crate::router::{Link, Routable};

/// How much a button matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// The one main action of a page.
    Main,
    /// Another action.
    Second,
    /// An action in passing, without a border.
    Quiet,
}

impl Look {
    fn class(self) -> &'static str {
        match self {
            Self::Main => "button main-action",
            Self::Second => "button second",
            Self::Quiet => "quiet",
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct ButtonProps {
    /// What it does, a verb.
    pub children: Html,
    /// How much it matters.
    #[prop_or(Look::Main)]
    pub look: Look,
    /// Its action is under way: it does nothing more, and turns.
    #[prop_or_default]
    pub is_busy: bool,
    /// It cannot be used now.
    #[prop_or_default]
    pub disabled: bool,
    /// Sends the form that it is in.
    #[prop_or_default]
    pub submits: bool,
    /// What it does.
    #[prop_or_default]
    pub onclick: Callback<()>,
}

/// A button.
#[component]
pub fn Button(props: &ButtonProps) -> Html {
    let deps = (props.onclick.clone(), props.is_busy);
    let onclick = use_callback(deps, |event: MouseEvent, (onclick, is_busy)| {
        if *is_busy {
            event.prevent_default();
        } else {
            onclick.emit(());
        }
    });
    html! {
        <button type={if props.submits { "submit" } else { "button" }} {onclick} disabled={props.disabled}
            class={classes!(props.look.class(), props.is_busy.then_some("busy"))}
            aria-busy={props.is_busy.to_string()}>
            { props.children.clone() }
        </button>
    }
}

#[derive(Properties, PartialEq)]
pub struct ButtonLinkProps<R: Routable> {
    /// Where it leads.
    pub to: R,
    /// What is there.
    pub children: Html,
    /// How much it matters.
    #[prop_or(Look::Main)]
    pub look: Look,
}

/// A link that looks like a button.
#[component]
pub fn ButtonLink<R: Routable>(props: &ButtonLinkProps<R>) -> Html {
    html! {
        <Link<R> to={props.to.clone()} classes={props.look.class()}>{ props.children.clone() }</Link<R>>
    }
}
