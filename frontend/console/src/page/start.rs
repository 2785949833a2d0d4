//! What needs a person now.

mod first_steps;
mod reviews;
mod text;
mod waiting;

use domain::access::Permission;
use ui::{ButtonLink, Look, Title, fill, use_text};
use yew::{Html, component, html};

use crate::route::Route;
use crate::staff::use_staff;
use first_steps::FirstSteps;
use reviews::WaitingReviews;
use text::StartTexts;
use waiting::{SchoolsOverview, Waiting};

/// The page.
#[component]
pub(crate) fn Start() -> Html {
    let texts = use_text::<StartTexts>();
    let session = use_staff();
    let name = session.me().map(|me| me.name.clone()).unwrap_or_default();
    let schools = session.schools();
    let few_codes = session.me().is_some_and(|me| me.recovery_codes_left < 3);
    html! {
        <div class="stack">
            <Title text={fill(texts.hello, &[("name", &name)])} />
            if few_codes {
                <section class="card stack">
                    <h2>{ texts.few_codes }</h2>
                    <ButtonLink<Route> to={Route::Account} look={Look::Second}>{ texts.renew_codes }</ButtonLink<Route>>
                </section>
            }
            if session.may(Permission::ManageTasks) {
                { for schools.iter().map(|(school_id, school)| html! {
                    <FirstSteps key={school_id.clone()} school_id={school_id.clone()} school={school.clone()} />
                }) }
            }
            if session.may(Permission::ReviewPhotos) {
                <WaitingReviews />
            }
            if session.may(Permission::ReadProgress) {
                <Waiting />
            }
            if session.may_everywhere(Permission::ManageSchools) {
                <SchoolsOverview />
            }
            if session.may_everywhere(Permission::ManageStaff) {
                <section class="card stack">
                    <h2>{ texts.platform }</h2>
                    <p class="muted">{ texts.platform_lead }</p>
                    <ButtonLink<Route> to={Route::PlatformPeople} look={Look::Second}>{ texts.platform_people }</ButtonLink<Route>>
                </section>
            }
            if session.may(Permission::ManageStaff) {
                { for schools.into_iter().map(|(school_id, school)| html! {
                    <section class="card stack">
                        <h2>{ school }</h2>
                        <p class="muted">{ texts.school_lead }</p>
                        <ButtonLink<Route> to={Route::People { school_id }} look={Look::Second}>{ texts.school_people }</ButtonLink<Route>>
                    </section>
                }) }
            }
        </div>
    }
}
