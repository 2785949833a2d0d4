//! Requests to a school to check its roster.

use sea_orm::entity::prelude::*;

/// One row of `roster_tickets`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roster_tickets")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The school that is asked.
    pub school_id: Uuid,
    /// The task.
    pub task_id: Uuid,
    /// Who asks.
    pub account_id: Uuid,
    /// The document's type.
    pub id_type: String,
    /// The number, sealed.
    pub number_sealed: Vec<u8>,
    /// The number as staff see it in lists.
    pub number_masked: String,
    /// The level the student claims.
    pub level: Option<String>,
    /// The name the student claims, sealed.
    pub name_sealed: Option<Vec<u8>>,
    /// What the student wrote, where it is not sealed yet.
    pub note: Option<String>,
    /// `open`, `answered` or `closed`.
    pub state: String,
    /// What the school answered, where it is not sealed yet.
    pub answer: Option<String>,
    /// When it was asked.
    pub created_at: DateTimeUtc,
    /// When it was last changed.
    pub updated_at: DateTimeUtc,
    /// What the student wrote, sealed.
    pub note_sealed: Option<Vec<u8>>,
    /// What the school answered, sealed.
    pub answer_sealed: Option<Vec<u8>>,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
