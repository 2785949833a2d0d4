//! Taking the rows of a file, each as this installation keeps it.

use std::collections::{BTreeMap, HashSet};

use domain::{AccountId, ConsentId, SchoolId, TaskId};
use providers::keys::{SealingKey, key_id};
use store::school_move::{self, Cell, MovedRow, MovedTable};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::MoveError;
use super::cell_text::{self, CellText};
use super::people::{AccountIntake, Joined, bytes, seal, text, time, uuid};
use crate::Context;
use crate::vault::Sealer;

/// So many rows are added by one statement.
const BATCH: usize = 200;

/// Takes rows in the order in which they stand in a file.
pub(super) struct Intake<'a> {
    context: &'a Context,
    tx: &'a Tx,
    key: &'a SealingKey,
    sealer: &'a Sealer,
    pub(super) school: SchoolId,
    tables: Vec<MovedTable>,
    /// The table of the last row.
    at: usize,
    pending: Vec<MovedRow>,
    joined: Joined,
    tasks: HashSet<String>,
    own: Own,
    rows: u64,
}

/// What is the school's, by which its rows are known.
#[derive(Debug)]
struct Own {
    school: SchoolId,
    /// The accounts and orders that came: rows that name no school belong to one of them.
    accounts: HashSet<Uuid>,
    orders: HashSet<Uuid>,
}

impl Own {
    fn of(school: SchoolId) -> Self {
        Self {
            school,
            accounts: HashSet::new(),
            orders: HashSet::new(),
        }
    }

    /// Whether a row is one of the school's.
    fn has(&self, table: &MovedTable, row: &MovedRow) -> Result<bool, MoveError> {
        Ok(match (table.school_column(), table.name) {
            (Some(column), _) => row.get(column) == Some(&Cell::Uuid(self.school.0)),
            (None, "order_lines" | "ledger") => self.orders.contains(&uuid(row, "order_id")?),
            (None, "consents" | "staff_members") => {
                self.accounts.contains(&uuid(row, "account_id")?)
            }
            // An account belongs to no school. Whose a data key is, is looked at when it is taken.
            (None, "accounts" | "data_keys") => true,
            (None, _) => false,
        })
    }
}

impl<'a> Intake<'a> {
    pub(super) fn new(
        context: &'a Context,
        tx: &'a Tx,
        key: &'a SealingKey,
        sealer: &'a Sealer,
        school: SchoolId,
    ) -> Self {
        Self {
            context,
            tx,
            key,
            sealer,
            school,
            tables: school_move::tables(),
            at: 0,
            pending: Vec::new(),
            joined: Joined::default(),
            tasks: HashSet::new(),
            own: Own::of(school),
            rows: 0,
        }
    }

    /// Takes a row.
    ///
    /// # Errors
    /// [`MoveError::Damaged`] where it is of a table that does not come here, or of another school.
    pub(super) async fn take(
        &mut self,
        table: &str,
        cells: BTreeMap<String, CellText>,
    ) -> Result<(), MoveError> {
        const DAMAGED: MoveError = MoveError::Damaged("a row that cannot be read");
        let row = cell_text::read(cells).ok_or(DAMAGED)?;
        let known = self.tables.iter().skip(self.at);
        let further = known.take_while(|known| known.name != table).count();
        if further > 0 {
            self.flush().await?;
            self.at += further;
        }
        let known = self.tables.get(self.at).ok_or(DAMAGED)?;
        if !self.own.has(known, &row)? {
            return Err(MoveError::Damaged("a row of another school"));
        }
        self.rows += 1;
        if let Some(row) = self.fitted(table, row).await? {
            self.pending.push(row);
        }
        if self.pending.len() == BATCH {
            self.flush().await?;
        }
        Ok(())
    }

    /// A row as it is kept here; `None` where something here stands for it.
    async fn fitted(
        &mut self,
        table: &str,
        mut row: MovedRow,
    ) -> Result<Option<MovedRow>, MoveError> {
        match table {
            "tasks" => {
                self.tasks.insert(TaskId(uuid(&row, "id")?).to_string());
            }
            "data_keys" => self.take_key(&mut row)?,
            "orders" => {
                self.own.orders.insert(uuid(&row, "id")?);
                self.joined.apply(&mut row);
            }
            "accounts" => {
                self.own.accounts.insert(uuid(&row, "id")?);
                let accounts = AccountIntake {
                    context: self.context,
                    tx: self.tx,
                    sealer: self.sealer,
                };
                let Some(taken) = accounts.take(&mut self.joined, row).await? else {
                    return Ok(None);
                };
                row = taken;
            }
            "consents" | "staff_members" if self.joined.has(uuid(&row, "account_id")?) => {
                self.joined.apply(&mut row);
                if self.is_known(table, &row).await? {
                    return Ok(None);
                }
            }
            "events" => {
                row.insert("position".to_owned(), Cell::Null);
                self.joined.apply(&mut row);
            }
            // Its hash covers whom it names.
            "audit_events" => {}
            _ => self.joined.apply(&mut row),
        }
        seal(self.sealer, table, &mut row)?;
        Ok(Some(row))
    }

    /// A data key of the school or of one of its tasks, under the keys of this installation.
    fn take_key(&self, row: &mut MovedRow) -> Result<(), MoveError> {
        let scope = text(row, "scope")?;
        if scope != self.school.to_string() && !self.tasks.contains(scope) {
            return Err(MoveError::Damaged("a key of another school"));
        }
        let (id, carried) = (uuid(row, "id")?, bytes(row, "wrapped")?);
        let taken = self.context.vault.taken_over(id, carried, self.key);
        let wrapped = taken.map_err(|_| MoveError::Damaged("a key does not open"))?;
        let wrapped_by = key_id(&wrapped)?.to_string();
        row.insert("wrapped".to_owned(), Cell::Bytes(wrapped));
        row.insert("kek_id".to_owned(), Cell::Text(wrapped_by));
        Ok(())
    }

    /// Whether an account that was here has a name and a device, or has this consent already, or withdrew such a consent after
    /// this one was given.
    async fn is_known(&self, table: &str, row: &MovedRow) -> Result<bool, MoveError> {
        let account = AccountId(uuid(row, "account_id")?);
        if table == "staff_members" {
            let members = store::staff::members(self.tx, &[account]).await?;
            return Ok(!members.is_empty());
        }
        let consents = store::consent::all(self.tx, account).await?;
        let (document, granted_at) = (text(row, "document")?, time(row, "granted_at")?);
        let is_active = row.get("withdrawn_at") == Some(&Cell::Null);
        Ok(consents.iter().any(|one| {
            let is_later = |withdrawn_at| is_active && withdrawn_at >= granted_at;
            one.document.as_str() == document && one.withdrawn_at.is_none_or(is_later)
        }))
    }

    async fn flush(&mut self) -> Result<(), MoveError> {
        let mut rows = std::mem::take(&mut self.pending);
        let Some(table) = self.tables.get(self.at) else {
            return Ok(());
        };
        if table.name == "consents" {
            // One may have come with another school of the same people.
            let ids = rows.iter().map(|row| Ok(ConsentId(uuid(row, "id")?)));
            let ids: Vec<_> = ids.collect::<Result<_, MoveError>>()?;
            let known = store::consent::known(self.tx, &ids).await?;
            rows.retain(|row| {
                !known
                    .iter()
                    .any(|id| uuid(row, "id").is_ok_and(|own| own == id.0))
            });
        }
        match school_move::insert_rows(self.tx, table, rows).await {
            Err(StoreError::Conflict { constraint }) => {
                let name = table.name;
                let what = format!("a row of {name} is here already ({constraint})");
                Err(MoveError::Unsuitable(what))
            }
            inserted => Ok(inserted?),
        }
    }

    /// Adds what is left; how many rows there were, and how many accounts were here already.
    pub(super) async fn finish(mut self) -> Result<(u64, usize), MoveError> {
        self.flush().await?;
        Ok((self.rows, self.joined.count()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn id(last: u128) -> Cell {
        Cell::Uuid(Uuid::from_u128(last))
    }

    /// Whether a row of a table with this column belongs to a school that has the account 2 and the order 3.
    fn is_own(table: &str, column: &str, value: Cell) -> bool {
        let tables = school_move::tables();
        let table = tables.iter().find(|one| one.name == table).unwrap();
        let mut own = Own::of(SchoolId(Uuid::from_u128(1)));
        own.accounts.insert(Uuid::from_u128(2));
        own.orders.insert(Uuid::from_u128(3));
        let row = MovedRow::from([(column.to_owned(), value)]);
        own.has(table, &row).unwrap_or(false)
    }

    #[rstest]
    #[case("schools", "id", 1)]
    #[case("staff_roles", "school_id", 1)]
    #[case("consents", "account_id", 2)]
    #[case("staff_members", "account_id", 2)]
    #[case("order_lines", "order_id", 3)]
    #[case("ledger", "order_id", 3)]
    fn rows_that_are_not_the_schools_are_not_taken(
        #[case] table: &str,
        #[case] column: &str,
        #[case] value: u128,
    ) {
        assert!(is_own(table, column, id(value)), "{table}");
        assert!(!is_own(table, column, id(9)), "{table} of another");
        assert!(!is_own(table, column, Cell::Null), "{table} of nobody");
        assert!(!is_own(table, "other", id(value)), "{table} without a name");
    }

    #[test]
    fn only_rows_that_belong_to_no_school_need_no_owner() {
        for table in school_move::tables() {
            let is_free = ["accounts", "data_keys"].contains(&table.name);
            assert_eq!(is_own(table.name, "other", Cell::Null), is_free);
        }
    }
}
