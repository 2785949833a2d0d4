//! Tries to verify, by which the limits are counted.

use sea_orm::entity::prelude::*;

/// One row of `verification_attempts`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "verification_attempts")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The school that was chosen.
    pub school_id: Uuid,
    /// The task that was chosen.
    pub task_id: Uuid,
    /// Who tried.
    pub account_id: Uuid,
    /// Keyed hash of the number that was given.
    pub id_index: Vec<u8>,
    /// Keyed hash of the network that it came from.
    pub network_hash: Vec<u8>,
    /// Whether it led to an enrolment.
    pub succeeded: bool,
    /// When it was tried.
    pub created_at: DateTimeUtc,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
