//! Packages of photos for schools.

use sea_orm::entity::prelude::*;

/// One row of `deliveries`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "deliveries")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The school.
    pub school_id: Uuid,
    /// The task.
    pub task_id: Uuid,
    /// What it holds.
    pub kind: String,
    /// Where it is.
    pub state: String,
    /// The profile.
    pub profile: String,
    /// How it is made.
    #[sea_orm(column_type = "JsonBinary")]
    pub settings: Json,
    /// The package on which it builds.
    pub base_id: Option<Uuid>,
    /// What is in it.
    #[sea_orm(column_type = "JsonBinary")]
    pub counts: Json,
    /// How many photos were looked at.
    pub photos_done: i64,
    /// Of how many.
    pub photos_total: i64,
    /// The file in the object store; empty before it is written and after it was deleted.
    pub object_key: String,
    /// The file's length.
    pub object_bytes: i64,
    /// SHA-256 of the file; empty until it is made.
    pub object_sha256: Vec<u8>,
    /// The archives of which the file is made up.
    #[sea_orm(column_type = "JsonBinary")]
    pub parts: Json,
    /// Why it could not be made.
    pub failure: Option<String>,
    /// Who made it.
    pub account_id: Option<Uuid>,
    /// When it was asked for.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
    /// When it was made.
    pub ready_at: Option<DateTimeUtc>,
    /// When the school said that it has it.
    pub acknowledged_at: Option<DateTimeUtc>,
    /// When its photos were printed.
    pub printed_at: Option<DateTimeUtc>,
    /// When the school had the prints.
    pub prints_received_at: Option<DateTimeUtc>,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
