//! What happened, written in the transaction of its cause; webhooks are sent from these.

use sea_orm::entity::prelude::*;

/// One row of `events`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "events")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The school it belongs to, where it belongs to one.
    pub school_id: Option<Uuid>,
    /// What it happened to.
    pub object_type: String,
    /// The key of what it happened to.
    pub object_id: Uuid,
    /// What happened.
    pub kind: String,
    /// Which event of this kind it is for the object.
    pub sequence: i32,
    /// What receivers are told.
    #[sea_orm(column_type = "JsonBinary")]
    pub payload: Json,
    /// When it happened.
    pub at: DateTimeUtc,
    /// Its place in the order in which events are read; null until it has one.
    pub position: Option<i64>,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
