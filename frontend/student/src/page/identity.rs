//! Proving who one is: kind and number of a document, level, and what else the task asks for.

mod code;
pub(super) mod document_number;
pub(super) mod document_type;
mod draft;
mod form;
mod grouping;
mod not_found;
mod small_picture;
pub(crate) mod text;
mod ticket;

use domain::task::{Availability, IdentityMode};
use ui::lang::use_lang;
use ui::{ButtonLink, CommonTexts, Look, TextTable, Title, api, async_view, use_loader};
use yew::{AttrValue, Html, Properties, component, html, use_effect_with};

use crate::check::fetch_ahead;
use crate::component::{Step, step_line};
use crate::page::school::task_card;
use crate::route::Route;
use code::CodeForm;
use form::Form;
use text::IdentityTexts;

#[derive(Properties, PartialEq)]
pub(crate) struct IdentityProps {
    /// The task that was chosen.
    pub(crate) task_id: AttrValue,
}

/// The page.
#[component]
pub(crate) fn Identity(props: &IdentityProps) -> Html {
    let lang = use_lang();
    let loader = use_loader(props.task_id.clone(), |task_id| {
        api::call(client::get_task(&task_id))
    });
    use_effect_with((), |()| fetch_ahead());
    html! {
        <div class="stack">
            { step_line(Step::Identity, &[(Step::School, Route::School)], lang) }
            <Title text={IdentityTexts::of(lang).title} />
            { async_view(&loader, |task| match Availability::parse(&task.availability) {
                Some(Availability::Open) => match IdentityMode::parse(&task.identity) {
                    Some(IdentityMode::CaptureCode) => html! { <CodeForm task={(**task).clone()} /> },
                    Some(IdentityMode::Roster) | None => html! { <Form task={(**task).clone()} /> },
                },
                Some(Availability::Upcoming | Availability::Closed) | None => html! {
                    <>
                        { task_card(task, lang) }
                        <ButtonLink<Route> to={Route::School} look={Look::Second}>{ CommonTexts::of(lang).back }</ButtonLink<Route>>
                    </>
                },
            }) }
        </div>
    }
}
