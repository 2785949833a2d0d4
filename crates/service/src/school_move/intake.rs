//! Taking the rows of a file, each as this installation keeps it.

use std::collections::{BTreeMap, HashSet};

use domain::{AccountId, SchoolId, TaskId};
use providers::keys::{SealingKey, key_id};
use store::school_move::{self, Cell, MovedRow, MovedTable};
use store::{StoreError, Tx};

use super::MoveError;
use super::cell_text::{self, CellText};
use super::people::{Joined, bytes, seal, take_account, text, uuid};
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
    rows: u64,
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
        if self.at >= self.tables.len() {
            return Err(DAMAGED);
        }
        self.require_own(table, &row)?;
        self.rows += 1;
        if let Some(row) = self.fitted(table, row).await? {
            self.pending.push(row);
        }
        if self.pending.len() == BATCH {
            self.flush().await?;
        }
        Ok(())
    }

    fn require_own(&self, table: &str, row: &MovedRow) -> Result<(), MoveError> {
        const FOREIGN: MoveError = MoveError::Damaged("a row of another school");
        let column = if table == "schools" {
            "id"
        } else {
            "school_id"
        };
        match row.get(column) {
            Some(Cell::Uuid(id)) if *id != self.school.0 => Err(FOREIGN),
            Some(_) | None => Ok(()),
        }
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
            "accounts" => {
                let taken = take_account(self.context, self.tx, &mut self.joined, row).await?;
                let Some(taken) = taken else {
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

    /// Whether an account that was here has this consent, or a name and a device, already.
    async fn is_known(&self, table: &str, row: &MovedRow) -> Result<bool, MoveError> {
        let account = AccountId(uuid(row, "account_id")?);
        if table == "staff_members" {
            let members = store::staff::members(self.tx, &[account]).await?;
            return Ok(!members.is_empty());
        }
        let consents = store::consent::all(self.tx, account).await?;
        let document = text(row, "document")?;
        let holds = |one: &domain::agreement::Consent| {
            one.document.as_str() == document && one.withdrawn_at.is_none()
        };
        Ok(consents.iter().any(holds))
    }

    async fn flush(&mut self) -> Result<(), MoveError> {
        let rows = std::mem::take(&mut self.pending);
        let Some(table) = self.tables.get(self.at) else {
            return Ok(());
        };
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
