//! Rows of several tables in one row of an answer: the columns of each have a prefix, so that their names differ.

use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::{EntityTrait, FromQueryResult, IdenStatic, Iterable, QueryResult};
use uuid::Uuid;

use crate::StoreError;

/// Adds every column of a table that the query joins, each with the prefix.
pub(crate) fn with_columns<E: EntityTrait>(query: &mut SelectStatement, prefix: &str) {
    with_some_columns::<E>(query, E::Column::iter(), prefix);
}

/// Adds these columns of a table that the query joins, each with the prefix.
pub(crate) fn with_some_columns<E: EntityTrait>(
    query: &mut SelectStatement,
    columns: impl IntoIterator<Item = E::Column>,
    prefix: &str,
) {
    for column in columns {
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
    is_there(result, prefix)?
        .then(|| row(result, prefix))
        .transpose()
}

/// Whether there is a row of a table that may be missing, which shows in its key `id`.
pub(crate) fn is_there(result: &QueryResult, prefix: &str) -> Result<bool, StoreError> {
    Ok(result.try_get::<Option<Uuid>>(prefix, "id")?.is_some())
}
