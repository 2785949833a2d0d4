//! The ID documents by which a roster entry is found; an entry may have several.

use sea_orm::entity::prelude::*;

/// One row of `roster_ids`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roster_ids")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The school that listed the student.
    pub school_id: Uuid,
    /// The task.
    pub task_id: Uuid,
    /// The entry it leads to.
    pub entry_id: Uuid,
    /// The entry's level, here for the unique key.
    pub level: String,
    /// Keyed hash of the normalised number alone, under the task's own key.
    pub id_index: Vec<u8>,
    /// The document's type.
    pub id_type: String,
    /// The number, sealed.
    pub number_sealed: Vec<u8>,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
