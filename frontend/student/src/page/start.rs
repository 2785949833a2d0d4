//! Leads to the step that the student is at.

use client::{EnrolmentView, Enrolments};
use domain::enrolment::NextStep;
use ui::{Redirect, api, async_view, use_loader};
use yew::{Html, component, html};

use crate::route::Route;

/// The page.
#[component]
pub(crate) fn Start() -> Html {
    let loader = use_loader((), |()| api::call(client::list_enrolments(Some(100), None)));
    async_view(
        &loader,
        |enrolments| html! { <Redirect<Route> to={next(enrolments)} /> },
    )
}

/// The first thing that is still to be done, newest verification first; else the orders, else the beginning.
fn next(enrolments: &Enrolments) -> Route {
    let has_order = enrolments
        .items
        .iter()
        .any(|enrolment| enrolment.order.is_some());
    enrolments
        .items
        .iter()
        .filter(|enrolment| enrolment.takes_photo)
        .find_map(step_of)
        .unwrap_or(if has_order {
            Route::Orders
        } else {
            Route::School
        })
}

/// Where a verified student goes on; nowhere when there is nothing to do.
pub(crate) fn step_of(enrolment: &EnrolmentView) -> Option<Route> {
    match NextStep::parse(&enrolment.next_step)? {
        NextStep::Photo => Some(Route::Photo {
            enrolment_id: enrolment.id.clone(),
        }),
        NextStep::Confirm => {
            let order_no = enrolment.order.as_ref()?.order_no.clone();
            Some(Route::Confirm { order_no })
        }
        NextStep::Wait | NextStep::Done => None,
    }
}
