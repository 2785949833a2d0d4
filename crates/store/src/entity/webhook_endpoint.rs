//! An address that is told of events.

use sea_orm::entity::prelude::*;

/// One row of `webhook_endpoints`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_endpoints")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its school; null for every school.
    pub school_id: Option<Uuid>,
    /// The address.
    pub url: String,
    /// The types of events that it is told of; all where it is empty.
    #[sea_orm(column_type = "JsonBinary")]
    pub kinds: Json,
    /// What people call it.
    pub description: String,
    /// Whether it is told.
    pub state: String,
    /// Why it is disabled.
    pub disabled_reason: Option<String>,
    /// Since when it has taken nothing.
    pub failing_since: Option<DateTimeUtc>,
    /// When that was told of.
    pub failing_told_at: Option<DateTimeUtc>,
    /// Who made it.
    pub created_by: Option<Uuid>,
    /// The integrator that made it.
    pub integrator_id: Option<Uuid>,
    /// Counts the changes.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
