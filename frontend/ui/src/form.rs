//! A form over a model: the page checks it by the rules of `domain`, the server has the last word, and what is wrong stands at
//! the field that it is about.

use client::Failure;
use domain::FieldError;
use model::{Checked, ServerFault};
use web_sys::SubmitEvent;
use yew::{AttrValue, Callback, NodeRef, UseStateHandle, hook, use_state};

use crate::component::{Action, use_action, use_first_wrong};
use crate::lang::use_lang;

/// A form that is being filled in.
#[derive(Clone)]
pub struct Form<M: 'static> {
    /// What was filled in.
    pub model: UseStateHandle<M>,
    /// Goes to the `form` element: the focus moves to its first wrong field.
    pub node: NodeRef,
    /// Sends the form, where nothing is wrong with it.
    pub onsubmit: Callback<SubmitEvent>,
    /// It is being sent.
    pub is_busy: bool,
    /// Why it was not taken, where no field of the form says so.
    pub failure: Option<Failure>,
    checked: Checked,
    lang: domain::Lang,
}

impl<M: Clone + 'static> Form<M> {
    /// Takes what is typed into one part of the model.
    pub fn takes<V: 'static>(&self, put: impl Fn(&mut M, V) + 'static) -> Callback<V> {
        let model = self.model.clone();
        Callback::from(move |value| {
            let mut changed = (*model).clone();
            put(&mut changed, value);
            model.set(changed);
        })
    }

    /// What is wrong with the field of this JSON pointer.
    pub fn error(&self, pointer: &str) -> Option<AttrValue> {
        self.checked.at(pointer, self.lang).map(AttrValue::from)
    }
}

/// A form that begins with `initial`. `check` finds what is wrong by itself, `send` sends it.
///
/// `fields` are the JSON pointers of the form's fields: what the server says of others stands above the form.
#[hook]
pub fn use_form<M, F>(
    initial: M,
    fields: &'static [&'static str],
    check: fn(&M) -> Vec<FieldError>,
    send: impl Fn(M) -> F + 'static,
) -> Form<M>
where
    M: Clone + 'static,
    F: Future<Output = Result<(), Failure>> + 'static,
{
    let lang = use_lang();
    let model = use_state(|| initial);
    let is_tried = use_state(|| false);
    let (node, seek) = use_first_wrong();
    let Action {
        run,
        is_busy,
        failure,
    } = use_action(send);
    let checked = Checked {
        found: check(&model),
        is_tried: *is_tried,
        server: failure.as_ref().map(server_faults).unwrap_or_default(),
    };
    let onsubmit = {
        let (model, is_tried, is_right) = (model.clone(), is_tried.setter(), checked.is_right());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            is_tried.set(true);
            if is_right {
                run.emit((*model).clone());
            } else {
                seek.emit(());
            }
        })
    };
    let is_told = !checked.server.is_empty() && checked.elsewhere(fields).is_empty();
    Form {
        model,
        node,
        onsubmit,
        is_busy,
        failure: failure.filter(|_| !is_told),
        checked,
        lang,
    }
}

fn server_faults(failure: &Failure) -> Vec<ServerFault> {
    match failure {
        Failure::Problem(problem) => {
            let errors = problem.errors.iter();
            errors
                .map(|error| ServerFault {
                    pointer: error.pointer.clone(),
                    detail: error.detail.clone(),
                })
                .collect()
        }
        Failure::Offline | Failure::Unexpected { .. } => Vec::new(),
    }
}
