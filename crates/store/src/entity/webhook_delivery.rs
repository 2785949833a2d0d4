//! An event on its way to an endpoint.

use sea_orm::entity::prelude::*;

/// One row of `webhook_deliveries`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_deliveries")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// To whom.
    pub endpoint_id: Uuid,
    /// What.
    pub event_id: Uuid,
    /// The event's school.
    pub school_id: Option<Uuid>,
    /// The event's type.
    pub kind: String,
    /// Where it is.
    pub state: String,
    /// How many tries it had since it was last asked for.
    pub tries: i32,
    /// Not before this time.
    pub next_at: DateTimeUtc,
    /// Until when a worker has it.
    pub leased_until: Option<DateTimeUtc>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
