//! Known photos among those that wait for a review.

use sea_orm::entity::prelude::*;

/// One row of `seeded_items`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "seeded_items")]
pub struct Model {
    /// What reviewers know it by.
    #[sea_orm(primary_key, auto_increment = false)]
    pub photo_id: Uuid,
    /// The photo of the library.
    pub known_id: Uuid,
    /// The photo beside which it was put.
    pub beside_id: Uuid,
    /// The school of that one.
    pub school_id: Uuid,
    /// Its task.
    pub task_id: Uuid,
    /// `school` or `bureau`.
    pub stage: String,
    /// When it came, as reviewers are told.
    pub submitted_at: DateTimeUtc,
    /// Who decided about it.
    pub reviewer_id: Option<Uuid>,
    /// `caught`, `missed`, `passed` or `false_alarm`.
    pub result: Option<String>,
    /// When it was decided about.
    pub decided_at: Option<DateTimeUtc>,
    /// Files, frame and findings since a reviewer framed it anew.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub framing: Option<Json>,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
