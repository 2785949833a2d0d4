//! How a submitted photo may move.

use crate::word::words;

words! {
    /// Where a photo is.
    PhotoState {
        /// Passed the automatic checks; its order is not settled yet.
        Checked = "checked", "待支付", "to be paid";
        /// Waits for a reviewer.
        PendingReview = "pending_review", "待审核", "waiting for review";
        /// Accepted.
        Approved = "approved", "已通过", "approved";
        /// Not accepted, with reasons; another may be sent.
        Rejected = "rejected", "已驳回", "rejected";
        /// Taken back by the student.
        Withdrawn = "withdrawn", "已撤回", "withdrawn";
        /// Superseded by a later photo of the same student.
        Replaced = "replaced", "已替换", "replaced";
        /// In the school's hands.
        HandedOver = "handed_over", "已交付", "handed over";
        /// Refused after it was approved (by the school or by CHSI); another may be sent.
        Refused = "refused", "已退回", "refused";
    }
}

/// What can happen to a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhotoEvent {
    /// Its order was settled.
    Settled,
    /// A reviewer accepted it.
    Approved,
    /// A reviewer did not.
    Rejected,
    /// The student took it back.
    Withdrawn,
    /// The student sent another.
    Replaced,
    /// The approval is in doubt: it is reviewed again.
    Returned,
    /// It went to the school.
    HandedOver,
    /// The school or CHSI refused it.
    Refused,
    /// Its student ended what allowed to handle it: the consent, or the account. Its files go.
    Erased,
}

/// A move that a photo does not make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a photo in state {from} refuses {event:?}")]
pub struct PhotoMoveError {
    /// Where it is.
    pub from: PhotoState,
    /// What was to happen.
    pub event: PhotoEvent,
}

impl PhotoState {
    /// Whether it is the photo that counts: one such photo an enrolment.
    pub fn is_live(self) -> bool {
        match self {
            Self::Checked | Self::PendingReview | Self::Approved | Self::HandedOver => true,
            Self::Rejected | Self::Withdrawn | Self::Replaced | Self::Refused => false,
        }
    }

    /// Where the event leads; the only code that decides how a photo moves.
    ///
    /// # Errors
    /// [`PhotoMoveError`], where the event does not fit.
    pub fn after(self, event: PhotoEvent) -> Result<Self, PhotoMoveError> {
        use PhotoEvent as Event;
        Ok(match (self, event) {
            (Self::Checked, Event::Settled) | (Self::Approved, Event::Returned) => {
                Self::PendingReview
            }
            (Self::Checked | Self::PendingReview, Event::Withdrawn) => Self::Withdrawn,
            (Self::Checked | Self::PendingReview, Event::Replaced) => Self::Replaced,
            (Self::PendingReview, Event::Approved) => Self::Approved,
            (Self::PendingReview, Event::Rejected) => Self::Rejected,
            // What the school has, it has, also where our files go.
            (Self::Approved, Event::HandedOver) | (Self::HandedOver, Event::Erased) => {
                Self::HandedOver
            }
            (Self::Approved | Self::HandedOver, Event::Refused) => Self::Refused,
            (Self::Checked | Self::PendingReview | Self::Approved, Event::Erased) => {
                Self::Withdrawn
            }
            (from, event) => return Err(PhotoMoveError { from, event }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{PhotoEvent as Event, PhotoState as State};

    const EVENTS: [Event; 9] = [
        Event::Settled,
        Event::Approved,
        Event::Rejected,
        Event::Returned,
        Event::Withdrawn,
        Event::Replaced,
        Event::HandedOver,
        Event::Refused,
        Event::Erased,
    ];

    #[test]
    fn a_photo_moves_as_the_table_says_and_not_otherwise() {
        let moves = [
            (State::Checked, Event::Settled, State::PendingReview),
            (State::Checked, Event::Withdrawn, State::Withdrawn),
            (State::Checked, Event::Replaced, State::Replaced),
            (State::PendingReview, Event::Withdrawn, State::Withdrawn),
            (State::PendingReview, Event::Replaced, State::Replaced),
            (State::PendingReview, Event::Approved, State::Approved),
            (State::PendingReview, Event::Rejected, State::Rejected),
            (State::Approved, Event::Returned, State::PendingReview),
            (State::Approved, Event::HandedOver, State::HandedOver),
            (State::Approved, Event::Refused, State::Refused),
            (State::HandedOver, Event::Refused, State::Refused),
            (State::Checked, Event::Erased, State::Withdrawn),
            (State::PendingReview, Event::Erased, State::Withdrawn),
            (State::Approved, Event::Erased, State::Withdrawn),
            (State::HandedOver, Event::Erased, State::HandedOver),
        ];
        for &from in State::ALL {
            for event in EVENTS {
                let expected = moves
                    .iter()
                    .find(|(f, e, _)| (*f, *e) == (from, event))
                    .map(|m| m.2);
                assert_eq!(from.after(event).ok(), expected, "{from} {event:?}");
            }
        }
    }
}
