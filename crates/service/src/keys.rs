//! The keys of an installation: whether they open what is stored, and what is done after a key was changed.
//!
//! A key is changed in steps, so that servers that know different key files never make two accounts of one phone:
//! the next key is added to the key file of every copy, then it is activated, then [`rewrap`] chooses it for new indexes
//! and writes everything anew. Which index key is written under stands in the database; what is looked for is looked
//! for under every key. docs/decisions/0015.

use domain::id_document::normalise;
use domain::{DocumentType, IdNumber, Phone};
use providers::keys::{BlindIndex, KeyId, KeyedIndex, SealError};
use store::entity::data_key;
use store::index_key::{self, Purpose};
use store::reindex::{self, Column, Indexed, PAGE};
use store::{StoreError, Tx};
use uuid::Uuid;

use crate::{Context, Failure};

/// How many rows are still under another key than the active one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KeyCounts {
    /// Data keys.
    pub data_keys: usize,
    /// Phones of accounts.
    pub phones: usize,
    /// Document numbers of rosters.
    pub numbers: usize,
    /// Student numbers of rosters.
    pub student_numbers: usize,
}

impl KeyCounts {
    /// All of them.
    pub fn total(self) -> usize {
        self.data_keys + self.phones + self.numbers + self.student_numbers
    }
}

/// Makes the active index keys those that are written under, where nothing was chosen before.
///
/// # Errors
/// Where the database fails.
pub async fn adopt(context: &Context) -> Result<(), Failure> {
    let keys = context.vault.provider();
    let on = context.store.writer();
    for (what, key) in [
        (Purpose::Phone, keys.phone_index_key()),
        (Purpose::IdNumber, keys.id_index_key()),
    ] {
        if index_key::current(context.store.reader(), what)
            .await?
            .is_none()
        {
            index_key::choose_first(on, what, key.to_string()).await?;
        }
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
        (Purpose::IdNumber, keys.id_indexes(&[], "")),
    ] {
        if let Some(key) = index_key::current(on, what).await? {
            under(&known, key.parse()?)?;
        }
    }
    let accounts = reindex::page(on, Column::Phone, Uuid::nil()).await?;
    if let Some(row) = accounts.first() {
        active_index(context, Column::Phone, row).await?;
    }
    Ok(())
}

/// The index under which a new phone is written. It keeps its meaning until `tx` ends.
pub(crate) async fn phone_index_to_write(
    context: &Context,
    tx: &Tx,
    phone: &Phone,
) -> Result<BlindIndex, Failure> {
    let key = index_key::hold(tx, Purpose::Phone).await?.parse()?;
    under(&context.vault.provider().phone_indexes(phone.e164()), key)
}

/// The key under which new numbers are written. It keeps its meaning until `tx` ends.
pub(crate) async fn number_key_to_write(tx: &Tx) -> Result<KeyId, Failure> {
    Ok(index_key::hold(tx, Purpose::IdNumber).await?.parse()?)
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
    walk(context, Walk::Write).await
}

/// Counts what is under other keys than the active ones, and opens each of it.
///
/// # Errors
/// As [`rewrap`].
pub async fn check(context: &Context) -> Result<KeyCounts, Failure> {
    verify(context).await?;
    walk(context, Walk::Count).await
}

/// From now on indexes are written under the active keys.
async fn choose_active(context: &Context) -> Result<(), Failure> {
    adopt(context).await?;
    let keys = context.vault.provider();
    let tx = context.store.begin().await?;
    index_key::change(&tx, Purpose::Phone, &keys.phone_index_key().to_string()).await?;
    index_key::change(&tx, Purpose::IdNumber, &keys.id_index_key().to_string()).await?;
    Ok(store::commit(tx).await?)
}

/// What becomes of what is under another key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Walk {
    Count,
    Write,
}

async fn walk(context: &Context, walk: Walk) -> Result<KeyCounts, Failure> {
    Ok(KeyCounts {
        data_keys: data_keys(context, walk).await?,
        phones: indexes(context, Column::Phone, walk).await?,
        numbers: indexes(context, Column::Number, walk).await?,
        student_numbers: indexes(context, Column::StudentNumber, walk).await?,
    })
}

async fn data_keys(context: &Context, walk: Walk) -> Result<usize, Failure> {
    let active = context.vault.provider().wrapping_key().to_string();
    let rows = store::data_key::all(context.store.reader()).await?;
    let old: Vec<data_key::Model> = rows
        .into_iter()
        .filter(|row| row.kek_id != active)
        .collect();
    let count = old.len();
    if walk == Walk::Write && count > 0 {
        let tx = context.store.begin().await?;
        for row in old {
            let wrapped = context.vault.rewrapped(&row)?;
            store::data_key::rewrap(&tx, row, wrapped, active.clone()).await?;
        }
        store::commit(tx).await?;
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
            let index = active_index(context, column, &row).await?;
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
            store::commit(tx).await?;
        }
        if is_last {
            return Ok(count);
        }
    }
}

/// The index of a row's value under the active key. The row's own index must be under a known one.
async fn active_index(
    context: &Context,
    column: Column,
    row: &Indexed,
) -> Result<BlindIndex, Failure> {
    let keys = context.vault.provider();
    let (table, name) = match column {
        Column::Phone => ("accounts", "phone_sealed"),
        Column::Number => ("roster_ids", "number_sealed"),
        Column::StudentNumber => ("roster_entries", "student_no_sealed"),
    };
    let text = context.open_text(table, name, row.id, &row.sealed).await?;
    let task = row.task_id.unwrap_or_default();
    let (active, variants) = match column {
        Column::Phone => (keys.phone_index_key(), vec![keys.phone_indexes(&text)]),
        // A number is listed in each form that it may be given in.
        Column::Number => {
            let document = DocumentType::parse(&row.document_type);
            let document = document.ok_or_else(|| corrupt("roster_ids.id_type"))?;
            let variants = IdNumber::from_canonical(document, text).lookup_variants();
            let variants = variants
                .iter()
                .map(|text| keys.id_indexes(task.as_bytes(), text));
            (keys.id_index_key(), variants.collect())
        }
        Column::StudentNumber => {
            let known = keys.id_indexes(task.as_bytes(), &normalise(&text));
            (keys.id_index_key(), vec![known])
        }
    };
    let is_this = |known: &&Vec<KeyedIndex>| {
        let mut known = known.iter();
        known.any(|known| known.index[..] == row.index[..])
    };
    let known = variants.iter().find(is_this).ok_or(SealError::Broken)?;
    under(known, active)
}

fn corrupt(what: &str) -> StoreError {
    StoreError::Corrupt {
        what: what.to_owned(),
    }
}
