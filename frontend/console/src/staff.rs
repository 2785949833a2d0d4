//! Who is logged in, for all pages.

use std::rc::Rc;

use client::{Failure, StaffMeView};
use domain::ProblemCode;
use domain::access::Permission;
use domain::staff::SecondFactorState;
use ui::api;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, ContextProvider, Html, Properties, component, hook, html};
use yew::{use_callback, use_context, use_effect_with, use_state};

use crate::call::on_session_lost;

/// The session was not used for too long.
const IDLE: &str = ProblemCode::StaffIdle.as_str();
/// The account has no role.
const NO_STAFF: &str = ProblemCode::SessionRole.as_str();

/// What is known of the person.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Person {
    /// The server was not asked yet.
    Unknown,
    /// Nobody is logged in; why the session ended, where it had begun.
    Nobody(Option<Failure>),
    /// Logged in by phone, and not one of staff.
    NoStaff(Failure),
    /// Logged in by phone; an authenticator must be set up.
    WithoutDevice(Rc<StaffMeView>),
    /// Logged in by phone; a code of the authenticator is wanted.
    Unconfirmed(Rc<StaffMeView>),
    /// Logged in.
    LoggedIn(Rc<StaffMeView>),
    /// The server cannot be asked.
    Unreachable(Failure),
}

/// The person, and how to learn anew who it is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StaffSession {
    /// Who it is.
    pub(crate) person: Person,
    /// Asks the server again.
    pub(crate) reload: Callback<()>,
    /// Logs out.
    pub(crate) log_out: Callback<()>,
}

impl StaffSession {
    /// The member of staff whose session is complete.
    pub(crate) fn me(&self) -> Option<Rc<StaffMeView>> {
        match &self.person {
            Person::LoggedIn(me) => Some(Rc::clone(me)),
            Person::Unknown
            | Person::Nobody(_)
            | Person::NoStaff(_)
            | Person::WithoutDevice(_)
            | Person::Unconfirmed(_)
            | Person::Unreachable(_) => None,
        }
    }

    /// Whether the person may do this somewhere; the server has the last word.
    pub(crate) fn may(&self, permission: Permission) -> bool {
        let me = self.me();
        me.is_some_and(|me| {
            me.permissions
                .iter()
                .any(|held| held.permission == permission.as_str())
        })
    }

    /// Whether the person may do this in every school.
    pub(crate) fn may_everywhere(&self, permission: Permission) -> bool {
        self.me().is_some_and(|me| {
            let mut held = me.permissions.iter();
            held.any(|held| held.permission == permission.as_str() && held.all_schools)
        })
    }

    /// The schools that the person has a role in: id and name.
    pub(crate) fn schools(&self) -> Vec<(String, String)> {
        let mut schools: Vec<(String, String)> = Vec::new();
        for role in self.me().iter().flat_map(|me| &me.roles) {
            if let (Some(id), Some(name)) = (&role.school_id, &role.school_name)
                && schools.iter().all(|(known, _)| known != id)
            {
                schools.push((id.clone(), name.clone()));
            }
        }
        schools
    }
}

/// What a [`StaffProvider`] needs.
#[derive(Properties, PartialEq)]
pub(crate) struct StaffProviderProps {
    /// Everything that depends on the person.
    pub(crate) children: Html,
}

/// Holds the session for all that is inside.
#[component]
pub(crate) fn StaffProvider(props: &StaffProviderProps) -> Html {
    let person = use_state(|| Person::Unknown);
    let reload = use_callback(person.setter(), |(), person| {
        let person = person.clone();
        spawn_local(async move { person.set(ask().await) });
    });
    let log_out = use_callback(person.setter(), |(), person| {
        let person = person.clone();
        spawn_local(async move {
            match api::call(client::delete_session()).await {
                Err(failure) if !api::needs_session(&failure) => {
                    person.set(Person::Unreachable(failure));
                }
                Ok(()) | Err(_) => person.set(Person::Nobody(None)),
            }
        });
    });
    {
        let (reload, person) = (reload.clone(), person.setter());
        use_effect_with((), move |()| {
            let again = reload.clone();
            on_session_lost(Callback::from(move |failure: Failure| {
                if api::needs_session(&failure) {
                    person.set(Person::Nobody(Some(failure)));
                } else {
                    again.emit(());
                }
            }));
            reload.emit(());
        });
    }
    let context = StaffSession {
        person: (*person).clone(),
        reload,
        log_out,
    };
    html! {
        <ContextProvider<StaffSession> {context}>{ props.children.clone() }</ContextProvider<StaffSession>>
    }
}

async fn ask() -> Person {
    match api::call(client::get_staff_me()).await {
        Ok(me) => {
            let me = Rc::new(me);
            match SecondFactorState::parse(&me.second_factor) {
                Some(SecondFactorState::NotEnrolled) => Person::WithoutDevice(me),
                Some(SecondFactorState::Required) => Person::Unconfirmed(me),
                Some(SecondFactorState::Confirmed) | None => Person::LoggedIn(me),
            }
        }
        Err(failure) if api::needs_session(&failure) => {
            let is_idle = api::is_one_of(&failure, &[IDLE]);
            Person::Nobody(is_idle.then_some(failure))
        }
        Err(failure) if api::is_one_of(&failure, &[NO_STAFF]) => Person::NoStaff(failure),
        Err(failure) => Person::Unreachable(failure),
    }
}

/// The session.
#[hook]
pub(crate) fn use_staff() -> StaffSession {
    use_context::<StaffSession>().unwrap_or_else(|| StaffSession {
        person: Person::Unknown,
        reload: Callback::noop(),
        log_out: Callback::noop(),
    })
}
