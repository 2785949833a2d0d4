//! Checking, opening and reading a notice, beside checking an RSA signature of 2048 bits.

use std::hint::black_box;
use std::time::Duration;

use aws_lc_rs::signature::{ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256};
use chrono::DateTime;
use data_encoding::BASE64;
use providers::wechat_pay::{AccountSettings, Credentials, SignatureHeaders, open};
use rustix::time::{ClockId, clock_gettime};
use serde_json::Value;

use crate::signed::{self, KEYS, Signed};
use crate::{Compared, PASSES};

/// How many of each a pass makes, and in how many turns.
const TURNS: u32 = 20;
const A_TURN: u32 = 100;
const NOW: i64 = 1_781_000_000;

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn credentials(merchant: &Value) -> Credentials {
    let platform = &merchant["platform_keys"][0];
    Credentials::parse(&AccountSettings {
        mchid: text(&merchant["mchid"]).to_owned(),
        appid: text(&merchant["appid"]).to_owned(),
        merchant_serial: text(&merchant["merchant_serial"]).to_owned(),
        merchant_private_key: text(&merchant["merchant_private_key"]).into(),
        api_v3_key: text(&merchant["api_v3_key"]).into(),
        public_keys: vec![(
            text(&platform["serial"]).to_owned(),
            text(&platform["public_key"]).to_owned(),
        )],
    })
    .unwrap()
}

/// The processor's time that so many calls take; others on the machine do not count.
fn timed(call: impl Fn()) -> Duration {
    let now = || Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap();
    let began = now();
    for _ in 0..A_TURN {
        call();
    }
    now().saturating_sub(began)
}

pub(crate) fn compare() -> Compared {
    let keys: Value = serde_json::from_str(KEYS).unwrap();
    let merchant = &keys["wechat"];
    let paid = signed::paid(
        merchant,
        "G260609ABCDEFGHJKMNPQRST",
        "42000000002026060900000001",
    );
    let notice = signed::notice(merchant, "EV-1", &paid, NOW);
    let (credentials, now) = (
        credentials(merchant),
        DateTime::from_timestamp(NOW, 0).unwrap(),
    );
    let Signed { headers, body } = &notice;
    let [serial, timestamp, nonce, signature] = headers.each_ref().map(|header| header.1.as_str());
    let ours = || {
        let headers = SignatureHeaders {
            serial,
            timestamp,
            nonce,
            signature,
        };
        black_box(open(&credentials, &headers, body.as_bytes(), now).unwrap());
    };

    let pem = text(&merchant["platform_keys"][0]["public_key"]);
    let der: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let der = BASE64.decode(der.as_bytes()).unwrap();
    let key = ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, der).unwrap();
    let message = format!("{timestamp}\n{nonce}\n{body}\n");
    let signature = BASE64.decode(signature.as_bytes()).unwrap();
    let raw = || {
        key.verify_sig(black_box(message.as_bytes()), &signature)
            .unwrap();
    };

    let mut compared = Compared::new("R5 read: verify, open and parse ÷ verify");
    for _ in 0..PASSES {
        let mut took = (Duration::ZERO, Duration::ZERO);
        for _ in 0..TURNS {
            took.0 += timed(ours);
            took.1 += timed(raw);
        }
        compared.add(TURNS * A_TURN, took);
    }
    compared
}
