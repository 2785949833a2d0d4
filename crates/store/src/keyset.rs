//! The rows of one page: those after a place, in the order of the list, one more than the page holds.

use domain::TypedId;
use domain::page::{PageRequest, SortValue, SortedPlace};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select, Value,
};

/// Limits a query to a page of rows in the order in which they were made, the newest first.
pub(crate) fn newest_first<E: EntityTrait, I: TypedId>(
    query: Select<E>,
    id: E::Column,
    page: &PageRequest<I>,
) -> Select<E> {
    let query = match page.after() {
        Some(after) => query.filter(id.lt(after.uuid())),
        None => query,
    };
    query.order_by_desc(id).limit(page.rows())
}

/// Limits a query to a page of rows that are ordered by a column and, where two are alike in it, by id; the highest first.
pub(crate) fn highest_first<E, S, I>(
    query: Select<E>,
    [sort, id]: [E::Column; 2],
    page: &PageRequest<SortedPlace<S, I>>,
) -> Select<E>
where
    E: EntityTrait,
    S: SortValue + Clone + Into<Value>,
    I: TypedId,
{
    page_of(query, [sort, id], page, Order::Desc)
}

/// As [`highest_first`], the lowest first: where the column only grows, a row that changes moves to the end and is read again,
/// and none is missed.
pub(crate) fn lowest_first<E, S, I>(
    query: Select<E>,
    [sort, id]: [E::Column; 2],
    page: &PageRequest<SortedPlace<S, I>>,
) -> Select<E>
where
    E: EntityTrait,
    S: SortValue + Clone + Into<Value>,
    I: TypedId,
{
    page_of(query, [sort, id], page, Order::Asc)
}

fn page_of<E, S, I>(
    query: Select<E>,
    [sort, id]: [E::Column; 2],
    page: &PageRequest<SortedPlace<S, I>>,
    order: Order,
) -> Select<E>
where
    E: EntityTrait,
    S: SortValue + Clone + Into<Value>,
    I: TypedId,
{
    let query = match page.after() {
        Some(after) => {
            // Compared as one pair, so that the database begins at the place in the index.
            let columns = Expr::tuple([sort.into_expr(), id.into_expr()]);
            let place = [
                Expr::value(after.sort.clone()),
                Expr::value(after.id.uuid()),
            ];
            query.filter(if order == Order::Asc {
                columns.gt(Expr::tuple(place))
            } else {
                columns.lt(Expr::tuple(place))
            })
        }
        None => query,
    };
    let query = query.order_by(sort, order.clone()).order_by(id, order);
    query.limit(page.rows())
}
