//! Work to do, written in the transaction of its cause.

use sea_orm::entity::prelude::*;

/// One row of `jobs`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jobs")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What to do.
    pub kind: String,
    /// What to do it to; one row a kind and key.
    pub key: String,
    /// What the work needs to know.
    #[sea_orm(column_type = "JsonBinary")]
    pub payload: Json,
    /// Not before this time.
    pub available_at: DateTimeUtc,
    /// How often it was started.
    pub attempts: i32,
    /// Until when a worker has it.
    pub leased_until: Option<DateTimeUtc>,
    /// The worker that has it.
    pub lease_owner: Option<String>,
    /// When it was done.
    pub done_at: Option<DateTimeUtc>,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// How often it failed since it last succeeded.
    pub failures: i32,
    /// When its worker last said that it works on it.
    pub heartbeat_at: Option<DateTimeUtc>,
    /// How much of it is done.
    pub progress_done: i64,
    /// Of how much; none where that is not known.
    pub progress_total: Option<i64>,
    /// Whether a person wants it to end.
    pub is_cancel_requested: bool,
    /// What came of it.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub result: Option<Json>,
    /// When it had failed too often.
    pub dead_at: Option<DateTimeUtc>,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
