//! Notices from payment providers, kept before they are acted on.

use sea_orm::entity::prelude::*;

/// One row of `notify_inbox`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notify_inbox")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `wechat_pay` or `alipay`.
    pub provider: String,
    /// The configured merchant account.
    pub merchant_account: String,
    /// What makes two deliveries the same notice.
    pub dedupe_key: String,
    /// What it tells of.
    pub kind: String,
    /// The attempt it tells of.
    pub out_trade_no: Option<String>,
    /// The headers that the signature covers.
    #[sea_orm(column_type = "JsonBinary")]
    pub headers: Json,
    /// The body as it came.
    pub raw: Vec<u8>,
    /// The decrypted content, sealed.
    pub plaintext_sealed: Option<Vec<u8>>,
    /// When it first came.
    pub received_at: DateTimeUtc,
    /// When it was acted on.
    pub processed_at: Option<DateTimeUtc>,
    /// What acting on it came to.
    pub result: Option<String>,
    /// What went wrong last.
    pub error: Option<String>,
    /// How often it came.
    pub seen_count: i32,
    /// When to act on it (again), while it was not acted on.
    pub next_try_at: Option<DateTimeUtc>,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
