//! Rows of several tables in one row of an answer: the columns of each have a prefix, so that their names differ.

use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::{EntityTrait, FromQueryResult, IdenStatic, Iterable, QueryResult};
use uuid::Uuid;

use crate::StoreError;

/// Adds every column of a table that the query joins, each with the prefix.
pub(crate) fn with_columns<E: EntityTrait>(query: &mut SelectStatement, prefix: &str) {
    for column in E::Column::iter() {
        let name = format!("{prefix}{}", column.as_str());
        query.expr_as(Expr::col((E::default(), column)), name);
    }
}

/// The row of a table that is always there.
pub(crate) fn row<M: FromQueryResult>(result: &QueryResult, prefix: &str) -> Result<M, StoreError> {
    Ok(M::from_query_result(result, prefix)?)
}

/// The row of a table that may be missing, which shows in its key `id`.
pub(crate) fn optional_row<M: FromQueryResult>(
    result: &QueryResult,
    prefix: &str,
) -> Result<Option<M>, StoreError> {
    match result.try_get::<Option<Uuid>>(prefix, "id")? {
        Some(_) => row(result, prefix).map(Some),
        None => Ok(None),
    }
}
