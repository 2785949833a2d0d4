//! What a reviewer must not get: a known photo at which they looked lately, and a photo whose approval by them is in doubt.

use chrono::{DateTime, Utc};
use domain::AccountId;
use domain::recall::RecallState;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, Condition};

use crate::entity::review_queue::Column;
use crate::entity::{photo_recall, photo_review as decision, seeded_item};

/// Known items whose photo a reviewer has not met since a moment, and all that is no known item. `in_force` is the word of a
/// decision that took effect.
pub(super) fn is_new(reviewer: AccountId, since: DateTime<Utc>, in_force: &str) -> Condition {
    let met = Query::select()
        .column((seeded_item::Entity, seeded_item::Column::KnownId))
        .from(seeded_item::Entity)
        .inner_join(
            decision::Entity,
            Expr::col((decision::Entity, decision::Column::PhotoId))
                .equals((seeded_item::Entity, seeded_item::Column::PhotoId)),
        )
        .and_where(decision::Column::ReviewerId.eq(reviewer.0))
        .and_where(decision::Column::State.eq(in_force))
        .and_where(decision::Column::DecidedAt.gt(since))
        .to_owned();
    let again = Query::select()
        .column(seeded_item::Column::PhotoId)
        .from(seeded_item::Entity)
        .and_where(seeded_item::Column::Result.is_null())
        .and_where(seeded_item::Column::KnownId.in_subquery(met))
        .to_owned();
    Condition::any()
        .add(Column::IsSeeded.eq(false))
        .add(Column::PhotoId.not_in_subquery(again))
}

/// Photos of which no approval by a reviewer came into doubt since a moment: another looks first.
pub(super) fn is_undoubted(reviewer: AccountId, since: DateTime<Utc>) -> Condition {
    use photo_recall::Column as Recall;
    let doubted = Query::select()
        .column(Recall::PhotoId)
        .from(photo_recall::Entity)
        .and_where(Recall::ReviewerId.eq(reviewer.0))
        .and_where(Recall::State.eq(RecallState::Returned.as_str()))
        .and_where(Recall::RecalledAt.gt(since))
        .to_owned();
    Condition::all().add(Column::PhotoId.not_in_subquery(doubted))
}
