//! How a refund moves: by what its provider says of it, never by time alone.

use crate::word::words;

words! {
    /// Where a refund is.
    RefundState {
        /// Recorded; it waits for a second person or for its turn.
        Requested = "requested", "待退款", "requested";
        /// The provider has it, or may have it.
        Submitted = "submitted", "退款中", "on its way back";
        /// The money is back.
        Succeeded = "succeeded", "已退款", "returned";
        /// The payer's bank refused it; a person goes on at the provider.
        Abnormal = "abnormal", "退款异常，人工处理中", "held up; a person is dealing with it";
        /// The provider ended it without money moving.
        Closed = "closed", "退款未完成", "not carried out";
        /// It was not taken, or a second person said no.
        Rejected = "rejected", "未受理", "refused";
    }
}

/// What a provider says of a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundSeen {
    /// It is on its way.
    Processing,
    /// The money is back.
    Succeeded,
    /// It ended without money moving.
    Closed,
    /// The payer's bank refused it.
    Abnormal,
    /// It knows of none: hand it in again, under the same number.
    NotFound,
    /// It takes none for this payment, whatever is tried.
    Refused,
}

/// What follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundMove {
    /// Nothing that we do not know.
    Stay,
    /// It is now there.
    To(RefundState),
    /// Hand it in again, under the same number.
    Resubmit,
}

impl RefundState {
    /// Whether its money counts as gone or going.
    pub const fn holds_money(self) -> bool {
        match self {
            Self::Requested | Self::Submitted | Self::Succeeded | Self::Abnormal => true,
            Self::Closed | Self::Rejected => false,
        }
    }

    /// Whether its provider must be asked on.
    pub const fn is_under_way(self) -> bool {
        matches!(self, Self::Requested | Self::Submitted | Self::Abnormal)
    }

    /// What follows from what a provider says; the only code that decides how a refund moves.
    ///
    /// Money that went back has gone back, whatever is said later; and a refund that was thought dead has succeeded
    /// where its provider says so.
    pub const fn after(self, seen: RefundSeen) -> RefundMove {
        use RefundSeen as Seen;
        match (self, seen) {
            (Self::Succeeded, _)
            | (Self::Submitted | Self::Abnormal, Seen::Processing)
            | (Self::Abnormal, Seen::Abnormal | Seen::NotFound | Seen::Refused)
            | (
                Self::Closed | Self::Rejected,
                Seen::Processing | Seen::Closed | Seen::Abnormal | Seen::NotFound | Seen::Refused,
            ) => RefundMove::Stay,
            (_, Seen::Succeeded) => RefundMove::To(Self::Succeeded),
            (Self::Requested, Seen::Processing) => RefundMove::To(Self::Submitted),
            (Self::Requested | Self::Submitted | Self::Abnormal, Seen::Closed) => {
                RefundMove::To(Self::Closed)
            }
            (Self::Requested | Self::Submitted, Seen::Abnormal) => RefundMove::To(Self::Abnormal),
            (Self::Requested | Self::Submitted, Seen::NotFound) => RefundMove::Resubmit,
            (Self::Requested | Self::Submitted, Seen::Refused) => RefundMove::To(Self::Rejected),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::{RefundSeen as Seen, RefundState as State, *};

    const SEEN: [Seen; 6] = [
        Seen::Processing,
        Seen::Succeeded,
        Seen::Closed,
        Seen::Abnormal,
        Seen::NotFound,
        Seen::Refused,
    ];

    const STAY: RefundMove = RefundMove::Stay;

    #[rstest]
    #[case::requested(
        State::Requested,
        [
            RefundMove::To(State::Submitted),
            RefundMove::To(State::Succeeded),
            RefundMove::To(State::Closed),
            RefundMove::To(State::Abnormal),
            RefundMove::Resubmit,
            RefundMove::To(State::Rejected),
        ],
    )]
    #[case::submitted(
        State::Submitted,
        [
            STAY,
            RefundMove::To(State::Succeeded),
            RefundMove::To(State::Closed),
            RefundMove::To(State::Abnormal),
            RefundMove::Resubmit,
            RefundMove::To(State::Rejected),
        ],
    )]
    #[case::succeeded(State::Succeeded, [STAY; 6])]
    #[case::abnormal(
        State::Abnormal,
        [
            STAY,
            RefundMove::To(State::Succeeded),
            RefundMove::To(State::Closed),
            STAY,
            STAY,
            STAY,
        ],
    )]
    #[case::closed(
        State::Closed,
        [STAY, RefundMove::To(State::Succeeded), STAY, STAY, STAY, STAY],
    )]
    #[case::rejected(
        State::Rejected,
        [STAY, RefundMove::To(State::Succeeded), STAY, STAY, STAY, STAY],
    )]
    fn a_refund_moves_as_the_table_says_and_not_otherwise(
        #[case] from: State,
        #[case] row: [RefundMove; 6],
    ) {
        for (seen, expected) in SEEN.into_iter().zip(row) {
            assert_eq!(from.after(seen), expected, "{from} {seen:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_said_in_whatever_order_success_is_the_end(said in proptest::collection::vec(0..SEEN.len(), 0..30)) {
            let mut state = State::Requested;
            let mut has_succeeded = false;
            for index in said {
                has_succeeded |= SEEN[index] == Seen::Succeeded;
                if let RefundMove::To(next) = state.after(SEEN[index]) {
                    state = next;
                }
                prop_assert_eq!(state == State::Succeeded, has_succeeded);
            }
        }
    }

    #[rstest]
    #[case(State::Requested, true, true)]
    #[case(State::Submitted, true, true)]
    #[case(State::Abnormal, true, true)]
    #[case(State::Succeeded, true, false)]
    #[case(State::Closed, false, false)]
    #[case(State::Rejected, false, false)]
    fn money_is_held_until_a_refund_failed_and_asked_about_until_it_ended(
        #[case] state: State,
        #[case] holds_money: bool,
        #[case] is_under_way: bool,
    ) {
        assert_eq!(state.holds_money(), holds_money);
        assert_eq!(state.is_under_way(), is_under_way);
    }
}
