//! The photos that wait for a reviewer: taking some of them, and how many there are.

use chrono::{DateTime, Utc};
use domain::review_queue::{MOST_COUNTED, QueueLength, ReviewLease, WaitingPhoto};
use sea_orm::sea_query::{
    Asterisk, Expr, ExprTrait, Func, LockBehavior, LockType, Query, SimpleExpr,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, Order, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{QueueFilter, read, wanted};
use crate::StoreError;
use crate::entity::review_queue::{Column, Entity};

/// Leases photos to a reviewer, those that wait longest first: those of the filter that they have already, then such as
/// nobody has. Of several reviewers who ask at once each gets others, and none waits for another. For a reviewer of one school
/// or of all, the free ones are read in the order of an index, so that the length of the queue does not matter.
pub async fn take(
    on: &impl ConnectionTrait,
    filter: &QueueFilter<'_>,
    lease: ReviewLease,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<WaitingPhoto>, StoreError> {
    let is_theirs = Column::LeasedBy.eq(lease.reviewer_id.0);
    let renewed = Lent {
        is_lent: Condition::all().add(is_theirs.clone()),
        version: Expr::col(Column::Version),
    };
    let is_nobodys = Condition::any()
        .add(Column::LeasedUntil.is_null())
        .add(Column::LeasedUntil.lte(now));
    let new = Lent {
        is_lent: Condition::all()
            .add(is_nobodys)
            .add(Column::LeasedBy.is_null().or(is_theirs.not())),
        // A photo that another had before is another to its reviewer: what that one saw of it counts no more.
        version: Expr::col(Column::Version).add(1),
    };
    let mut taken: Vec<WaitingPhoto> = Vec::new();
    for lent in [renewed, new] {
        let room = limit.saturating_sub(taken.len() as u64);
        if room > 0 {
            taken.extend(lend(on, filter, lease, lent, room).await?);
        }
    }
    taken.sort_by_key(|photo| (photo.since, photo.photo_id));
    Ok(taken)
}

/// Which photos are leased, and the version that they have then.
struct Lent {
    is_lent: Condition,
    version: SimpleExpr,
}

async fn lend(
    on: &impl ConnectionTrait,
    filter: &QueueFilter<'_>,
    lease: ReviewLease,
    lent: Lent,
    limit: u64,
) -> Result<Vec<WaitingPhoto>, StoreError> {
    let photos = Query::select()
        .column(Column::PhotoId)
        .from(Entity)
        .cond_where(wanted(filter))
        .cond_where(lent.is_lent.clone())
        .order_by(Column::Since, Order::Asc)
        .order_by(Column::PhotoId, Order::Asc)
        .limit(limit)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .to_owned();
    let rows = Entity::update_many()
        .col_expr(Column::Version, lent.version)
        .col_expr(Column::LeasedUntil, Expr::value(lease.until))
        .col_expr(Column::LeasedBy, Expr::value(lease.reviewer_id.0))
        .filter(Column::PhotoId.in_subquery(photos))
        .filter(lent.is_lent)
        .exec_with_returning(on)
        .await?;
    rows.iter().map(read).collect()
}

/// How long the queue of a filter is; more than [`MOST_COUNTED`] photos are not counted.
pub async fn length(
    on: &impl ConnectionTrait,
    filter: &QueueFilter<'_>,
) -> Result<QueueLength, StoreError> {
    let some = Query::select()
        .column(Column::PhotoId)
        .from(Entity)
        .cond_where(wanted(filter))
        .limit(MOST_COUNTED + 1)
        .to_owned();
    let counted = Query::select()
        .expr(Func::count(Expr::col(Asterisk)))
        .from_subquery(some, "waiting")
        .to_owned();
    let counted = on.query_one(&counted).await?;
    let counted = counted.map_or(Ok(0), |row| row.try_get_by_index::<i64>(0))?;
    let photos = u64::try_from(counted).unwrap_or_default();
    let oldest = Entity::find()
        .select_only()
        .column(Column::Since)
        .filter(wanted(filter))
        .order_by_asc(Column::Since)
        .limit(1)
        .into_tuple()
        .one(on);
    Ok(QueueLength::of(photos, oldest.await?))
}
