//! Loading, empty, offline and error: drawn here and nowhere else.

use std::rc::Rc;

use client::Failure;
use wasm_bindgen_futures::spawn_local;
use yew::{AttrValue, Callback, Html, Properties, UseStateHandle, component, hook, html};
use yew::{use_callback, use_effect_with, use_mut_ref, use_state};

use super::{Button, Look, ProblemBox};
use crate::lang::use_lang;
use crate::text::{CommonTexts, use_text};

/// Something that comes from the server.
#[derive(Debug, PartialEq)]
pub enum Load<T> {
    /// On its way.
    Loading,
    /// Here.
    Ready(Rc<T>),
    /// It did not come.
    Failed(Failure),
}

/// Something that comes from the server, and how to ask again.
#[derive(Debug, Clone)]
pub struct Loader<T> {
    /// What is known now.
    pub state: UseStateHandle<Load<T>>,
    /// Asks again; what is shown stays until the answer is here.
    pub reload: Callback<()>,
}

impl<T> Loader<T> {
    /// What came, if it did.
    pub fn ready(&self) -> Option<Rc<T>> {
        match &*self.state {
            Load::Ready(value) => Some(Rc::clone(value)),
            Load::Loading | Load::Failed(_) => None,
        }
    }

    /// Shows a newer value that an action brought back.
    pub fn put(&self, value: T) {
        self.state.set(Load::Ready(Rc::new(value)));
    }
}

/// Asks for something when the component appears, when `about` changes and when the language does.
///
/// An answer that was overtaken by a later question is dropped.
#[hook]
pub fn use_loader<T, D, F>(about: D, ask: impl Fn(D) -> F + 'static) -> Loader<T>
where
    T: 'static,
    D: Clone + PartialEq + 'static,
    F: Future<Output = Result<T, Failure>> + 'static,
{
    let (state, lang) = (use_state(|| Load::Loading), use_lang());
    let questions = use_mut_ref(|| 0_u32);
    let ask = Rc::new(ask);
    let question = {
        let (state, about) = (state.setter(), about.clone());
        Rc::new(move || {
            *questions.borrow_mut() += 1;
            let (number, questions) = (*questions.borrow(), Rc::clone(&questions));
            let (state, answer) = (state.clone(), ask(about.clone()));
            spawn_local(async move {
                let answer = answer.await;
                if *questions.borrow() == number {
                    state.set(match answer {
                        Ok(value) => Load::Ready(Rc::new(value)),
                        Err(failure) => Load::Failed(failure),
                    });
                }
            });
        })
    };
    let first = Rc::clone(&question);
    use_effect_with((about.clone(), lang), move |_| first());
    let reload = {
        let state = state.clone();
        use_callback((about, lang), move |(), _| {
            if matches!(*state, Load::Failed(_)) {
                state.set(Load::Loading);
            }
            question();
        })
    };
    Loader { state, reload }
}

/// Draws what came by `view`; a skeleton while it is on its way, the error with a way on where it did not come.
pub fn async_view<T>(loader: &Loader<T>, view: impl FnOnce(&Rc<T>) -> Html) -> Html {
    match &*loader.state {
        Load::Loading => html! { <Skeleton /> },
        Load::Ready(value) => view(value),
        Load::Failed(failure) => {
            html! { <ErrorView failure={failure.clone()} retry={loader.reload.clone()} /> }
        }
    }
}

/// Grey lines in place of what is on its way; the style sheet shows them after 300 ms.
#[component]
pub fn Skeleton() -> Html {
    let texts = use_text::<CommonTexts>();
    html! {
        <div class="skeleton" role="status">
            <span class="unseen">{ texts.loading }</span>
            <div class="bar wide" /><div class="bar" /><div class="bar short" />
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct ErrorViewProps {
    /// What went wrong.
    pub failure: Failure,
    /// Asks again.
    pub retry: Callback<()>,
}

/// What went wrong, and a way to try again.
#[component]
pub fn ErrorView(props: &ErrorViewProps) -> Html {
    let texts = use_text::<CommonTexts>();
    html! {
        <div class="stack">
            <ProblemBox failure={props.failure.clone()} />
            <Button look={Look::Second} onclick={props.retry.clone()}>{ texts.retry }</Button>
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct EmptyViewProps {
    /// What there is none of.
    pub title: AttrValue,
    /// Why, and what comes.
    #[prop_or_default]
    pub detail: AttrValue,
    /// The way on.
    #[prop_or_default]
    pub children: Html,
}

/// Nothing is here yet, and the way on.
#[component]
pub fn EmptyView(props: &EmptyViewProps) -> Html {
    html! {
        <div class="empty">
            <svg class="empty-mark" viewBox="0 0 48 48" aria-hidden="true">
                <rect x="10" y="6" width="28" height="36" rx="4" /><path d="M17 16h14M17 23h14M17 30h8" />
            </svg>
            <p class="empty-title">{ props.title.clone() }</p>
            <p class="muted">{ props.detail.clone() }</p>
            { props.children.clone() }
        </div>
    }
}
