//! Giving back an order that costs the student nothing: the school's line is taken back, no provider is asked.

use domain::access::Actor;
use domain::audit::{AuditAction, AuditObject};
use domain::event::{EventData, RefundFacts};
use domain::ledger::{LedgerAccount, LedgerKind};
use domain::order::{Order, OrderState};
use domain::task::Payer;
use domain::{Fen, ProblemCode};
use store::Tx;
use store::audit::Audited;

use crate::audit::{self, Deed};
use crate::ledger::{self, Transfer};
use crate::{Context, Failure, event};

/// Gives back an order with nothing due, whose lock the caller holds.
pub(super) async fn void(
    context: &Context,
    tx: &Tx,
    mut row: Order,
    actor: &Actor,
    note: &str,
) -> Result<Audited, Failure> {
    if row.state != OrderState::Paid {
        return Err(ProblemCode::RefundNothing.into());
    }
    let refunded = row.refund(Fen::ZERO);
    refunded.map_err(|_| Failure::Fault("a paid order refused its refund"))?;
    store::order::save(tx, &row).await?;
    let school = row.school_id;
    let facts = RefundFacts {
        order_id: row.id,
        order_no: row.order_no.clone(),
        amount_fen: Fen::ZERO,
        reason: None,
        order_state: row.state,
        settlement: Some(row.payer),
    };
    let event = event::record(context, tx, school, EventData::RefundSucceeded(facts)).await?;
    if row.payer == Payer::School {
        let transfer = Transfer {
            event,
            order: row.id,
            attempt: None,
            refund: None,
            from: LedgerAccount::School(school),
            to: LedgerAccount::Orders,
            amount: row.list,
            kind: LedgerKind::SchoolVoid,
        };
        ledger::book(context, tx, transfer).await?;
    }
    let deed = Deed {
        action: AuditAction::OrderVoided,
        object: AuditObject::Order,
        object_id: row.id.0,
        school_id: Some(school),
    };
    audit::with_reason(context, tx, actor, deed, note).await
}
