//! A provider or a store that takes a call and keeps silent holds nobody for longer than its timeout.

use crate::{
    alipay::calls as alipay, double::silent, vectors::entropy, wechat_pay::calls as wechat_pay,
};
use bytes::Bytes;
use providers::{
    CallTimeouts, Http, Outcome, SystemRandom,
    blob::{BlobError, BlobKey, BlobStore, BlobTimeouts, S3Settings},
    breaker::BreakerSettings,
    payment::PaymentChannel,
};
use std::time::Duration;

const SHORT: Duration = Duration::from_millis(200);
/// A call that takes this long was not given up.
const TOO_LONG: Duration = Duration::from_secs(30);

fn hasty() -> Http {
    let timeouts = CallTimeouts {
        connect: SHORT,
        first_byte: SHORT,
        total: 2 * SHORT,
        refund: SHORT,
        bill: 2 * SHORT,
    };
    Http::new(timeouts).unwrap()
}

#[tokio::test]
async fn a_provider_that_keeps_silent_is_given_up() {
    for head in ["", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{"] {
        let origin = silent(head);
        let both: [Box<dyn PaymentChannel>; 2] = [
            Box::new(wechat_pay::client(&[&origin]).with_http(hasty())),
            Box::new(alipay::client(&origin).with_http(hasty())),
        ];
        for channel in both {
            let asked = tokio::time::timeout(TOO_LONG, channel.query("G260609A1B2C3D4E5F6G7H8J"));
            let outcome = asked.await.unwrap().outcome;
            assert!(matches!(outcome, Outcome::Unknown(_)), "{outcome:?}");
        }
    }
}

#[tokio::test]
async fn a_store_that_keeps_silent_is_given_up_and_then_not_asked() {
    let settings = S3Settings {
        bucket: "portraits".to_owned(),
        region: "us-east-1".to_owned(),
        endpoint: Some(silent("")),
        access_key_id: "id".to_owned(),
        secret_access_key: "secret".into(),
        timeouts: BlobTimeouts {
            connect: SHORT,
            first_byte: SHORT,
            min_bytes_per_s: 1 << 20,
        },
        breaker: BreakerSettings {
            failures: 2,
            open_for: TOO_LONG,
        },
    };
    let store = BlobStore::s3(&settings, &entropy()).unwrap();
    let key = BlobKey::random(&SystemRandom);
    for is_open in [false, false, true] {
        let got = store.get(&key).await.unwrap_err();
        assert_eq!(matches!(got, BlobError::Open), is_open, "{got:?}");
        let put = store.put(&key, Bytes::from_static(b"1")).await.unwrap_err();
        assert_eq!(matches!(put, BlobError::Open), is_open, "{put:?}");
    }
    let probed = store.probe(SHORT).await.unwrap_err();
    assert!(matches!(probed, BlobError::Silent(_)), "{probed:?}");
}

#[test]
fn the_time_of_a_call_grows_with_its_size() {
    let times = BlobTimeouts {
        connect: SHORT,
        first_byte: Duration::from_secs(5),
        min_bytes_per_s: 1_000,
    };
    for (bytes, seconds) in [(0, 5), (1_000, 6), (10_000, 15)] {
        assert_eq!(times.for_bytes(bytes), Duration::from_secs(seconds));
    }
}
