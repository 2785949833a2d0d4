//! The ways between the pages about money.

use domain::access::Permission;
use ui::{Link, use_route, use_text};
use yew::{Html, component, html};

use super::text::MoneyTexts;
use crate::route::Route;
use crate::staff::use_staff;

/// One link a page that the person may see; the page that is shown is marked.
#[component]
pub(super) fn MoneyTabs() -> Html {
    let (texts, session) = (use_text::<MoneyTexts>(), use_staff());
    let here = use_route::<Route>();
    let pages = [
        (Permission::ReadOrders, Route::Orders, texts.orders),
        (Permission::RequestRefunds, Route::Refunds, texts.refunds),
        (
            Permission::ResolveMoneyCases,
            Route::MoneyCases,
            texts.cases,
        ),
        (Permission::ReadStatements, Route::Bills, texts.bills),
        (
            Permission::ReadStatements,
            Route::Statements,
            texts.statements,
        ),
    ];
    let shown = pages
        .into_iter()
        .filter(|(needed, _, _)| session.may(*needed));
    html! {
        <nav class="tabs" aria-label={texts.title}>
            { for shown.map(|(_, to, label)| {
                let is_here = here == to;
                let classes = if is_here { "tab here" } else { "tab" };
                html! { <span aria-current={is_here.then_some("page")}><Link<Route> {to} {classes}>{ label }</Link<Route>></span> }
            }) }
        </nav>
    }
}
