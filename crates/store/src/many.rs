//! Many rows or values in one statement. `PostgreSQL` gets an array for each column: the text of the statement does not
//! depend on the number of rows, so that it is prepared once. `SQLite` gets a parameter for each value.

use sea_orm::sea_query::extension::postgres::PgFunc;
use sea_orm::sea_query::{ArrayType, Expr, ExprTrait, SimpleExpr, Value};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbBackend, EntityName, EntityTrait, IdenStatic,
    IntoActiveModel, Iterable, ModelTrait, Statement,
};

use crate::{StoreError, Tx};

/// That a column has one of these values.
pub(crate) fn among<V: Into<Value>>(
    on: &impl ConnectionTrait,
    column: impl ColumnTrait,
    values: impl IntoIterator<Item = V>,
) -> Result<SimpleExpr, StoreError> {
    let values: Vec<Value> = values.into_iter().map(Into::into).collect();
    if on.get_database_backend() != DbBackend::Postgres || values.is_empty() {
        return Ok(column.is_in(values));
    }
    let array = Expr::val(array_of(values)?);
    Ok(Expr::col(column.as_column_ref()).eq(PgFunc::any(array)))
}

/// Adds rows.
///
/// # Errors
/// [`StoreError::Conflict`] where a unique key is taken.
pub(crate) async fn insert<M, A>(tx: &Tx, rows: Vec<M>) -> Result<(), StoreError>
where
    M: ModelTrait + IntoActiveModel<A>,
    A: ActiveModelTrait<Entity = M::Entity>,
{
    if rows.is_empty() {
        return Ok(());
    }
    if tx.get_database_backend() != DbBackend::Postgres {
        let rows = rows
            .into_iter()
            .map(|row| row.into_active_model().reset_all());
        M::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
        return Ok(());
    }
    let given = Given::of(rows)?;
    let names = given.names.join(", ");
    let sql = format!(
        "INSERT INTO {} ({names}) SELECT {names} FROM {} AS given",
        M::Entity::default().table_name(),
        given.table
    );
    given.execute(tx, sql).await
}

/// Replaces rows by their keys; the caller holds their locks.
///
/// # Errors
/// [`StoreError::Conflict`] where a unique key is taken.
pub(crate) async fn save<M, A>(tx: &Tx, rows: Vec<M>) -> Result<(), StoreError>
where
    M: ModelTrait + IntoActiveModel<A>,
    A: ActiveModelTrait<Entity = M::Entity> + Send,
    <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
{
    if rows.is_empty() {
        return Ok(());
    }
    if tx.get_database_backend() != DbBackend::Postgres {
        for row in rows {
            crate::row::save(tx, row).await?;
        }
        return Ok(());
    }
    let given = Given::of(rows)?;
    let values = given
        .names
        .iter()
        .map(|name| format!("{name} = given.{name}"));
    let sql = format!(
        "UPDATE {} AS kept SET {} FROM {} AS given WHERE kept.id = given.id",
        M::Entity::default().table_name(),
        values.collect::<Vec<_>>().join(", "),
        given.table
    );
    given.execute(tx, sql).await
}

/// Rows as a table of arrays.
struct Given {
    /// The columns.
    names: Vec<String>,
    /// What stands behind `FROM`; it has these columns.
    table: String,
    arrays: Vec<Value>,
}

impl Given {
    fn of<M, A>(rows: Vec<M>) -> Result<Self, StoreError>
    where
        M: ModelTrait + IntoActiveModel<A>,
        A: ActiveModelTrait<Entity = M::Entity>,
    {
        let mut rows: Vec<A> = rows.into_iter().map(M::into_active_model).collect();
        let mut columns = Columns::default();
        for column in <M::Entity as EntityTrait>::Column::iter() {
            let values = rows.iter_mut().map(|row| row.take(column).into_value());
            let values: Option<Vec<Value>> = values.collect();
            let values = values.ok_or_else(|| StoreError::corrupt("a row lacks a column"))?;
            columns.add(column.as_str(), column.def().is_null(), values)?;
        }
        Ok(columns.given())
    }

    async fn execute(self, tx: &Tx, sql: String) -> Result<(), StoreError> {
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, self.arrays);
        tx.execute_raw(statement).await?;
        Ok(())
    }
}

/// The parts of a table of arrays.
#[derive(Default)]
struct Columns {
    names: Vec<String>,
    /// How each column is made of the arrays.
    made: Vec<String>,
    /// The names of the arrays.
    given: Vec<String>,
    /// The arrays' parameters with their types.
    parameters: Vec<String>,
    arrays: Vec<Value>,
}

impl Columns {
    /// An array of the driver has no place for NULL: a column that may be NULL has an array beside it that says where it
    /// is not.
    fn add(&mut self, name: &str, may_be_null: bool, values: Vec<Value>) -> Result<(), StoreError> {
        let is_there = |value: &Value| *value != value.as_null();
        let (there, made) = if may_be_null {
            let there = values.iter().map(is_there).map(Value::from).collect();
            let made = format!("CASE WHEN there_{name} THEN given_{name} END AS {name}");
            (Some(there), made)
        } else {
            (None, format!("given_{name} AS {name}"))
        };
        let filled = values.into_iter().map(|value| {
            if is_there(&value) {
                value
            } else {
                value.dummy_value()
            }
        });
        self.push(format!("given_{name}"), filled.collect())?;
        if let Some(there) = there {
            self.push(format!("there_{name}"), there)?;
        }
        self.names.push(name.to_owned());
        self.made.push(made);
        Ok(())
    }

    fn push(&mut self, name: String, values: Vec<Value>) -> Result<(), StoreError> {
        let kind = kind_of(&values)?;
        self.given.push(name);
        self.arrays.push(array(&kind, values));
        self.parameters
            .push(format!("${}::{}[]", self.arrays.len(), kind.name));
        Ok(())
    }

    fn given(self) -> Given {
        Given {
            names: self.names,
            table: format!(
                "(SELECT {} FROM UNNEST({}) AS arrays ({}))",
                self.made.join(", "),
                self.parameters.join(", "),
                self.given.join(", ")
            ),
            arrays: self.arrays,
        }
    }
}

/// What an array holds.
struct Kind {
    name: &'static str,
    array: ArrayType,
}

fn kind_of(values: &[Value]) -> Result<Kind, StoreError> {
    let (name, array) = match values.first() {
        Some(Value::Bool(_)) => ("boolean", ArrayType::Bool),
        Some(Value::Int(_)) => ("integer", ArrayType::Int),
        Some(Value::BigInt(_)) => ("bigint", ArrayType::BigInt),
        Some(Value::String(_)) => ("text", ArrayType::String),
        Some(Value::Bytes(_)) => ("bytea", ArrayType::Bytes),
        Some(Value::Uuid(_)) => ("uuid", ArrayType::Uuid),
        Some(Value::ChronoDateTimeUtc(_)) => ("timestamptz", ArrayType::ChronoDateTimeUtc),
        other => {
            let what = format!("no array is made of {:?}", other.map(Value::as_null));
            return Err(StoreError::corrupt(what));
        }
    };
    Ok(Kind { name, array })
}

fn array(kind: &Kind, values: Vec<Value>) -> Value {
    Value::Array(kind.array.clone(), Some(Box::new(values)))
}

/// An array of values of one kind, of which none is NULL and there is at least one.
fn array_of(values: Vec<Value>) -> Result<Value, StoreError> {
    Ok(array(&kind_of(&values)?, values))
}
