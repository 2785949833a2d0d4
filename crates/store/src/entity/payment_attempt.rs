//! Attempts to pay an order with a provider.

use sea_orm::entity::prelude::*;

/// One row of `payment_attempts`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payment_attempts")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The school.
    pub school_id: Uuid,
    /// The order.
    pub order_id: Uuid,
    /// `wechat_pay` or `alipay`.
    pub provider: String,
    /// `native`, `h5` or `jsapi` at `wechat_pay`; `precreate`, `page` or `wap` at `alipay`.
    pub product: String,
    /// The configured merchant account.
    pub merchant_account: String,
    /// Our number for it at the provider; unique.
    pub out_trade_no: String,
    /// What is asked for.
    pub amount_fen: i64,
    /// `new`, `pending`, `closed`, `rejected` or `succeeded`.
    pub state: String,
    /// What its money did, once succeeded: `applied`, `surplus` or `conflict`.
    pub disposition: Option<String>,
    /// The provider's number for the payment; unique with the provider.
    pub provider_txn_id: Option<String>,
    /// Who paid, as the provider names them, sealed.
    pub payer_ref_sealed: Option<Vec<u8>>,
    /// When the provider took the money.
    pub paid_at: Option<DateTimeUtc>,
    /// What the provider was asked with; repeated exactly on a retry.
    #[sea_orm(column_type = "JsonBinary")]
    pub create_params: Json,
    /// What the browser needs to pay.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub credential: Option<Json>,
    /// When the credential ends.
    pub credential_expires_at: Option<DateTimeUtc>,
    /// When the attempt ends at the provider.
    pub expires_at: DateTimeUtc,
    /// When a newer attempt took its place.
    pub superseded_at: Option<DateTimeUtc>,
    /// When to ask the provider next; none means no more.
    pub next_poll_at: Option<DateTimeUtc>,
    /// How often the provider was asked.
    pub polls: i32,
    /// When it was last asked.
    pub last_polled_at: Option<DateTimeUtc>,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// What really came, once money came.
    pub paid_fen: Option<i64>,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
