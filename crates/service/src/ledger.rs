//! The ledger: double entry, so that the lines of every event sum to 0.

use domain::{EventId, Fen, LedgerId};
use store::Tx;
use store::entity::{ledger, payment_attempt};
use uuid::Uuid;

use crate::{Context, Failure};

/// What orders bring in.
pub(crate) const ORDERS: &str = "order";
/// Money that no order needs and that goes back.
pub(crate) const SURPLUS: &str = "surplus";

/// An amount that one account of the ledger gives and another gets.
#[derive(Debug, Clone)]
pub(crate) struct Transfer<'a> {
    /// The event that groups its lines.
    pub(crate) event: EventId,
    /// The order.
    pub(crate) order: Uuid,
    /// The attempt, where money came in.
    pub(crate) attempt: Option<Uuid>,
    /// The account that gives.
    pub(crate) from: &'a str,
    /// The account that gets.
    pub(crate) to: String,
    /// How much.
    pub(crate) amount: Fen,
    /// What happened.
    pub(crate) kind: &'a str,
}

impl<'a> Transfer<'a> {
    /// An attempt's money that came into its merchant account.
    pub(crate) fn of_payment(
        event: EventId,
        attempt: &payment_attempt::Model,
        from: &'a str,
        kind: &'a str,
    ) -> Self {
        Self {
            event,
            order: attempt.order_id,
            attempt: Some(attempt.id),
            from,
            to: format!("{}:{}", attempt.provider, attempt.merchant_account),
            amount: Fen(attempt.amount_fen),
            kind,
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
    for (account, delta_fen) in [(transfer.to.as_str(), fen), (transfer.from, -fen)] {
        let line = ledger::Model {
            id: context.new_id(LedgerId::new).0,
            event_id: transfer.event.0,
            at: context.now(),
            order_id: transfer.order,
            attempt_id: transfer.attempt,
            refund_id: None,
            account: account.to_owned(),
            delta_fen,
            kind: transfer.kind.to_owned(),
        };
        store::insert(tx, line).await?;
    }
    Ok(())
}
