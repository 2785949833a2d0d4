//! Rows of imports that a report lists.

use sea_orm::entity::prelude::*;

/// One row of `roster_import_rows`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roster_import_rows")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The school.
    pub school_id: Uuid,
    /// The import.
    pub import_id: Uuid,
    /// The row of the file; 0 for a student whom no row names.
    pub row_number: i64,
    /// What came of it.
    pub verdict: String,
    /// The column that it is about.
    pub column_name: Option<String>,
    /// The student of the list.
    pub entry_id: Option<Uuid>,
    /// How the student was listed before, sealed.
    pub before_sealed: Option<Vec<u8>>,
    /// The student's version after the change.
    pub version_after: Option<i32>,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
