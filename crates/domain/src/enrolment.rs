//! Binding an account to a roster entry, and how often that may be tried.
//!
//! A guess at somebody's ID number must not pay: a county and a birthday leave a thousand candidates.
//! Source of the limits: docs/sources.md#verification-limits.

use chrono::{DateTime, TimeDelta, Utc};

use crate::limit::{
    self, FAILURES_PER_ACCOUNT, FAILURES_PER_ID, FAILURES_PER_NETWORK, IDS_PER_ACCOUNT,
};
use crate::order::OrderStatus;
use crate::page::SortedPlace;
use crate::photo_state::PhotoState;
use crate::recognition::Proven;
use crate::word::words;
use crate::{AccountId, EnrolmentId, RosterEntryId, SchoolId, TaskId};

/// What is told as the wait where the account has used up its numbers: there is no end, and a day keeps callers away.
pub const WAIT_WITHOUT_END: TimeDelta = TimeDelta::days(1);

/// What was tried before.
#[derive(Debug, Clone, Copy)]
pub struct Tries<'a> {
    /// When the account failed, in whichever task.
    pub by_account: &'a [DateTime<Utc>],
    /// When anybody failed with this number in this task.
    pub with_number: &'a [DateTime<Utc>],
    /// When anybody failed from this network, in whichever task.
    pub from_network: &'a [DateTime<Utc>],
    /// Whether a campus shares the network.
    pub is_campus: bool,
    /// How many other numbers the account has tried in this task.
    pub other_numbers: usize,
}

impl Tries<'_> {
    /// How long to wait until one more try is allowed; `None` where it is allowed at once.
    pub fn wait(self, now: DateTime<Utc>) -> Option<TimeDelta> {
        let per_network = limit::for_address(FAILURES_PER_NETWORK, self.is_campus);
        [
            limit::wait(self.from_network, &per_network, now),
            limit::wait(self.by_account, FAILURES_PER_ACCOUNT, now),
            limit::wait(self.with_number, FAILURES_PER_ID, now),
            (self.other_numbers >= IDS_PER_ACCOUNT).then_some(WAIT_WITHOUT_END),
        ]
        .into_iter()
        .flatten()
        .max()
    }
}

/// A place in the list of an account's enrolments, which is in the order in which they were made.
pub type EnrolmentPlace = SortedPlace<DateTime<Utc>, EnrolmentId>;

impl Enrolment {
    /// Its place in the list of its account.
    pub fn place(&self) -> EnrolmentPlace {
        SortedPlace {
            sort: self.created_at,
            id: self.id,
        }
    }
}

/// An account that is, or was, bound to a roster entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// Its id.
    pub id: EnrolmentId,
    /// The school.
    pub school_id: SchoolId,
    /// The task.
    pub task_id: TaskId,
    /// The roster entry; it has at most one live enrolment.
    pub entry_id: RosterEntryId,
    /// The account that is bound to it.
    pub account_id: AccountId,
    /// Whether it still holds.
    pub state: EnrolmentState,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// What was proven besides number and level.
    pub proven: Proven,
}

/// Whether an enrolment holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnrolmentState {
    /// It holds.
    Live,
    /// It was released.
    Released {
        /// When.
        at: DateTime<Utc>,
        /// Whether the account may not bind the same entry again.
        is_barred: bool,
    },
}

words! {
    /// Where a student is on the way.
    NextStep {
        /// A photo is to be submitted.
        Photo = "photo", "提交照片", "submit a photo";
        /// The order is to be confirmed and paid.
        Confirm = "confirm", "确认并支付", "confirm and pay";
        /// A reviewer looks at the photo.
        Wait = "wait", "等待审核", "wait for the review";
        /// The photo is accepted.
        Done = "done", "已完成", "done";
    }
}

impl NextStep {
    /// What comes next for the current photo and order.
    ///
    /// A photo whose order was closed is submitted again, which makes the next order.
    pub fn of(photo: Option<PhotoState>, order: Option<OrderStatus>) -> Self {
        match photo {
            Some(PhotoState::Checked) => match order {
                Some(OrderStatus::Unpaid | OrderStatus::Paying) => Self::Confirm,
                Some(OrderStatus::Paid | OrderStatus::PartiallyRefunded) => Self::Wait,
                Some(OrderStatus::Refunded | OrderStatus::Closed) | None => Self::Photo,
            },
            Some(PhotoState::PendingReview) => Self::Wait,
            Some(PhotoState::Approved | PhotoState::HandedOver) => Self::Done,
            Some(
                PhotoState::Rejected
                | PhotoState::Withdrawn
                | PhotoState::Replaced
                | PhotoState::Refused,
            )
            | None => Self::Photo,
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::nothing_is_full(&[], &[], &[5; 19], 0, None)]
    #[case::the_account_has_one_left(&[1, 2, 3, 4], &[1, 2], &[], 9, None)]
    #[case::the_account_is_full(&[1, 2, 3, 4, 60], &[], &[], 0, Some(23 * 60))]
    #[case::the_account_was_full_a_day_ago(&[1, 2, 3, 4, 1440], &[], &[], 0, None)]
    #[case::the_number_is_full(&[], &[1, 2, 20], &[], 0, Some(40))]
    #[case::the_number_was_full_an_hour_ago(&[], &[1, 2, 60], &[], 0, None)]
    #[case::the_network_is_full(&[], &[], &[5; 20], 0, Some(55))]
    #[case::too_many_other_numbers(&[], &[], &[], 10, Some(1440))]
    #[case::all_are_full(&[1, 2, 3, 4, 5], &[1, 2, 20], &[5; 20], 0, Some(1435))]
    fn the_limit_that_takes_longest_decides(
        #[case] by_account: &[i64],
        #[case] with_number: &[i64],
        #[case] from_network: &[i64],
        #[case] other_numbers: usize,
        #[case] wait_min: Option<i64>,
    ) {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let ago = |minutes: &[i64]| -> Vec<_> {
            minutes
                .iter()
                .map(|&minutes| now - TimeDelta::minutes(minutes))
                .collect()
        };
        let (by_account, with_number) = (ago(by_account), ago(with_number));
        let from_network = ago(from_network);
        let tries = Tries {
            by_account: &by_account,
            with_number: &with_number,
            from_network: &from_network,
            is_campus: false,
            other_numbers,
        };
        let wait = tries.wait(now).map(|wait| wait.num_minutes());
        assert_eq!(wait, wait_min, "{tries:?}");
        let on_campus = Tries {
            by_account: &[],
            with_number: &[],
            is_campus: true,
            ..tries
        };
        assert_eq!(on_campus.wait(now).is_some(), other_numbers == 10);
    }

    #[rstest]
    #[case::no_photo(None, None, NextStep::Photo)]
    #[case::checked_and_unpaid(
        Some(PhotoState::Checked),
        Some(OrderStatus::Unpaid),
        NextStep::Confirm
    )]
    #[case::checked_and_paying(
        Some(PhotoState::Checked),
        Some(OrderStatus::Paying),
        NextStep::Confirm
    )]
    #[case::checked_but_closed(
        Some(PhotoState::Checked),
        Some(OrderStatus::Closed),
        NextStep::Photo
    )]
    #[case::waiting_for_review(
        Some(PhotoState::PendingReview),
        Some(OrderStatus::Paid),
        NextStep::Wait
    )]
    #[case::approved(Some(PhotoState::Approved), Some(OrderStatus::Paid), NextStep::Done)]
    #[case::handed_over(Some(PhotoState::HandedOver), Some(OrderStatus::Paid), NextStep::Done)]
    #[case::rejected(Some(PhotoState::Rejected), Some(OrderStatus::Paid), NextStep::Photo)]
    #[case::refused_by_the_school(
        Some(PhotoState::Refused),
        Some(OrderStatus::Paid),
        NextStep::Photo
    )]
    #[case::withdrawn(
        Some(PhotoState::Withdrawn),
        Some(OrderStatus::Unpaid),
        NextStep::Photo
    )]
    fn the_photo_and_then_the_order_tell_the_next_step(
        #[case] photo: Option<PhotoState>,
        #[case] order: Option<OrderStatus>,
        #[case] step: NextStep,
    ) {
        assert_eq!(NextStep::of(photo, order), step, "{photo:?} {order:?}");
    }
}
