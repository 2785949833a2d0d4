//! The way to every page, by the task of the person, for the school that was chosen.

use domain::access::Permission;
use ui::{CommonTexts, Link, go_to, use_loader, use_route, use_text};
use web_sys::HtmlSelectElement;
use yew::{Callback, Event, Html, TargetCast, component, html, html_nested, use_mut_ref};

use crate::call::call;
use crate::route::Route;
use crate::staff::use_staff;
use crate::text::ConsoleTexts;

/// The rail.
#[component]
pub(super) fn Rail() -> Html {
    let (common, texts) = (use_text::<CommonTexts>(), use_text::<ConsoleTexts>());
    let session = use_staff();
    let here = use_route::<Route>();
    let schools = session.schools();
    let latest = use_mut_ref(|| None::<String>);
    if let Some(school_id) = here.school() {
        latest.replace(Some(school_id.to_owned()));
    }
    let school: Option<String> = latest.borrow().clone();
    let page = here.clone();
    let school = school.or_else(|| schools.first().map(|(id, _)| id.clone()));
    let tasks = school.clone().filter(|_| page.is_about_task());
    let here = tasks.map_or_else(|| here.in_rail(), |school_id| Route::Tasks { school_id });
    let may_answer = session.may(Permission::ManageRosters);
    let notices = use_loader((here.clone(), may_answer), |(_, may_answer)| async move {
        if may_answer {
            Ok(Some(call(client::get_staff_notices()).await?.open_tickets))
        } else {
            Ok(None)
        }
    });
    let count = notices
        .ready()
        .and_then(|count| *count)
        .filter(|count| *count > 0);
    let mut places = vec![(Route::Start, texts.start)];
    if session.may(Permission::ReviewPhotos) {
        places.push((Route::Review, texts.review));
    }
    if session.may(Permission::ManageStaff) {
        places.push((Route::Quality, texts.quality));
    }
    if session.may(Permission::ManageSchools) {
        places.push((Route::Schools, texts.schools));
    }
    if let Some(school_id) = school
        .clone()
        .filter(|_| session.may(Permission::ManageTasks))
    {
        places.push((Route::Tasks { school_id }, texts.tasks));
    }
    if let Some(school_id) = school
        .clone()
        .filter(|_| session.may(Permission::ManageRosters))
    {
        places.push((Route::Tickets { school_id }, texts.tickets));
    }
    if session.may(Permission::LookUpEnrolments) {
        places.push((Route::Lookup, texts.lookup));
    }
    if session.may(Permission::HandleLostPhones) {
        places.push((Route::LostPhones, texts.lost_phones));
    }
    if session.may(Permission::ReadOrders) {
        let label = if session.may(Permission::ReadStatements) {
            texts.money
        } else {
            texts.orders
        };
        places.push((Route::Orders, label));
    }
    if session.may(Permission::ManageStaff) {
        let people = match &school {
            Some(school_id) => Route::People {
                school_id: school_id.clone(),
            },
            None => Route::PlatformPeople,
        };
        places.push((people, texts.people));
        if school.is_some() && session.may_everywhere(Permission::ManageStaff) {
            places.push((Route::PlatformPeople, texts.platform_people));
        }
    }
    if let Some(school_id) = school
        .clone()
        .filter(|_| session.may(Permission::ManageIntegrators))
    {
        places.push((Route::Integrations { school_id }, texts.integrations));
    }
    if let Some(school_id) = school
        .clone()
        .filter(|_| session.may(Permission::ManageWebhooks))
    {
        places.push((Route::Webhooks { school_id }, texts.webhooks));
    }
    if session.may(Permission::ReadAudit) {
        places.push((Route::Audit, texts.audit));
    }
    places.push((Route::Help, texts.help));
    places.push((Route::Account, texts.account));
    html! {
        <nav class="rail" aria-label={common.navigation}>
            if schools.len() > 1 {
                if session.may(Permission::ManageTasks) {
                    <SchoolChoice {schools} {school} {page} />
                }
            } else if let Some((_, name)) = schools.into_iter().next() {
                <p class="rail-school">{ name }</p>
            } else if let Some(school_id) = &school {
                <SchoolName key={school_id.clone()} school_id={school_id.clone()} />
            }
            <ul class="rail-places">
                { for places.into_iter().map(|(to, label)| {
                    let classes = if to == here { "rail-place here" } else { "rail-place" };
                    let waiting = count.filter(|_| matches!(to, Route::Tickets { .. }));
                    let waiting = waiting.map(|count| html! { <span class="rail-count figures">{ count }</span> });
                    let current = (to == here).then_some("page");
                    html! {
                        <li aria-current={current}>
                            { html_nested! { <Link<Route> {to} {classes}>{ label }{ waiting }</Link<Route>> } }
                        </li>
                    }
                }) }
            </ul>
        </nav>
    }
}

/// What a [`SchoolChoice`] needs.
#[derive(yew::Properties, PartialEq)]
struct SchoolChoiceProps {
    schools: Vec<(String, String)>,
    school: Option<String>,
    /// The page that is shown.
    page: Route,
}

/// The choice of a school, for who works for several.
#[component]
fn SchoolChoice(props: &SchoolChoiceProps) -> Html {
    let texts = use_text::<ConsoleTexts>();
    let page = props.page.clone();
    let onchange = Callback::from(move |event: Event| {
        let chosen = event.target_dyn_into::<HtmlSelectElement>();
        if let Some(chosen) = chosen {
            go_to(&page.of_school(chosen.value()));
        }
    });
    html! {
        <div class="filter rail-school">
            <label for="rail-school">{ texts.school }</label>
            <select id="rail-school" class="input" {onchange}>
                { for props.schools.iter().map(|(id, name)| html! {
                    <option value={id.clone()} selected={props.school.as_ref() == Some(id)}>{ name.clone() }</option>
                }) }
            </select>
        </div>
    }
}

/// What a [`SchoolName`] needs.
#[derive(yew::Properties, PartialEq)]
struct SchoolNameProps {
    school_id: String,
}

/// The school whose pages the rail leads to, for who works for all of them.
#[component]
fn SchoolName(props: &SchoolNameProps) -> Html {
    let school = use_loader(props.school_id.clone(), |id| async move {
        call(client::get_school(&id)).await
    });
    match school.ready() {
        Some(school) => html! { <p class="rail-school">{ school.name.clone() }</p> },
        None => Html::default(),
    }
}
