//! Other names by which a school is found.

use sea_orm::entity::prelude::*;

/// One row of `school_aliases`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "school_aliases")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The school it names.
    pub school_id: Uuid,
    /// The alias, as people write it.
    pub alias: String,
    /// The alias as it is looked up; unique within its school.
    pub alias_folded: String,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
