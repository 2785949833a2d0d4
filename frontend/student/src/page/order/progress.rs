//! The way of an order, from the photo that was submitted to the one that was handed over.

use domain::order::{ClosedReason, OrderStatus};
use domain::photo_state::PhotoState;
use domain::{Fen, Lang};
use ui::{TextTable, deadline_text, fill, moment_text};
use yew::Html;

use super::Case;
use super::text::OrderTexts;
use crate::component::{Stage, Station, timeline};

/// The way.
pub(crate) fn progress(case: &Case, lang: Lang) -> Html {
    let told = Told {
        case,
        texts: OrderTexts::of(lang),
        lang,
    };
    let mut stations = vec![told.photo()];
    let withdrawn = told.withdrawn();
    if told.was_withdrawn_after_paying() {
        stations.push(told.payment());
        stations.extend(withdrawn);
    } else {
        stations.extend(withdrawn);
        stations.push(told.payment());
    }
    stations.extend(told.refund());
    stations.extend(told.adjusted());
    if told.is_going_on() {
        stations.extend([told.review(), told.delivery()]);
    }
    timeline(&stations)
}

struct Told<'a> {
    case: &'a Case,
    texts: &'static OrderTexts,
    lang: Lang,
}

fn station(stage: Stage, title: impl Into<String>, detail: impl Into<Option<String>>) -> Station {
    Station {
        stage,
        title: title.into(),
        detail: detail.into(),
    }
}

impl Told<'_> {
    fn time(&self, moment: chrono::DateTime<chrono::Utc>) -> String {
        moment_text(moment, self.lang)
    }

    /// Whether there is anything after the payment.
    fn is_going_on(&self) -> bool {
        !matches!(
            self.case.status(),
            Some(OrderStatus::Closed | OrderStatus::Refunded)
        )
    }

    fn photo(&self) -> Station {
        let submitted_at =
            (self.case.photo()).map_or(self.case.order.created_at, |photo| photo.submitted_at);
        station(Stage::Done, self.texts.made, self.time(submitted_at))
    }

    fn adjusted(&self) -> Option<Station> {
        let adjusted_at = self.case.photo()?.adjusted_at?;
        let since = self.time(adjusted_at);
        Some(station(Stage::Done, self.texts.adjusted, since))
    }

    fn withdrawn(&self) -> Option<Station> {
        let is_withdrawn = self.case.photo_state() == Some(PhotoState::Withdrawn);
        let photo = self.case.photo().filter(|_| is_withdrawn)?;
        let since = self.time(photo.state_at);
        Some(station(Stage::Bad, self.texts.withdrawn, since))
    }

    fn was_withdrawn_after_paying(&self) -> bool {
        let withdrawn_at = self.case.photo().map(|photo| photo.state_at);
        (withdrawn_at.zip(self.case.order.paid_at)).is_some_and(|(then, paid)| then >= paid)
    }

    fn payment(&self) -> Station {
        let (order, texts) = (&self.case.order, self.texts);
        let paid_at = order.paid_at.map(|moment| self.time(moment));
        let is_withdrawn = self.case.photo_state() == Some(PhotoState::Withdrawn);
        match self.case.status() {
            Some(OrderStatus::Unpaid) => {
                let stage = if is_withdrawn {
                    Stage::Ahead
                } else {
                    Stage::Now
                };
                station(
                    stage,
                    texts.to_pay,
                    deadline_text(order.due_until, self.lang),
                )
            }
            Some(OrderStatus::Paying) | None => {
                station(Stage::Now, texts.to_pay, texts.confirming_detail.to_owned())
            }
            Some(OrderStatus::Closed) => {
                let reason = order.closed_reason.as_deref().and_then(ClosedReason::parse);
                let detail = reason.map(|reason| reason.label().get(self.lang).to_owned());
                station(Stage::Bad, texts.closed, detail)
            }
            Some(OrderStatus::Paid | OrderStatus::PartiallyRefunded | OrderStatus::Refunded)
                if order.due_fen == 0 =>
            {
                station(Stage::Done, texts.settled_free, None)
            }
            Some(OrderStatus::Paid | OrderStatus::PartiallyRefunded | OrderStatus::Refunded) => {
                let title = fill(texts.settled, &[("amount", &Fen(order.due_fen))]);
                station(Stage::Done, title, paid_at)
            }
        }
    }

    fn refund(&self) -> Option<Station> {
        let amount = Fen(self.case.order.refunded_fen);
        let title = fill(self.texts.refunded, &[("amount", &amount)]);
        (amount > Fen::ZERO).then(|| station(Stage::Done, title, None))
    }

    fn review(&self) -> Station {
        let texts = self.texts;
        let Some((photo, state)) = self.case.photo().zip(self.case.photo_state()) else {
            return station(Stage::Ahead, texts.review, None);
        };
        let since = self.time(photo.state_at);
        match state {
            PhotoState::Checked => {
                station(Stage::Ahead, texts.review, texts.review_todo.to_owned())
            }
            PhotoState::Withdrawn | PhotoState::Replaced => {
                station(Stage::Ahead, texts.review, texts.waiting_photo.to_owned())
            }
            PhotoState::PendingReview => {
                station(Stage::Now, texts.review, texts.review_now.to_owned())
            }
            PhotoState::Approved => station(Stage::Done, texts.approved, since),
            PhotoState::HandedOver => station(Stage::Done, texts.approved, None),
            PhotoState::Rejected => station(Stage::Bad, texts.rejected, since),
            PhotoState::Refused => station(Stage::Bad, texts.refused, since),
        }
    }

    fn delivery(&self) -> Station {
        match (self.case.photo(), self.case.photo_state()) {
            (Some(photo), Some(PhotoState::HandedOver)) => {
                station(Stage::Done, self.texts.delivery, self.time(photo.state_at))
            }
            _ => station(
                Stage::Ahead,
                self.texts.delivery,
                self.texts.delivery_todo.to_owned(),
            ),
        }
    }
}
