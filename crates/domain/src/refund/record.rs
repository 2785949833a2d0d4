//! A refund with all that is stored of it.

use chrono::{DateTime, Utc};

use super::{RefundReason, RefundState};
use crate::{AttemptId, Fen, OrderId, RefundId, ResponsiblePerson, SchoolId};

/// The stored name of the rules, which send back what no order needs.
pub const SYSTEM: &str = "system";
/// The stored name for whoever works on the provider's own pages.
pub const CONSOLE: &str = "console";

/// Who asked for a refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundRequester {
    /// The rules.
    System,
    /// Somebody on the provider's own pages.
    Console,
    /// A person.
    Person(ResponsiblePerson),
}

impl RefundRequester {
    /// The requester of the stored columns.
    pub fn of_columns(name: String, system_user: Option<String>) -> Self {
        match name.as_str() {
            SYSTEM => Self::System,
            CONSOLE => Self::Console,
            _ => Self::Person(ResponsiblePerson::of_columns(name, system_user)),
        }
    }

    /// What is stored as the name.
    pub fn stored_name(&self) -> String {
        match self {
            Self::System => SYSTEM.to_owned(),
            Self::Console => CONSOLE.to_owned(),
            Self::Person(person) => person.stored_name(),
        }
    }

    /// The operating system's user, where it is known.
    pub fn system_user(&self) -> Option<&str> {
        self.person().and_then(ResponsiblePerson::system_user)
    }

    /// The person, where it is one.
    pub fn person(&self) -> Option<&ResponsiblePerson> {
        match self {
            Self::System | Self::Console => None,
            Self::Person(person) => Some(person),
        }
    }
}

/// A second person's consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// The second person.
    pub by: ResponsiblePerson,
    /// When they agreed.
    pub at: DateTime<Utc>,
}

/// Money of one attempt on its way back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    /// The key.
    pub id: RefundId,
    /// The school.
    pub school_id: SchoolId,
    /// The order.
    pub order_id: OrderId,
    /// The attempt whose money goes back.
    pub attempt_id: AttemptId,
    /// Our number for it at the provider.
    pub out_refund_no: String,
    /// What goes back.
    pub amount: Fen,
    /// Why.
    pub reason: RefundReason,
    /// Why, in words; empty for what the rules asked for.
    pub note: String,
    /// Who asked.
    pub requested_by: RefundRequester,
    /// The key under which they asked, where they chose one.
    pub request_key: Option<String>,
    /// Whether a second person must agree before money moves.
    pub needs_approval: bool,
    /// The second person's consent.
    pub approval: Option<Approval>,
    /// Where it is.
    pub state: RefundState,
    /// The provider's number for it.
    pub provider_refund_id: Option<String>,
    /// When the provider took it.
    pub submitted_at: Option<DateTime<Utc>>,
    /// When the money went back.
    pub succeeded_at: Option<DateTime<Utc>>,
    /// When to act on it next; `None` means no more.
    pub next_poll_at: Option<DateTime<Utc>>,
    /// How often it was acted on.
    pub polls: i32,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
}

impl Refund {
    /// Whether it waits for a second person.
    pub fn waits_for_approval(&self) -> bool {
        self.state == RefundState::Requested && self.needs_approval && self.approval.is_none()
    }
}

/// The sums of an attempt's or order's refunds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RefundSums {
    /// What went back.
    pub refunded: Fen,
    /// What is on its way.
    pub pending: Fen,
}

impl RefundSums {
    /// Returns the refunded and the in-flight amount. Refunds that await approval, that are held up at the payer's bank or
    /// that failed count as neither.
    pub fn of<'a>(refunds: impl IntoIterator<Item = &'a Refund>) -> Self {
        let mut sums = Self::default();
        for refund in refunds {
            match refund.state {
                RefundState::Succeeded => sums.refunded.0 += refund.amount.0,
                RefundState::Requested | RefundState::Submitted if !refund.waits_for_approval() => {
                    sums.pending.0 += refund.amount.0;
                }
                RefundState::Requested
                | RefundState::Submitted
                | RefundState::Abnormal
                | RefundState::Closed
                | RefundState::Rejected => {}
            }
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;

    fn refund(state: RefundState, needs_approval: bool) -> Refund {
        Refund {
            id: RefundId(Uuid::from_u128(1)),
            school_id: SchoolId(Uuid::from_u128(2)),
            order_id: OrderId(Uuid::from_u128(3)),
            attempt_id: AttemptId(Uuid::from_u128(4)),
            out_refund_no: "GR1".to_owned(),
            amount: Fen(100),
            reason: RefundReason::Withdrawn,
            note: String::new(),
            requested_by: RefundRequester::System,
            request_key: None,
            needs_approval,
            approval: None,
            state,
            provider_refund_id: None,
            submitted_at: None,
            succeeded_at: None,
            next_poll_at: None,
            polls: 0,
            last_error: None,
            created_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn only_what_moved_or_is_moving_is_summed() {
        for &state in RefundState::ALL {
            let refunded = i64::from(state == RefundState::Succeeded) * 100;
            let moving = matches!(state, RefundState::Requested | RefundState::Submitted);
            let found = RefundSums::of([&refund(state, false)]);
            let expected = RefundSums {
                refunded: Fen(refunded),
                pending: Fen(i64::from(moving) * 100),
            };
            assert_eq!(found, expected, "{state}");
        }
        let waiting = refund(RefundState::Requested, true);
        assert!(waiting.waits_for_approval());
        assert_eq!(RefundSums::of([&waiting]), RefundSums::default());
    }

    #[rstest]
    #[case::the_system("system", None)]
    #[case::the_console("console", None)]
    #[case::a_person("wang", Some("root"))]
    fn a_requester_reads_as_it_was_stored(#[case] name: &str, #[case] user: Option<&str>) {
        let user = user.map(str::to_owned);
        let read = RefundRequester::of_columns(name.to_owned(), user.clone());
        assert_eq!(
            (&*read.stored_name(), read.system_user()),
            (name, user.as_deref())
        );
        assert_eq!(read.person().is_some(), name == "wang");
    }
}
