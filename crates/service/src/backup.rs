//! Backups of an installation on `SQLite`, and what is done after a restore on either database.
//!
//! A backup is a folder: the database as it was at one moment, every object that it names, still sealed, and a manifest
//! with the size and hash of each file. The wrapped data keys are not in it. They go to a folder of their own, where the
//! newest file counts for every backup, so that a key that was destroyed does not come back with an older backup.
//! docs/decisions/0021.

mod data_keys;
mod error;
mod files;
mod ledger;
mod manifest;
mod objects;
mod restore;
mod write;

pub use data_keys::{KeysFile, SavedKeys, load as load_data_keys};
pub use data_keys::{newest as newest_data_keys, save as save_data_keys};
pub use error::BackupError;
pub use files::{BackupFile, make_folder, rename};
pub use ledger::{export as export_ledger, load as load_ledger};
pub use manifest::{Backup, KeyIds, Manifest};
pub use restore::{Finished, Placing, beside, finish, place, place_data_keys};
pub use write::{BackupReport, BackupRequest, write};
