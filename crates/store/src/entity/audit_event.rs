//! Who did what to whom; append only, with no foreign keys, so that it outlives what it tells of.

use sea_orm::entity::prelude::*;

/// One row of `audit_events`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_events")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// When it happened.
    pub at: DateTimeUtc,
    /// What kind of actor did it.
    pub actor_kind: String,
    /// Who did it, where it was somebody.
    pub actor_id: Option<Uuid>,
    /// Whose data it touched; a student reads their own by this.
    pub subject_account_id: Option<Uuid>,
    /// The school it belongs to, where it belongs to one.
    pub school_id: Option<Uuid>,
    /// What was done.
    pub action: String,
    /// What it was done to.
    pub object_type: String,
    /// The key of what it was done to.
    pub object_id: Option<Uuid>,
    /// Why, in the actor's words.
    pub reason: Option<String>,
    /// The request it came by.
    pub request_id: Option<String>,
    /// What else is worth keeping; no personal data.
    #[sea_orm(column_type = "JsonBinary")]
    pub facts: Json,
    /// Its chain, once it is sealed: its school, or the nil id.
    pub chain_id: Option<Uuid>,
    /// Its place in the chain, from 1.
    pub chain_sequence: Option<i64>,
    /// Its hash there.
    pub chain_hash: Option<Vec<u8>>,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
