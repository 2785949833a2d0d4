//! The accounts of a school's people: values under the platform's keys, and accounts that are there already.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
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

pub(super) fn time(row: &MovedRow, column: &str) -> Result<DateTime<Utc>, MoveError> {
    match row.get(column) {
        Some(Cell::Time(at)) => Ok(*at),
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
    /// The accounts here with which one was joined.
    taken: HashSet<Uuid>,
}

impl Joined {
    pub(super) fn count(&self) -> usize {
        self.ids.len()
    }

    /// Whether an account of the file was here already.
    pub(super) fn has(&self, account: Uuid) -> bool {
        self.ids.contains_key(&account)
    }

    /// # Errors
    /// [`MoveError::Unsuitable`] where another account of the file is this one already.
    fn add(&mut self, from: Uuid, to: Uuid) -> Result<(), MoveError> {
        if !self.taken.insert(to) {
            let (other, here) = (AccountId(from), AccountId(to));
            let what = format!(
                "a phone has changed hands: {other} of the file has the phone of {here}, who is another person of the file; \
                 {here} must get their new phone here first"
            );
            return Err(MoveError::Unsuitable(what));
        }
        self.ids.insert(from, to);
        self.texts.insert(from.to_string(), to.to_string());
        let typed = AccountId(from).to_string();
        self.texts.insert(typed, AccountId(to).to_string());
        Ok(())
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

/// Takes accounts.
#[derive(Clone, Copy)]
pub(super) struct AccountIntake<'a> {
    pub(super) context: &'a Context,
    pub(super) tx: &'a Tx,
    pub(super) sealer: &'a Sealer,
}

impl AccountIntake<'_> {
    /// Takes an account: it is joined with the one that came with another school, since a phone may have changed hands since
    /// then, or else with the one that has its phone; otherwise its row is returned, indexed under this installation's key.
    ///
    /// # Errors
    /// [`MoveError::Unsuitable`] where two accounts of the file would be one here.
    pub(super) async fn take(
        self,
        joined: &mut Joined,
        mut row: MovedRow,
    ) -> Result<Option<MovedRow>, MoveError> {
        let id = AccountId(uuid(&row, "id")?);
        let same = store::account::get(self.tx, id).await?;
        let has_no_phone = bytes(&row, "phone_index")? == id.0.as_bytes();
        let phone = if has_no_phone {
            None
        } else {
            let e164 = std::str::from_utf8(bytes(&row, "phone_sealed")?).map_err(|_| DAMAGED)?;
            Some(Phone::from_e164(e164).ok_or(DAMAGED)?)
        };
        let there = match (&same, &phone) {
            (Some(same), _) if same.is_active() => Some(same.id),
            (_, Some(phone)) => self.with_phone(phone).await?,
            (_, None) => None,
        };
        // One that was ended here stays so.
        if let Some(there) = there.or(same.map(|same| same.id)) {
            joined.add(id.0, there.0)?;
            self.fill_in(there, &row).await?;
            return Ok(None);
        }
        let index = match &phone {
            Some(phone) => keys::phone_index_to_write(self.context, self.tx, phone)
                .await?
                .into(),
            None => Account::index_of_no_phone(id),
        };
        let index = Cell::Bytes(index.as_bytes().to_vec());
        row.insert("phone_index".to_owned(), index);
        Ok(Some(row))
    }

    async fn with_phone(self, phone: &Phone) -> Result<Option<AccountId>, MoveError> {
        let known = self.context.vault.provider().phone_indexes(phone.e164());
        let known: Vec<_> = known.iter().map(|known| known.index).collect();
        let there = store::account::by_phone(self.tx, &known).await?;
        Ok(there.map(|there| there.id))
    }

    /// Gives an active account the e-mail and postal addresses of the file that it has none of.
    async fn fill_in(self, account: AccountId, row: &MovedRow) -> Result<(), MoveError> {
        let Some(mut there) = store::account::lock(self.tx, account).await? else {
            return Ok(());
        };
        let sealed = |column: &str| {
            let plain = bytes(row, column).ok();
            let sealed = plain.map(|plain| self.sealer.seal("accounts", column, account.0, plain));
            sealed.transpose()
        };
        let (email, address) = (sealed("email_sealed")?, sealed("address_sealed")?);
        let is_filled = (there.email_sealed.is_none() && email.is_some())
            || (there.address_sealed.is_none() && address.is_some());
        if is_filled {
            there.email_sealed = there.email_sealed.or(email.map(Into::into));
            there.address_sealed = there.address_sealed.or(address.map(Into::into));
            there.version += 1;
            store::account::save(self.tx, &there).await?;
        }
        Ok(())
    }
}
