//! Roster entries: students as their school listed them.

use sea_orm::entity::prelude::*;

/// One row of `roster_entries`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roster_entries")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The school that listed the student.
    pub school_id: Uuid,
    /// The task.
    pub task_id: Uuid,
    /// `phd`, `msc`, `pgc`, `ba2`, `ba` or `ja`.
    pub level: String,
    /// The name, sealed.
    pub name_sealed: Vec<u8>,
    /// The student number, sealed.
    pub student_no_sealed: Option<Vec<u8>>,
    /// Keyed hash of the student number.
    pub student_no_index: Option<Vec<u8>>,
    /// The college.
    pub college: Option<String>,
    /// The class.
    pub class_name: Option<String>,
    /// The major.
    pub major: Option<String>,
    /// The expected day of graduation, `YYYY-MM-DD`.
    pub expected_graduation: Option<String>,
    /// `listed` or `withdrawn`.
    pub state: String,
    /// Counts edits, for `If-Match`.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When it was last changed.
    pub updated_at: DateTimeUtc,
    /// Keyed hash of the folded name.
    pub name_index: Option<Vec<u8>>,
    /// What was corrected by hand: words of columns, with spaces between them.
    pub corrected: String,
    /// The import that added it.
    pub import_id: Option<Uuid>,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
