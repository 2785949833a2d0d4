//! Settling an order: by money that arrived, by the school, or because nothing is due. All go through here.

use chrono::{DateTime, Utc};
use domain::order::OrderEvent;
use domain::payment::Disposition;
use domain::{EnrolmentId, Fen, SchoolId};
use serde_json::{Value, json};
use store::Tx;
use store::entity::{order, payment_attempt};

use super::state_of;
use crate::event::{self, Happening};
use crate::ledger::{self, Transfer};
use crate::{Context, Failure};

/// How an order is settled.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Settlement<'a> {
    /// By an attempt's money.
    Online {
        /// The attempt.
        attempt: &'a payment_attempt::Model,
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

    fn facts(self, row: &order::Model) -> Value {
        let (settlement, channel, late) = match self {
            Self::Online { attempt, late, .. } => ("online", Some(&attempt.provider), late),
            Self::School => ("school", None, false),
            Self::Free => ("free", None, false),
        };
        json!({
            "order_no": row.order_no,
            "amount_fen": row.due_fen,
            "settlement": settlement,
            "channel": channel,
            "late": late,
        })
    }
}

/// Settles an order whose lock the caller holds: state, event, ledger, and the photo goes on to review.
pub(crate) async fn settle(
    context: &Context,
    tx: &Tx,
    mut row: order::Model,
    settlement: Settlement<'_>,
) -> Result<(), Failure> {
    let moved = state_of(&row)?.after(settlement.event());
    let state = moved.map_err(|_| Failure::Fault("an order refused to be settled"))?;
    state.as_str().clone_into(&mut row.state);
    (row.settled_by, row.paid_at) = match settlement {
        Settlement::Online {
            attempt, paid_at, ..
        } => (Some(attempt.id), Some(paid_at)),
        Settlement::School | Settlement::Free => (None, Some(context.now())),
    };
    // When it was closed stays, so that the student is told that it was reopened.
    row.closed_reason = None;
    row.version += 1;
    store::save(tx, row.clone()).await?;
    record(context, tx, &row, settlement).await?;

    let (school, enrolment) = (SchoolId(row.school_id), EnrolmentId(row.enrolment_id));
    let enrolment = store::enrolment::by_id_for_system(tx, school, enrolment).await?;
    let enrolment = enrolment.ok_or(Failure::Fault("an enrolment disappeared"))?;
    crate::photo::settled(context, tx, &enrolment).await
}

/// The event and the lines of the ledger.
async fn record(
    context: &Context,
    tx: &Tx,
    row: &order::Model,
    settlement: Settlement<'_>,
) -> Result<(), Failure> {
    let happening = Happening {
        school: SchoolId(row.school_id),
        object_type: "order",
        object_id: row.id,
        kind: "order.paid",
    };
    let event = event::record(context, tx, happening, settlement.facts(row)).await?;
    let transfer = match settlement {
        Settlement::Online { attempt, .. } => {
            Transfer::of_payment(event, attempt, Disposition::Applied, "payment")
        }
        Settlement::School => Transfer {
            event,
            order: row.id,
            attempt: None,
            refund: None,
            from: ledger::ORDERS.to_owned(),
            to: ledger::school(SchoolId(row.school_id)),
            amount: Fen(row.list_fen),
            kind: "school",
        },
        Settlement::Free => return Ok(()),
    };
    ledger::book(context, tx, transfer).await
}
