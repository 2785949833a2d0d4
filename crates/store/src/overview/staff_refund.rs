//! Refunds as staff see them: with the order and the provider of each.

use domain::access::Reach;
use domain::order::OrderNo;
use domain::page::{Page, PageRequest};
use domain::payment::Provider;
use domain::refund::{Refund, RefundState};
use domain::{OrderId, RefundId, SchoolId};
use sea_orm::sea_query::{Expr, ExprTrait, JoinType};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryResult, QueryTrait, Select,
};

use crate::entity::refund::{Column, Entity};
use crate::entity::{order, payment_attempt};
use crate::joined::row;
use crate::reach::within;
use crate::word::word;
use crate::{StoreError, keyset};

/// A refund with what is shown of its surroundings.
#[derive(Debug, Clone)]
pub struct RefundRow {
    /// The refund.
    pub refund: Refund,
    /// The number of its order.
    pub order_no: OrderNo,
    /// Whose account the money leaves.
    pub provider: Provider,
}

/// Which refunds are wanted: those that fit all that is said.
#[derive(Debug, Clone, Copy, Default)]
pub struct RefundFilter {
    /// Of this school.
    pub school: Option<SchoolId>,
    /// Of this order.
    pub order: Option<OrderId>,
    /// In this state.
    pub state: Option<RefundState>,
    /// Only those that wait for a second person.
    pub waits_for_approval: bool,
}

/// A page of the refunds within reach that fit, the newest first.
pub async fn refunds(
    on: &impl ConnectionTrait,
    reach: &Reach,
    filter: &RefundFilter,
    page: &PageRequest<RefundId>,
) -> Result<Page<RefundRow>, StoreError> {
    let mut query = Entity::find().filter(within(Column::SchoolId, reach));
    if let Some(school) = filter.school {
        query = query.filter(Column::SchoolId.eq(school.0));
    }
    if let Some(order) = filter.order {
        query = query.filter(Column::OrderId.eq(order.0));
    }
    if let Some(state) = filter.state {
        query = query.filter(Column::State.eq(state.as_str()));
    }
    if filter.waits_for_approval {
        query = query
            .filter(Column::State.eq(RefundState::Requested.as_str()))
            .filter(Column::NeedsApproval.eq(true))
            .filter(Column::ApprovedBy.is_null());
    }
    let rows = read(on, keyset::newest_first(query, Column::Id, page)).await?;
    Ok(page.page(rows, |row| row.refund.id))
}

/// A refund, whoever's.
pub async fn refund(
    on: &impl ConnectionTrait,
    id: RefundId,
) -> Result<Option<RefundRow>, StoreError> {
    Ok(read(on, Entity::find_by_id(id.0)).await?.pop())
}

async fn read(
    on: &impl ConnectionTrait,
    query: Select<Entity>,
) -> Result<Vec<RefundRow>, StoreError> {
    let mut query = query;
    let own_order = Expr::col((order::Entity, order::Column::Id)).equals((Entity, Column::OrderId));
    let own_attempt = Expr::col((payment_attempt::Entity, payment_attempt::Column::Id))
        .equals((Entity, Column::AttemptId));
    QueryTrait::query(&mut query)
        .join(JoinType::InnerJoin, order::Entity, own_order)
        .join(JoinType::InnerJoin, payment_attempt::Entity, own_attempt)
        .expr_as(
            Expr::col((order::Entity, order::Column::OrderNo)),
            "order_no",
        )
        .expr_as(
            Expr::col((payment_attempt::Entity, payment_attempt::Column::Provider)),
            "provider",
        );
    let found = on.query_all(&query.into_query()).await?;
    found.iter().map(refund_row).collect()
}

fn refund_row(found: &QueryResult) -> Result<RefundRow, StoreError> {
    let order_no: String = found.try_get("", "order_no")?;
    let provider: String = found.try_get("", "provider")?;
    Ok(RefundRow {
        refund: crate::refund::read(row(found, "")?)?,
        order_no: order_no
            .parse()
            .map_err(|_| StoreError::corrupt("orders.order_no"))?,
        provider: word("payment_attempts.provider", &provider)?,
    })
}
