//! What an account may do beyond being a student.

use sea_orm::entity::prelude::*;

/// One row of `staff_roles`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_roles")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who has the role.
    pub account_id: Uuid,
    /// `operator`, `bureau_reviewer`, `finance`, `officer` or `school_reviewer`.
    pub role: String,
    /// The school it holds for; none means every school.
    pub school_id: Option<Uuid>,
    /// The colleges and classes to which it is limited.
    pub limits: Json,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// Counts the changes.
    pub version: i32,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
