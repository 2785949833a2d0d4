//! Schools that go to another installation or came from one.

use sea_orm::entity::prelude::*;

/// One row of `school_moves`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "school_moves")]
pub struct Model {
    /// The school.
    #[sea_orm(primary_key, auto_increment = false)]
    pub school_id: Uuid,
    /// `moving`, `moved` or `arrived`.
    pub state: String,
    /// The origin of the other installation.
    pub address: String,
    /// The tasks whose links are answered with that address.
    #[sea_orm(column_type = "JsonBinary")]
    pub task_ids: Json,
    /// The hash of the receipt that the other installation gives; empty where none is waited for.
    pub receipt_hash: Vec<u8>,
    /// When it began.
    pub started_at: DateTimeUtc,
    /// When the state changed last.
    pub updated_at: DateTimeUtc,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
