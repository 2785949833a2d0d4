//! Money that a person must look at.

use sea_orm::entity::prelude::*;

/// One row of `money_cases`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "money_cases")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What is the matter: a word of `domain::money_case::CaseKind`.
    pub kind: String,
    /// What it is about; one row a kind and key.
    pub key: String,
    /// `wechat_pay` or `alipay`.
    pub provider: String,
    /// The configured merchant account.
    pub merchant_account: String,
    /// The school, where an order of ours is concerned.
    pub school_id: Option<Uuid>,
    /// The order, where one of ours is concerned.
    pub order_id: Option<Uuid>,
    /// The money in question.
    pub amount_fen: Option<i64>,
    /// Numbers and amounts, nothing about a person.
    #[sea_orm(column_type = "JsonBinary")]
    pub facts: Json,
    /// `open` or `resolved`.
    pub state: String,
    /// How often it was met.
    pub seen_count: i32,
    /// When it was first met.
    pub opened_at: DateTimeUtc,
    /// When somebody settled it.
    pub resolved_at: Option<DateTimeUtc>,
    /// Who.
    pub resolved_by: Option<String>,
    /// How, in their words.
    pub resolution: Option<String>,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
