//! What can go wrong between us and the database, sorted by what the caller can do about it.

use std::fmt;

use sea_orm::{DbErr, RuntimeErr, SqlErr, SqlxError};

/// Why a query or a transaction failed. The texts carry no stored values and no database address.
#[derive(thiserror::Error)]
pub enum StoreError {
    /// The database address names no database that we know, or is none.
    #[error(
        "the database address must be like sqlite://file or postgres://user@host:5432/name, with hosts separated by commas"
    )]
    Address,
    /// A unique key is taken: somebody else made the same thing first.
    #[error("a unique key is taken: {constraint}")]
    Conflict {
        /// What the database says of the key, which differs between databases: for logs only.
        constraint: String,
    },
    /// Somebody else is writing; the same transaction may succeed when it is tried again.
    #[error("the database is busy")]
    Busy(#[source] DbErr),
    /// The database cannot be reached or cannot write; nothing else will work until that is over.
    #[error("the database is unavailable")]
    Unavailable(#[source] DbErr),
    /// The school is on its way to another installation, or went there.
    #[error("the school is moved to {address}")]
    SchoolMoving {
        /// The origin of that installation.
        address: String,
    },
    /// A stored value cannot be read as what it should be.
    #[error("a stored value cannot be read: {what}")]
    Corrupt {
        /// The table and column, or what was expected.
        what: String,
    },
    /// The database refused for another reason, such as a CHECK or a foreign key: a fault of ours.
    #[error("the database refused")]
    Database(#[source] DbErr),
}

impl StoreError {
    /// A stored value that cannot be read; `what` is its table and column, or what was expected.
    pub fn corrupt(what: impl Into<String>) -> Self {
        Self::Corrupt { what: what.into() }
    }
}

/// As its text and the driver's: a driver's own `Debug` can quote the row that it refused.
impl fmt::Debug for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")?;
        match std::error::Error::source(self) {
            Some(source) => write!(f, ": {source}"),
            None => Ok(()),
        }
    }
}

/// What a driver's error code means to the caller.
enum Meaning {
    Busy,
    Unavailable,
    Other,
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if let Some(SqlErr::UniqueConstraintViolation(constraint)) = error.sql_err() {
            return Self::Conflict { constraint };
        }
        if let DbErr::Type(what) | DbErr::Json(what) = error {
            return Self::Corrupt { what };
        }
        if let Some(address) = fenced(&error) {
            return Self::SchoolMoving { address };
        }
        match meaning(&error) {
            Meaning::Busy => Self::Busy(error),
            Meaning::Unavailable => Self::Unavailable(error),
            Meaning::Other => Self::Database(error),
        }
    }
}

/// The code that a trigger of `school_move` raises with: on `PostgreSQL` its own, on `SQLite` `SQLITE_CONSTRAINT_TRIGGER`, as no
/// other trigger raises.
const FENCED: [&str; 2] = ["GP001", "1811"];

/// Where the school moves that a trigger kept from being changed; `None` for any other error.
fn fenced(error: &DbErr) -> Option<String> {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause))) =
        error
    else {
        return None;
    };
    let SqlxError::Database(cause) = cause.as_ref() else {
        return None;
    };
    let is_ours = FENCED.contains(&cause.code()?.as_ref());
    is_ours.then(|| cause.message().to_owned())
}

fn meaning(error: &DbErr) -> Meaning {
    let (DbErr::Conn(RuntimeErr::SqlxError(cause))
    | DbErr::Exec(RuntimeErr::SqlxError(cause))
    | DbErr::Query(RuntimeErr::SqlxError(cause))) = error
    else {
        let no_connection = matches!(error, DbErr::Conn(_) | DbErr::ConnectionAcquire(_));
        return if no_connection {
            Meaning::Unavailable
        } else {
            Meaning::Other
        };
    };
    if let SqlxError::Database(cause) = cause.as_ref() {
        return meaning_of_code(cause.code().as_deref().unwrap_or_default());
    }
    let cut_off = matches!(
        cause.as_ref(),
        SqlxError::Io(_) | SqlxError::PoolTimedOut | SqlxError::PoolClosed
    );
    if cut_off || matches!(error, DbErr::Conn(_)) {
        Meaning::Unavailable
    } else {
        Meaning::Other
    }
}

/// Sorts a code: `SQLite`'s are numbers with the primary code in the low byte, `PostgreSQL`'s have five places.
/// Source: docs/sources.md#database-codes.
fn meaning_of_code(code: &str) -> Meaning {
    if code.len() == 5 {
        return match code {
            // serialization_failure, deadlock_detected, lock_not_available, query_canceled (a timeout of ours)
            "40001" | "40P01" | "55P03" | "57014" => Meaning::Busy,
            // read_only_sql_transaction (this host follows another one now), idle_in_transaction_session_timeout, disk_full, out_of_memory, too_many_connections, admin_shutdown,
            // crash_shutdown, cannot_connect_now, io_error
            "25006" | "25P03" | "53100" | "53200" | "53300" | "57P01" | "57P02" | "57P03"
            | "58030" => Meaning::Unavailable,
            code if code.starts_with("08") => Meaning::Unavailable,
            _ => Meaning::Other,
        };
    }
    match code.parse::<u32>().map(|code| code & 0xff) {
        // SQLITE_BUSY, SQLITE_LOCKED
        Ok(5 | 6) => Meaning::Busy,
        // SQLITE_READONLY, SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN
        Ok(8 | 10 | 13 | 14) => Meaning::Unavailable,
        Ok(_) | Err(_) => Meaning::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::{Meaning, meaning_of_code};
    use rstest::rstest;

    /// 517 is `SQLITE_BUSY_SNAPSHOT`: `SQLITE_BUSY` with a detail above the low byte.
    #[rstest]
    #[case("5")]
    #[case("6")]
    #[case("517")]
    #[case("40001")]
    #[case("40P01")]
    #[case("57014")]
    fn a_busy_database_may_be_asked_again(#[case] code: &str) {
        assert!(matches!(meaning_of_code(code), Meaning::Busy), "{code}");
    }

    #[rstest]
    #[case("13")]
    #[case("10")]
    #[case("266")]
    #[case("25006")]
    #[case("53100")]
    #[case("57P01")]
    #[case("08006")]
    #[case("58030")]
    fn a_database_that_cannot_be_used_is_told_apart(#[case] code: &str) {
        assert!(
            matches!(meaning_of_code(code), Meaning::Unavailable),
            "{code}"
        );
    }

    #[rstest]
    #[case("")]
    #[case("275")]
    #[case("1299")]
    #[case("23514")]
    #[case("42P01")]
    fn any_other_code_says_nothing_of_the_database(#[case] code: &str) {
        assert!(matches!(meaning_of_code(code), Meaning::Other), "{code}");
    }
}
