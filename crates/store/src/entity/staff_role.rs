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
    /// `reviewer`, `officer`, `finance` or `operator`.
    pub role: String,
    /// The school it holds for; none means every school.
    pub school_id: Option<Uuid>,
    /// When the row was made.
    pub created_at: DateTimeUtc,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
