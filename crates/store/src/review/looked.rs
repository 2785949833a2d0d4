//! Who has looked at a photo already.

use chrono::{DateTime, Utc};
use domain::AccountId;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, Condition};

use crate::entity::photo_review as decision;
use crate::entity::review_queue::{Column, Entity};

/// Photos at which a reviewer may look: nobody looks a second time at one that others are to look at, unless their look is
/// older than `since`. `in_force` is the word of a decision that took effect.
pub(super) fn is_new(reviewer: AccountId, since: DateTime<Utc>, in_force: &str) -> Condition {
    let column = |column| Expr::col((decision::Entity, column));
    let looked = Query::select()
        .expr(Expr::val(1))
        .from(decision::Entity)
        .and_where(column(decision::Column::PhotoId).equals((Entity, Column::PhotoId)))
        .and_where(column(decision::Column::Stage).equals((Entity, Column::Stage)))
        .and_where(decision::Column::ReviewerId.eq(reviewer.0))
        .and_where(decision::Column::State.eq(in_force))
        .and_where(decision::Column::DecidedAt.gt(since))
        .to_owned();
    Condition::any()
        .add(Column::Look.eq(1))
        .add(Expr::exists(looked).not())
}
