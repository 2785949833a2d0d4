//! The merchant accounts that take money, and which of them a school's payments go to: those of the configuration, and those
//! that operators gave to schools, whose keys lie sealed in the database. docs/decisions/0060.

mod accounts;
mod find;
mod keys;
mod manage;

pub use accounts::{Client, ClientMaker, Merchant, Merchants};
pub(crate) use find::{all, by_account, of_school, providers_of};
pub use keys::{AlipayKeys, KeyFault, MerchantKeys, WechatPayKeys};
pub use manage::{NewMerchant, list, put, retire};

use chrono::TimeDelta;
use domain::audit::AuditExemption;
use domain::money_case::CaseKind;
use domain::payment::MerchantAccount;
use providers::{Outcome, ProviderRefusal};
use serde_json::json;

use crate::money_case::{self, Matter};
use crate::{Context, Failure};

/// How often platform certificates are fetched.
const RENEW_EVERY: TimeDelta = TimeDelta::hours(24);
/// When to try again where they could not be.
const RENEW_AGAIN: TimeDelta = TimeDelta::minutes(30);

/// Takes an account that its provider refuses out of use for a while, and puts it before a person.
pub(crate) async fn refused(
    context: &Context,
    account: MerchantAccount<'_>,
    refusal: &ProviderRefusal,
) -> Result<(), Failure> {
    let now = context.now();
    let MerchantAccount { provider, name } = account;
    context.merchants.put_out_of_order(provider, name, now);
    let matter = Matter {
        kind: CaseKind::AccountRefused,
        key: format!("{provider}:{name}:{}", refusal.code),
        merchant: account,
        order: None,
        amount: None,
        facts: json!({ "code": refusal.code, "message": refusal.message }),
    };
    let tx = context.store.begin().await?;
    money_case::open(context, &tx, matter).await?;
    Ok(store::commit(tx, AuditExemption::ProviderRecord).await?)
}

/// Fetches the platform certificates of `WeChat` Pay for the accounts that have some, once a day: they are replaced in time,
/// and a notice that names an unknown one is refused. The keys lie in memory, so that every server copy does this.
pub async fn renew_certificates(context: &Context) {
    let now = context.now();
    if !context.merchants.is_renewal_due(now) {
        return;
    }
    let accounts = match all(context).await {
        Ok(accounts) => accounts,
        Err(error) => {
            context.report("Merchant accounts could not be read", &error);
            return;
        }
    };
    let mut next = now + RENEW_EVERY;
    for merchant in &accounts {
        let Client::WechatPay(client, _) = &merchant.client else {
            continue;
        };
        if !client.has_certificates() {
            continue;
        }
        match client.refresh_certificates().await.outcome {
            Outcome::Definite(0) => {}
            Outcome::Definite(added) => tracing::info!(
                payment.merchant_account = merchant.account,
                "{added} new platform certificates are used"
            ),
            Outcome::Refused(ProviderRefusal { code: seen, .. }) | Outcome::Unknown(seen) => {
                next = now + RENEW_AGAIN;
                tracing::error!(
                    payment.merchant_account = merchant.account,
                    "Platform certificates could not be fetched: {seen}"
                );
            }
        }
    }
    context.merchants.renew_at(next);
}
