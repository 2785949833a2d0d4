//! Enrolments: which account is bound to which roster entry; history is kept.

use sea_orm::entity::prelude::*;

/// One row of `enrolments`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "enrolments")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The school.
    pub school_id: Uuid,
    /// The task.
    pub task_id: Uuid,
    /// The roster entry; at most one live row.
    pub entry_id: Uuid,
    /// The account bound to it.
    pub account_id: Uuid,
    /// `live` or `released`.
    pub state: String,
    /// When it was bound.
    pub created_at: DateTimeUtc,
    /// When it was released.
    pub released_at: Option<DateTimeUtc>,
    /// What was proven besides number and level: words of `domain::task::ExtraProof`, with a space between them.
    pub proven: String,
    /// Once released: whether the account may not bind the same entry again.
    pub is_barred: bool,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
