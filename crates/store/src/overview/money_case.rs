//! Cases about money as staff see them: with the order of each.

use chrono::{DateTime, Utc};
use domain::access::Reach;
use domain::money_case::{CaseKind, CaseState, MoneyCase};
use domain::order::OrderNo;
use domain::page::{Page, PageRequest, SortedPlace};
use domain::{MoneyCaseId, SchoolId};
use sea_orm::sea_query::{Expr, ExprTrait, JoinType};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryResult, QueryTrait};

use crate::entity::money_case::{Column, Entity};
use crate::entity::order;
use crate::joined::row;
use crate::reach::within;
use crate::{StoreError, keyset};

/// A case with what is shown of its surroundings.
#[derive(Debug, Clone)]
pub struct CaseRow {
    /// The case.
    pub case: MoneyCase,
    /// The number of its order, where one of ours is concerned.
    pub order_no: Option<OrderNo>,
}

/// Which cases are wanted: those that fit all that is said.
#[derive(Debug, Clone, Copy, Default)]
pub struct CaseFilter {
    /// Open, or ended.
    pub state: Option<CaseState>,
    /// Of this kind.
    pub kind: Option<CaseKind>,
    /// About orders of this school.
    pub school: Option<SchoolId>,
}

/// A page of the cases within reach that fit, the oldest first.
pub async fn cases(
    on: &impl ConnectionTrait,
    reach: &Reach,
    filter: &CaseFilter,
    page: &PageRequest<SortedPlace<DateTime<Utc>, MoneyCaseId>>,
) -> Result<Page<CaseRow>, StoreError> {
    let mut query = Entity::find().filter(within(Column::SchoolId, reach));
    if let Some(state) = filter.state {
        query = query.filter(Column::State.eq(state.as_str()));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(Column::Kind.eq(kind.as_str()));
    }
    if let Some(school) = filter.school {
        query = query.filter(Column::SchoolId.eq(school.0));
    }
    let mut query = keyset::lowest_first(query, [Column::OpenedAt, Column::Id], page);
    let own = Expr::col((order::Entity, order::Column::Id)).equals((Entity, Column::OrderId));
    QueryTrait::query(&mut query)
        .join(JoinType::LeftJoin, order::Entity, own)
        .expr_as(
            Expr::col((order::Entity, order::Column::OrderNo)),
            "order_no",
        );
    let found = on.query_all(&query.into_query()).await?;
    let rows: Result<Vec<_>, StoreError> = found.iter().map(case_row).collect();
    Ok(page.page(rows?, |row| SortedPlace {
        sort: row.case.opened_at,
        id: row.case.id,
    }))
}

fn case_row(found: &QueryResult) -> Result<CaseRow, StoreError> {
    let order_no: Option<String> = found.try_get("", "order_no")?;
    let order_no = order_no.map(|number| number.parse());
    Ok(CaseRow {
        case: crate::money_case::read(row(found, "")?)?,
        order_no: order_no
            .transpose()
            .map_err(|_| StoreError::corrupt("orders.order_no"))?,
    })
}
