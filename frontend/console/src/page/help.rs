//! How to do things here, by what the person may do.

mod text;

use domain::access::Permission;
use ui::{Title, use_text};
use yew::{Html, component, html};

use crate::staff::use_staff;
use text::HelpTexts;

/// A task with its steps.
struct Topic {
    /// Who needs it.
    needed: Permission,
    /// Names it in addresses.
    id: &'static str,
    title: &'static str,
    /// One a line.
    steps: &'static str,
}

fn topics(texts: &HelpTexts) -> Vec<Topic> {
    use Permission as P;
    let topic = |needed, id, title, steps| Topic {
        needed,
        id,
        title,
        steps,
    };
    vec![
        topic(P::ManageSchools, "school", texts.school, texts.school_steps),
        topic(P::ManageTasks, "begin", texts.begin, texts.begin_steps),
        topic(P::ManageRosters, "roster", texts.roster, texts.roster_steps),
        topic(
            P::ManageRosters,
            "missing",
            texts.missing,
            texts.missing_steps,
        ),
        topic(P::ManageRosters, "remind", texts.remind, texts.remind_steps),
        topic(P::ReviewPhotos, "review", texts.review, texts.review_steps),
        topic(
            P::TakeOverPhotos,
            "delivery",
            texts.delivery,
            texts.delivery_steps,
        ),
        topic(P::LookUpEnrolments, "wrong", texts.wrong, texts.wrong_steps),
        topic(
            P::RequestRefunds,
            "refund",
            texts.refund,
            texts.refund_steps,
        ),
        topic(
            P::ResolveMoneyCases,
            "cases",
            texts.cases,
            texts.cases_steps,
        ),
        topic(P::ReadStatements, "bills", texts.bills, texts.bills_steps),
        topic(P::ManageStaff, "people", texts.people, texts.people_steps),
        topic(P::ReadAudit, "audit", texts.audit, texts.audit_steps),
    ]
}

/// The page.
#[component]
pub(crate) fn Help() -> Html {
    let (texts, session) = (use_text::<HelpTexts>(), use_staff());
    let topics = topics(texts);
    let own = || topics.iter().filter(|topic| session.may(topic.needed));
    html! {
        <div class="stack help">
            <Title text={texts.title} />
            <p class="muted">{ texts.lead }</p>
            <nav aria-label={texts.contents}>
                <ul class="plain-list columns">
                    { for own().map(|topic| html! { <li><a href={format!("#{}", topic.id)}>{ topic.title }</a></li> }) }
                </ul>
            </nav>
            { for own().map(|topic| html! {
                <section class="card stack" id={topic.id}>
                    <h2>{ topic.title }</h2>
                    <ol>{ for topic.steps.lines().map(|step| html! { <li>{ step.trim() }</li> }) }</ol>
                </section>
            }) }
        </div>
    }
}
