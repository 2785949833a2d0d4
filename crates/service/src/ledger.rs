//! The ledger: double entry, so that the lines of every event sum to 0.

use domain::payment::Disposition;
use domain::{EventId, Fen, LedgerId, SchoolId};
use store::Tx;
use store::entity::{ledger, payment_attempt, refund};
use uuid::Uuid;

use crate::{Context, Failure};

/// What orders bring in.
pub(crate) const ORDERS: &str = "order";
/// Money that no order needs and that goes back.
const SURPLUS: &str = "surplus";
/// Money that does not fit and that a person decides about.
const REVIEW: &str = "review";

/// An amount that one account of the ledger gives and another gets.
#[derive(Debug, Clone)]
pub(crate) struct Transfer<'a> {
    /// The event that groups its lines.
    pub(crate) event: EventId,
    /// The order.
    pub(crate) order: Uuid,
    /// The attempt, where money came in or goes back.
    pub(crate) attempt: Option<Uuid>,
    /// The refund, where money goes back.
    pub(crate) refund: Option<Uuid>,
    /// The account that gives.
    pub(crate) from: String,
    /// The account that gets.
    pub(crate) to: String,
    /// How much.
    pub(crate) amount: Fen,
    /// What happened.
    pub(crate) kind: &'a str,
}

/// The ledger's account for what an attempt's money did.
fn account_of(disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::Applied => ORDERS,
        Disposition::Surplus => SURPLUS,
        Disposition::Conflict => REVIEW,
    }
}

/// What a school owes for its students.
pub(crate) fn school(school: SchoolId) -> String {
    format!("school_receivable:{school}")
}

/// The ledger's name of a merchant account.
pub(crate) fn merchant(provider: &str, account: &str) -> String {
    format!("{provider}:{account}")
}

fn merchant_of(attempt: &payment_attempt::Model) -> String {
    merchant(&attempt.provider, &attempt.merchant_account)
}

impl<'a> Transfer<'a> {
    /// An attempt's money that came into its merchant account.
    pub(crate) fn of_payment(
        event: EventId,
        attempt: &payment_attempt::Model,
        disposition: Disposition,
        kind: &'a str,
    ) -> Self {
        Self {
            event,
            order: attempt.order_id,
            attempt: Some(attempt.id),
            refund: None,
            from: account_of(disposition).to_owned(),
            to: merchant_of(attempt),
            amount: Fen(attempt.paid_fen.unwrap_or(attempt.amount_fen)),
            kind,
        }
    }

    /// Money that left the merchant account again.
    pub(crate) fn of_refund(
        event: EventId,
        attempt: &payment_attempt::Model,
        refund: &refund::Model,
        disposition: Disposition,
    ) -> Self {
        Self {
            event,
            order: attempt.order_id,
            attempt: Some(attempt.id),
            refund: Some(refund.id),
            from: merchant_of(attempt),
            to: account_of(disposition).to_owned(),
            amount: Fen(refund.amount_fen),
            kind: "refund",
        }
    }
}

/// Books a transfer as its two lines.
pub(crate) async fn book(
    context: &Context,
    tx: &Tx,
    transfer: Transfer<'_>,
) -> Result<(), Failure> {
    let fen = transfer.amount.0;
    for (account, delta_fen) in [(transfer.to.as_str(), fen), (transfer.from.as_str(), -fen)] {
        let line = ledger::Model {
            id: context.new_id(LedgerId::new).0,
            event_id: transfer.event.0,
            at: context.now(),
            order_id: transfer.order,
            attempt_id: transfer.attempt,
            refund_id: transfer.refund,
            account: account.to_owned(),
            delta_fen,
            kind: transfer.kind.to_owned(),
        };
        store::insert(tx, line).await?;
    }
    Ok(())
}
