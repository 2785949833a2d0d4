//! Asking for a payment by each product. A page is no call at all: the browser brings our signature
//! to the gateway.

use super::{Alipay, Call, Request};
use crate::{
    Outcome, ProviderRefusal, Reply, Trace, beijing,
    payment::{Created, Credential, PaymentOrder, Prepared, Way},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// How long a QR code is good. Source: docs/sources.md#alipay
const CODE_LIFE: TimeDelta = TimeDelta::hours(2);

/// The content of a `precreate`. `timeout_express` runs from the scan, `qr_code_timeout_express`
/// from the creation; without the second an unscanned code could be paid for two hours.
#[derive(Serialize)]
struct PrecreateRequest<'a> {
    out_trade_no: &'a str,
    total_amount: String,
    subject: &'a str,
    product_code: &'static str,
    timeout_express: String,
    qr_code_timeout_express: String,
}

#[derive(Deserialize)]
struct PrecreateAnswer {
    out_trade_no: String,
    qr_code: String,
}

#[derive(Serialize)]
struct PageRequest<'a> {
    out_trade_no: &'a str,
    total_amount: String,
    subject: &'a str,
    product_code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    quit_url: Option<&'a str>,
    time_expire: String,
}

impl Alipay {
    pub(super) async fn ask_for_payment(&self, order: &PaymentOrder<'_>) -> Reply<Created> {
        match order.way {
            Way::Precreate => self.precreate(order).await,
            Way::Page { return_url } => {
                let content = page(order, "FAST_INSTANT_TRADE_PAY", None);
                self.sign_page(order, "alipay.trade.page.pay", &content, return_url)
            }
            Way::Wap {
                return_url,
                quit_url,
            } => {
                let content = page(order, "QUICK_WAP_WAY", Some(quit_url));
                self.sign_page(order, "alipay.trade.wap.pay", &content, return_url)
            }
            Way::Native | Way::H5 { .. } | Way::Jsapi { .. } => {
                Trace::default().with(Outcome::Refused(ProviderRefusal::way()))
            }
        }
    }

    async fn precreate(&self, order: &PaymentOrder<'_>) -> Reply<Created> {
        let timeout = timeout_express(order.begun_at, order.expires_at);
        let content = PrecreateRequest {
            out_trade_no: order.out_trade_no,
            total_amount: order.amount.to_yuan(),
            subject: order.description,
            product_code: "FACE_TO_FACE_PAYMENT",
            timeout_express: timeout.clone(),
            qr_code_timeout_express: timeout,
        };
        let expires_at = order.expires_at.min(order.begun_at + CODE_LIFE);
        let method = "alipay.trade.precreate";
        let received = self.call(method, &content, Some(order.notify_url)).await;
        received.reply(
            |answer| match serde_json::from_str::<PrecreateAnswer>(answer) {
                Ok(made) if made.out_trade_no == order.out_trade_no => {
                    Outcome::Definite(Created::Ready(Prepared {
                        credential: Credential::QrCode(made.qr_code),
                        expires_at,
                    }))
                }
                Ok(made) => Outcome::Unknown(format!("answered for {}", made.out_trade_no)),
                Err(error) => Outcome::Unknown(error.to_string()),
            },
        )
    }

    fn sign_page(
        &self,
        order: &PaymentOrder<'_>,
        method: &str,
        content: &PageRequest<'_>,
        return_url: &str,
    ) -> Reply<Created> {
        let signed = serde_json::to_string(content)
            .map_err(|error| error.to_string())
            .and_then(|content| {
                let call = Call {
                    method,
                    content,
                    notify_url: Some(order.notify_url),
                    return_url: Some(return_url),
                };
                Request::signed(&self.credentials, call, self.entropy.now())
                    .map_err(|error| error.to_string())
            });
        let outcome = signed.map_or_else(Outcome::Unknown, |request| {
            Outcome::Definite(Created::Ready(Prepared {
                credential: Credential::Redirect(request.address(&self.gateway)),
                expires_at: order.expires_at,
            }))
        });
        Trace::default().with(outcome)
    }
}

fn page<'a>(
    order: &PaymentOrder<'a>,
    product_code: &'static str,
    quit_url: Option<&'a str>,
) -> PageRequest<'a> {
    PageRequest {
        out_trade_no: order.out_trade_no,
        total_amount: order.amount.to_yuan(),
        subject: order.description,
        product_code,
        quit_url,
        time_expire: beijing::format(order.expires_at),
    }
}

/// Whole minutes from the beginning of an attempt to its end, rounded down so that the code ends
/// before the attempt does; at least the one minute that Alipay demands. The time of the call has no
/// part in it: Alipay refuses a number that comes again with other parameters.
fn timeout_express(begun_at: DateTime<Utc>, expires_at: DateTime<Utc>) -> String {
    format!("{}m", (expires_at - begun_at).num_minutes().max(1))
}

#[cfg(test)]
mod tests {
    use super::timeout_express;
    use chrono::{DateTime, TimeDelta};
    use rstest::rstest;

    #[rstest]
    #[case::whole_minutes(1_800, "30m")]
    #[case::rounded_down(1_799, "29m")]
    #[case::less_than_a_minute(30, "1m")]
    #[case::over(-5, "1m")]
    fn a_timeout_is_rounded_down_and_at_least_a_minute(
        #[case] seconds: i64,
        #[case] expected: &str,
    ) {
        let begun_at = DateTime::UNIX_EPOCH;
        assert_eq!(
            timeout_express(begun_at, begun_at + TimeDelta::seconds(seconds)),
            expected
        );
    }
}
