//! The calls that were made to payment providers.

use chrono::{DateTime, Utc};
use domain::ProviderCallId;
use domain::payment::{CallOutcome, ProviderOperation};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::entity::provider_call::{Column, Entity, Model};
use crate::word::word;
use crate::{StoreError, Tx};

/// A call to a payment provider; no secrets and no bodies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderCall {
    /// The key.
    pub id: ProviderCallId,
    /// When the call was made.
    pub at: DateTime<Utc>,
    /// The configured merchant account.
    pub merchant_account: String,
    /// What was asked.
    pub operation: ProviderOperation,
    /// Our number of the payment or refund, or the day of the bill.
    pub out_no: String,
    /// The answer's HTTP status; `None` where no answer came.
    pub http_status: Option<u16>,
    /// The provider's code.
    pub code: Option<String>,
    /// The provider's id of the call.
    pub request_id: Option<String>,
    /// How long it took, in milliseconds.
    pub duration_ms: i32,
    /// What came of it.
    pub outcome: CallOutcome,
}

/// Adds a call.
pub async fn insert(tx: &Tx, call: &ProviderCall) -> Result<(), StoreError> {
    let row = Model {
        id: call.id.0,
        at: call.at,
        merchant_account: call.merchant_account.clone(),
        operation: call.operation.as_str().to_owned(),
        out_no: call.out_no.clone(),
        http_status: call.http_status.map(i32::from),
        code: call.code.clone(),
        request_id: call.request_id.clone(),
        duration_ms: call.duration_ms,
        outcome: call.outcome.as_str().to_owned(),
    };
    crate::row::insert(tx, row).await
}

/// The calls of a merchant account about a number of its own, oldest first.
pub async fn about(
    on: &impl ConnectionTrait,
    merchant_account: &str,
    out_no: &str,
) -> Result<Vec<ProviderCall>, StoreError> {
    let rows = Entity::find()
        .filter(Column::MerchantAccount.eq(merchant_account))
        .filter(Column::OutNo.eq(out_no))
        .order_by_asc(Column::At)
        .all(on)
        .await?;
    rows.into_iter().map(call).collect()
}

fn call(row: Model) -> Result<ProviderCall, StoreError> {
    let status = row.http_status.map(u16::try_from).transpose();
    Ok(ProviderCall {
        id: ProviderCallId(row.id),
        at: row.at,
        merchant_account: row.merchant_account,
        operation: word("provider_calls.operation", &row.operation)?,
        out_no: row.out_no,
        http_status: status.map_err(|_| StoreError::corrupt("provider_calls.http_status"))?,
        code: row.code,
        request_id: row.request_id,
        duration_ms: row.duration_ms,
        outcome: word("provider_calls.outcome", &row.outcome)?,
    })
}
