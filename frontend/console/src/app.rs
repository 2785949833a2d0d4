//! The whole app: who is logged in decides what is shown.

use domain::Text;
use ui::lang::LangProvider;
use ui::lazy::lazy;
use ui::{ErrorView, Router, Site, Skeleton, use_route};
use yew::{Html, component, html};

use crate::frame::{Bare, Frame};
use crate::fresh::FreshProvider;
use crate::lazy::{CollectPage, ManagePage, MoneyPage, ReviewPage, StaffPage};
use crate::page;
use crate::route::Route;
use crate::staff::{Person, StaffProvider, use_staff};

/// What the app is called. A problem's own text tells staff what to do.
const SITE: Site = Site {
    name: Text::new("毕业生图像采集管理台", "Graduate Portrait Console"),
    help: &[],
};

/// The whole app.
#[component]
pub(crate) fn App() -> Html {
    html! {
        <LangProvider site={SITE}>
            <Router>
                <StaffProvider>
                    <FreshProvider>
                        <Gate />
                    </FreshProvider>
                </StaffProvider>
            </Router>
        </LangProvider>
    }
}

/// The pages for who is logged in; else the next step of logging in. The address stays, so that one comes to the page that
/// one wanted.
#[component]
fn Gate() -> Html {
    let (session, route) = (use_staff(), use_route::<Route>());
    let login = |step: Html| html! { <Bare>{ step }</Bare> };
    match session.person {
        Person::LoggedIn(_) => html! {
            <Frame>{ page_of(route) }</Frame>
        },
        Person::Unknown => login(html! { <Skeleton /> }),
        Person::Unreachable(failure) => {
            login(html! { <ErrorView {failure} retry={session.reload} /> })
        }
        Person::Nobody(why) => login(html! { <page::Login {why} /> }),
        Person::NoStaff(failure) => login(html! { <page::NoStaff {failure} /> }),
        Person::WithoutDevice(me) => {
            let name = me.name.clone();
            login(lazy(StaffPage::Manage(ManagePage::DeviceSetup { name })))
        }
        Person::Unconfirmed(me) => login(html! { <page::SecondFactor name={me.name.clone()} /> }),
    }
}

fn page_of(route: Route) -> Html {
    let review = |page| lazy(StaffPage::Review(page));
    let collect = |page| lazy(StaffPage::Collect(page));
    let money = |page| lazy(StaffPage::Money(page));
    let manage = |page| lazy(StaffPage::Manage(page));
    match route {
        Route::Start => review(ReviewPage::Start),
        Route::PlatformPeople => manage(ManagePage::PlatformPeople),
        Route::People { school_id } => manage(ManagePage::People { school_id }),
        Route::Integrations { school_id } => manage(ManagePage::Integrations { school_id }),
        Route::Webhooks { school_id } => manage(ManagePage::Webhooks { school_id }),
        Route::Schools => collect(CollectPage::Schools),
        Route::Tasks { school_id } => collect(CollectPage::Tasks { school_id }),
        Route::NewTask { school_id } => collect(CollectPage::NewTask { school_id }),
        Route::Task { task_id } => collect(CollectPage::Task { task_id }),
        Route::Roster { task_id } => collect(CollectPage::Roster { task_id }),
        Route::RosterImport { task_id } => collect(CollectPage::RosterImport { task_id }),
        Route::Deliveries { task_id } => collect(CollectPage::Deliveries { task_id }),
        Route::PackagePrints { delivery_id } => collect(CollectPage::PackagePrints { delivery_id }),
        Route::Progress { task_id } => collect(CollectPage::Progress { task_id }),
        Route::Tickets { school_id } => collect(CollectPage::Tickets { school_id }),
        Route::Poster { task_id } => collect(CollectPage::Poster { task_id }),
        Route::Lookup => collect(CollectPage::Lookup),
        Route::LostPhones => manage(ManagePage::LostPhones),
        Route::Review => review(ReviewPage::Review),
        Route::Quality => review(ReviewPage::Quality),
        Route::KnownPhotos => review(ReviewPage::Known),
        Route::ReviewGrid => review(ReviewPage::Grid),
        Route::ReviewPhoto { photo_id } => review(ReviewPage::Photo { photo_id }),
        Route::Orders => money(MoneyPage::Orders),
        Route::Order { order_no } => money(MoneyPage::Order { order_no }),
        Route::Refunds => money(MoneyPage::Refunds),
        Route::MoneyCases => money(MoneyPage::Cases),
        Route::Bills => money(MoneyPage::Bills),
        Route::BillDay { day } => money(MoneyPage::BillDay { day }),
        Route::Statements => money(MoneyPage::Statements),
        Route::Audit => manage(ManagePage::Audit),
        Route::Help => manage(ManagePage::Help),
        Route::Account => manage(ManagePage::Account),
        Route::NotFound => html! { <page::NotFound /> },
    }
}
