//! The texts of wide statements, kept: writing the names of a hundred columns takes longer than reading their row.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use sea_orm::sea_query::Values;
use sea_orm::{DbBackend, EntityTrait, QueryTrait, Select, Statement, Value};

/// How many texts are kept; a page has a handful of shapes.
const MOST: usize = 64;

/// The texts of one page's statement. A narrow statement says which rows are wanted and is written each time; the wide one,
/// which also says what is read of them, is found by the text of the narrow one and has its values.
pub(crate) struct KeptTexts(RwLock<BTreeMap<Key, Arc<WideText>>>);

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    is_postgres: bool,
    narrow: String,
}

struct WideText {
    sql: String,
    /// The values that come before those of the narrow statement: always the same.
    before: Vec<Value>,
}

impl KeptTexts {
    /// None yet.
    pub(crate) const fn new() -> Self {
        Self(RwLock::new(BTreeMap::new()))
    }

    /// The statement that `widen` makes of a narrow one. It must depend on nothing else, and have the values of the narrow one
    /// after all others.
    pub(crate) fn widened<E: EntityTrait>(
        &self,
        backend: DbBackend,
        narrow: Select<E>,
        widen: impl FnOnce(Select<E>) -> Select<E>,
    ) -> Statement {
        let Statement { sql, values, .. } = narrow.build(backend);
        let own = values.map_or_else(Vec::new, |values| values.0);
        let key = Key {
            is_postgres: backend == DbBackend::Postgres,
            narrow: sql,
        };
        if let Some(text) = self.find(&key) {
            let values = text.before.iter().cloned().chain(own);
            return Statement {
                sql: text.sql.clone(),
                values: Some(Values(values.collect())),
                db_backend: backend,
            };
        }
        let wide = widen(narrow).build(backend);
        self.keep(key, &wide, &own);
        wide
    }

    fn find(&self, key: &Key) -> Option<Arc<WideText>> {
        // Each critical section reads or changes the map in one step.
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        kept.get(key).map(Arc::clone)
    }

    fn keep(&self, key: Key, wide: &Statement, own: &[Value]) {
        let values = wide.values.as_ref().map_or(&[][..], |values| &values.0);
        let Some(before) = values.strip_suffix(own) else {
            return;
        };
        let text = Arc::new(WideText {
            sql: wide.sql.clone(),
            before: before.to_vec(),
        });
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < MOST {
            kept.insert(key, text);
        }
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::sea_query::Expr;
    use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
    use uuid::Uuid;

    use super::*;
    use crate::entity::school::{Column, Entity};

    fn narrow(code: &str, is_limited: bool) -> Select<Entity> {
        let query = Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::Code.eq(code))
            .filter(Column::Id.ne(Uuid::nil()));
        if is_limited { query.limit(3) } else { query }
    }

    fn widen(ids: Select<Entity>) -> Select<Entity> {
        Entity::find()
            .expr_as(Expr::value("before"), "more")
            .filter(Column::Id.in_subquery(ids.into_query()))
    }

    #[test]
    fn a_kept_text_is_what_would_be_written_with_the_values_of_this_time() {
        for backend in [DbBackend::Sqlite, DbBackend::Postgres] {
            let texts = KeptTexts::new();
            for (code, is_limited) in [("1", false), ("2", false), ("3", true), ("4", true)] {
                let expected = widen(narrow(code, is_limited)).build(backend);
                let found = texts.widened(backend, narrow(code, is_limited), widen);
                assert_eq!(found, expected);
            }
            assert_eq!(texts.0.read().unwrap().len(), 2);
            let again = texts.widened(backend, narrow("5", true), |_| panic!("it is kept"));
            assert_eq!(again, widen(narrow("5", true)).build(backend));
        }
    }

    #[test]
    fn a_statement_whose_values_end_otherwise_is_written_each_time() {
        let texts = KeptTexts::new();
        let widen = |ids| widen(ids).filter(Column::Name.eq("after"));
        let found = texts.widened(DbBackend::Sqlite, narrow("1", false), widen);
        assert_eq!(found, widen(narrow("1", false)).build(DbBackend::Sqlite));
        assert!(texts.0.read().unwrap().is_empty());
    }
}
