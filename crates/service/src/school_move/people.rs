//! The accounts of a school's people: values under the platform's keys, and accounts that are there already.

use std::collections::HashMap;

use domain::account::Account;
use domain::{AccountId, Phone};
use store::Tx;
use store::school_move::{Cell, MovedRow};
use uuid::Uuid;

use super::MoveError;
use crate::vault::Sealer;
use crate::{Context, keys};

/// What is sealed under the platform's keys: the table, the column of the row's key, the column of the value.
pub(super) const PLATFORM_VALUES: [(&str, &str, &str); 6] = [
    ("accounts", "id", "phone_sealed"),
    ("accounts", "id", "email_sealed"),
    ("accounts", "id", "address_sealed"),
    ("staff_members", "account_id", "name_sealed"),
    ("staff_members", "account_id", "totp_secret_sealed"),
    ("merchant_accounts", "id", "keys_sealed"),
];

const DAMAGED: MoveError = MoveError::Damaged("a row lacks what it must have");

pub(super) fn uuid(row: &MovedRow, column: &str) -> Result<Uuid, MoveError> {
    match row.get(column) {
        Some(Cell::Uuid(id)) => Ok(*id),
        Some(_) | None => Err(DAMAGED),
    }
}

pub(super) fn bytes<'a>(row: &'a MovedRow, column: &str) -> Result<&'a [u8], MoveError> {
    match row.get(column) {
        Some(Cell::Bytes(bytes)) => Ok(bytes),
        Some(_) | None => Err(DAMAGED),
    }
}

pub(super) fn text<'a>(row: &'a MovedRow, column: &str) -> Result<&'a str, MoveError> {
    match row.get(column) {
        Some(Cell::Text(text)) => Ok(text),
        Some(_) | None => Err(DAMAGED),
    }
}

/// Seals what came open, under the keys of this installation. The row has its final key.
pub(super) fn seal(keys: &Sealer, table: &str, row: &mut MovedRow) -> Result<(), MoveError> {
    for (_, key, column) in PLATFORM_VALUES.iter().filter(|(of, ..)| *of == table) {
        if let Some(Cell::Bytes(plain)) = row.get(*column) {
            let sealed = keys.seal(table, column, uuid(row, key)?, plain)?;
            row.insert((*column).to_owned(), Cell::Bytes(sealed));
        }
    }
    Ok(())
}

/// Accounts of the file that are others here, by whichever way a row names them.
#[derive(Debug, Default)]
pub(super) struct Joined {
    ids: HashMap<Uuid, Uuid>,
    texts: HashMap<String, String>,
}

impl Joined {
    pub(super) fn count(&self) -> usize {
        self.ids.len()
    }

    /// Whether an account of the file was here already.
    pub(super) fn has(&self, account: Uuid) -> bool {
        self.ids.contains_key(&account)
    }

    fn add(&mut self, from: Uuid, to: Uuid) {
        self.ids.insert(from, to);
        self.texts.insert(from.to_string(), to.to_string());
        let typed = AccountId(from).to_string();
        self.texts.insert(typed, AccountId(to).to_string());
    }

    /// Makes a row name the accounts that are here.
    pub(super) fn apply(&self, row: &mut MovedRow) {
        if self.ids.iter().all(|(from, to)| from == to) {
            return;
        }
        for cell in row.values_mut() {
            match cell {
                Cell::Uuid(id) => *id = self.ids.get(id).copied().unwrap_or(*id),
                Cell::Text(text) => self.replace(text),
                Cell::Json(json) => self.replace_within(json),
                Cell::Null | Cell::Bytes(_) | Cell::Number(_) | Cell::Flag(_) | Cell::Time(_) => {}
            }
        }
    }

    /// An id stands alone, or as a word among others.
    fn replace(&self, text: &mut String) {
        let is_part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
        let known = text
            .split(|letter| !is_part(letter))
            .find_map(|word| self.texts.get_key_value(word));
        if let Some((from, to)) = known {
            *text = text.replace(from, to);
        }
    }

    fn replace_within(&self, json: &mut serde_json::Value) {
        match json {
            serde_json::Value::String(text) => self.replace(text),
            serde_json::Value::Array(values) => {
                for value in values {
                    self.replace_within(value);
                }
            }
            serde_json::Value::Object(values) => {
                for value in values.values_mut() {
                    self.replace_within(value);
                }
            }
            serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {
            }
        }
    }
}

/// Takes an account: it is joined with the one that has its phone, or that came with another school; otherwise its row is
/// returned, indexed under this installation's key.
pub(super) async fn take_account(
    context: &Context,
    tx: &Tx,
    joined: &mut Joined,
    mut row: MovedRow,
) -> Result<Option<MovedRow>, MoveError> {
    let id = AccountId(uuid(&row, "id")?);
    let has_no_phone = bytes(&row, "phone_index")? == id.0.as_bytes();
    let mut index = Account::index_of_no_phone(id);
    if !has_no_phone {
        let e164 = std::str::from_utf8(bytes(&row, "phone_sealed")?).map_err(|_| DAMAGED)?;
        let phone = Phone::from_e164(e164).ok_or(DAMAGED)?;
        let known = context.vault.provider().phone_indexes(phone.e164());
        let known: Vec<_> = known.iter().map(|known| known.index).collect();
        if let Some(there) = store::account::by_phone(tx, &known).await? {
            joined.add(id.0, there.id.0);
            return Ok(None);
        }
        index = keys::phone_index_to_write(context, tx, &phone)
            .await?
            .into();
    }
    if store::account::get(tx, id).await?.is_some() {
        joined.add(id.0, id.0);
        return Ok(None);
    }
    row.insert(
        "phone_index".to_owned(),
        Cell::Bytes(index.as_bytes().to_vec()),
    );
    Ok(Some(row))
}
