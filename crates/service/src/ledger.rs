//! The ledger: double entry, so that the lines of every event sum to 0.

use domain::ledger::{LedgerAccount, LedgerKind, LedgerLine};
use domain::payment::{Attempt, Disposition};
use domain::refund::Refund;
use domain::{AttemptId, EventId, Fen, LedgerId, OrderId, RefundId};
use store::Tx;

use crate::{Context, Failure};

/// An amount that one account of the ledger gives and another gets.
#[derive(Debug, Clone)]
pub(crate) struct Transfer {
    /// The event that groups its lines.
    pub(crate) event: EventId,
    /// The order.
    pub(crate) order: OrderId,
    /// The attempt, where money came in or goes back.
    pub(crate) attempt: Option<AttemptId>,
    /// The refund, where money goes back.
    pub(crate) refund: Option<RefundId>,
    /// The account that gives.
    pub(crate) from: LedgerAccount,
    /// The account that gets.
    pub(crate) to: LedgerAccount,
    /// How much.
    pub(crate) amount: Fen,
    /// What it is booked for.
    pub(crate) kind: LedgerKind,
}

fn merchant_of(attempt: &Attempt) -> LedgerAccount {
    LedgerAccount::Merchant {
        provider: attempt.provider,
        account: attempt.merchant_account.clone(),
    }
}

impl Transfer {
    /// An attempt's money that came into its merchant account.
    pub(crate) fn of_payment(event: EventId, attempt: &Attempt, disposition: Disposition) -> Self {
        Self {
            event,
            order: attempt.order_id,
            attempt: Some(attempt.id),
            refund: None,
            from: LedgerAccount::of_disposition(disposition),
            to: merchant_of(attempt),
            amount: attempt.paid.unwrap_or(attempt.amount),
            kind: match disposition {
                Disposition::Applied => LedgerKind::Payment,
                Disposition::Surplus => LedgerKind::Surplus,
                Disposition::Conflict => LedgerKind::Conflict,
            },
        }
    }

    /// Money that left the merchant account again.
    pub(crate) fn of_refund(
        event: EventId,
        attempt: &Attempt,
        refund: &Refund,
        disposition: Disposition,
    ) -> Self {
        Self {
            event,
            order: attempt.order_id,
            attempt: Some(attempt.id),
            refund: Some(refund.id),
            from: merchant_of(attempt),
            to: LedgerAccount::of_disposition(disposition),
            amount: refund.amount,
            kind: LedgerKind::Refund,
        }
    }
}

/// Books a transfer as its two lines.
pub(crate) async fn book(context: &Context, tx: &Tx, transfer: Transfer) -> Result<(), Failure> {
    let amount = transfer.amount;
    for (account, delta) in [(transfer.to, amount), (transfer.from, Fen(-amount.0))] {
        let line = LedgerLine {
            id: context.new_id(LedgerId::new),
            event_id: transfer.event,
            at: context.now(),
            order_id: transfer.order,
            attempt_id: transfer.attempt,
            refund_id: transfer.refund,
            account,
            delta,
            kind: transfer.kind,
        };
        store::ledger::insert(tx, &line).await?;
    }
    Ok(())
}
