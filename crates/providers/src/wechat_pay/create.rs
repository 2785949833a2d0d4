//! Asking for a payment by each product.

use super::WechatPay;
use crate::{
    Outcome, Reply, beijing, lenient,
    outcome::{ProviderRefusal, Trace},
    payment::{Created, Credential, PaymentOrder, Prepared, Way},
    percent::encode,
};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// How long a QR code or a number of a payment inside the app is good.
/// Source: docs/sources.md#wechat-pay-validity
const CODE_LIFE: TimeDelta = TimeDelta::hours(2);
/// How long an H5 address is good. Source: docs/sources.md#wechat-pay-validity
const H5_LIFE: TimeDelta = TimeDelta::minutes(5);

#[derive(Serialize)]
struct Request<'a> {
    appid: &'a str,
    mchid: &'a str,
    description: &'a str,
    out_trade_no: &'a str,
    time_expire: String,
    notify_url: &'a str,
    amount: Amount,
    #[serde(skip_serializing_if = "Option::is_none")]
    scene_info: Option<SceneInfo>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payer: Option<PayerInfo<'a>>,
}

#[derive(Serialize)]
struct Amount {
    total: i64,
    currency: &'static str,
}

#[derive(Serialize)]
struct SceneInfo {
    payer_client_ip: IpAddr,
    h5_info: H5Info,
}

#[derive(Serialize)]
struct H5Info {
    r#type: &'static str,
}

#[derive(Serialize)]
struct PayerInfo<'a> {
    openid: &'a str,
}

/// Each product answers with one of these.
#[derive(Deserialize)]
struct Answer {
    #[serde(default, deserialize_with = "lenient::text")]
    code_url: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    h5_url: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    prepay_id: Option<String>,
}

impl WechatPay {
    pub(super) async fn ask_for_payment(&self, order: &PaymentOrder<'_>) -> Reply<Created> {
        let (product, life) = match order.way {
            Way::Native => ("native", CODE_LIFE),
            Way::H5 { .. } => ("h5", H5_LIFE),
            Way::Jsapi { .. } => ("jsapi", CODE_LIFE),
            Way::Precreate | Way::Page { .. } | Way::Wap { .. } => {
                return Trace::default().with(Outcome::Refused(ProviderRefusal::way()));
            }
        };
        let expires_at = order.expires_at.min(self.entropy.now() + life);
        let target = format!("/v3/pay/transactions/{product}");
        let received = self.post(&target, &self.request(order)).await;
        received.reply(200, |body| match credential(body, order.way) {
            Ok(credential) => Outcome::Definite(Created::Ready(Prepared {
                credential,
                expires_at,
            })),
            Err(seen) => Outcome::Unknown(seen),
        })
    }

    fn request<'a>(&'a self, order: &PaymentOrder<'a>) -> Request<'a> {
        let (scene_info, payer) = match order.way {
            Way::H5 { payer_ip, .. } => {
                let h5_info = H5Info { r#type: "Wap" };
                let payer_client_ip = payer_ip.to_canonical();
                (
                    Some(SceneInfo {
                        payer_client_ip,
                        h5_info,
                    }),
                    None,
                )
            }
            Way::Jsapi { openid } => (None, Some(PayerInfo { openid })),
            Way::Native | Way::Precreate | Way::Page { .. } | Way::Wap { .. } => (None, None),
        };
        Request {
            appid: &self.credentials.appid,
            mchid: &self.credentials.mchid,
            description: order.description,
            out_trade_no: order.out_trade_no,
            time_expire: beijing::local(order.expires_at).to_rfc3339(),
            notify_url: order.notify_url,
            amount: Amount {
                total: order.amount.0,
                currency: "CNY",
            },
            scene_info,
            payer,
        }
    }
}

/// The way to the cashier, where the answer is the one that this product gives.
fn credential(body: &[u8], way: Way<'_>) -> Result<Credential, String> {
    let answer: Answer = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let found = match way {
        Way::Native => answer.code_url.map(Credential::QrCode),
        Way::H5 { return_url, .. } => answer.h5_url.map(|address| {
            let back = encode(return_url);
            Credential::Redirect(format!("{address}&redirect_url={back}"))
        }),
        Way::Jsapi { .. } => answer.prepay_id.map(Credential::Prepay),
        Way::Precreate | Way::Page { .. } | Way::Wap { .. } => None,
    };
    found.ok_or_else(|| "a signed answer of another product".to_owned())
}
