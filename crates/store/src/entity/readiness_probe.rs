//! The row by which servers find out whether the database takes writes.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// One row of `readiness_probes`, of which there is one.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "readiness_probes")]
pub struct Model {
    /// 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// When a server wrote it last.
    pub written_at: DateTime<Utc>,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
