//! Stored JSON documents as the values of `domain`.

use sea_orm::TryGetableFromJson;
use sea_orm::prelude::Json;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::StoreError;

/// The document of a value; `column` is its table and column.
///
/// # Errors
/// [`StoreError::Corrupt`] where the value has no JSON form.
pub(crate) fn to_json(column: &str, value: &impl Serialize) -> Result<Json, StoreError> {
    serde_json::to_value(value).map_err(|_| StoreError::corrupt(column))
}

/// The value of a stored document; `column` is its table and column.
///
/// # Errors
/// [`StoreError::Corrupt`] where it is none.
pub(crate) fn from_json<T: DeserializeOwned>(column: &str, json: Json) -> Result<T, StoreError> {
    serde_json::from_value(json).map_err(|_| StoreError::corrupt(column))
}

/// A stored document that is read at once as what it stands for, without a tree of JSON in between.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(crate) struct StoredDocument<T>(pub(crate) T);

impl<T: DeserializeOwned> TryGetableFromJson for StoredDocument<T> {}
