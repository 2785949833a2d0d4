//! The invented student's answers to the calls that pages make.

use std::cell::Cell;

use client::{
    Answer, Enrolments, FoundSchools, Me, Method, Orders, Problem, Request, RosterTickets,
    SchoolTasks, Suggestions, TaskPreviewView,
};
use domain::agreement::Document;
use serde::Serialize;
use ui::{TextTable, lang};

use super::text::PreviewTexts;

const CREATED: u16 = 201;
const OK: u16 = 200;
const NO_CONTENT: u16 = 204;
const CONFLICT: u16 = 409;

thread_local! {
    /// Whether the person agreed to the use of the portrait, which students are asked once.
    static AGREED: Cell<bool> = const { Cell::new(false) };
}

/// Answers a request out of what the server said of the preview.
pub(crate) fn answer(request: &Request, said: Answer) -> Answer {
    match client::json::read::<TaskPreviewView>(&said.body) {
        Some(preview) => answer_of(request, preview),
        None => said,
    }
}

fn answer_of(request: &Request, preview: TaskPreviewView) -> Answer {
    let path = request.path.split('?').next().unwrap_or_default();
    let path = path.strip_prefix("/api/v1/").unwrap_or(path);
    let parts: Vec<&str> = path.split('/').collect();
    match (request.method, parts.as_slice()) {
        (Method::Get | Method::Patch, ["me"]) => json(OK, &account(preview.account)),
        (Method::Post, ["me", "consents"]) => {
            AGREED.set(true);
            Answer {
                status: NO_CONTENT,
                body: Vec::new(),
            }
        }
        (Method::Get, ["me", "roster-tickets"]) => {
            let (items, next) = (Vec::new(), None);
            json(OK, &RosterTickets { items, next })
        }
        (Method::Get, ["me", "enrolments"]) => {
            let (items, next) = (vec![preview.verified], None);
            json(OK, &Enrolments { items, next })
        }
        (Method::Get, ["me", "orders"]) => {
            let items = preview.submitted.order.into_iter().collect();
            json(OK, &Orders { items, next: None })
        }
        (Method::Get, ["schools", "suggestions"]) => {
            let names = vec![preview.task.school.name];
            json(OK, &Suggestions { names })
        }
        (Method::Get, ["schools"]) => {
            let found = SchoolTasks {
                school: preview.task.school.clone(),
                tasks: vec![preview.task],
            };
            let schools = vec![found];
            json(OK, &FoundSchools { schools })
        }
        (Method::Get, ["tasks", _]) => json(OK, &preview.task),
        (Method::Post, ["enrolments"] | ["tasks", _, "capture-codes"]) => {
            json(CREATED, &preview.verified)
        }
        (Method::Get, ["enrolments", id]) if *id == preview.submitted.id => {
            json(OK, &preview.submitted)
        }
        (Method::Get, ["enrolments", _]) => json(OK, &preview.verified),
        (Method::Post, ["enrolments", _, "photos"]) => json(CREATED, &preview.submitted.photo),
        (Method::Get | Method::Patch, ["orders", _]) => json(OK, &preview.submitted.order),
        (Method::Get, ["orders", _, "payment-ways"]) => json(OK, &preview.ways),
        _ => refused(request),
    }
}

/// The account; before the person agreed to the use of the portrait, without that consent.
fn account(account: Me) -> Me {
    let mut account = account;
    if !AGREED.get() {
        let asked = Document::FacePhoto.as_str();
        account.consents.retain(|one| one.document != asked);
    }
    account
}

fn json(status: u16, body: &impl Serialize) -> Answer {
    // Models are made of texts, numbers and lists, which can always be written.
    let body = serde_json::to_vec(body).unwrap_or_default();
    Answer { status, body }
}

/// What a preview does not do.
fn refused(request: &Request) -> Answer {
    let texts = PreviewTexts::of(lang::current());
    let problem = Problem {
        code: "preview".to_owned(),
        detail: texts.refused_detail.to_owned(),
        errors: Vec::new(),
        findings: None,
        instance: request.path.clone(),
        request_id: String::new(),
        retry_after_s: None,
        status: CONFLICT.into(),
        title: texts.refused_title.to_owned(),
        r#type: "about:blank".to_owned(),
    };
    json(CONFLICT, &problem)
}
