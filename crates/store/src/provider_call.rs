//! The calls that were made to payment providers.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::StoreError;
use crate::entity::provider_call::{Column, Entity, Model};

/// The calls of a merchant account about a number of its own, oldest first.
pub async fn about(
    on: &impl ConnectionTrait,
    merchant_account: &str,
    out_no: &str,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::MerchantAccount.eq(merchant_account))
        .filter(Column::OutNo.eq(out_no))
        .order_by_asc(Column::At)
        .all(on)
        .await?)
}
