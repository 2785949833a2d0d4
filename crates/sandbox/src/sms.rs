//! Text messages: two services at one address, told apart by their headers; messages land in the inbox page.

mod acs3;
mod aliyun;
mod aliyun_error;
mod call;
pub(crate) mod receipt;
mod tc3;
mod tencent;

use actix_web::http::StatusCode;
use actix_web::web::{self, Bytes, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::Value;

use crate::clock::Seconds;
use crate::fault::{Kind, Site};
use crate::message::{Message, Service};
use crate::notice::Matter;
use crate::provider::Provider;
use crate::request_text::shown;
use crate::sign::random_hex;
use crate::world::{Failure, Lost, Record, State, World, out_of_order};

use call::{Call, Limit, Reply, Work};

/// Messages for one number and the time in which so many may be sent.
/// Source: Aliyun's default limits for one signature and number; Tencent's are alike.
const LIMITS: [(usize, i64, Limit); 3] = [
    (1, 60, Limit::Minute),
    (5, 3600, Limit::Hour),
    (10, 86_400, Limit::Day),
];

/// The routes of the SMS port.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.route("/", web::post().to(serve));
}

async fn serve(world: Data<World>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let (now, id) = (world.now(), random_hex::<10>());
    let (id, request_id) = match id.and_then(|id| Ok((id, random_hex::<16>()?))) {
        Ok(ids) => ids,
        Err(error) => return out_of_order(error),
    };
    let call = if request.headers().contains_key("x-tc-action") {
        tencent::read(&world, &request, &body, now, &id)
    } else {
        aliyun::read(&world, &request, &body, now, &id)
    };
    let phone = call.phone.clone();
    let site = Site {
        provider: Provider::Sms,
        operation: call.operation,
        merchant: match call.service {
            Service::Aliyun => "aliyun",
            Service::Tencent => "tencent",
        },
        subject: &phone,
        refund: "",
    };
    let is_verified = Some(call.is_verified);
    let reply = perform(&world, site, call, now, &request_id).await;
    let record = Record {
        status: reply.status,
        outcome: reply.code,
        is_verified,
        request: shown(&request, &body),
        response: reply.body.to_string(),
    };
    world.record(site, record);
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::BAD_REQUEST);
    HttpResponse::build(status).json(reply.body)
}

/// Lets faults strike and does the work.
async fn perform(
    world: &World,
    site: Site<'_>,
    call: Call,
    now: Seconds,
    request_id: &str,
) -> Reply {
    let say = match call.service {
        Service::Aliyun => aliyun::say,
        Service::Tencent => tencent::say,
    };
    let failed = |status: u16, code: &str| Reply {
        status,
        code: code.to_owned(),
        body: Value::Null,
    };
    let failure = match world.fails_before(site).await {
        Some(Failure::Timeout) => return failed(504, "TIMEOUT"),
        Some(Failure::Internal) => return failed(500, "http_500"),
        Some(Failure::BadGateway) => return failed(502, "http_502_html"),
        Some(Failure::Code(code)) => Some(code),
        None => world.state().faults.take(site, Kind::SmsFail),
    };
    let reply = match (failure, call.refusal, call.work) {
        (Some(code), _, _) => say(&call.phone, request_id, Err((&code, "短信发送失败"))),
        (None, Some(refusal), _) => refusal,
        (None, None, Some(Work::Send(message))) => {
            let sent = keep(&mut world.state(), site, message, now);
            match sent {
                Ok(id) => say(&call.phone, request_id, Ok(&id)),
                Err(limit) => match call.service {
                    Service::Aliyun => aliyun::limited(limit, request_id),
                    Service::Tencent => tencent::limited(limit, &call.phone, request_id),
                },
            }
        }
        (None, None, Some(Work::Query) | None) => match call.service {
            Service::Aliyun => aliyun::details(&world.state(), &call.phone, now, request_id),
            Service::Tencent => tencent::details(&world.state(), &call.phone, now, request_id),
        },
    };
    match world.fails_after(site).await {
        Some(Lost::Timeout | Lost::CutOff) => failed(504, "TIMEOUT"),
        Some(Lost::Garbled) => Reply {
            body: Value::String("garbled".to_owned()),
            ..reply
        },
        None => reply,
    }
}

/// Puts the message into the inbox, within the limits of its number, and its receipt on the way; gives
/// the service's number of it.
fn keep(
    state: &mut State,
    site: Site<'_>,
    message: Message,
    now: Seconds,
) -> Result<String, Limit> {
    if !state.settings.is_sms_unlimited {
        for (permits, span_s, limit) in LIMITS {
            let recent = (state.messages.iter())
                .filter(|other| {
                    other.phone == message.phone
                        && other.service == message.service
                        && other.at > now - span_s
                })
                .count();
            if recent >= permits {
                return Err(limit);
            }
        }
    }
    let (id, number) = (message.id.clone(), state.next_number());
    let failure = state.faults.take(site, Kind::SmsReceiptFailed);
    let reported_at = message.reported_at();
    state.messages.push(Message {
        number,
        failure,
        ..message
    });
    if !state.faults.strikes(site, Kind::SmsReceiptMissing) {
        state.tell(Matter::Receipt(number), reported_at);
    }
    Ok(id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const SITE: Site<'_> = Site {
        provider: Provider::Sms,
        operation: "send",
        merchant: "aliyun",
        subject: "13800138000",
        refund: "",
    };

    #[test]
    fn one_number_gets_one_a_minute_five_an_hour_and_ten_a_day() {
        let mut state = State::new(false);
        let mut sent_at = |at: Seconds| {
            let message = Message {
                number: 0,
                service: Service::Aliyun,
                at,
                phone: "13800138000".into(),
                text: String::new(),
                template: String::new(),
                parameters: BTreeMap::new(),
                out_id: String::new(),
                id: String::new(),
                failure: None,
            };
            keep(&mut state, SITE, message, at).map(|_| ())
        };
        assert_eq!(
            [sent_at(0), sent_at(59), sent_at(60)],
            [Ok(()), Err(Limit::Minute), Ok(())]
        );
        for at in [120, 180, 240] {
            assert_eq!(sent_at(at), Ok(()));
        }
        assert_eq!(sent_at(300), Err(Limit::Hour));
        for at in [3600, 3660, 3720, 3780, 3840] {
            assert_eq!(sent_at(at), Ok(()), "{at}");
        }
        assert_eq!(sent_at(80_000), Err(Limit::Day));
        assert_eq!(sent_at(86_400), Ok(()), "the day rolls");
    }
}
