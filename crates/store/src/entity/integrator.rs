//! Systems that call the API in their own name.

use sea_orm::entity::prelude::*;

/// One row of `integrators`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "integrators")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The school whose officers manage it; none means operators.
    pub school_id: Option<Uuid>,
    /// How people call it.
    pub name: String,
    /// What it may do: an array of words.
    #[sea_orm(column_type = "JsonBinary")]
    pub scopes: Json,
    /// In which schools: an array of ids.
    #[sea_orm(column_type = "JsonBinary")]
    pub school_ids: Json,
    /// From which networks it is accepted: an array of texts.
    #[sea_orm(column_type = "JsonBinary")]
    pub networks: Json,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it was shut off.
    pub revoked_at: Option<DateTimeUtc>,
    /// Counts the changes.
    pub version: i32,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
