//! Staff: second factors, roles, and who may give them.

use domain::role::Role;
use serde_json::{Value, json};
use service::staff::NewOperator;

use crate::app::TestApp;
use crate::browser::{Browser, Reply};
use crate::call::school_named;
use crate::journey::ZHANG;

const OPERATOR: &str = "13800138201";
const OFFICER: &str = "13800138202";
const ME: &str = "/api/v1/staff/me";
const SECOND_FACTOR: &str = "/api/v1/auth/second-factor";
const MINUTE_S: i64 = 60;

fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

/// An authenticator app.
pub(crate) struct Device(providers::totp::TotpSecret);

impl Device {
    fn new(secret: &str) -> Self {
        let bytes = data_encoding::BASE32_NOPAD.decode(secret.as_bytes());
        Self(providers::totp::TotpSecret::from_bytes(bytes.unwrap()).unwrap())
    }

    pub(crate) fn code(&self, app: &TestApp) -> String {
        self.0.code_at(app.context.now()).unwrap()
    }
}

/// Sets up an authenticator in a browser that is logged in by phone; returns it with the recovery codes.
pub(crate) async fn enrol(app: &TestApp, browser: &Browser) -> (Device, Vec<String>) {
    let begun = browser.act("/api/v1/auth/totp-device").await;
    assert_eq!(begun.status, 201, "{begun:?}");
    assert!(begun.text("uri").contains(&begun.text("secret")));
    let device = Device::new(&begun.text("secret"));
    let wrong = confirm_device(browser, "000000").await;
    assert_eq!(wrong.problem(), refused(422, "staff.code_wrong"));
    let done = confirm_device(browser, &device.code(app)).await;
    assert_eq!(done.status, 200, "{done:?}");
    let codes = done.json()["recovery_codes"].clone();
    (device, serde_json::from_value(codes).unwrap())
}

async fn confirm_device(browser: &Browser, code: &str) -> Reply {
    let path = "/api/v1/auth/totp-device/confirm";
    browser.post(path, json!({ "code": code })).await
}

async fn confirm(browser: &Browser, code: &str) -> Reply {
    browser.post(SECOND_FACTOR, json!({ "code": code })).await
}

/// Logs a phone in, a minute after whatever code it was sent before.
pub(crate) async fn log_in(app: &TestApp, phone: &str) -> Browser {
    app.advance(MINUTE_S + 1).await;
    app.student(phone).await
}

/// Makes the first operator as the command line does, and logs them in with a device.
pub(crate) async fn operator(app: &TestApp) -> (Browser, Device, Vec<String>) {
    create(app, OPERATOR).await;
    let browser = log_in(app, OPERATOR).await;
    let (device, codes) = enrol(app, &browser).await;
    (browser, device, codes)
}

async fn create(app: &TestApp, phone: &str) {
    let actor = domain::access::Operator::new("installer").unwrap();
    let actor = domain::access::Actor::CommandLine(actor);
    let new = NewOperator {
        phone,
        name: "钱运营",
    };
    let made = service::staff::create_operator(&app.context, &actor, new).await;
    made.unwrap();
}

#[actix_web::test]
pub(crate) async fn a_session_of_staff_is_complete_with_a_code_that_works_once() {
    let app = TestApp::with_sample().await;
    create(&app, OPERATOR).await;
    let browser = log_in(&app, OPERATOR).await;
    let other = log_in(&app, OPERATOR).await;
    let third = log_in(&app, OPERATOR).await;
    let me = browser.get(ME).await;
    assert_eq!(me.text("second_factor"), "not_enrolled");
    let early = browser.get("/api/v1/staff").await;
    assert_eq!(
        early.problem(),
        refused(403, "staff.second_factor_required")
    );
    for (path, code) in [
        (SECOND_FACTOR, "staff.device_missing"),
        ("/api/v1/auth/totp-device/confirm", "staff.device_missing"),
    ] {
        let reply = browser.post(path, json!({ "code": "000000" })).await;
        assert_eq!(reply.problem(), refused(409, code));
    }
    let (device, codes) = enrol(&app, &browser).await;
    assert_eq!(codes.len(), 10);
    let me = browser.get(ME).await.json();
    assert_eq!(
        (&me["second_factor"], &me["recovery_codes_left"]),
        (&"confirmed".into(), &10.into())
    );
    assert_eq!(me["roles"][0]["role"], "operator");
    assert!(
        me["permissions"]
            .as_array()
            .unwrap()
            .iter()
            .all(|held| held["all_schools"] == true)
    );
    assert_eq!(browser.get("/api/v1/staff").await.status, 200);
    let twice = confirm_device(&browser, &device.code(&app)).await;
    assert_eq!(twice.problem(), refused(409, "staff.device_present"));

    // Another browser: the code that set the device up does not work again, and neither does any other twice.
    let me = other.get(ME).await;
    assert_eq!(me.text("second_factor"), "required");
    let replace = other.act("/api/v1/auth/totp-device").await;
    assert_eq!(replace.problem(), refused(409, "staff.device_present"));
    let used = confirm(&other, &device.code(&app)).await;
    assert_eq!(used.problem(), refused(422, "staff.code_wrong"));
    app.advance(30).await;
    let code = device.code(&app);
    assert_eq!(confirm(&other, &code).await.status, 204);
    let replayed = confirm(&third, &code).await;
    assert_eq!(replayed.problem(), refused(422, "staff.code_wrong"));
    let nothing = third.post(SECOND_FACTOR, json!({})).await;
    assert_eq!(nothing.problem(), refused(422, "request.field_missing"));

    // A recovery code, however it is typed, works once, and lets the person set up another device.
    let recover = async |code: &str| {
        third
            .post(SECOND_FACTOR, json!({ "recovery_code": code }))
            .await
    };
    let typed = codes[0].replace('-', " ").to_lowercase();
    assert_eq!(recover(&typed).await.status, 204);
    for code in [&codes[0], "no such code"] {
        let reply = recover(code).await;
        assert_eq!(reply.problem(), refused(422, "staff.recovery_code_wrong"));
    }
    assert_eq!(third.get(ME).await.json()["recovery_codes_left"], 9);
    let (new_device, _) = enrol(&app, &third).await;
    app.advance(30).await;
    let old = confirm(&other, &device.code(&app)).await;
    assert_eq!(old.problem(), refused(422, "staff.code_wrong"));
    assert_eq!(confirm(&other, &new_device.code(&app)).await.status, 204);
    let made = other.act("/api/v1/auth/recovery-codes").await;
    assert_eq!(made.status, 201);
    let spent = recover(&codes[1]).await;
    assert_eq!(
        spent.problem(),
        refused(422, "staff.recovery_code_wrong"),
        "earlier codes are replaced"
    );
}

#[actix_web::test]
pub(crate) async fn wrong_codes_are_limited_and_lock_nobody_out() {
    let app = TestApp::with_sample().await;
    let (_, device, _) = operator(&app).await;
    let guesser = log_in(&app, OPERATOR).await;
    for _ in 0..10 {
        let wrong = confirm(&guesser, "000000").await;
        assert_eq!(wrong.problem(), refused(422, "staff.code_wrong"));
    }
    app.advance(30).await;
    let limited = confirm(&guesser, &device.code(&app)).await;
    assert_eq!(limited.problem(), refused(429, "staff.too_many_tries"));
    let wait: i64 = limited.header("retry-after").parse().unwrap();
    assert!((1..=300).contains(&wait), "{wait}");
    app.advance(wait).await;
    assert_eq!(confirm(&guesser, &device.code(&app)).await.status, 204);
    // A right one gives all tries back.
    for _ in 0..10 {
        let wrong = confirm(&guesser, "000000").await;
        assert_eq!(wrong.problem(), refused(422, "staff.code_wrong"));
    }
}

#[actix_web::test]
pub(crate) async fn a_session_ends_after_half_an_hour_without_a_request() {
    let app = TestApp::with_sample().await;
    let (browser, device, _) = operator(&app).await;
    // The device was confirmed a moment ago; ten minutes later what is sensitive needs another code.
    app.advance(9 * MINUTE_S).await;
    assert_eq!(browser.act("/api/v1/auth/recovery-codes").await.status, 201);
    app.advance(MINUTE_S).await;
    assert_eq!(
        browser.act("/api/v1/auth/sessions/refresh").await.status,
        204
    );
    let stale = browser.act("/api/v1/auth/recovery-codes").await;
    assert_eq!(stale.problem(), refused(403, "staff.fresh_code_required"));
    assert_eq!(confirm(&browser, &device.code(&app)).await.status, 204);
    assert_eq!(browser.act("/api/v1/auth/recovery-codes").await.status, 201);

    let refresh = "/api/v1/auth/sessions/refresh";
    app.advance(29 * MINUTE_S).await;
    assert_eq!(browser.act(refresh).await.status, 204);
    assert_eq!(browser.get("/api/v1/staff").await.status, 200);
    // The access token is renewed shortly before, so that it is the idle time that ends the session.
    let other = log_in(&app, OFFICER).await;
    app.make_staff(&other, Role::Operator, None).await;
    app.advance(9 * MINUTE_S).await;
    assert_eq!(other.get("/api/v1/staff").await.status, 200);
    app.advance(30 * MINUTE_S).await;
    for idle in [&browser, &other] {
        assert_eq!(
            idle.act(refresh).await.problem(),
            refused(401, "session.required")
        );
    }
    // A token that is still good does not help.
    let third = log_in(&app, OPERATOR).await;
    app.advance(30).await;
    assert_eq!(confirm(&third, &device.code(&app)).await.status, 204);
    let access = third.cookie("__Host-access").unwrap();
    backdate(&app, &third).await;
    third.set_cookie("__Host-access", Some(&access));
    let idle = third.get("/api/v1/staff").await;
    assert_eq!(idle.problem(), refused(401, "staff.session_idle"));
    let over = third.get("/api/v1/me").await;
    assert_eq!(over.problem(), refused(401, "session.required"));
}

/// Makes a session's last request 30 minutes older.
async fn backdate(app: &TestApp, browser: &Browser) {
    let sessions = browser.get("/api/v1/me/sessions").await.json();
    let sessions = sessions["items"].as_array().unwrap().clone();
    let current = sessions.iter().find(|one| one["is_current"] == true);
    let family = current.unwrap()["id"].as_str().unwrap().parse().unwrap();
    let then = app.context.now() - domain::staff::IDLE_LIMIT;
    let tx = app.context.store.begin().await.unwrap();
    store::staff::see_session(&tx, family, then).await.unwrap();
    store::commit(tx, domain::audit::AuditExemption::SampleData)
        .await
        .unwrap();
}

fn new_staff(phone: &str, role: &str, classes: &[&str]) -> Value {
    json!({ "phone": phone, "name": "王老师", "role": role, "classes": classes })
}

#[actix_web::test]
pub(crate) async fn officers_manage_the_staff_of_their_own_school_only() {
    let app = TestApp::with_sample().await;
    let (operator, ..) = operator(&app).await;
    let ours = school_named(&operator, ZHANG.school).await;
    let theirs = school_named(&operator, "示例大学（南校区）").await;
    let staff_of = |school: &str| format!("/api/v1/schools/{school}/staff");

    // An operator invites an officer, who is told by text message.
    let invited = operator
        .post(&staff_of(&ours), new_staff(OFFICER, "officer", &[]))
        .await;
    assert_eq!(invited.status, 201, "{invited:?}");
    let again = operator
        .post(&staff_of(&ours), new_staff(OFFICER, "officer", &[]))
        .await;
    assert_eq!(again.problem(), refused(409, "staff.role_present"));
    let told = app.messages_to(OFFICER).await;
    assert!(told[0]["text"].as_str().unwrap().contains("/console"));
    let officer = log_in(&app, OFFICER).await;
    enrol(&app, &officer).await;

    // The officer invites a counsellor of one class, and reaches no other school and nobody of the platform.
    let colleague = "13800138203";
    let made = officer
        .post(
            &staff_of(&ours),
            new_staff(colleague, "officer", &["法学 1 班"]),
        )
        .await;
    assert_eq!(made.status, 201, "{made:?}");
    let role = format!("/api/v1/staff-roles/{}", made.text("id"));
    let elsewhere = operator
        .post(&staff_of(&theirs), new_staff("13800138204", "officer", &[]))
        .await;
    let foreign = format!("/api/v1/staff-roles/{}", elsewhere.text("id"));
    let limits = json!({ "colleges": [], "classes": ["法学 2 班"], "version": 1 });
    let unknown = refused(404, "staff.unknown");
    for reply in [
        officer.get(&staff_of(&theirs)).await,
        officer.get("/api/v1/staff").await,
        officer.get("/api/v1/schools/sch_1/staff").await,
        officer
            .post(&staff_of(&theirs), new_staff(colleague, "officer", &[]))
            .await,
        officer
            .post("/api/v1/staff", new_staff(colleague, "operator", &[]))
            .await,
        officer.get(&format!("{foreign}/permissions")).await,
        officer.patch(&foreign, limits.clone()).await,
        officer.delete(&foreign).await,
        officer.act(&format!("{foreign}/invitations")).await,
        officer.act(&format!("{foreign}/reset-device")).await,
    ] {
        assert_eq!(reply.problem(), unknown);
    }
    let pages = officer.pages(&format!("{}?limit=1", staff_of(&ours))).await;
    let seen: Vec<_> = pages
        .iter()
        .flatten()
        .map(|one| {
            (
                one["phone"].as_str().unwrap(),
                one["state"].as_str().unwrap(),
            )
        })
        .collect();
    let expected = [("138****8203", "invited"), ("138****8202", "accepted")];
    assert_eq!(seen, expected);
    for path in [staff_of(&ours), "/api/v1/staff".to_owned()] {
        let reply = operator.get(&format!("{path}?limit=0")).await;
        assert_eq!(reply.problem(), refused(422, "request.page_size"));
    }
    let wrong = json!({ "phone": "1", "name": "", "role": "operator", "classes": ["x"] });
    let wrong = officer.post(&staff_of(&ours), wrong).await;
    let fields: Vec<_> = wrong.json()["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["code"].as_str().unwrap().to_owned())
        .collect();
    let expected = [
        "login.phone_invalid",
        "staff.name_length",
        "staff.role_unknown",
    ];
    assert_eq!(fields, expected);
    let limited = operator
        .post("/api/v1/staff", new_staff(colleague, "finance", &["x"]))
        .await;
    assert_eq!(limited.problem(), refused(422, "staff.limits_invalid"));

    // What the counsellor may do is their classes' progress.
    let held = officer.get(&format!("{role}/permissions")).await.json();
    let held = held["permissions"].as_array().unwrap().clone();
    assert_eq!(held.len(), 1, "{held:?}");
    assert_eq!(
        (&held[0]["permission"], &held[0]["partial_school_ids"]),
        (&"progress.read".into(), &json!([ours]))
    );
    let counsellor = log_in(&app, colleague).await;
    enrol(&app, &counsellor).await;
    let refused_role = counsellor.get(&staff_of(&ours)).await;
    assert_eq!(
        refused_role.problem(),
        refused(403, "session.role_required")
    );

    // Other limits end their sessions; so does a reset of their device, after which they set up another.
    let changed = officer.patch(&role, limits.clone()).await;
    assert_eq!(changed.json()["classes"], json!(["法学 2 班"]));
    let late = officer.patch(&role, limits).await;
    assert_eq!(late.problem(), refused(409, "request.version_conflict"));
    assert_eq!(counsellor.get(ME).await.status, 401);
    let present = officer.act(&format!("{role}/invitations")).await;
    assert_eq!(present.problem(), refused(409, "staff.device_present"));
    let reset = officer.act(&format!("{role}/reset-device")).await;
    assert_eq!(reset.status, 204, "{reset:?}");
    let counsellor = log_in(&app, colleague).await;
    assert_eq!(
        counsellor.get(ME).await.text("second_factor"),
        "not_enrolled"
    );

    // The invitation runs out and is renewed.
    app.advance(15 * 24 * 60 * MINUTE_S).await;
    let counsellor = log_in(&app, colleague).await;
    let expired = counsellor.act("/api/v1/auth/totp-device").await;
    assert_eq!(expired.problem(), refused(410, "staff.invitation_expired"));
    let officer = log_in(&app, OFFICER).await;
    app.make_staff(&officer, Role::Officer, Some(ours.parse().unwrap()))
        .await;
    assert_eq!(
        officer.act(&format!("{role}/invitations")).await.status,
        204
    );
    assert_eq!(counsellor.act("/api/v1/auth/totp-device").await.status, 201);
    assert_eq!(officer.delete(&role).await.status, 204);
    assert_eq!(counsellor.get(ME).await.status, 401);
}

#[actix_web::test]
pub(crate) async fn the_last_operator_stays_and_nobody_resets_their_own_device() {
    let app = TestApp::with_sample().await;
    let (first, device, _) = operator(&app).await;
    let own = first.get("/api/v1/staff").await.json()["items"][0]["id"].clone();
    let own = format!("/api/v1/staff-roles/{}", own.as_str().unwrap());
    let last = first.delete(&own).await;
    assert_eq!(last.problem(), refused(409, "staff.last_operator"));
    let reset = first.act(&format!("{own}/reset-device")).await;
    assert_eq!(reset.problem(), refused(409, "staff.own_device"));

    let second = "13800138205";
    let made = first
        .post("/api/v1/staff", new_staff(second, "operator", &[]))
        .await;
    assert_eq!(made.status, 201, "{made:?}");
    let again = first
        .post("/api/v1/staff", new_staff(second, "operator", &[]))
        .await;
    assert_eq!(again.problem(), refused(409, "staff.role_present"));
    let second = log_in(&app, second).await;
    enrol(&app, &second).await;
    assert_eq!(second.act(&format!("{own}/reset-device")).await.status, 204);
    let first = log_in(&app, OPERATOR).await;
    assert_eq!(first.get(ME).await.text("second_factor"), "not_enrolled");
    let (again, _) = enrol(&app, &first).await;
    assert_ne!(again.code(&app), device.code(&app));

    // An officer of a school does not take the device of somebody who is more than that.
    let school = school_named(&first, ZHANG.school).await;
    let officer = log_in(&app, OFFICER).await;
    app.make_staff(&officer, Role::Officer, Some(school.parse().unwrap()))
        .await;
    let both = first
        .post(
            &format!("/api/v1/schools/{school}/staff"),
            new_staff(OPERATOR, "school_reviewer", &[]),
        )
        .await;
    assert_eq!(both.status, 201, "{both:?}");
    let path = format!("/api/v1/staff-roles/{}/reset-device", both.text("id"));
    let elsewhere = officer.act(&path).await;
    assert_eq!(elsewhere.problem(), refused(409, "staff.roles_elsewhere"));
    assert_eq!(second.delete(&own).await.status, 204);
    let first = log_in(&app, OPERATOR).await;
    let me = first.get(ME).await.json();
    assert_eq!(me["roles"].as_array().unwrap().len(), 1);
}
