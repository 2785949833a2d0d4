//! Schools' own accounts at payment providers. Payments find theirs by its name, whether or not it was retired.

use domain::payment::{MerchantAccount, Provider};
use domain::reconciliation::FeeRate;
use domain::school_merchant::SchoolMerchant;
use domain::{MerchantAccountId, SchoolId, Sealed};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Select};

use crate::entity::merchant_account::{Column, Entity, Model};
use crate::word::word;
use crate::{StoreError, Tx};

fn read(row: Model) -> Result<SchoolMerchant, StoreError> {
    let rate = row.fee_basis_points.map(u16::try_from).transpose();
    let rate = rate.map_err(|_| StoreError::corrupt("merchant_accounts.fee_basis_points"))?;
    Ok(SchoolMerchant {
        id: MerchantAccountId(row.id),
        school_id: SchoolId(row.school_id),
        provider: word("merchant_accounts.provider", &row.provider)?,
        name: row.name,
        merchant_no: row.merchant_no,
        application: row.application,
        fee_rate: rate.map(FeeRate),
        keys: Sealed::from(row.keys_sealed),
        retired_at: row.retired_at,
        version: row.version,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

fn row(account: &SchoolMerchant) -> Model {
    Model {
        id: account.id.0,
        school_id: account.school_id.0,
        provider: account.provider.as_str().to_owned(),
        name: account.name.clone(),
        merchant_no: account.merchant_no.clone(),
        application: account.application.clone(),
        fee_basis_points: account.fee_rate.map(|rate| i32::from(rate.0)),
        keys_sealed: account.keys.clone().into_bytes(),
        retired_at: account.retired_at,
        version: account.version,
        created_at: account.created_at,
        updated_at: account.updated_at,
    }
}

/// Adds an account.
///
/// # Errors
/// [`StoreError::Conflict`] where its number is taken, or the school has an active one at the provider.
pub async fn insert(tx: &Tx, account: &SchoolMerchant) -> Result<(), StoreError> {
    crate::row::insert(tx, row(account)).await
}

/// Replaces an account.
pub async fn save(tx: &Tx, account: &SchoolMerchant) -> Result<(), StoreError> {
    crate::row::save(tx, row(account)).await
}

async fn one(
    on: &impl ConnectionTrait,
    query: Select<Entity>,
) -> Result<Option<SchoolMerchant>, StoreError> {
    query.one(on).await?.map(read).transpose()
}

async fn all(
    on: &impl ConnectionTrait,
    query: Select<Entity>,
) -> Result<Vec<SchoolMerchant>, StoreError> {
    let rows = query.order_by_asc(Column::Id).all(on).await?;
    rows.into_iter().map(read).collect()
}

/// The account of this name.
pub async fn named(
    on: &impl ConnectionTrait,
    account: MerchantAccount<'_>,
) -> Result<Option<SchoolMerchant>, StoreError> {
    let query = Entity::find()
        .filter(Column::Provider.eq(account.provider.as_str()))
        .filter(Column::Name.eq(account.name));
    one(on, query).await
}

/// The account with this number at a provider, whosever it is.
pub async fn numbered(
    on: &impl ConnectionTrait,
    provider: Provider,
    merchant_no: &str,
) -> Result<Option<SchoolMerchant>, StoreError> {
    let query = Entity::find()
        .filter(Column::Provider.eq(provider.as_str()))
        .filter(Column::MerchantNo.eq(merchant_no));
    one(on, query).await
}

/// The account that takes a school's new payments at a provider.
pub async fn active_of(
    on: &impl ConnectionTrait,
    school: SchoolId,
    provider: Provider,
) -> Result<Option<SchoolMerchant>, StoreError> {
    let query = Entity::find()
        .filter(Column::SchoolId.eq(school.0))
        .filter(Column::Provider.eq(provider.as_str()))
        .filter(Column::RetiredAt.is_null());
    one(on, query).await
}

/// The accounts that a school has or had, the oldest first.
pub async fn of_school(
    on: &impl ConnectionTrait,
    school: SchoolId,
) -> Result<Vec<SchoolMerchant>, StoreError> {
    all(on, Entity::find().filter(Column::SchoolId.eq(school.0))).await
}

/// The accounts of every school, the oldest first: for background work.
pub async fn of_all_schools(on: &impl ConnectionTrait) -> Result<Vec<SchoolMerchant>, StoreError> {
    all(on, Entity::find()).await
}
