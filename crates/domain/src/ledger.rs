//! The ledger's accounts and lines: double entry, so that the lines of one event sum to 0.

use std::fmt;

use chrono::{DateTime, Utc};

use crate::payment::{Disposition, Provider};
use crate::word::words;
use crate::{AttemptId, EventId, Fen, LedgerId, OrderId, RefundId, SchoolId};

/// What stands before the id of a school that owes for its students.
const SCHOOL_PREFIX: &str = "school_receivable:";

words! {
    /// What a line was booked for.
    LedgerKind {
        /// A payment that settled its order.
        Payment = "payment", "收款", "payment";
        /// A payment that its order did not need.
        Surplus = "surplus", "多付款", "surplus payment";
        /// A payment that does not fit its order.
        Conflict = "conflict", "待核对款项", "payment to be checked";
        /// Money that went back.
        Refund = "refund", "退款", "refund";
        /// An order that its school pays.
        School = "school", "学校承担", "paid by the school";
        /// Such an order given back.
        SchoolVoid = "school_void", "学校承担冲销", "taken back from the school";
    }
}

/// An account of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum LedgerAccount {
    /// What orders bring in.
    Orders,
    /// Money that no order needs and that goes back.
    Surplus,
    /// Money that does not fit and that a person decides about.
    Review,
    /// What a school owes for its students.
    School(SchoolId),
    /// A merchant account at a provider.
    Merchant {
        /// Whose.
        provider: Provider,
        /// Its configured name.
        account: String,
    },
}

impl LedgerAccount {
    /// The account for what an attempt's money did.
    pub const fn of_disposition(disposition: Disposition) -> Self {
        match disposition {
            Disposition::Applied => Self::Orders,
            Disposition::Surplus => Self::Surplus,
            Disposition::Conflict => Self::Review,
        }
    }

    /// The account of a stored name; `None` for an unknown one.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "order" => return Some(Self::Orders),
            "surplus" => return Some(Self::Surplus),
            "review" => return Some(Self::Review),
            _ => {}
        }
        if let Some(school) = name.strip_prefix(SCHOOL_PREFIX) {
            return school.parse().ok().map(Self::School);
        }
        let (provider, account) = name.split_once(':')?;
        Some(Self::Merchant {
            provider: Provider::parse(provider)?,
            account: account.to_owned(),
        })
    }
}

impl fmt::Display for LedgerAccount {
    /// Writes the name that is stored.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Orders => f.write_str("order"),
            Self::Surplus => f.write_str("surplus"),
            Self::Review => f.write_str("review"),
            Self::School(id) => write!(f, "{SCHOOL_PREFIX}{id}"),
            Self::Merchant { provider, account } => write!(f, "{provider}:{account}"),
        }
    }
}

/// A line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerLine {
    /// The key.
    pub id: LedgerId,
    /// Groups the lines of one event.
    pub event_id: EventId,
    /// When it was booked.
    pub at: DateTime<Utc>,
    /// The order.
    pub order_id: OrderId,
    /// The attempt, where money came in or goes back.
    pub attempt_id: Option<AttemptId>,
    /// The refund, where money went back.
    pub refund_id: Option<RefundId>,
    /// The account.
    pub account: LedgerAccount,
    /// What the account gains; negative where it loses.
    pub delta: Fen,
    /// What it was booked for.
    pub kind: LedgerKind,
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;

    #[rstest]
    #[case::orders(LedgerAccount::Orders, "order")]
    #[case::surplus(LedgerAccount::Surplus, "surplus")]
    #[case::review(LedgerAccount::Review, "review")]
    #[case::a_school(
        LedgerAccount::School(SchoolId(Uuid::from_u128(1))),
        "school_receivable:sch_00000000000000000000000001"
    )]
    #[case::a_merchant(
        LedgerAccount::Merchant {
            provider: Provider::WechatPay,
            account: "main:2".to_owned(),
        },
        "wechat_pay:main:2",
    )]
    fn an_account_reads_as_it_was_written(#[case] account: LedgerAccount, #[case] name: &str) {
        assert_eq!(account.to_string(), name);
        assert_eq!(LedgerAccount::parse(name), Some(account));
    }

    #[rstest]
    #[case::empty("")]
    #[case::the_plural("orders")]
    #[case::a_school_without_its_id("school_receivable:1")]
    #[case::an_unknown_kind("bank:main")]
    fn another_name_is_no_account(#[case] unknown: &str) {
        assert_eq!(LedgerAccount::parse(unknown), None, "{unknown}");
    }

    #[rstest]
    #[case(Disposition::Applied, LedgerAccount::Orders)]
    #[case(Disposition::Surplus, LedgerAccount::Surplus)]
    #[case(Disposition::Conflict, LedgerAccount::Review)]
    fn money_is_booked_by_what_became_of_it(
        #[case] disposition: Disposition,
        #[case] account: LedgerAccount,
    ) {
        assert_eq!(LedgerAccount::of_disposition(disposition), account);
    }
}
