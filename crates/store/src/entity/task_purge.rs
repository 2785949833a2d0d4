//! Purges of tasks, with the certificates of deletion.

use sea_orm::entity::prelude::*;

/// One row of `task_purges`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "task_purges")]
pub struct Model {
    /// The task.
    #[sea_orm(primary_key, auto_increment = false)]
    pub task_id: Uuid,
    /// Its school.
    pub school_id: Uuid,
    /// How much of what was deleted.
    #[sea_orm(column_type = "JsonBinary")]
    pub counts: Json,
    /// When the keys were destroyed.
    pub started_at: DateTimeUtc,
    /// When everything was deleted.
    pub done_at: Option<DateTimeUtc>,
    /// What the certificate says.
    pub certificate: Option<String>,
    /// The key that signed it.
    pub signing_key_id: Option<String>,
    /// Its signature.
    pub signature: Option<Vec<u8>>,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
