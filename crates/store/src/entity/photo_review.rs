//! Decisions of reviewers.

use sea_orm::entity::prelude::*;

/// One row of `photo_reviews`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "photo_reviews")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The photo.
    pub photo_id: Uuid,
    /// Its school.
    pub school_id: Uuid,
    /// Its task.
    pub task_id: Uuid,
    /// `school` or `bureau`.
    pub stage: String,
    /// Whose decision it is.
    pub reviewer_id: Uuid,
    /// `approved`, `rejected` or `escalated`.
    pub outcome: String,
    /// Why: reason codes.
    pub reasons: Json,
    /// What was written with it, sealed.
    pub note_sealed: Option<Vec<u8>>,
    /// Which look at the photo it is, from 1.
    pub look: i32,
    /// Whether what the automatic check found was kept from the reviewer.
    pub findings_hidden: bool,
    /// Whether it is about a known item.
    pub is_seeded: bool,
    /// When it was made.
    pub decided_at: DateTimeUtc,
    /// From when on it cannot be undone.
    pub effective_at: DateTimeUtc,
    /// `undoable`, `in_force`, `undone` or `void`.
    pub state: String,
    /// When it came into its state.
    pub state_at: DateTimeUtc,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
