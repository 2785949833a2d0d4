//! The accounts at payment providers that schools take their students' money with.

use sea_orm::entity::prelude::*;

/// One row of `merchant_accounts`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "merchant_accounts")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The school.
    pub school_id: Uuid,
    /// `wechat_pay` or `alipay`.
    pub provider: String,
    /// The random part of the notice address.
    pub name: String,
    /// The number at the provider.
    pub merchant_no: String,
    /// The application at the provider.
    pub application: String,
    /// What the provider takes, in hundredths of a percent; null where that is not known.
    pub fee_basis_points: Option<i32>,
    /// The keys.
    pub keys_sealed: Vec<u8>,
    /// Since when it takes no new payments.
    pub retired_at: Option<DateTimeUtc>,
    /// Counts the changes.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it was last changed.
    pub updated_at: DateTimeUtc,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
