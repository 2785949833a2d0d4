//! Settling an order: by money that arrived, by the school, or because nothing is due. All go through here.

use chrono::{DateTime, Utc};
use domain::event::{EventData, EventSettlement, OrderPaid, OrderReopened};
use domain::ledger::{LedgerAccount, LedgerKind};
use domain::order::{Order, OrderEvent};
use domain::payment::{Attempt, Disposition};
use store::Tx;

use crate::ledger::{self, Transfer};
use crate::{Context, Failure, event};

/// How an order is settled.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Settlement<'a> {
    /// By an attempt's money.
    Online {
        /// The attempt.
        attempt: &'a Attempt,
        /// When it was paid, by the provider's clock.
        paid_at: DateTime<Utc>,
        /// Whether the order had been closed for lack of payment.
        late: bool,
    },
    /// The school owes the list price.
    School,
    /// Nothing is due.
    Free,
}

impl Settlement<'_> {
    fn event(self) -> OrderEvent {
        match self {
            Self::Online { late: true, .. } => OrderEvent::SettledLate,
            Self::Online { late: false, .. } | Self::School | Self::Free => OrderEvent::Settled,
        }
    }

    fn paid(self, row: &Order) -> OrderPaid {
        let (settlement, channel, late) = match self {
            Self::Online { attempt, late, .. } => {
                (EventSettlement::Online, Some(attempt.provider), late)
            }
            Self::School => (EventSettlement::School, None, false),
            Self::Free => (EventSettlement::Free, None, false),
        };
        OrderPaid {
            order_id: row.id,
            order_no: row.order_no.clone(),
            amount_fen: row.due,
            settlement,
            channel,
            late,
        }
    }
}

/// Settles an order whose lock the caller holds: state, event, ledger, and the photo goes on to review.
pub(crate) async fn settle(
    context: &Context,
    tx: &Tx,
    mut order: Order,
    settlement: Settlement<'_>,
) -> Result<(), Failure> {
    let (by, paid_at) = match settlement {
        Settlement::Online {
            attempt, paid_at, ..
        } => (Some(attempt.id), paid_at),
        Settlement::School | Settlement::Free => (None, context.now()),
    };
    let settled = order.settle(settlement.event(), by, paid_at);
    settled.map_err(|_| Failure::Fault("an order refused to be settled"))?;
    store::order::save(tx, &order).await?;
    record(context, tx, &order, settlement).await?;

    let (school, enrolment) = (order.school_id, order.enrolment_id);
    let enrolment = store::enrolment::by_id_for_system(tx, school, enrolment).await?;
    let enrolment = enrolment.ok_or(Failure::Fault("an enrolment disappeared"))?;
    crate::photo::settled(context, tx, &enrolment).await
}

/// The events and the lines of the ledger.
async fn record(
    context: &Context,
    tx: &Tx,
    order: &Order,
    settlement: Settlement<'_>,
) -> Result<(), Failure> {
    let (school, paid) = (order.school_id, settlement.paid(order));
    if paid.late {
        let reopened = OrderReopened {
            order_id: order.id,
            order_no: order.order_no.clone(),
        };
        event::record(context, tx, school, EventData::OrderReopened(reopened)).await?;
    }
    let event = event::record(context, tx, school, EventData::OrderPaid(paid)).await?;
    let transfer = match settlement {
        Settlement::Online { attempt, .. } => {
            Transfer::of_payment(event, attempt, Disposition::Applied)
        }
        Settlement::School => Transfer {
            event,
            order: order.id,
            attempt: None,
            refund: None,
            from: LedgerAccount::Orders,
            to: LedgerAccount::School(order.school_id),
            amount: order.list,
            kind: LedgerKind::School,
        },
        Settlement::Free => return Ok(()),
    };
    ledger::book(context, tx, transfer).await
}
