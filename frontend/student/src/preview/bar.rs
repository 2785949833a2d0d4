//! The bar above the pages of a preview: what it is, and the way to each page.

use ui::{Link, api, use_loader, use_text};
use yew::{Html, component, html, html_nested};

use super::text::PreviewTexts;
use crate::route::Route;

/// Stands for the invented student's things, whatever their names.
const ANY: &str = "preview";

/// The bar.
#[component]
pub(crate) fn PreviewBar() -> Html {
    let texts = use_text::<PreviewTexts>();
    let order = use_loader((), |()| api::call(client::get_order(ANY)));
    // Where nothing is to be paid, students never come to that page.
    let is_due = order.ready().is_some_and(|order| order.due_fen > 0);
    let any = || ANY.to_owned();
    let pages = [
        (Route::TaskLink { task_id: any() }, texts.task, true),
        (Route::Identity { task_id: any() }, texts.identity, true),
        (
            Route::Photo {
                enrolment_id: any(),
            },
            texts.photo,
            true,
        ),
        (Route::Confirm { order_no: any() }, texts.confirm, true),
        (Route::Pay { order_no: any() }, texts.pay, is_due),
        (Route::Order { order_no: any() }, texts.order, true),
    ];
    let shown = pages.into_iter().filter(|(.., is_shown)| *is_shown);
    html! {
        <nav class="preview-bar" aria-label={texts.title}>
            <p><strong>{ texts.title }</strong>{ " " }{ texts.lead }</p>
            <p class="line">
                { for shown.map(|(to, label, _)| html_nested! { <Link<Route> {to}>{ label }</Link<Route>> }) }
            </p>
        </nav>
    }
}
