//! One collection: whose it is, when, for whom, for how much; and the way in while it is open.

use client::TaskView;
use domain::task::{Availability, IdentityMode, Payer};
use yew::{Html, html};

use crate::component::{
    ButtonLink, Fact, Notice, Shape, contact_text, date_text, deadline_text, fact_list,
    last_day_text, moment_text, money, status_pill, with_contact,
};
use crate::route::Route;
use crate::text::{Texts, fill};
use domain::Lang;

/// The card.
pub(crate) fn task_card(task: &TaskView, lang: Lang) -> Html {
    let texts = Texts::of(lang);
    let availability = Availability::parse(&task.availability);
    html! {
        <section class="card stack">
            <div class="card-head">
                <h2>{ task.school.name.clone() }</h2>
                if let Some(availability) = availability {
                    { status_pill(shape(availability), availability.label().get(lang)) }
                }
            </div>
            <p class="card-sub">{ task.name.clone() }</p>
            { fact_list(&facts(task, texts, lang)) }
            { way_in(task, availability, texts, lang) }
        </section>
    }
}

fn shape(availability: Availability) -> Shape {
    match availability {
        Availability::Upcoming => Shape::Waiting,
        Availability::Open => Shape::Good,
        Availability::Closed => Shape::Over,
    }
}

fn facts(task: &TaskView, texts: &'static Texts, lang: Lang) -> Vec<Fact> {
    let school = &texts.school;
    let (from, to) = (
        date_text(task.opens_at, lang),
        last_day_text(task.closes_at, lang),
    );
    let mut facts = vec![Fact::new(
        school.window,
        fill(school.from_to, &[("from", &from), ("to", &to)]),
    )];
    facts.push(Fact::new(school.fee, fee(task, texts)));
    if !task.audience.is_empty() {
        facts.push(Fact::new(school.audience, task.audience.clone()));
    }
    facts.push(Fact::new(school.contact, contact_text(&task.contact)));
    facts
}

/// What the student pays, line by line where there are several.
fn fee(task: &TaskView, texts: &'static Texts) -> Html {
    match Payer::parse(&task.payer) {
        Some(Payer::Free) => html! { texts.common.free },
        Some(Payer::School) => html! { texts.school.paid_elsewhere },
        Some(Payer::Student) | None if task.fees.len() > 1 => html! {
            <>
                { money(task.due_fen) }
                { for task.fees.iter().map(|line| html! {
                    <span class="muted">{ " · " }{ line.label.clone() }{ " " }{ money(line.amount_fen) }</span>
                }) }
            </>
        },
        Some(Payer::Student) | None => money(task.due_fen),
    }
}

fn way_in(task: &TaskView, availability: Option<Availability>, texts: &Texts, lang: Lang) -> Html {
    let school = &texts.school;
    match availability {
        Some(Availability::Open)
            if IdentityMode::parse(&task.identity) == Some(IdentityMode::Roster) =>
        {
            html! {
                <>
                    <p class="muted">{ deadline_text(task.closes_at, lang) }</p>
                    <ButtonLink to={Route::Identity { task_id: task.id.clone() }}>{ school.choose }</ButtonLink>
                    <p class="hint">{ school.wrong_task }</p>
                </>
            }
        }
        Some(Availability::Open) => html! { <Notice><p>{ school.capture_code }</p></Notice> },
        Some(Availability::Upcoming) => {
            let time = moment_text(task.opens_at, lang);
            html! { <Notice><p>{ fill(school.opens, &[("time", &time)]) }</p></Notice> }
        }
        Some(Availability::Closed) | None => {
            html! { <Notice><p>{ with_contact(school.closed, &task.contact) }</p></Notice> }
        }
    }
}
