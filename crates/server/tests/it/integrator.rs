//! Integrators: who manages them, and what a change does to tokens that are out.

use data_encoding::BASE64;
use domain::Scope;
use domain::role::Role;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::{Browser, Reply};
use crate::call::school_named;
use crate::journey::ZHANG;
use crate::staff::log_in;

pub(crate) const TOKEN: &str = "/oauth/token";

fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

/// What people write of an integrator.
pub(crate) fn integrator_input(scopes: &[Scope]) -> Value {
    let scopes: Vec<_> = scopes.iter().map(|scope| scope.as_str()).collect();
    json!({ "name": "教务系统", "scopes": scopes })
}

/// An integrator with a secret.
pub(crate) struct System {
    pub(crate) client_id: String,
    pub(crate) credential_id: String,
    pub(crate) secret: String,
}

impl System {
    /// One of a school, made by staff.
    pub(crate) async fn of_school(staff: &Browser, school: &str, scopes: &[Scope]) -> Self {
        let path = format!("/api/v1/schools/{school}/integrators");
        let made = staff.post(&path, integrator_input(scopes)).await;
        assert_eq!(made.status, 201, "{made:?}");
        Self::with_secret(staff, &made.text("id")).await
    }

    pub(crate) async fn with_secret(staff: &Browser, client_id: &str) -> Self {
        let path = format!("/api/v1/integrators/{client_id}/credentials");
        let made = staff.post(&path, json!({})).await;
        assert_eq!(made.status, 201, "{made:?}");
        let secret = made.text("secret");
        Self {
            client_id: client_id.to_owned(),
            credential_id: made.json()["credential"]["id"].as_str().unwrap().to_owned(),
            secret,
        }
    }

    /// Asks for a token.
    pub(crate) async fn ask(&self, browser: &Browser, form: &[(&str, &str)]) -> Reply {
        let request = browser.request(Method::POST, TOKEN);
        let request = request.basic_auth(&self.client_id, Some(&self.secret));
        browser.send(request.form(form)).await
    }

    /// An access token, for one scope or for all.
    pub(crate) async fn token(&self, browser: &Browser, scope: Option<&str>) -> String {
        let mut form = vec![("grant_type", "client_credentials")];
        form.extend(scope.map(|scope| ("scope", scope)));
        let reply = self.ask(browser, &form).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        reply.text("access_token")
    }
}

/// A call with an access token.
pub(crate) fn bearing(browser: &Browser, path: &str, token: &str) -> RequestBuilder {
    browser.request(Method::GET, path).bearer_auth(token)
}

/// What OAuth answers: status and error.
pub(crate) fn error(reply: &Reply) -> (u16, String) {
    (reply.status, reply.text("error"))
}

/// An operator with a fresh second factor, and the ids of two schools.
pub(crate) async fn bureau(app: &TestApp) -> (Browser, String, String) {
    let operator = log_in(app, "13800138301").await;
    app.make_staff(&operator, Role::Operator, None).await;
    let ours = school_named(&operator, ZHANG.school).await;
    let theirs = school_named(&operator, "示例大学（南校区）").await;
    (operator, ours, theirs)
}

async fn each_is_in_the_list_of_who_manages_it(
    operator: &Browser,
    officer: &Browser,
    (ours, theirs): (&str, &str),
    of_theirs: &System,
) {
    let of_school = |school: &str| format!("/api/v1/schools/{school}/integrators");
    for (by, list, expected) in [
        (operator, of_school(theirs), vec![&of_theirs.client_id]),
        (officer, of_school(ours), vec![]),
        (operator, "/api/v1/integrators".to_owned(), vec![]),
    ] {
        let found = by.get(&list).await.json();
        let found = found["items"].as_array().unwrap().iter();
        let ids: Vec<_> = found.map(|one| one["id"].as_str().unwrap()).collect();
        assert_eq!(ids, expected, "{list}");
    }
}

#[actix_web::test]
pub(crate) async fn officers_manage_their_schools_integrators_and_operators_those_of_several() {
    let app = TestApp::with_sample().await;
    let (operator, ours, theirs) = bureau(&app).await;
    let officer = log_in(&app, "13800138302").await;
    app.make_staff(&officer, Role::Officer, Some(ours.parse().unwrap()))
        .await;
    let of_school = |school: &str| format!("/api/v1/schools/{school}/integrators");
    let input = integrator_input(&[Scope::ReadTasks]);
    let foreign = System::of_school(&operator, &theirs, &[Scope::ReadTasks]).await;
    let one = |id: &str| format!("/api/v1/integrators/{id}");

    // Out of reach.
    let (school, unknown) = (
        refused(404, "school.unknown"),
        refused(404, "integrator.unknown"),
    );
    let there = one(&foreign.client_id);
    let change = json!({ "integrator": input, "version": 1 });
    for (reply, expected) in [
        (officer.get(&of_school(&theirs)).await, &school),
        (
            officer.post(&of_school(&theirs), input.clone()).await,
            &school,
        ),
        (officer.get("/api/v1/integrators").await, &school),
        (
            officer.post("/api/v1/integrators", input.clone()).await,
            &school,
        ),
        (officer.get(&there).await, &unknown),
        (officer.patch(&there, change.clone()).await, &unknown),
        (officer.act(&format!("{there}/revoke")).await, &unknown),
        (
            officer
                .post(&format!("{there}/credentials"), json!({}))
                .await,
            &unknown,
        ),
        (
            officer.delete(&format!("{there}/credentials/cred_1")).await,
            &unknown,
        ),
    ] {
        assert_eq!(&reply.problem(), expected);
    }

    each_is_in_the_list_of_who_manages_it(&operator, &officer, (&ours, &theirs), &foreign).await;

    // What is wrong is said.
    let wrong = json!({ "name": " ", "scopes": ["admin"], "networks": ["nowhere"] });
    let wrong = officer.post(&of_school(&ours), wrong).await.json();
    let codes: Vec<_> = wrong["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["code"].clone())
        .collect();
    assert_eq!(
        codes,
        [
            "integrator.name_length",
            "integrator.scopes_invalid",
            "integrator.networks_invalid"
        ]
    );
    let without_schools = operator.post("/api/v1/integrators", input.clone()).await;
    assert_eq!(
        without_schools.problem(),
        refused(422, "integrator.schools_invalid")
    );
    for (path, browser) in [
        (of_school(&ours), &officer),
        ("/api/v1/integrators".to_owned(), &operator),
    ] {
        let reply = browser.get(&format!("{path}?limit=0")).await;
        assert_eq!(reply.problem(), refused(422, "request.page_size"));
    }

    // One of several schools reaches them, and no other.
    let mut several = integrator_input(&[Scope::ReadTasks]);
    several["school_ids"] = json!([ours, theirs]);
    several["networks"] = json!(["198.51.100.0/24"]);
    let made = operator.post("/api/v1/integrators", several.clone()).await;
    assert_eq!(made.status, 201, "{made:?}");
    let id = made.text("id");
    let system = System::with_secret(&operator, &id).await;
    let caller = app.browser();
    let token = system.token(&caller, None).await;
    let schools = caller
        .send(bearing(&caller, "/api/v1/staff/schools", &token))
        .await;
    assert_eq!(schools.json()["items"].as_array().unwrap().len(), 2);
    let outside = app.browser_at("203.0.113.7");
    let grant = [("grant_type", "client_credentials")];
    let elsewhere = system.ask(&outside, &grant).await;
    assert_eq!(error(&elsewhere), refused(400, "unauthorized_client"));
    let elsewhere = outside
        .send(bearing(&outside, "/api/v1/staff/schools", &token))
        .await;
    assert_eq!(
        elsewhere.problem(),
        refused(403, "integrator.address_refused")
    );

    // What it may do is taken from tokens that are out.
    several["school_ids"] = json!([theirs]);
    several["networks"] = json!([]);
    let changed = operator
        .patch(&one(&id), json!({ "integrator": several, "version": 1 }))
        .await;
    assert_eq!(changed.status, 200, "{changed:?}");
    let stale = operator
        .patch(&one(&id), json!({ "integrator": several, "version": 1 }))
        .await;
    assert_eq!(stale.problem(), refused(409, "request.version_conflict"));
    let gone = caller
        .send(bearing(
            &caller,
            &format!("/api/v1/schools/{ours}/tasks"),
            &token,
        ))
        .await;
    assert_eq!(gone.problem(), school);
    let path = format!("{}/credentials", one(&id));
    let days = operator.post(&path, json!({ "days": 366 })).await;
    assert_eq!(days.problem(), refused(422, "integrator.expiry_invalid"));
    let none = operator.delete(&format!("{path}/cred_1")).await;
    assert_eq!(
        none.problem(),
        refused(404, "integrator.credential_unknown")
    );

    // Shut off, it is nobody any more.
    for _ in 0..2 {
        let ended = operator.act(&format!("{}/revoke", one(&id))).await;
        assert!(ended.json()["revoked_at"].is_string(), "{ended:?}");
    }
    let over = refused(409, "integrator.revoked");
    let again = operator
        .patch(&one(&id), json!({ "integrator": several, "version": 3 }))
        .await;
    assert_eq!(again.problem(), over);
    assert_eq!(operator.post(&path, json!({})).await.problem(), over);
    let ended = caller
        .send(bearing(&caller, "/api/v1/staff/schools", &token))
        .await;
    assert_eq!(ended.problem(), refused(401, "integrator.token_invalid"));
    assert_eq!(
        error(&system.ask(&caller, &grant).await),
        refused(401, "invalid_client")
    );
    let broken = caller.request(Method::POST, TOKEN).form(&grant);
    let header = format!("Basic {}", BASE64.encode(b"no colon"));
    let broken = caller.send(broken.header("Authorization", header)).await;
    assert_eq!(error(&broken), refused(401, "invalid_client"));

    let audited = operator
        .get("/api/v1/audit-events?action=integrator.revoked")
        .await
        .json();
    assert_eq!(audited["items"].as_array().unwrap().len(), 1);
}
