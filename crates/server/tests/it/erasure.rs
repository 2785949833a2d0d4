//! Erasing on demand: an account, a consent, and the ledger by which a restored backup forgets again.

use std::path::Path;

use chrono::TimeDelta;
use domain::retention::ErasureKind;
use domain::{AccountId, PhotoId};
use serde_json::{Value, json};
use service::erasure::{ErasureEntry, Replayed};
use store::Connection as _;

use crate::app::TestApp;
use crate::browser::{Browser, Reply};
use crate::buyer::{Buyer, PHONE, can_pay, start};
use crate::journey::{ZHANG, ZHAO, portrait, upload_id};

const ERASURES: &str = "/api/v1/me/erasures";

/// How many rows a condition holds for.
pub(crate) async fn count(app: &TestApp, table: &str, condition: &str) -> u64 {
    let sql = format!("UPDATE {table} SET id = id WHERE {condition}");
    let on = app.context.store.writer();
    on.execute_unprepared(&sql).await.unwrap().rows_affected()
}

/// How many parts of difference hashes there are.
pub(crate) async fn bands(app: &TestApp) -> u64 {
    let on = app.context.store.writer();
    let all = on.execute_unprepared("UPDATE picture_bands SET value = value");
    all.await.unwrap().rows_affected()
}

/// How many files of photos there are.
pub(crate) fn files(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap();
    let count = |entry: std::io::Result<std::fs::DirEntry>| {
        let entry = entry.unwrap();
        let is_object = entry.file_name().to_string_lossy().len() == 26;
        if entry.path().is_dir() {
            files(&entry.path())
        } else {
            usize::from(is_object)
        }
    };
    entries.map(count).sum()
}

/// Asks for the code; its id.
async fn begun(app: &TestApp, browser: &Browser) -> Reply {
    let body = json!({ "captcha_token": app.captcha_token().await });
    browser.post(ERASURES, body).await
}

async fn confirm(browser: &Browser, id: &str, code: &str) -> Reply {
    let path = format!("{ERASURES}/{id}/confirm");
    browser.post(&path, json!({ "code": code })).await
}

fn other_than(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

async fn paid() -> (TestApp, Buyer) {
    let (app, buyer) = start().await;
    let number = buyer.begun(&app, "wechat_pay").await;
    assert!(can_pay(&app, &number).await);
    app.work().await;
    assert_eq!(buyer.order().await["status"], "paid");
    (app, buyer)
}

#[actix_web::test]
pub(crate) async fn what_names_a_person_goes_and_what_accounting_wants_stays() {
    let (app, buyer) = Box::pin(paid()).await;
    let browser = &buyer.browser;
    let me = browser.get("/api/v1/me").await.json();
    let contact = json!({ "language": "en", "email": "li@pku.edu.cn", "address": "学院路38号", "version": me["version"] });
    assert_eq!(browser.patch("/api/v1/me", contact).await.status, 200);
    let mut question = browser.claim(ZHAO).await;
    question.as_object_mut().unwrap().remove("student_no");
    question["note"] = "换了护照".into();
    assert_eq!(
        browser
            .post("/api/v1/roster-tickets", question)
            .await
            .status,
        201
    );
    assert_eq!(files(&app.folder()), 3);

    app.advance(61).await;
    let begun = begun(&app, browser).await;
    assert_eq!(begun.status, 202, "{begun:?}");
    let (id, code) = (begun.text("challenge_id"), app.code_for(PHONE).await);
    let wrong = confirm(browser, &id, other_than(&code)).await;
    assert_eq!(wrong.problem(), (422, "login.code_wrong".to_owned()));
    assert_eq!(browser.get("/api/v1/me").await.status, 200);
    let done = confirm(browser, &id, &code).await;
    assert_eq!(done.status, 204, "{done:?}");
    assert_eq!(done.header("clear-site-data"), "\"storage\"");

    assert_eq!(browser.get("/api/v1/me").await.status, 401);
    app.work().await;
    assert_eq!(files(&app.folder()), 0);
    for (table, condition) in [
        (
            "accounts",
            "state <> 'erased' OR email_sealed IS NOT NULL OR address_sealed IS NOT NULL",
        ),
        ("enrolments", "state = 'live'"),
        (
            "photos",
            "state <> 'withdrawn' OR files_erased_at IS NULL OR note_sealed IS NOT NULL",
        ),
        ("consents", "withdrawn_at IS NULL"),
        ("roster_tickets", "1 = 1"),
        ("idempotency_keys", "1 = 1"),
        ("orders", "length(contact_sealed) > 0"),
        (
            "payment_attempts",
            "payer_ref_sealed IS NOT NULL OR credential IS NOT NULL",
        ),
        (
            "notify_inbox",
            "length(raw) > 0 OR plaintext_sealed IS NOT NULL",
        ),
        ("sms_challenges", "length(phone_sealed) > 0"),
    ] {
        assert_eq!(
            count(&app, table, condition).await,
            0,
            "{table}: {condition}"
        );
    }
    assert_eq!(
        count(&app, "orders", "state = 'paid' AND due_fen = 2000").await,
        1
    );
    assert_eq!(
        count(&app, "payment_attempts", "state = 'succeeded'").await,
        1
    );
    assert_eq!(count(&app, "ledger", "1 = 1").await, 2);
    assert_eq!(
        count(&app, "audit_events", "action = 'account.erased'").await,
        1
    );
    // The books still agree, and the keys still open what is stored.
    service::keys::check(&app.context).await.unwrap();

    app.advance(61).await;
    let anew = app.student(PHONE).await;
    assert_eq!(
        anew.get("/api/v1/me/orders").await.json(),
        json!({ "items": [], "next": null })
    );
    assert_eq!(anew.get("/api/v1/me").await.json()["email"], Value::Null);
    // The roster entry is free again.
    assert_eq!(anew.verify(&anew.claim(ZHANG).await).await.status, 201);
}

#[actix_web::test]
pub(crate) async fn an_account_with_money_on_its_way_is_not_erased() {
    let unsettled = (409, "erasure.order_unsettled".to_owned());
    let app = TestApp::with_sample().await;
    let browser = app.student(PHONE).await;
    app.advance(61).await;
    let (id, code) = (
        begun(&app, &browser).await.text("challenge_id"),
        app.code_for(PHONE).await,
    );
    // The order is made while the code is on its way.
    let enrolment = browser.enrol(ZHANG).await;
    let photo = browser
        .submit(&enrolment, &upload_id(1), portrait(480, 640, 1))
        .await;
    let refused = confirm(&browser, &id, &code).await;
    assert_eq!(refused.problem(), unsettled);
    assert!(
        refused.text("detail").contains(&photo.text("order_no")),
        "{refused:?}"
    );
    assert_eq!(begun(&app, &browser).await.problem(), unsettled);
    assert_eq!(browser.get("/api/v1/me").await.status, 200);

    let close = format!("/api/v1/orders/{}/close", photo.text("order_no"));
    assert_eq!(browser.act(&close).await.status, 200);
    // The right code was not used up by the refusal.
    assert_eq!(confirm(&browser, &id, &code).await.status, 204);
}

#[actix_web::test]
pub(crate) async fn an_erasure_is_limited_like_a_login() {
    let app = TestApp::start().await;
    let browser = app.student(PHONE).await;
    let early = begun(&app, &browser).await;
    assert_eq!(early.problem(), (429, "login.too_many_sends".to_owned()));
    app.advance(61).await;
    let without = browser.post(ERASURES, json!({})).await;
    assert_eq!(without.problem().1, "login.captcha_required");
    for _ in 0..2 {
        app.advance(61).await;
        let id = begun(&app, &browser).await.text("challenge_id");
        let code = app.code_for(PHONE).await;
        for left in (0..5).rev() {
            let reply = confirm(&browser, &id, other_than(&code)).await;
            let expected = match left {
                0 => (410, "login.code_burnt".to_owned()),
                _ => (422, "login.code_wrong".to_owned()),
            };
            assert_eq!(reply.problem(), expected);
        }
    }
    let elsewhere = app.student("13900139000").await;
    let stranger = confirm(&elsewhere, "sms_00000000000000000000000001", "000000").await;
    assert_eq!(stranger.problem(), (410, "login.code_expired".to_owned()));
}

/// A server may take a token for some seconds after another one ended the account.
#[actix_web::test]
async fn nothing_is_written_for_an_erased_account() {
    let app = TestApp::with_sample().await;
    let browser = app.student(PHONE).await;
    let me = browser.get("/api/v1/me").await.json();
    let claim = browser.claim(ZHANG).await;
    let sql = "UPDATE accounts SET state = 'erased'";
    let on = app.context.store.writer();
    on.execute_unprepared(sql).await.unwrap();
    let change = json!({ "language": "en", "email": "li@pku.edu.cn", "address": "", "version": me["version"] });
    for reply in [
        browser.patch("/api/v1/me", change).await,
        browser.consent().await,
        browser.verify(&claim).await,
    ] {
        assert_eq!(reply.problem(), (401, "session.required".to_owned()));
    }
}

#[actix_web::test]
async fn a_login_code_erases_nothing() {
    let app = TestApp::start().await;
    let browser = app.student(PHONE).await;
    app.advance(61).await;
    let sent = browser
        .ask_for_code_as_a_person(PHONE, &app.captcha_token().await)
        .await;
    let code = app.code_for(PHONE).await;
    let reply = confirm(&browser, &sent.text("challenge_id"), &code).await;
    assert_eq!(reply.problem(), (410, "login.code_expired".to_owned()));
    assert_eq!(browser.get("/api/v1/me").await.status, 200);
}

#[actix_web::test]
pub(crate) async fn a_withdrawn_consent_deletes_the_files_of_every_photo() {
    let app = TestApp::with_sample().await;
    let browser = app.student(PHONE).await;
    let enrolment = browser.enrol(ZHAO).await;
    let mut photos = Vec::new();
    for number in 1..=2 {
        let file = portrait(480, 640, number);
        photos.push(
            browser
                .submit(&enrolment, &upload_id(number), file)
                .await
                .text("id"),
        );
    }
    assert_eq!(files(&app.folder()), 6);
    // An accepted photo that the school does not have yet goes too.
    assert_eq!(count(&app, "photos", "state = 'pending_review'").await, 1);
    let sql = "UPDATE photos SET state = 'approved' WHERE state = 'pending_review'";
    app.context
        .store
        .writer()
        .execute_unprepared(sql)
        .await
        .unwrap();
    let withdrawn = browser.delete("/api/v1/me/consents/face_photo").await;
    assert_eq!(withdrawn.status, 204, "{withdrawn:?}");
    app.work().await;
    assert_eq!(files(&app.folder()), 0);
    for (photo, state) in photos.iter().zip(["replaced", "withdrawn"]) {
        let view = browser.get(&format!("/api/v1/photos/{photo}")).await;
        assert_eq!(view.text("state"), state);
        for variant in ["original", "framed", "thumb"] {
            let path = format!("/api/v1/photos/{photo}/image?variant={variant}");
            let gone = browser.get(&path).await;
            assert_eq!(gone.problem(), (410, "photo.erased".to_owned()));
        }
    }
    let ledger = service::erasure::ledger(&app.context, chrono::DateTime::UNIX_EPOCH).await;
    let kinds: Vec<_> = ledger.unwrap().iter().map(|entry| entry.kind).collect();
    let photo = ErasureKind::Photo;
    assert_eq!(kinds, [ErasureKind::Consent, photo, photo]);
}

/// What a restored backup looks like: everything is there that the ledger says was erased.
#[actix_web::test]
async fn a_ledger_is_replayed_on_what_came_back() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    let other = app.student("13900139000").await;
    let enrolment = other.enrol(ZHAO).await;
    let photo = other
        .submit(&enrolment, &upload_id(1), portrait(480, 640, 1))
        .await;
    let me = buyer.browser.get("/api/v1/me").await.text("id");
    let account: AccountId = me.parse().unwrap();
    let theirs: PhotoId = photo.text("id").parse().unwrap();
    let at = app.context.now() - TimeDelta::days(1);
    let entry = |kind, object_id| ErasureEntry {
        kind,
        object_id,
        at,
    };
    let ledger = [
        entry(ErasureKind::Account, account.0),
        entry(ErasureKind::Photo, theirs.0),
        entry(ErasureKind::Photo, account.0),
    ];
    let text = serde_json::to_string(&ledger).unwrap();
    let ledger: Vec<ErasureEntry> = serde_json::from_str(&text).unwrap();

    let replayed = service::erasure::replay(&app.context, &ledger)
        .await
        .unwrap();
    assert_eq!(
        replayed,
        Replayed {
            erased: 2,
            absent: 1
        }
    );
    app.work().await;
    assert_eq!(files(&app.folder()), 0);
    assert_eq!(buyer.browser.get("/api/v1/me").await.status, 401);
    assert_eq!(count(&app, "accounts", "state = 'erased'").await, 1);
    let view = other
        .get(&format!("/api/v1/photos/{}", photo.text("id")))
        .await;
    assert_eq!(view.text("state"), "withdrawn");

    let again = service::erasure::replay(&app.context, &ledger)
        .await
        .unwrap();
    assert_eq!(
        again,
        Replayed {
            erased: 0,
            absent: 3
        }
    );
    let kept = service::erasure::ledger(&app.context, at).await.unwrap();
    assert!(ledger.iter().all(|entry| kept.contains(entry)), "{kept:?}");
}
