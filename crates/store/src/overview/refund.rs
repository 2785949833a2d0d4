//! The refunds of a task's orders, as staff and integrators see them.

use domain::RefundId;
use domain::order::OrderNo;
use domain::page::{Page, PageRequest};
use domain::refund::Refund;
use domain::task::Task;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryResult, QueryTrait};

use crate::entity::{order, refund};
use crate::joined::row;
use crate::{StoreError, keyset};

/// A page of the refunds of a task's orders with the numbers of those, newest first.
pub async fn task_refunds(
    on: &impl ConnectionTrait,
    task: &Task,
    page: &PageRequest<RefundId>,
) -> Result<Page<(Refund, OrderNo)>, StoreError> {
    let query = refund::Entity::find()
        .filter(refund::Column::SchoolId.eq(task.school_id.0))
        .filter(order::Column::TaskId.eq(task.id.0));
    let mut query = keyset::newest_first(query, refund::Column::Id, page);
    let select = QueryTrait::query(&mut query);
    let own = Expr::col((order::Entity, order::Column::Id))
        .equals((refund::Entity, refund::Column::OrderId));
    select.join(JoinType::InnerJoin, order::Entity, own);
    select.expr_as(
        Expr::col((order::Entity, order::Column::OrderNo)),
        "order_no",
    );
    let found = on.query_all(&query.into_query()).await?;
    let found = found.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(page.page(found, |(refund, _)| refund.id))
}

fn read(found: &QueryResult) -> Result<(Refund, OrderNo), StoreError> {
    let order_no: String = found.try_get("", "order_no")?;
    let order_no = order_no.parse();
    let order_no = order_no.map_err(|_| StoreError::corrupt("orders.order_no"))?;
    Ok((crate::refund::read(row(found, "")?)?, order_no))
}
