//! Schools' own accounts at payment providers: `/schools/{school_id}/merchant-accounts` and what gives one.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, delete, get, put};
use chrono::{DateTime, Utc};
use domain::access::perm;
use domain::reconciliation::FeeRate;
use domain::school_merchant::SchoolMerchant;
use serde::{Deserialize, Serialize};
use service::Context;
use service::merchant::{AlipayKeys, MerchantKeys, NewMerchant, WechatPayKeys};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::json_body::Body;
use crate::path::SchoolPath;
use crate::permitted::{FreshStaff, Staff};
use crate::problem::Fault;
use crate::schema;
use crate::text::Text;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_merchant_accounts)
        .service(put_wechat_pay_account)
        .service(put_alipay_account)
        .service(retire_merchant_account);
}

/// A school's account at a provider in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct MerchantAccountPath {
    /// The school.
    #[param(value_type = schema::SchoolId, inline)]
    school_id: String,
    /// The provider.
    #[param(value_type = schema::Provider, inline)]
    provider: String,
}

/// A school's account at a provider. Its keys are never shown.
#[derive(Debug, Serialize, ToSchema)]
struct MerchantAccountView {
    /// The account.
    #[schema(value_type = schema::MerchantAccountId)]
    id: String,
    /// `wechat_pay` or `alipay`.
    #[schema(value_type = schema::Provider)]
    provider: String,
    /// How bills, cases and the log name it; the random part of the address to which the provider sends notices.
    #[schema(max_length = 64, examples("k3v9q2m8x7c4d5e6"))]
    account: String,
    /// Its number at the provider: the merchant number, or the seller's at Alipay.
    #[schema(max_length = 64, examples("1900000002"))]
    merchant_no: String,
    /// The application at the provider.
    #[schema(max_length = 64, examples("wx8888888888888888"))]
    application: String,
    /// What the provider takes of a payment, in hundredths of a percent; null where fees are not compared with the bill's.
    #[schema(required = true, maximum = 10_000, examples(60))]
    fee_basis_points: Option<u16>,
    /// Since when it takes no new payments; null while it does.
    #[schema(required = true, examples("2026-09-01T08:00:00Z"))]
    retired_at: Option<DateTime<Utc>>,
    /// When it was given to the school.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    created_at: DateTime<Utc>,
    /// When its keys were last replaced, or it was retired.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    updated_at: DateTime<Utc>,
}

impl From<SchoolMerchant> for MerchantAccountView {
    fn from(account: SchoolMerchant) -> Self {
        Self {
            id: account.id.to_string(),
            provider: account.provider.as_str().to_owned(),
            account: account.name,
            merchant_no: account.merchant_no,
            application: account.application,
            fee_basis_points: account.fee_rate.map(|rate| rate.0),
            retired_at: account.retired_at,
            created_at: account.created_at,
            updated_at: account.updated_at,
        }
    }
}

/// The accounts that a school has or had.
#[derive(Debug, Serialize, ToSchema)]
struct MerchantAccounts {
    /// The oldest first.
    items: Vec<MerchantAccountView>,
}

/// List a school's own merchant accounts
///
/// With those that were retired, which answer for what they took. Keys are never shown.
#[utoipa::path(tag = "schools", operation_id = "list_merchant_accounts", params(SchoolPath), security(("session" = [])),
    responses((status = 200, body = MerchantAccounts, description = "The accounts, the oldest first."),
        answers::StaffReader, answers::Missing))]
#[get("/schools/{school_id}/merchant-accounts")]
async fn list_merchant_accounts(
    context: Data<Context>,
    staff: Staff<perm::ManageSchools>,
    path: Path<SchoolPath>,
) -> Result<Json<MerchantAccounts>, Fault> {
    let found = service::merchant::list(&context, staff.reach(), &path.school_id).await?;
    let items = found.into_iter().map(MerchantAccountView::from).collect();
    Ok(Json(MerchantAccounts { items }))
}

/// An account at `WeChat` Pay with its keys.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WechatPayAccountInput {
    /// The merchant number.
    #[schema(min_length = 6, max_length = 32, value_type = String, examples("1900000002"))]
    mchid: Text<32>,
    /// The application that is bound to it.
    #[schema(min_length = 1, max_length = 64, value_type = String, examples("wx8888888888888888"))]
    appid: Text<64>,
    /// The serial of the merchant's API certificate, 40 hexadecimal digits.
    #[schema(min_length = 40, max_length = 40, value_type = String, examples("5157F09EFDC096DE15EBE81A47057A7232F1B8E1"))]
    merchant_serial: Text<64>,
    /// The private key of that certificate, PEM.
    #[schema(max_length = 8192, value_type = String, examples("-----BEGIN PRIVATE KEY-----…"))]
    merchant_private_key: Text<8192>,
    /// The `APIv3` key, 32 characters.
    #[schema(min_length = 32, max_length = 32, value_type = String, examples("0123456789abcdef0123456789abcdef"))]
    api_v3_key: Text<64>,
    /// The name of `WeChat` Pay's public key.
    #[schema(max_length = 64, value_type = String, examples("PUB_KEY_ID_0119000000022026060100000000000001"))]
    public_key_id: Text<64>,
    /// `WeChat` Pay's public key, PEM.
    #[schema(max_length = 8192, value_type = String, examples("-----BEGIN PUBLIC KEY-----…"))]
    public_key: Text<8192>,
    /// The application's secret, for paying inside `WeChat`; without it students pay by QR code and in browsers.
    #[serde(default)]
    #[schema(max_length = 128, value_type = Option<String>, examples("5f9f5ae8f0f9e8d7c6b5a49382716050"))]
    app_secret: Option<Text<128>>,
    /// What the provider takes of a payment, in hundredths of a percent, such as 60 for 0.6 %. Without it the rate that was known
    /// stays; where none is, fees are not compared with the bill's.
    #[serde(default)]
    #[schema(maximum = 10_000, examples(60))]
    fee_basis_points: Option<u16>,
}

/// An application at Alipay with its keys.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AlipayAccountInput {
    /// The application's number.
    #[schema(min_length = 1, max_length = 32, value_type = String, examples("2021000000000002"))]
    app_id: Text<32>,
    /// The seller's number.
    #[schema(min_length = 1, max_length = 32, value_type = String, examples("2088000000000002"))]
    seller_id: Text<32>,
    /// The application's private key, PEM.
    #[schema(max_length = 8192, value_type = String, examples("-----BEGIN PRIVATE KEY-----…"))]
    app_private_key: Text<8192>,
    /// Alipay's public key, PEM; not the application's own.
    #[schema(max_length = 8192, value_type = String, examples("-----BEGIN PUBLIC KEY-----…"))]
    alipay_public_key: Text<8192>,
    /// What the provider takes of a payment, in hundredths of a percent, such as 60 for 0.6 %. Without it the rate that was known
    /// stays; where none is, fees are not compared with the bill's.
    #[serde(default)]
    #[schema(maximum = 10_000, examples(60))]
    fee_basis_points: Option<u16>,
}

/// What was pasted, without the blanks around it.
fn pasted(text: &str) -> String {
    text.trim().to_owned()
}

/// Give a school an account at `WeChat` Pay
///
/// Also replaces the keys of one that it has: by the same merchant number. With another number the account before it is retired:
/// it takes no new payments, and what it took is asked of it and goes back from it. Keys are sealed and never shown again. Needs
/// a fresh second factor.
#[utoipa::path(tag = "schools", operation_id = "put_wechat_pay_account", params(SchoolPath), request_body = WechatPayAccountInput,
    security(("session" = [])),
    responses((status = 200, body = MerchantAccountView, description = "The account, which takes the school's payments from now on."),
        answers::StaffSession, answers::Body, answers::Missing, answers::State))]
#[put("/schools/{school_id}/wechat-pay-account")]
async fn put_wechat_pay_account(
    context: Data<Context>,
    staff: FreshStaff<perm::ManageSchools>,
    path: Path<SchoolPath>,
    body: Body<WechatPayAccountInput>,
) -> Result<Json<MerchantAccountView>, Fault> {
    let secret = body.app_secret.as_ref().map(|secret| pasted(secret));
    let keys = WechatPayKeys {
        mchid: pasted(&body.mchid),
        appid: pasted(&body.appid),
        merchant_serial: pasted(&body.merchant_serial),
        merchant_private_key: pasted(&body.merchant_private_key).into(),
        api_v3_key: pasted(&body.api_v3_key).into(),
        public_key_id: pasted(&body.public_key_id),
        public_key: pasted(&body.public_key),
        app_secret: secret.filter(|text| !text.is_empty()).map(Into::into),
    };
    let new = NewMerchant {
        keys: MerchantKeys::WechatPay(keys),
        fee_rate: body.fee_basis_points.map(FeeRate),
    };
    let put = service::merchant::put(&context, staff.actor(), &path.school_id, new).await?;
    Ok(Json(put.into()))
}

/// Give a school an application at Alipay
///
/// As `put_wechat_pay_account`, by the number of the seller. Needs a fresh second factor.
#[utoipa::path(tag = "schools", operation_id = "put_alipay_account", params(SchoolPath), request_body = AlipayAccountInput,
    security(("session" = [])),
    responses((status = 200, body = MerchantAccountView, description = "The account, which takes the school's payments from now on."),
        answers::StaffSession, answers::Body, answers::Missing, answers::State))]
#[put("/schools/{school_id}/alipay-account")]
async fn put_alipay_account(
    context: Data<Context>,
    staff: FreshStaff<perm::ManageSchools>,
    path: Path<SchoolPath>,
    body: Body<AlipayAccountInput>,
) -> Result<Json<MerchantAccountView>, Fault> {
    let keys = AlipayKeys {
        app_id: pasted(&body.app_id),
        seller_id: pasted(&body.seller_id),
        app_private_key: pasted(&body.app_private_key).into(),
        alipay_public_key: pasted(&body.alipay_public_key),
    };
    let new = NewMerchant {
        keys: MerchantKeys::Alipay(keys),
        fee_rate: body.fee_basis_points.map(FeeRate),
    };
    let put = service::merchant::put(&context, staff.actor(), &path.school_id, new).await?;
    Ok(Json(put.into()))
}

/// Have a school's account take no new payments
///
/// They go to the common account. What the account took is still asked of it and goes back from it. Needs a fresh second factor.
#[utoipa::path(tag = "schools", operation_id = "retire_merchant_account", params(MerchantAccountPath), security(("session" = [])),
    responses((status = 204, description = "It takes no new payments."), answers::StaffSession, answers::Missing))]
#[delete("/schools/{school_id}/merchant-accounts/{provider}")]
async fn retire_merchant_account(
    context: Data<Context>,
    staff: FreshStaff<perm::ManageSchools>,
    path: Path<MerchantAccountPath>,
) -> Result<HttpResponse, Fault> {
    let (school, provider) = (&path.school_id, &path.provider);
    service::merchant::retire(&context, staff.actor(), school, provider).await?;
    Ok(HttpResponse::NoContent().finish())
}
