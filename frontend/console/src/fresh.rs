//! A new code of the authenticator where the server wants one: the person types it, and what they did is done again.

use std::cell::RefCell;
use std::rc::Rc;

use client::{Failure, SecondFactorProof};
use domain::ProblemCode;
use futures_channel::oneshot;
use ui::{Button, Look, ProblemBox, Sheet, TextField, api, error_of, use_action, use_text};
use web_sys::SubmitEvent;
use yew::{Callback, ContextProvider, Html, Properties, component, hook, html};
use yew::{use_callback, use_context, use_mut_ref, use_state};

use crate::call::call;
use crate::text::ConsoleTexts;

/// The server wants a new code.
const WANTS_CODE: &str = ProblemCode::StaffFreshCode.as_str();

/// Who waits for the code: told whether it was confirmed.
type Waiting = Rc<RefCell<Option<oneshot::Sender<bool>>>>;

/// Asks for a code.
#[derive(Clone)]
pub(crate) struct Fresh {
    waiting: Waiting,
    open: Callback<()>,
}

impl PartialEq for Fresh {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.waiting, &other.waiting)
    }
}

impl Fresh {
    /// Does `work`; where the server wants a new code for it, once more after the person has typed one.
    ///
    /// # Errors
    /// What `work` says; that of its first try where the person gave up.
    pub(crate) async fn run<T, F>(&self, work: impl Fn() -> F) -> Result<T, Failure>
    where
        F: Future<Output = Result<T, Failure>>,
    {
        let first = work().await;
        match &first {
            Err(failure) if api::is_one_of(failure, &[WANTS_CODE]) => {}
            Ok(_) | Err(_) => return first,
        }
        let (tell, told) = oneshot::channel();
        self.waiting.replace(Some(tell));
        self.open.emit(());
        if told.await == Ok(true) {
            work().await
        } else {
            first
        }
    }
}

/// What a [`FreshProvider`] needs.
#[derive(Properties, PartialEq)]
pub(crate) struct FreshProviderProps {
    /// Everything that may need a new code.
    pub(crate) children: Html,
}

/// Holds the dialog for all that is inside.
#[component]
pub(crate) fn FreshProvider(props: &FreshProviderProps) -> Html {
    let texts = use_text::<ConsoleTexts>();
    let waiting = use_mut_ref(|| None::<oneshot::Sender<bool>>);
    let is_open = use_state(|| false);
    let open = use_callback(is_open.setter(), |(), is_open| is_open.set(true));
    let answer = {
        let waiting = Rc::clone(&waiting);
        use_callback(is_open.setter(), move |is_confirmed: bool, is_open| {
            is_open.set(false);
            if let Some(tell) = waiting.take() {
                // Nobody waits any more where the page was left.
                let _ = tell.send(is_confirmed);
            }
        })
    };
    let close = use_callback(answer.clone(), |(), answer| answer.emit(false));
    let done = use_callback(answer, |(), answer| answer.emit(true));
    html! {
        <ContextProvider<Fresh> context={Fresh { waiting, open }}>
            { props.children.clone() }
            if *is_open {
                <Sheet id="fresh" title={texts.fresh_title} onclose={close}>
                    <div class="stack">
                        <p>{ texts.fresh_lead }</p>
                        <CodeForm {done} />
                    </div>
                </Sheet>
            }
        </ContextProvider<Fresh>>
    }
}

/// What a [`CodeForm`] needs.
#[derive(Properties, PartialEq)]
pub(crate) struct CodeFormProps {
    /// The code was right.
    pub(crate) done: Callback<()>,
}

/// A code of the authenticator, or a recovery code in its place.
#[component]
pub(crate) fn CodeForm(props: &CodeFormProps) -> Html {
    let texts = use_text::<ConsoleTexts>();
    let typed = use_state(String::new);
    let is_recovery = use_state(|| false);
    let done = props.done.clone();
    let action = use_action(move |proof: SecondFactorProof| {
        let done = done.clone();
        async move {
            call(client::confirm_second_factor(&proof)).await?;
            done.emit(());
            Ok(())
        }
    });
    let onsubmit = {
        let (typed, is_recovery, run) = (typed.clone(), *is_recovery, action.run.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            run.emit(proof(&typed, is_recovery));
        })
    };
    let toggle = use_callback(
        (is_recovery.clone(), typed.setter()),
        |(), (is_recovery, typed)| {
            is_recovery.set(!**is_recovery);
            typed.set(String::new());
        },
    );
    let oninput = use_callback(typed.setter(), |value: String, typed| typed.set(value));
    let (label, hint, other) = if *is_recovery {
        (texts.recovery, texts.recovery_hint, texts.use_code)
    } else {
        (texts.code, texts.code_hint, texts.use_recovery)
    };
    let pointer = if *is_recovery {
        "/recovery_code"
    } else {
        "/code"
    };
    let error = error_of(action.failure.as_ref(), pointer);
    html! {
        <form class="stack" {onsubmit} novalidate=true>
            if let Some(failure) = action.failure.clone().filter(|_| error.is_none()) {
                <ProblemBox {failure} />
            }
            <TextField id="second-factor" {label} hint={hint} value={(*typed).clone()} {oninput} {error} is_number=true
                inputmode={if *is_recovery { "text" } else { "numeric" }} autocomplete="one-time-code" />
            <div class="actions">
                <Button submits=true is_busy={action.is_busy}>{ texts.confirm }</Button>
                <Button look={Look::Quiet} onclick={toggle}>{ other }</Button>
            </div>
        </form>
    }
}

fn proof(typed: &str, is_recovery: bool) -> SecondFactorProof {
    let typed = Some(Some(typed.trim().to_owned()));
    let (code, recovery_code) = if is_recovery {
        (None, typed)
    } else {
        (typed, None)
    };
    SecondFactorProof {
        code,
        recovery_code,
    }
}

/// What asks for a code.
#[hook]
pub(crate) fn use_fresh() -> Fresh {
    use_context::<Fresh>().unwrap_or_else(|| Fresh {
        waiting: Waiting::default(),
        open: Callback::noop(),
    })
}
