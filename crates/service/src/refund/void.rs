//! Giving back an order that costs the student nothing: the school's line is taken back, no provider is asked.

use domain::order::{OrderEvent, OrderState};
use domain::task::Payer;
use domain::{Fen, ProblemCode, SchoolId};
use serde_json::json;
use store::Tx;
use store::entity::order;

use super::Operator;
use crate::audit::{self, Deed};
use crate::event::{self, Happening};
use crate::ledger::{self, Transfer};
use crate::{Context, Failure};

/// Gives back an order with nothing due, whose lock the caller holds.
pub(super) async fn void(
    context: &Context,
    tx: &Tx,
    mut row: order::Model,
    operator: &Operator,
    note: &str,
) -> Result<(), Failure> {
    if crate::order::state_of(&row)? != OrderState::Paid {
        return Err(ProblemCode::RefundNothing.into());
    }
    let moved = OrderState::Paid.after(OrderEvent::FullyRefunded);
    let state = moved.map_err(|_| Failure::Fault("a paid order refused its refund"))?;
    state.as_str().clone_into(&mut row.state);
    row.version += 1;
    store::save(tx, row.clone()).await?;
    let school = SchoolId(row.school_id);
    let happening = Happening {
        school,
        object_type: "order",
        object_id: row.id,
        kind: "refund.succeeded",
    };
    let facts = json!({ "order_no": row.order_no, "amount_fen": 0, "settlement": row.payer_kind });
    let event = event::record(context, tx, happening, facts).await?;
    if row.payer_kind == Payer::School.as_str() {
        let transfer = Transfer {
            event,
            order: row.id,
            attempt: None,
            refund: None,
            from: ledger::school(school),
            to: ledger::ORDERS.to_owned(),
            amount: Fen(row.list_fen),
            kind: "school_void",
        };
        ledger::book(context, tx, transfer).await?;
    }
    let deed = Deed {
        action: "order.voided",
        object_type: "order",
        object_id: row.id,
        school_id: Some(school),
    };
    audit::by_operator(context, tx, operator, deed, note).await
}
