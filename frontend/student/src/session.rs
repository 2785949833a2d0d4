//! Who is logged in, for all pages.

mod ask_log_out;

use std::rc::Rc;

use client::{Failure, Me};
use gloo::timers::callback::Interval;
use serde::{Deserialize, Serialize};
use ui::{Kept, Routable, api};
use wasm_bindgen_futures::spawn_local;
use yew::{
    Callback, ContextProvider, Html, Properties, component, hook, html, use_callback, use_context,
};
use yew::{use_effect_with, use_state};

use crate::route::Route;
use crate::{draft, local_data, owner, preview, upload};
use ask_log_out::AskLogOut;

/// Where the page that somebody wanted is kept while they log in.
const WANTED: &str = "gradphoto.wanted";
/// How often drafts are looked at for those that are too old, in milliseconds.
const CLEAR_EVERY_MS: u32 = 10 * 60 * 1000;

/// A page that somebody wanted.
#[derive(Serialize, Deserialize)]
struct Wanted {
    path: String,
    /// Whose page it was; none where nobody had logged in yet.
    account: Option<String>,
}

/// What is known of the person.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Person {
    /// The server was not asked yet.
    Unknown,
    /// Nobody is logged in.
    Nobody,
    /// The session has ended by itself; what was not sent may still be in this browser.
    Expired,
    /// Has just logged out: whoever logs in next does not come back to the page that was left.
    LoggedOut,
    /// The server has ended the session because of what was done on the page, which stays until it is left.
    Over,
    /// Logged in.
    LoggedIn(Rc<Me>),
    /// The server cannot be asked.
    Unreachable(Failure),
}

/// The person, and how to learn anew who it is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Session {
    /// Who it is.
    pub(crate) person: Person,
    /// Asks the server again: after logging in, and after a change of the account.
    pub(crate) reload: Callback<()>,
    /// Logs out and forgets everything in this browser; asks before it loses what was not sent.
    pub(crate) log_out: Callback<()>,
    /// Does the same without asking.
    pub(crate) leave: Callback<()>,
    /// The server has ended the session already: forgets everything in this browser, and the page stays.
    pub(crate) end: Callback<()>,
    /// Why logging out did not work; the person is still logged in.
    pub(crate) log_out_failure: Option<Failure>,
}

impl Session {
    /// The account; none while nobody is logged in.
    pub(crate) fn me(&self) -> Option<Rc<Me>> {
        match &self.person {
            Person::LoggedIn(me) => Some(Rc::clone(me)),
            Person::Unknown
            | Person::Nobody
            | Person::Expired
            | Person::LoggedOut
            | Person::Over
            | Person::Unreachable(_) => None,
        }
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct SessionProviderProps {
    /// Everything that depends on the person.
    pub(crate) children: Html,
}

/// Holds the session for all that is inside.
#[component]
pub(crate) fn SessionProvider(props: &SessionProviderProps) -> Html {
    let person = use_state(|| Person::Unknown);
    let reload = use_callback(person.setter(), |(), person| {
        let person = person.clone();
        spawn_local(async move { person.set(ask().await) });
    });
    let log_out_failure = use_state(|| None::<Failure>);
    let leave = {
        let failure = log_out_failure.setter();
        use_callback(person.setter(), move |(), person| {
            let (person, failure) = (person.clone(), failure.clone());
            failure.set(None);
            spawn_local(async move {
                match end().await {
                    Ok(()) => person.set(Person::LoggedOut),
                    Err(problem) => failure.set(Some(problem)),
                }
            });
        })
    };
    let is_asking = use_state(|| false);
    let log_out = use_callback(
        (is_asking.setter(), leave.clone()),
        |(), (asking, leave)| {
            let (asking, leave) = (asking.clone(), leave.clone());
            spawn_local(async move {
                if local_data::has_unsent().await {
                    asking.set(true);
                } else {
                    leave.emit(());
                }
            });
        },
    );
    let end = use_callback(person.setter(), |(), person| {
        person.set(Person::Over);
        spawn_local(local_data::log_out());
    });
    let answer = use_callback(
        (is_asking.setter(), leave.clone()),
        |leaves: bool, (asking, leave)| {
            asking.set(false);
            if leaves {
                leave.emit(());
            }
        },
    );
    {
        let (reload, person) = (reload.clone(), person.setter());
        let failure = log_out_failure.setter();
        use_effect_with((), move |()| {
            api::on_session_end(Callback::from(move |()| {
                owner::hide();
                failure.set(None);
                person.set(if owner::last().is_some() {
                    Person::Expired
                } else {
                    Person::Nobody
                });
            }));
            reload.emit(());
            let clear = Interval::new(CLEAR_EVERY_MS, || spawn_local(local_data::clear()));
            move || drop(clear)
        });
    }
    let session = Session {
        person: (*person).clone(),
        reload,
        log_out,
        leave,
        end,
        log_out_failure: (*log_out_failure).clone(),
    };
    html! {
        <ContextProvider<Session> context={session}>
            { props.children.clone() }
            if *is_asking {
                <AskLogOut {answer} />
            }
        </ContextProvider<Session>>
    }
}

/// What somebody whose session has ended left in this browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Left {
    /// Nothing that is known of.
    Nothing,
    /// A form.
    Form,
    /// A photo.
    Photo,
}

impl Left {
    /// Looks for it.
    pub(crate) async fn find() -> Self {
        if upload::is_any_kept().await {
            Self::Photo
        } else if draft::has_of_account() {
            Self::Form
        } else {
            Self::Nothing
        }
    }
}

async fn ask() -> Person {
    match api::call(client::get_me()).await {
        Ok(me) => {
            if !preview::is_on() {
                local_data::log_in(&me.id).await;
            }
            Person::LoggedIn(Rc::new(me))
        }
        Err(failure) if api::needs_session(&failure) => {
            owner::hide();
            local_data::clear().await;
            if owner::last().is_some() || Left::find().await != Left::Nothing {
                Person::Expired
            } else {
                Person::Nobody
            }
        }
        Err(failure) => Person::Unreachable(failure),
    }
}

/// Ends the session, here only once the server has ended it: what it has not heard of goes on living in the cookies.
async fn end() -> Result<(), Failure> {
    match api::call(client::delete_session()).await {
        Err(failure) if !api::needs_session(&failure) => return Err(failure),
        Ok(()) | Err(_) => {}
    }
    local_data::log_out().await;
    Ok(())
}

/// The session.
#[hook]
pub(crate) fn use_session() -> Session {
    use_context::<Session>().unwrap_or_else(|| Session {
        person: Person::Unknown,
        reload: Callback::noop(),
        log_out: Callback::noop(),
        leave: Callback::noop(),
        end: Callback::noop(),
        log_out_failure: None,
    })
}

/// Keeps the page that somebody wanted, until they have logged in.
pub(crate) fn remember_wanted(route: &Route) {
    let wanted = Wanted {
        path: route.path(),
        account: owner::last(),
    };
    Kept::InTab.set(WANTED, &wanted);
}

/// The page that somebody wanted before they logged in, once; none where it was another account's.
pub(crate) fn take_wanted(account: &str) -> Option<Route> {
    let wanted: Wanted = Kept::InTab.get(WANTED)?;
    Kept::InTab.forget(WANTED);
    let is_theirs = wanted.account.is_none_or(|owner| owner == account);
    is_theirs.then(|| Route::at(&wanted.path))
}
