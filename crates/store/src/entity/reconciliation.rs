//! A provider's bill of a day, compared with ours.

use sea_orm::entity::prelude::*;

/// One row of `reconciliations`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reconciliations")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `wechat_pay` or `alipay`.
    pub provider: String,
    /// The configured merchant account.
    pub merchant_account: String,
    /// The day in China that the bill is about.
    pub day: Date,
    /// `waiting` for the bill, or `done`.
    pub state: String,
    /// Where the sealed bill lies in the object store.
    pub bill_key: Option<String>,
    /// The hash of the bill as it came.
    pub bill_sha256: Option<Vec<u8>>,
    /// How many payments the bill lists.
    pub payments: i32,
    /// Their sum.
    pub paid_fen: i64,
    /// How many refunds the bill lists.
    pub refunds: i32,
    /// Their sum, as a positive number.
    pub refunded_fen: i64,
    /// How many rows did not agree.
    pub differences: i32,
    /// How often it was tried.
    pub tries: i32,
    /// When to try next; none when done.
    pub next_try_at: Option<DateTimeUtc>,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// What came of comparing: differences, fees and movements; none until the bill was there.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub findings: Option<Json>,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the comparison was done.
    pub finished_at: Option<DateTimeUtc>,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
