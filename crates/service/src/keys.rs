//! The keys of an installation: whether they open what is stored, and what is done after a key was changed.
//!
//! A key is changed in steps, so that servers that know different key files never make two accounts of one phone:
//! the next key is added to the key file of every copy, then it is activated, then [`rewrap`] chooses it for new indexes
//! and writes everything anew. Which index key is written under stands in the database; what is looked for is looked
//! for under every key. docs/decisions/0015.
//!
//! The numbers of a roster are indexed with a secret of its task, which is destroyed with the task's data keys and never
//! changed. [`rewrap`] also brings what is from before tasks had keys under them. docs/decisions/0029.

mod destroy;
mod task;
mod walk;

pub use destroy::{DestroyError, DestroyRequest, destroy};
pub(crate) use destroy::{destroy_again, destroy_due};

use domain::audit::AuditExemption;
use domain::id_document::normalise;
use domain::{DocumentType, IdNumber, Phone, TaskId};
use providers::keys::{BlindIndex, KeyId, KeyedIndex, SealError};
use store::data_key::DataKey;
use store::index_key::{self, Purpose};
use store::reindex::{self, Column, Indexed, PAGE};
use store::{StoreError, Tx};
use uuid::Uuid;

use crate::vault::TaskIndex;
use crate::{Context, Failure};
use walk::Walk;

/// How many rows are still under another key than the active one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KeyCounts {
    /// Data keys.
    pub data_keys: usize,
    /// Phones of accounts.
    pub phones: usize,
    /// Document numbers that are not indexed with the secret of their task.
    pub numbers: usize,
    /// Student numbers that are not indexed with the secret of their task.
    pub student_numbers: usize,
    /// Names, numbers and texts that are not sealed under a key of their task.
    pub task_values: usize,
    /// Files of photos that are not sealed under a key of their task.
    pub task_files: usize,
}

impl KeyCounts {
    /// All of them.
    pub fn total(self) -> usize {
        self.data_keys
            + self.phones
            + self.numbers
            + self.student_numbers
            + self.task_values
            + self.task_files
    }
}

/// Makes the active index key of phones the one that is written under, where none was chosen before.
///
/// # Errors
/// Where the database fails.
pub async fn adopt(context: &Context) -> Result<(), Failure> {
    let key = context.vault.provider().phone_index_key();
    let chosen = index_key::current(context.store.reader(), Purpose::Phone).await?;
    if chosen.is_none() {
        index_key::choose_first(context.store.writer(), Purpose::Phone, key).await?;
    }
    Ok(())
}

/// Makes sure that the key file opens what is stored: every data key, an account's phone, and its index.
///
/// # Errors
/// [`Failure::Keys`] where a key is missing or another.
pub async fn verify(context: &Context) -> Result<(), Failure> {
    let on = context.store.reader();
    for row in store::data_key::all(on).await? {
        context.vault.try_unwrap(&row)?;
    }
    let keys = context.vault.provider();
    for (what, known) in [
        (Purpose::Phone, keys.phone_indexes("")),
        (Purpose::DerivedIdNumber, keys.derived_id_indexes(&[], "")),
    ] {
        if let Some(key) = index_key::current(on, what).await? {
            under(&known, key)?;
        }
    }
    let accounts = reindex::page(on, Column::Phone, Uuid::nil()).await?;
    if let Some(row) = accounts.first() {
        Box::pin(active_index(context, Column::Phone, row)).await?;
    }
    Ok(())
}

/// The index under which a new phone is written. It keeps its meaning until `tx` ends.
pub(crate) async fn phone_index_to_write(
    context: &Context,
    tx: &Tx,
    phone: &Phone,
) -> Result<BlindIndex, Failure> {
    let key = index_key::hold(tx, Purpose::Phone).await?;
    under(&context.vault.provider().phone_indexes(phone.e164()), key)
}

/// The index under one of the known keys.
pub(crate) fn under(known: &[KeyedIndex], key: KeyId) -> Result<BlindIndex, Failure> {
    let found = known.iter().find(|known| known.key == key);
    Ok(found.ok_or(SealError::UnknownKey(key))?.index)
}

/// Writes what is under other keys than the active ones under those, while servers run. It can be broken off anywhere
/// and be called again.
///
/// # Errors
/// [`Failure::Keys`] where a key is missing that something stored needs.
pub async fn rewrap(context: &Context) -> Result<KeyCounts, Failure> {
    choose_active(context).await?;
    let counts = walk(context, Walk::Write).await?;
    index_key::forget(context.store.writer(), Purpose::DerivedIdNumber).await?;
    Ok(counts)
}

/// Counts what is under other keys than the active ones, and opens each of it.
///
/// # Errors
/// As [`rewrap`].
pub async fn check(context: &Context) -> Result<KeyCounts, Failure> {
    verify(context).await?;
    walk(context, Walk::Count).await
}

/// From now on indexes of phones are written under the active key.
async fn choose_active(context: &Context) -> Result<(), Failure> {
    adopt(context).await?;
    let key = context.vault.provider().phone_index_key();
    let tx = context.store.begin().await?;
    index_key::change(&tx, Purpose::Phone, key).await?;
    Ok(store::commit(tx, AuditExemption::Housekeeping).await?)
}

async fn walk(context: &Context, walk: Walk) -> Result<KeyCounts, Failure> {
    let counts = KeyCounts {
        data_keys: data_keys(context, walk).await?,
        phones: indexes(context, Column::Phone, walk).await?,
        ..KeyCounts::default()
    };
    let on = context.store.reader();
    let derived = index_key::current(on, Purpose::DerivedIdNumber).await?;
    if derived.is_none() {
        return Ok(counts);
    }
    Ok(KeyCounts {
        numbers: indexes(context, Column::Number, walk).await?,
        student_numbers: indexes(context, Column::StudentNumber, walk).await?,
        task_values: task::values(context, walk).await?,
        task_files: Box::pin(task::files(context, walk)).await?,
        ..counts
    })
}

async fn data_keys(context: &Context, walk: Walk) -> Result<usize, Failure> {
    let active = context.vault.provider().wrapping_key();
    let rows = store::data_key::all(context.store.reader()).await?;
    let old: Vec<DataKey> = rows
        .into_iter()
        .filter(|row| row.wrapped_by != active)
        .collect();
    let count = old.len();
    if walk == Walk::Write && count > 0 {
        let tx = context.store.begin().await?;
        for row in old {
            let wrapped = context.vault.rewrapped(&row)?;
            store::data_key::rewrap(&tx, &row, wrapped.into(), active).await?;
        }
        store::commit(tx, AuditExemption::Housekeeping).await?;
    }
    Ok(count)
}

/// Counts the rows whose index is under another key than the active one, and indexes them anew where that is asked.
async fn indexes(context: &Context, column: Column, walk: Walk) -> Result<usize, Failure> {
    let (mut after, mut count) = (Uuid::nil(), 0);
    loop {
        let rows = reindex::page(context.store.reader(), column, after).await?;
        let is_last = rows.len() < PAGE;
        if let Some(last) = rows.last() {
            after = last.id;
        }
        let mut changes = Vec::new();
        for row in rows {
            let index = Box::pin(active_index(context, column, &row)).await?;
            if index != row.index[..] {
                changes.push((row, index.to_vec()));
            }
        }
        count += changes.len();
        if walk == Walk::Write {
            let tx = context.store.begin().await?;
            for (row, index) in changes {
                reindex::change(&tx, column, row, index).await?;
            }
            store::commit(tx, AuditExemption::Housekeeping).await?;
        }
        if is_last {
            return Ok(count);
        }
    }
}

/// The index of a row's value under the key that is written under now. The row's own index must be under a known one.
async fn active_index(
    context: &Context,
    column: Column,
    row: &Indexed,
) -> Result<BlindIndex, Failure> {
    let (table, name) = match column {
        Column::Phone => ("accounts", "phone_sealed"),
        Column::Number => ("roster_ids", "number_sealed"),
        Column::StudentNumber => ("roster_entries", "student_no_sealed"),
    };
    let text = context.open_text(table, name, row.id, &row.sealed).await?;
    let known: Vec<Vec<BlindIndex>> = match column {
        Column::Phone => {
            let known = context.vault.provider().phone_indexes(&text);
            vec![known.into_iter().map(|known| known.index).collect()]
        }
        // A number is listed in each form that it may be given in.
        Column::Number => {
            let document = DocumentType::parse(&row.document_type);
            let document = document.ok_or_else(|| corrupt("roster_ids.id_type"))?;
            let index = task_index(context, row).await?;
            let variants = IdNumber::from_canonical(document, text).lookup_variants();
            let variants = variants.iter().map(|text| index.to_find(text));
            variants.collect()
        }
        Column::StudentNumber => {
            let index = task_index(context, row).await?;
            vec![index.to_find(&normalise(&text))]
        }
    };
    let is_this = |known: &&Vec<BlindIndex>| known.iter().any(|index| index[..] == row.index[..]);
    let known = known.iter().find(is_this).ok_or(SealError::Broken)?;
    // The one that is written under is the first.
    Ok(*known.first().ok_or(SealError::Broken)?)
}

async fn task_index(context: &Context, row: &Indexed) -> Result<TaskIndex, Failure> {
    let task = row.task_id.ok_or_else(|| corrupt("a number's task"))?;
    context.task_index(TaskId(task)).await
}

fn corrupt(what: &str) -> StoreError {
    StoreError::Corrupt {
        what: what.to_owned(),
    }
}
