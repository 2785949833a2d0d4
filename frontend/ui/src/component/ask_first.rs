//! A button for what cannot simply be undone: it says what will happen and asks before it does it.

use yew::{
    AttrValue, Callback, Children, Html, Properties, component, html, use_callback, use_state,
};

use super::{Action, Button, Look, ProblemBox, Sheet};

#[derive(Properties, PartialEq)]
pub struct AskFirstProps {
    /// The dialog's id, unique on the page.
    pub id: AttrValue,
    /// What the button does, a verb; the same in the dialog.
    pub label: AttrValue,
    /// The question.
    pub title: AttrValue,
    /// What the other answer does, a verb that says what is kept; it is the filled button.
    pub keep: AttrValue,
    /// What is done after the answer.
    pub action: Action<()>,
    /// How the button looks.
    #[prop_or(Look::Second)]
    pub look: Look,
    /// What will happen.
    pub children: Children,
}

/// The button, and the dialog while it asks.
#[component]
pub fn AskFirst(props: &AskFirstProps) -> Html {
    let is_asking = use_state(|| false);
    let ask = use_callback(is_asking.setter(), |(), is_asking| is_asking.set(true));
    let close = use_callback(is_asking.setter(), |(), is_asking| is_asking.set(false));
    let action = &props.action;
    html! {
        <>
            <Button look={props.look} onclick={ask}>{ props.label.clone() }</Button>
            if *is_asking {
                <Sheet id={props.id.clone()} title={props.title.clone()} onclose={close.clone()}>
                    <div class="stack">
                        { props.children.clone() }
                        if let Some(failure) = &action.failure {
                            <ProblemBox failure={failure.clone()} lists_fields=true />
                        }
                        <Button onclick={close}>{ props.keep.clone() }</Button>
                        <Button look={Look::Second} onclick={Callback::clone(&action.run)} is_busy={action.is_busy}>
                            { props.label.clone() }
                        </Button>
                    </div>
                </Sheet>
            }
        </>
    }
}
