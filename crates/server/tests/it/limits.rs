//! How fast requests may come: refused from memory, with the time to wait, and never at the cost of others.

use domain::ChallengeId;
use domain::limit::{ATTEMPTS_PER_ORDER, ATTEMPTS_TO_CONFIRM, IPV6_PREFIXES, Rate};
use domain::payment::{Provider, ProviderOperation};
use futures_util::future::join_all;

use crate::app::TestApp;
use crate::browser::Reply;
use crate::buyer::{Buyer, PHONE};
use crate::call::Owner;
use crate::document::operations;
use crate::journey::ZHANG;

const EXPORTS: &str = "/api/v1/me/exports";
/// The same path to whoever routes it.
const EXPORTS_IN_OTHER_LETTERS: &str = "/api/v1/me/%65xports";

fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

/// A rate by which one taking empties any bucket of the product for a minute.
const EMPTYING: Rate = Rate::every_millis(60_000, 1_000);

/// How many answers have this status.
fn count(replies: &[Reply], status: u16) -> usize {
    let with_status = replies.iter().filter(|reply| reply.status == status);
    with_status.count()
}

/// An id of a code that nobody asked for, another one for each number.
fn invented(number: usize) -> String {
    let mut bytes = [0; 10];
    bytes[..8].copy_from_slice(&u64::try_from(number).unwrap().to_be_bytes());
    ChallengeId::new(chrono::DateTime::UNIX_EPOCH, bytes).to_string()
}

#[actix_web::test]
async fn an_account_exports_its_data_three_times_and_then_every_ten_minutes() {
    let app = TestApp::with_rates().await;
    let browser = app.student("13800138001").await;
    let exports = [EXPORTS, EXPORTS_IN_OTHER_LETTERS].into_iter().cycle();
    let exports = exports.take(48).map(|path| browser.act(path));
    let replies = join_all(exports).await;
    assert_eq!((count(&replies, 200), count(&replies, 429)), (3, 45));
    let put_off = replies.iter().find(|reply| reply.status == 429).unwrap();
    assert_eq!(put_off.problem(), refused(429, "request.too_many"));
    let wait: i64 = put_off.header("retry-after").parse().unwrap();
    assert!((1..=600).contains(&wait), "{wait}");
    assert_eq!(put_off.json()["retry_after_s"], wait);
    assert_eq!(
        app.student("13800138002").await.act(EXPORTS).await.status,
        200
    );
    app.advance(wait).await;
    assert_eq!(
        browser.get("/api/v1/me").await.status,
        401,
        "ten minutes are over"
    );
    assert_eq!(
        browser.act("/api/v1/auth/sessions/refresh").await.status,
        204
    );
    assert_eq!(browser.act(EXPORTS).await.status, 200);
    assert_eq!(browser.act(EXPORTS).await.status, 429);
}

#[actix_web::test]
async fn guesses_at_codes_are_refused_by_address_and_blame_nobody() {
    let app = TestApp::with_rates().await;
    let guesser = app.browser();
    let guesses = (0..120).map(|number| guesser.log_in(invented(number), "000000"));
    let replies = join_all(guesses).await;
    let looked_at = count(&replies, 410);
    assert!((30..60).contains(&looked_at), "{looked_at}");
    assert_eq!(count(&replies, 429), 120 - looked_at);
    let put_off = replies.iter().find(|reply| reply.status == 429).unwrap();
    assert_eq!(put_off.problem(), refused(429, "request.network_busy"));
    assert!(!put_off.header("retry-after").is_empty());
    let elsewhere = app.browser().log_in(invented(0), "000000").await;
    assert_eq!(elsewhere.status, 410);
}

#[actix_web::test]
async fn addresses_of_one_ipv6_network_count_together() {
    let app = TestApp::with_rates().await;
    let (_, allowance) = IPV6_PREFIXES[2];
    let at_once = usize::try_from(30 * allowance).unwrap();
    let mut looked_at = 0;
    for number in 0..3 * at_once {
        // Each from a household of its own, all of one organisation.
        let address = format!("2001:db8:1:{:x}::1", number * 3);
        let browser = app.browser_at(&address);
        if browser.log_in(invented(number), "000000").await.status == 429 {
            break;
        }
        looked_at += 1;
    }
    assert!((at_once..3 * at_once).contains(&looked_at), "{looked_at}");
    let other = app.browser_at("2001:db8:2::1");
    assert_eq!(other.log_in(invented(0), "000000").await.status, 410);
}

#[actix_web::test]
pub(crate) async fn an_order_is_tried_to_be_paid_ten_times_an_hour() {
    let app = TestApp::with_rates().await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    let mut replies = Vec::new();
    for number in 0..120 {
        let provider = ["wechat_pay", "alipay"][number % 2];
        replies.push(buyer.begin(provider, &format!("key-{number}")).await);
    }
    let most = ATTEMPTS_PER_ORDER[0].most;
    // Beyond the tenth attempt the last one is given again to who asks for its provider.
    let begun = count(&replies, 201);
    assert!((most..15).contains(&begun), "{begun}");
    assert_eq!(count(&replies, 429), 120 - begun);
    assert_eq!(
        replies[most].problem(),
        refused(429, "payment.too_many_attempts")
    );
    assert!(!replies[most].header("retry-after").is_empty());
    assert_eq!(replies[119].problem(), refused(429, "request.too_many"));
    assert_eq!(buyer.attempts(&app).await.len(), most);
    // The attempt that was begun last is still there to be paid.
    let again = buyer.attempts(&app).await;
    assert!(again.last().unwrap().superseded_at.is_none());
}

#[actix_web::test]
async fn i_have_paid_asks_about_the_latest_attempts_only() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    for number in 0..ATTEMPTS_TO_CONFIRM + 5 {
        let provider = ["wechat_pay", "alipay"][number % 2];
        let begun = buyer.begin(provider, &format!("key-{number}")).await;
        assert_eq!(begun.status, 201, "{begun:?}");
    }
    app.advance(4).await;
    let queries = async || {
        let mut queries = 0;
        for attempt in buyer.attempts(&app).await {
            let calls = buyer.calls(&app, &attempt).await;
            queries += calls
                .iter()
                .filter(|call| call.operation == ProviderOperation::Query)
                .count();
        }
        queries
    };
    let before = queries().await;
    let confirmed = buyer.browser.act(&buyer.path("/payments/confirm")).await;
    assert_eq!(confirmed.status, 200, "{confirmed:?}");
    let made = queries().await - before;
    assert!((1..=ATTEMPTS_TO_CONFIRM).contains(&made), "{made}");
}

#[actix_web::test]
async fn a_merchant_account_that_is_called_too_often_is_not_called() {
    let app = TestApp::with_rates().await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    let merchant = (Provider::WechatPay, "main".to_owned());
    let calls = &app.context.merchant_calls;
    calls.take(merchant, EMPTYING, app.context.now()).unwrap();
    let put_off = buyer.begin("wechat_pay", "key").await;
    assert_eq!(
        put_off.problem(),
        refused(503, "payment.provider_unavailable")
    );
    assert!(!put_off.header("retry-after").is_empty());
    let attempts = buyer.attempts(&app).await;
    assert!(buyer.calls(&app, &attempts[0]).await.is_empty());
    app.advance(5).await;
    let begun = buyer.begin("wechat_pay", "other-key").await;
    assert_eq!(begun.status, 201, "{begun:?}");
    assert_eq!(
        buyer.attempts(&app).await.len(),
        1,
        "the same attempt goes on"
    );
}

#[actix_web::test]
pub(crate) async fn every_operation_says_when_it_may_be_called_again() {
    let app = TestApp::with_rates().await;
    let owner = Owner::new(&app).await;
    let address = "203.0.113.99";
    let visitor = app.browser_at(address);
    let network = address.parse::<std::net::IpAddr>().unwrap().into();
    let addresses = &app.context.callers.addresses;
    let limited = operations()
        .iter()
        .filter(|operation| !operation.path.starts_with("/notify/"))
        .filter(|operation| !operation.path.starts_with("/.well-known/"));
    for operation in limited {
        let now = app.context.now();
        addresses.take(("", network), EMPTYING, now).unwrap();
        let put_off = visitor.send(owner.call(&visitor, operation)).await;
        let expected = refused(429, "request.network_busy");
        assert_eq!(put_off.problem(), expected, "{}", operation.id);
        assert!(!put_off.header("retry-after").is_empty(), "{put_off:?}");
    }
}
