//! What went wrong, and what is good to know.

use client::Failure;
use domain::ProblemCode;
use web_sys::HtmlElement;
use yew::{AttrValue, Html, NodeRef, Properties, classes, component, html};
use yew::{use_effect_with, use_node_ref};

use crate::api;
use crate::lang::use_site;
use crate::text::{CommonTexts, use_text};

const SERVER_ERROR: &str = ProblemCode::ServerError.as_str();

/// What a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    Info,
    /// It went well.
    Good,
    /// It needs attention.
    Warn,
    /// It went wrong.
    Bad,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }

    /// A shape, so that the colour is not alone.
    fn mark(self) -> &'static str {
        match self {
            Self::Info => "i",
            Self::Good => "✓",
            Self::Warn | Self::Bad => "!",
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct NoticeProps {
    /// What it is.
    #[prop_or(Tone::Info)]
    pub tone: Tone,
    /// What happened, in a few words.
    #[prop_or_default]
    pub title: Option<AttrValue>,
    /// The rest.
    #[prop_or_default]
    pub children: Html,
}

/// A box with a mark, a title and some sentences.
#[component]
pub fn Notice(props: &NoticeProps) -> Html {
    html! {
        <div class={classes!("notice", props.tone.class())}>
            <span class="notice-mark" aria-hidden="true">{ props.tone.mark() }</span>
            <div class="notice-text">
                if let Some(title) = &props.title {
                    <p class="notice-title">{ title.clone() }</p>
                }
                { props.children.clone() }
            </div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct ProblemBoxProps {
    /// What went wrong.
    pub failure: Failure,
    /// Whether it tells what is wrong with the fields, where no field stands beside it.
    #[prop_or_default]
    pub lists_fields: bool,
    /// The ways on.
    #[prop_or_default]
    pub children: Html,
}

/// What happened, why, and what to do.
#[component]
pub fn ProblemBox(props: &ProblemBoxProps) -> Html {
    let (texts, site) = (use_text::<CommonTexts>(), use_site());
    let help = match &props.failure {
        Failure::Problem(problem) => site.and_then(|site| site.help_on(&problem.code)),
        Failure::Offline | Failure::Unexpected { .. } => None,
    };
    let (title, detail) = match &props.failure {
        Failure::Offline => (texts.offline_title, texts.offline_detail),
        Failure::Unexpected { .. } => (texts.unexpected_title, texts.unexpected_detail),
        Failure::Problem(problem) => (&*problem.title, &*problem.detail),
    };
    html! {
        <Alert title={title.to_owned()}>
            <p>{ detail.to_owned() }</p>
            if props.lists_fields {
                { fields(&props.failure) }
            }
            { request_id(&props.failure, texts.request_id) }
            { props.children.clone() }
            if let Some(href) = help {
                <p><a {href} target="_blank">{ texts.see_help }</a></p>
            }
        </Alert>
    }
}

/// What is wrong with each field, unless the problem says the same.
fn fields(failure: &Failure) -> Html {
    match failure {
        Failure::Problem(problem) => {
            let errors = problem
                .errors
                .iter()
                .filter(|error| error.detail != problem.detail);
            errors
                .map(|error| html! { <p>{ error.detail.clone() }</p> })
                .collect()
        }
        Failure::Offline | Failure::Unexpected { .. } => Html::default(),
    }
}

#[derive(Properties, PartialEq)]
pub struct AlertProps {
    /// How bad it is.
    #[prop_or(Tone::Bad)]
    pub tone: Tone,
    /// What happened, in a few words.
    pub title: AttrValue,
    /// Why, and what to do.
    pub children: Html,
}

/// A notice that takes the focus when it appears or changes, so that nobody misses it.
#[component]
pub fn Alert(props: &AlertProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.title.clone(), move |_| focus(&node));
    }
    html! {
        <div class="problem" role="alert" tabindex="-1" ref={node}>
            <Notice tone={props.tone} title={props.title.clone()}>{ props.children.clone() }</Notice>
        </div>
    }
}

/// Moves the focus to an element and brings it into view.
pub fn focus(node: &NodeRef) {
    if let Some(element) = node.cast::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// What support needs, where the fault is ours.
fn request_id(failure: &Failure, label: &str) -> Html {
    match failure {
        Failure::Problem(problem) if api::is_one_of(failure, &[SERVER_ERROR]) => {
            html! { <p class="muted figures">{ label }{ problem.request_id.clone() }</p> }
        }
        Failure::Problem(_) | Failure::Offline | Failure::Unexpected { .. } => Html::default(),
    }
}

/// What is wrong with one field, where the failure says so.
pub fn error_of(failure: Option<&Failure>, pointer: &str) -> Option<AttrValue> {
    match failure? {
        Failure::Problem(problem) => {
            let found = problem
                .errors
                .iter()
                .find(|error| error.pointer == pointer)?;
            Some(found.detail.clone().into())
        }
        Failure::Offline | Failure::Unexpected { .. } => None,
    }
}
