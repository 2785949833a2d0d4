//! One school: what is known of it, and the ways on.

use domain::school::SchoolState;
use ui::{
    AskFirst, Button, ButtonLink, Look, ProblemBox, async_view, use_action, use_loader, use_text,
};
use yew::{AttrValue, Callback, Html, Properties, component, html};

use super::form::{Filled, SchoolForm};
use super::merchants::Merchants;
use super::text::SchoolTexts;
use crate::call::call;
use crate::fresh::use_fresh;
use crate::route::Route;

/// What a [`SchoolPanel`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct SchoolPanelProps {
    /// The school.
    pub(super) school_id: AttrValue,
    /// Something was changed.
    pub(super) changed: Callback<()>,
}

/// The panel.
#[component]
pub(super) fn SchoolPanel(props: &SchoolPanelProps) -> Html {
    let texts = use_text::<SchoolTexts>();
    let loader = use_loader(props.school_id.clone(), |id| async move {
        call(client::get_school(&id)).await
    });
    let (fresh, id, changed) = (use_fresh(), props.school_id.clone(), props.changed.clone());
    let turn = use_action(move |is_suspended: bool| {
        let (fresh, id, changed) = (fresh.clone(), id.clone(), changed.clone());
        async move {
            let deed = || {
                call(if is_suspended {
                    client::resume_school(&id)
                } else {
                    client::suspend_school(&id)
                })
            };
            fresh.run(deed).await?;
            changed.emit(());
            Ok(())
        }
    });
    let mut suspend = ui::Action {
        run: turn.run.reform(|()| false),
        is_busy: turn.is_busy,
        failure: turn.failure.clone(),
    };
    let resume = turn.run.reform(|()| true);
    async_view(&loader, |school| {
        let school_id = school.id.clone();
        let is_suspended = SchoolState::parse(&school.state) == Some(SchoolState::Suspended);
        let shown = std::mem::take(&mut suspend.failure);
        html! {
            <div class="stack">
                <h2>{ school.name.clone() }</h2>
                <div class="line">
                    <ButtonLink<Route> to={Route::People { school_id: school_id.clone() }} look={Look::Second}>{ texts.invite }</ButtonLink<Route>>
                    <ButtonLink<Route> to={Route::Tasks { school_id }} look={Look::Second}>{ texts.tasks }</ButtonLink<Route>>
                </div>
                <SchoolForm initial={Filled::from(&**school)} changed={props.changed.clone()} />
                <Merchants school_id={props.school_id.clone()} />
                if let Some(failure) = shown {
                    <ProblemBox {failure} />
                }
                if is_suspended {
                    <Button look={Look::Second} onclick={resume.clone()} is_busy={turn.is_busy}>{ texts.resume }</Button>
                } else {
                    <AskFirst id="suspend" label={texts.suspend} title={texts.suspend_title} keep={texts.keep} action={suspend.clone()}>
                        <p>{ texts.suspend_detail }</p>
                    </AskFirst>
                }
            </div>
        }
    })
}
