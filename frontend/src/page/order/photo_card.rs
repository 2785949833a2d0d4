//! The photo of an order: how it looks, what was found, and why it was not accepted.

use client::PhotoView;
use domain::Lang;
use domain::photo_state::PhotoState;
use yew::{Html, html};

use super::Case;
use crate::component::{Notice, SubmittedPhoto, Tone, moment_text, photo_status};
use crate::page::photo::{findings, rules};
use crate::text::{Texts, fill, reason};

/// The card; nothing where a later order has the photo.
pub(crate) fn photo_card(case: &Case, lang: Lang) -> Html {
    let texts = &Texts::of(lang).order;
    let Some((photo, state)) = case.photo().zip(case.photo_state()) else {
        return Html::default();
    };
    let has_warnings = !photo.findings.is_empty();
    html! {
        <section class="card stack">
            <div class="card-head">
                <h2>{ texts.photo }</h2>
                { photo_status(state) }
            </div>
            <div class="photo-row">
                <SubmittedPhoto photo_id={photo.id.clone()} name={case.order.student_name.clone()} />
                <div class="stack">
                    { reasons(case, lang) }
                    if has_warnings && !is_refused(state) {
                        { findings(&verdict(photo).findings, &rules(&case.enrolment), lang) }
                    }
                </div>
            </div>
        </section>
    }
}

fn is_refused(state: PhotoState) -> bool {
    matches!(state, PhotoState::Rejected | PhotoState::Refused)
}

/// Why it was not accepted, what the reviewer wrote, and what can be done.
fn reasons(case: &Case, lang: Lang) -> Html {
    let texts = &Texts::of(lang).order;
    let refused = case.photo_state().filter(|state| is_refused(*state));
    let Some(photo) = case.photo().filter(|_| refused.is_some()) else {
        return Html::default();
    };
    let rules = rules(&case.enrolment);
    let codes = photo.review.iter().flat_map(|review| &review.reasons);
    let written = photo
        .review
        .as_ref()
        .and_then(|review| review.note.as_ref());
    html! {
        <Notice tone={Tone::Bad} title={texts.why}>
            <ul class="plain-list">{ for codes.map(|code| html! { <li>{ reason(code, &rules, lang) }</li> }) }</ul>
            if let Some(written) = written {
                <p>{ fill(texts.note, &[("note", written)]) }</p>
            }
            if case.wants_photo() {
                <p>{ fill(texts.chances, &[("count", &case.enrolment.photos_left)]) }</p>
                if let Some(until) = case.resubmit_until() {
                    <p>{ fill(texts.resubmit_until, &[("time", &moment_text(until, lang))]) }</p>
                }
            } else {
                <p>{ fill(texts.no_chance, &[("contact", &case.enrolment.task.contact)]) }</p>
            }
        </Notice>
    }
}

/// The findings as the photo page shows them; one that this version does not know is left out.
fn verdict(photo: &PhotoView) -> photo::Verdict {
    let word = |text: &str| serde_json::Value::from(text);
    let finding = |found: &client::FindingView| {
        Some(photo::Finding {
            code: serde_json::from_value(word(&found.code)).ok()?,
            severity: serde_json::from_value(word(&found.severity)).ok()?,
            measured: found.measured,
            allowed: Some(photo::Allowed {
                min: found.min,
                max: found.max,
            }),
            unit: serde_json::from_value(word(&found.unit)).ok()?,
        })
    };
    photo::Verdict {
        outcome: photo::Outcome::Warn,
        findings: photo.findings.iter().filter_map(finding).collect(),
    }
}
