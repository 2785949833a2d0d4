//! The photo of an order: how it looks, what was found, and why it was not accepted.

use domain::Lang;
use domain::photo_state::PhotoState;
use ui::{Notice, TextTable, Tone, fill, moment_text};
use yew::{Html, html};

use super::Case;
use super::text::OrderTexts;
use crate::component::{SubmittedPhoto, photo_status, with_contact};
use crate::page::photo::reason::drawn_reasons;
use crate::page::photo::{for_reviewer, own_note, rules};

/// The card; nothing where a later order has the photo.
pub(crate) fn photo_card(case: &Case, lang: Lang) -> Html {
    let texts = OrderTexts::of(lang);
    let Some((photo, state)) = case.photo().zip(case.photo_state()) else {
        return Html::default();
    };
    let is_waiting = matches!(state, PhotoState::Checked | PhotoState::PendingReview);
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
                    { own_note(photo.note.as_deref(), lang) }
                    if is_waiting {
                        { for_reviewer(&photo.findings, &rules(&case.enrolment), lang) }
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
    let texts = OrderTexts::of(lang);
    let refused = case.photo_state().filter(|state| is_refused(*state));
    let Some(photo) = case.photo().filter(|_| refused.is_some()) else {
        return Html::default();
    };
    let rules = rules(&case.enrolment);
    let review = photo.review.as_ref();
    let listed = review.map(|review| drawn_reasons(&review.reasons, &rules, lang));
    let written = review.and_then(|review| review.note.as_ref());
    html! {
        <Notice tone={Tone::Bad} title={texts.why}>
            { for listed }
            if let Some(written) = written {
                <p>{ fill(texts.note, &[("note", written)]) }</p>
            }
            if case.wants_photo() {
                <p>{ fill(texts.chances, &[("count", &case.enrolment.photos_left)]) }</p>
                if let Some(until) = case.resubmit_until() {
                    <p>{ fill(texts.resubmit_until, &[("time", &moment_text(until, lang))]) }</p>
                }
            } else {
                <p>{ with_contact(texts.no_chance, &case.enrolment.task.contact) }</p>
            }
        </Notice>
    }
}
