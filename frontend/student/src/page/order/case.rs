//! An order with the verification that it belongs to: what the pages about an order show.

use chrono::{DateTime, TimeDelta, Utc};
use client::{EnrolmentView, Failure, OrderView, PhotoView};
use domain::enrolment::NextStep;
use domain::order::OrderStatus;
use domain::photo_state::PhotoState;
use domain::task::Availability;
use domain::{EducationLevel, Lang};
use ui::{api, clock};

/// An order and whose it is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Case {
    /// The order.
    pub(crate) order: OrderView,
    /// The verification with task and photo.
    pub(crate) enrolment: EnrolmentView,
}

impl Case {
    /// Asks for both; where a payment may be on its way, has the provider asked about it first.
    ///
    /// # Errors
    /// [`Failure`], as of the calls.
    pub(crate) async fn load(order_no: &str) -> Result<Self, Failure> {
        let mut order = get(order_no).await?;
        if OrderStatus::parse(&order.status) == Some(OrderStatus::Paying) {
            let asked = api::call(client::get_payment_status(order_no)).await;
            if asked.is_ok_and(|found| found.status != order.status) {
                order = get(order_no).await?;
            }
        }
        let id = &order.enrolment_id;
        let enrolment = api::call(client::get_enrolment(id)).await?;
        Ok(Self { order, enrolment })
    }

    /// The status of the order; none where this version does not know it.
    pub(crate) fn status(&self) -> Option<OrderStatus> {
        OrderStatus::parse(&self.order.status)
    }

    /// Whether contact data can be changed and the order closed.
    pub(crate) fn is_unpaid(&self) -> bool {
        matches!(
            self.status(),
            Some(OrderStatus::Unpaid | OrderStatus::Paying)
        )
    }

    /// Whether it can be paid now: it is unpaid, its photo is there, and there is time.
    pub(crate) fn is_payable(&self) -> bool {
        let has_photo = self.photo_state() == Some(PhotoState::Checked);
        self.is_unpaid()
            && has_photo
            && self.order.due_fen > 0
            && clock::now() < self.order.due_until
    }

    /// The photo, as long as this order is the one that counts.
    pub(crate) fn photo(&self) -> Option<&PhotoView> {
        let current = self.enrolment.order.as_ref()?;
        self.enrolment
            .photo
            .as_ref()
            .filter(|_| current.order_no == self.order.order_no)
    }

    /// Where the photo is.
    pub(crate) fn photo_state(&self) -> Option<PhotoState> {
        PhotoState::parse(&self.photo()?.state)
    }

    /// Whether a photo is to be submitted and can be.
    pub(crate) fn wants_photo(&self) -> bool {
        let is_next = NextStep::parse(&self.enrolment.next_step) == Some(NextStep::Photo);
        is_next && self.photo().is_some() && self.takes_photo()
    }

    /// Whether the photo may still be exchanged for another.
    pub(crate) fn may_replace(&self) -> bool {
        self.photo_state() == Some(PhotoState::Checked) && self.takes_photo()
    }

    /// Until when a photo that was not accepted can be replaced.
    pub(crate) fn resubmit_until(&self) -> Option<DateTime<Utc>> {
        let grace = self.grace_until()?;
        Some(if self.is_open() {
            grace.max(self.enrolment.task.closes_at)
        } else {
            grace
        })
    }

    fn is_open(&self) -> bool {
        Availability::parse(&self.enrolment.task.availability) == Some(Availability::Open)
    }

    fn takes_photo(&self) -> bool {
        self.enrolment.photos_left > 0 && self.enrolment.takes_photo
    }

    /// The days that the task gives after a photo was not accepted, whether or not its window is still open.
    fn grace_until(&self) -> Option<DateTime<Utc>> {
        let is_refused = matches!(
            self.photo_state()?,
            PhotoState::Rejected | PhotoState::Refused
        );
        let days = TimeDelta::days(self.enrolment.task.resubmit_days.into());
        is_refused.then_some(self.photo()?.state_at + days)
    }
}

async fn get(order_no: &str) -> Result<OrderView, Failure> {
    api::call(client::get_order(order_no)).await
}

/// The level in words.
pub(crate) fn level_text(word: &str, lang: Lang) -> Option<&'static str> {
    EducationLevel::parse(word).map(|level| level.label().get(lang))
}
