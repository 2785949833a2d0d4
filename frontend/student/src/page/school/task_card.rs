//! One collection: whose it is, when, for whom, for how much; and the way in while it is open.

use client::TaskView;
use domain::Lang;
use domain::task::{Availability, IdentityMode, Payer};
use ui::{
    ButtonLink, CommonTexts, Fact, Notice, Shape, TextTable, date_text, deadline_text, fact_list,
    fill, last_day_text, moment_text, money, status_pill,
};
use yew::{Html, html};

use super::text::SchoolTexts;
use crate::component::{contact_text, with_contact};
use crate::route::Route;

/// The card.
pub(crate) fn task_card(task: &TaskView, lang: Lang) -> Html {
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
            { fact_list(&facts(task, lang)) }
            { way_in(task, availability, lang) }
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

fn facts(task: &TaskView, lang: Lang) -> Vec<Fact> {
    let school = SchoolTexts::of(lang);
    let (from, to) = (
        date_text(task.opens_at, lang),
        last_day_text(task.closes_at, lang),
    );
    let mut facts = vec![Fact::new(
        school.window,
        fill(school.from_to, &[("from", &from), ("to", &to)]),
    )];
    facts.push(Fact::new(school.fee, fee(task, lang)));
    if !task.audience.is_empty() {
        facts.push(Fact::new(school.audience, task.audience.clone()));
    }
    facts.push(Fact::new(school.contact, contact_text(&task.contact)));
    facts
}

/// What the student pays, line by line where there are several.
fn fee(task: &TaskView, lang: Lang) -> Html {
    match Payer::parse(&task.payer) {
        Some(Payer::Free) => html! { CommonTexts::of(lang).free },
        Some(Payer::School) => html! { SchoolTexts::of(lang).paid_elsewhere },
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

fn way_in(task: &TaskView, availability: Option<Availability>, lang: Lang) -> Html {
    let school = SchoolTexts::of(lang);
    match availability {
        Some(Availability::Open) => html! {
            <>
                <p class="muted">{ deadline_text(task.closes_at, lang) }</p>
                if IdentityMode::parse(&task.identity) == Some(IdentityMode::CaptureCode) {
                    <p class="hint">{ school.capture_code }</p>
                }
                <ButtonLink<Route> to={Route::Identity { task_id: task.id.clone() }}>{ school.choose }</ButtonLink<Route>>
                if task.due_fen > 0 {
                    <p class="hint">{ school.wrong_task }</p>
                }
            </>
        },
        Some(Availability::Upcoming) => {
            let time = moment_text(task.opens_at, lang);
            html! { <Notice><p>{ fill(school.opens, &[("time", &time)]) }</p></Notice> }
        }
        Some(Availability::Closed) | None => {
            html! { <Notice><p>{ with_contact(school.closed, &task.contact) }</p></Notice> }
        }
    }
}
