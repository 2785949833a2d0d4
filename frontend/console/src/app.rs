//! The whole app: who is logged in decides what is shown.

use domain::Text;
use ui::lang::LangProvider;
use ui::{ErrorView, Site, Skeleton};
use yew::{Html, component, html};
use yew_router::prelude::{BrowserRouter, Switch};

use crate::frame::{Bare, Frame};
use crate::fresh::FreshProvider;
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
            <BrowserRouter>
                <StaffProvider>
                    <FreshProvider>
                        <Gate />
                    </FreshProvider>
                </StaffProvider>
            </BrowserRouter>
        </LangProvider>
    }
}

/// The pages for who is logged in; else the next step of logging in. The address stays, so that one comes to the page that
/// one wanted.
#[component]
fn Gate() -> Html {
    let session = use_staff();
    let login = |step: Html| html! { <Bare>{ step }</Bare> };
    match session.person {
        Person::LoggedIn(_) => html! {
            <Frame><Switch<Route> render={|route| page_of(&route)} /></Frame>
        },
        Person::Unknown => login(html! { <Skeleton /> }),
        Person::Unreachable(failure) => {
            login(html! { <ErrorView {failure} retry={session.reload} /> })
        }
        Person::Nobody(why) => login(html! { <page::Login {why} /> }),
        Person::NoStaff(failure) => login(html! { <page::NoStaff {failure} /> }),
        Person::WithoutDevice(me) => login(html! { <page::DeviceSetup name={me.name.clone()} /> }),
        Person::Unconfirmed(me) => login(html! { <page::SecondFactor name={me.name.clone()} /> }),
    }
}

fn page_of(route: &Route) -> Html {
    match route {
        Route::Start => html! { <page::Start /> },
        Route::PlatformPeople => html! { <page::People /> },
        Route::People { school_id } => html! { <page::People school_id={school_id.clone()} /> },
        Route::Integrations { school_id } => {
            html! { <page::Integrations school_id={school_id.clone()} /> }
        }
        Route::Webhooks { school_id } => {
            html! { <page::Webhooks school_id={school_id.clone()} /> }
        }
        Route::Schools => html! { <page::Schools /> },
        Route::Tasks { school_id } => html! { <page::Tasks school_id={school_id.clone()} /> },
        Route::NewTask { school_id } => html! { <page::NewTask school_id={school_id.clone()} /> },
        Route::Task { task_id } => html! { <page::Task task_id={task_id.clone()} /> },
        Route::Roster { task_id } => html! { <page::Students task_id={task_id.clone()} /> },
        Route::RosterImport { task_id } => {
            html! { <page::RosterImports task_id={task_id.clone()} /> }
        }
        Route::Deliveries { task_id } => html! { <page::Deliveries task_id={task_id.clone()} /> },
        Route::Progress { task_id } => html! { <page::TaskProgress task_id={task_id.clone()} /> },
        Route::Tickets { school_id } => html! { <page::Tickets school_id={school_id.clone()} /> },
        Route::Poster { task_id } => html! { <page::Poster task_id={task_id.clone()} /> },
        Route::Lookup => html! { <page::Lookup /> },
        Route::Review => html! { <page::Review /> },
        Route::Quality => html! { <page::Quality /> },
        Route::ReviewGrid => html! { <page::ReviewGrid /> },
        Route::ReviewPhoto { photo_id } => html! { <page::Review photo_id={photo_id.clone()} /> },
        Route::Orders => html! { <page::Orders /> },
        Route::Order { order_no } => html! { <page::Order order_no={order_no.clone()} /> },
        Route::Refunds => html! { <page::Refunds /> },
        Route::MoneyCases => html! { <page::MoneyCases /> },
        Route::Bills => html! { <page::Bills /> },
        Route::BillDay { day } => html! { <page::BillDay day={day.clone()} /> },
        Route::Statements => html! { <page::Statements /> },
        Route::Audit => html! { <page::Audit /> },
        Route::Help => html! { <page::Help /> },
        Route::Account => html! { <page::Account /> },
        Route::NotFound => html! { <page::NotFound /> },
    }
}
