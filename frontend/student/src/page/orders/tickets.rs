//! What I asked schools to check, and what they answered.

use client::{RosterTicketState, RosterTicketView};
use domain::Lang;
use ui::lang::use_lang;
use ui::{Fact, Shape, TextTable, api, fact_list, moment_text, status_pill, use_loader, use_text};
use yew::{Html, component, html};

use crate::page::order::text::OrderTexts;

/// The questions, newest first; nothing where there are none, or while they are on their way.
#[component]
pub(super) fn Tickets() -> Html {
    let (texts, lang) = (use_text::<OrderTexts>(), use_lang());
    let loader = use_loader((), |()| {
        api::call(client::list_roster_tickets(Some(100), None))
    });
    let tickets = loader.ready().filter(|tickets| !tickets.items.is_empty());
    html! {
        if let Some(tickets) = tickets {
            <h2>{ texts.tickets }</h2>
            { for tickets.items.iter().map(|ticket| card(ticket, lang)) }
        }
    }
}

fn card(ticket: &RosterTicketView, lang: Lang) -> Html {
    let texts = OrderTexts::of(lang);
    let (shape, label) = match RosterTicketState::of(&ticket.state) {
        RosterTicketState::Open => (Shape::Waiting, texts.ticket_open),
        RosterTicketState::Answered => (Shape::Good, texts.ticket_answered),
        RosterTicketState::Closed | RosterTicketState::Unknown => {
            (Shape::Over, texts.ticket_closed)
        }
    };
    let facts = vec![
        Fact::new(
            texts.number,
            html! { <span class="figures">{ ticket.document_number.clone() }</span> },
        ),
        Fact::new(texts.ticket_asked, moment_text(ticket.created_at, lang)),
        Fact::maybe(texts.ticket_answer, ticket.answer.clone()),
    ];
    html! {
        <section class="card stack">
            <div class="card-head">
                <h3>{ ticket.task_name.clone() }</h3>
                { status_pill(shape, label) }
            </div>
            { fact_list(&facts) }
        </section>
    }
}
