//! The token endpoint: how integrators prove themselves, and what their tokens allow.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RsaKeyPair,
};
use client::sdk::{ApiClient, ApiError, AssertionKey};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use domain::Scope;
use domain::integrator::is_secret;
use reqwest::Method;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::Browser;
use crate::integrator::{System, TOKEN, bearing, bureau, error, integrator_input};

const REVOKE: &str = "/oauth/revoke";
const TASKS: &str = "tasks:read";
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

#[actix_web::test]
pub(crate) async fn a_secret_brings_tokens_of_ten_minutes_until_it_is_revoked() {
    let app = TestApp::with_sample().await;
    let (operator, ours, _) = bureau(&app).await;
    let system = System::of_school(&operator, &ours, &[Scope::ReadTasks, Scope::ReadPhotos]).await;
    assert!(system.secret.starts_with("gpk_test_") && is_secret(&system.secret));
    let caller = app.browser();
    let tasks = format!("/api/v1/schools/{ours}/tasks");

    let reply = system
        .ask(
            &caller,
            &[("grant_type", "client_credentials"), ("scope", TASKS)],
        )
        .await;
    assert_eq!(reply.header("cache-control"), "no-store");
    assert_eq!(
        (reply.text("token_type"), reply.text("scope")),
        ("Bearer".into(), TASKS.into())
    );
    assert_eq!(reply.json()["expires_in"], 600);
    let token = reply.text("access_token");
    assert_eq!(
        caller.send(bearing(&caller, &tasks, &token)).await.status,
        200
    );
    let claims = BASE64URL_NOPAD.decode(token.split('.').nth(1).unwrap().as_bytes());
    let claims: Value = serde_json::from_slice(&claims.unwrap()).unwrap();
    assert_eq!(claims["aud"], format!("{}/api/v1", app.origin));
    assert_eq!(claims["school_ids"], json!([ours]));

    // Mistakes, in the words of RFC 6749.
    let grant = ("grant_type", "client_credentials");
    for (form, expected) in [
        (
            vec![grant, ("scope", "roster:read")],
            (400, "invalid_scope"),
        ),
        (
            vec![("grant_type", "password")],
            (400, "unsupported_grant_type"),
        ),
        (vec![("scope", TASKS)], (400, "invalid_request")),
        (vec![grant, grant], (400, "invalid_request")),
        (
            vec![grant, ("client_assertion", "x")],
            (400, "invalid_request"),
        ),
        (
            vec![grant, ("client_id", "int_other")],
            (400, "invalid_request"),
        ),
    ] {
        let reply = system.ask(&caller, &form).await;
        assert_eq!(error(&reply), refused(expected.0, expected.1), "{form:?}");
    }
    let request = caller.request(Method::POST, TOKEN).json(&json!({}));
    let no_form = caller.send(request).await;
    assert_eq!(error(&no_form), refused(400, "invalid_request"));
    let request = caller.request(Method::POST, TOKEN);
    let large = caller
        .send(request.form(&[("scope", "x".repeat(70_000))]))
        .await;
    assert_eq!(large.problem(), refused(413, "request.too_large"));
    let request = caller.request(Method::POST, REVOKE);
    let large = caller
        .send(request.form(&[("token", "x".repeat(70_000))]))
        .await;
    assert_eq!(large.problem(), refused(413, "request.too_large"));

    // A second secret, for changing over; never a third. Then the first one ends.
    let next = System::with_secret(&operator, &system.client_id).await;
    let path = format!("/api/v1/integrators/{}/credentials", system.client_id);
    let third = operator.post(&path, json!({})).await;
    assert_eq!(third.problem(), refused(409, "integrator.credentials_full"));
    let ended = operator
        .delete(&format!("{path}/{}", system.credential_id))
        .await;
    assert_eq!(ended.status, 204);
    let ended = operator
        .delete(&format!("{path}/{}", system.credential_id))
        .await;
    assert_eq!(ended.status, 204, "again");
    let old = system.ask(&caller, &[grant]).await;
    assert_eq!(error(&old), refused(401, "invalid_client"));
    assert!(old.header("www-authenticate").starts_with("Basic"));
    let fresh = next.token(&caller, None).await;

    // A token ends by itself, or when its client says so.
    let request = caller.request(Method::POST, REVOKE);
    let request = request.basic_auth(&next.client_id, Some(&next.secret));
    let nothing = caller
        .send(request.try_clone().unwrap().form(&[("x", "y")]))
        .await;
    assert_eq!(error(&nothing), refused(400, "invalid_request"));
    let done = caller.send(request.form(&[("token", &fresh)])).await;
    assert_eq!(done.status, 200);
    let invalid = refused(401, "integrator.token_invalid");
    let revoked = caller.send(bearing(&caller, &tasks, &fresh)).await;
    assert_eq!(revoked.problem(), invalid);
    assert_eq!(
        caller.send(bearing(&caller, &tasks, &token)).await.status,
        200
    );
    app.advance(600).await;
    let late = caller.send(bearing(&caller, &tasks, &token)).await;
    assert_eq!(late.problem(), invalid);

    // The page says when each was last used.
    let shown = operator
        .get(&format!("/api/v1/integrators/{}", system.client_id))
        .await;
    let shown = if shown.status == 401 {
        operator.act("/api/v1/auth/sessions/refresh").await;
        operator
            .get(&format!("/api/v1/integrators/{}", system.client_id))
            .await
    } else {
        shown
    };
    let states: Vec<_> = shown.json()["credentials"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["state"].clone(), one["last_used_at"].is_string()))
        .collect();
    assert_eq!(states, [(json!("active"), true), (json!("revoked"), true)]);
    assert!(
        !String::from_utf8(shown.bytes)
            .unwrap()
            .contains(&next.secret)
    );
}

#[actix_web::test]
pub(crate) async fn wrong_secrets_are_limited_by_network() {
    let app = TestApp::with_rates().await;
    let (operator, ours, _) = bureau(&app).await;
    let system = System::of_school(&operator, &ours, &[Scope::ReadTasks]).await;
    let guesser = app.browser();
    let mut wrong = system.secret.clone();
    wrong.replace_range(9..10, if &wrong[9..10] == "0" { "1" } else { "0" });
    let guess = System {
        secret: wrong,
        client_id: system.client_id.clone(),
        credential_id: String::new(),
    };
    let grant = [("grant_type", "client_credentials")];
    let mut tries = 0;
    let limited = loop {
        let reply = guess.ask(&guesser, &grant).await;
        if reply.status == 429 {
            break reply;
        }
        assert_eq!(error(&reply), refused(401, "invalid_client"));
        tries += 1;
        assert!(tries < 20);
    };
    assert!(tries >= 10, "{tries}");
    assert_eq!(limited.problem(), refused(429, "integrator.too_many_tries"));
    let wait: i64 = limited.header("retry-after").parse().unwrap();
    assert!((1..=10).contains(&wait), "{wait}");
    assert_eq!(
        system.ask(&app.browser(), &grant).await.status,
        200,
        "elsewhere"
    );
    assert_eq!(system.ask(&guesser, &grant).await.status, 429);
    app.advance(wait).await;
    assert_eq!(system.ask(&guesser, &grant).await.status, 200);
}

/// A client's own key.
struct Signer {
    pair: EcdsaKeyPair,
    kid: &'static str,
}

impl Signer {
    fn new(kid: &'static str) -> Self {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        Self { pair, kid }
    }

    fn jwk(&self) -> Value {
        let point = self.pair.public_key().as_ref();
        json!({
            "kty": "EC", "crv": "P-256", "kid": self.kid,
            "x": BASE64URL_NOPAD.encode(&point[1..33]), "y": BASE64URL_NOPAD.encode(&point[33..]),
        })
    }

    fn sign(&self, claims: &Value) -> String {
        let part = |json: &Value| BASE64URL_NOPAD.encode(json.to_string().as_bytes());
        let header = json!({ "alg": "ES256", "kid": self.kid });
        let signed = format!("{}.{}", part(&header), part(claims));
        let signature = self
            .pair
            .sign(&SystemRandom::new(), signed.as_bytes())
            .unwrap();
        format!("{signed}.{}", BASE64URL_NOPAD.encode(signature.as_ref()))
    }
}

/// A key of each kind that the server takes: the private half in PKCS#8 PEM, the public one as a JSON Web Key.
fn key_pairs() -> [(String, Value); 3] {
    let text = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
    let p256 = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
    let point = p256.public_key().as_ref();
    let p256_jwk = json!({
        "kty": "EC", "crv": "P-256", "kid": "sdk", "x": text(&point[1..33]), "y": text(&point[33..]),
    });
    let ed25519 = Ed25519KeyPair::generate().unwrap();
    let x = text(ed25519.public_key().as_ref());
    let ed25519_jwk = json!({ "kty": "OKP", "crv": "Ed25519", "kid": "sdk", "x": x });
    let rsa = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
    let (n, e) = (rsa.public_key().modulus(), rsa.public_key().exponent());
    let rsa_jwk = json!({
        "kty": "RSA", "kid": "sdk", "n": text(n.big_endian_without_leading_zero()),
        "e": text(e.big_endian_without_leading_zero()),
    });
    let pem = |der: &[u8]| {
        let body = BASE64.encode(der);
        format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n")
    };
    let rsa: Pkcs8V1Der<'_> = rsa.as_der().unwrap();
    [
        (pem(p256.to_pkcs8v1().unwrap().as_ref()), p256_jwk),
        (pem(ed25519.to_pkcs8().unwrap().as_ref()), ed25519_jwk),
        (pem(rsa.as_ref()), rsa_jwk),
    ]
}

/// The SDK signs assertions with a key of each kind.
async fn with_the_sdk(app: &TestApp, operator: &Browser, client_id: &str) {
    let path = format!("/api/v1/integrators/{client_id}/credentials");
    let now = UNIX_EPOCH + Duration::from_secs(app.context.now().timestamp().unsigned_abs());
    for (pem, public) in key_pairs() {
        let label = public["kty"].clone();
        // Two credentials are active at most, so each gives way to the next.
        let added = operator.post(&path, json!({ "public_key": public })).await;
        assert_eq!(added.status, 201, "{label} {added:?}");
        let key = AssertionKey::from_pkcs8_pem("sdk", &pem).unwrap();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let at = |time: SystemTime| {
            let key = key.clone().with_clock(move || time);
            ApiClient::with_http(http.clone(), &app.origin, client_id, key)
        };
        let schools = client::list_managed_schools(None, None, None);
        let found = at(now).send(&schools).await;
        assert_eq!(found.unwrap().items.len(), 1, "{label}");
        let late = at(now - Duration::from_mins(2)).send(&schools).await;
        let is_refused =
            matches!(&late, Err(ApiError::Token { error, .. }) if error == "invalid_client");
        assert!(is_refused, "an assertion is good for a minute: {late:?}");
        let id = added.json()["credential"]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let ended = operator.delete(&format!("{path}/{id}")).await;
        assert_eq!(ended.status, 204, "{ended:?}");
    }
    let other = AssertionKey::from_pkcs8_pem("sdk", "-----BEGIN RSA PRIVATE KEY-----");
    assert!(matches!(other, Err(ApiError::Setup(_))), "{other:?}");
}

#[actix_web::test]
pub(crate) async fn a_signed_assertion_brings_a_token_once() {
    let app = TestApp::with_sample().await;
    let (operator, ours, _) = bureau(&app).await;
    let path = format!("/api/v1/schools/{ours}/integrators");
    let made = operator
        .post(&path, integrator_input(&[Scope::ReadTasks]))
        .await;
    let client = made.text("id");
    let (signer, stranger) = (Signer::new("2026-1"), Signer::new("2026-1"));
    let path = format!("/api/v1/integrators/{client}/credentials");
    let mut private = signer.jwk();
    private["d"] = "AQAB".into();
    let mut nameless = signer.jwk();
    nameless.as_object_mut().unwrap().remove("kid");
    let short =
        json!({ "kty": "RSA", "kid": "k", "n": BASE64URL_NOPAD.encode(&[255; 128]), "e": "AQAB" });
    for bad in [
        private,
        nameless,
        short,
        json!({}),
        json!("text"),
        json!({ "kty": "oct", "kid": "k", "k": "AQAB" }),
    ] {
        let reply = operator.post(&path, json!({ "public_key": bad })).await;
        assert_eq!(
            reply.problem(),
            refused(422, "integrator.public_key_invalid"),
            "{bad}"
        );
    }
    let added = operator
        .post(&path, json!({ "public_key": signer.jwk(), "days": 90 }))
        .await;
    assert_eq!(added.status, 201, "{added:?}");
    assert_eq!(
        (
            &added.json()["secret"],
            &added.json()["credential"]["label"]
        ),
        (&Value::Null, &json!("2026-1"))
    );

    let caller = app.browser();
    let now = app.context.now().timestamp();
    let claims = |jti: &str| json!({ "iss": client, "sub": client, "aud": app.origin, "jti": jti, "exp": now + 60, "iat": now });
    let ask = async |assertion: &str| {
        let form = [
            ("grant_type", "client_credentials"),
            ("client_assertion_type", JWT_BEARER),
            ("client_assertion", assertion),
        ];
        let request = caller.request(Method::POST, TOKEN);
        caller.send(request.form(&form)).await
    };
    let good = signer.sign(&claims("1"));
    let reply = ask(&good).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    let again = ask(&good).await;
    assert_eq!(
        error(&again),
        refused(401, "invalid_client"),
        "an assertion works once"
    );
    assert_eq!(ask(&signer.sign(&claims("2"))).await.status, 200);
    for (claim, wrong) in [
        ("aud", json!([app.origin])),
        ("aud", json!(format!("{}{TOKEN}", app.origin))),
        ("iss", json!("int_other")),
        ("sub", json!("int_00000000000000000000000001")),
        ("jti", json!("")),
        ("exp", json!(now - 60)),
        ("exp", json!(now + 3_600)),
        ("iat", json!(now + 120)),
    ] {
        let mut claims = claims("3");
        claims[claim] = wrong;
        let reply = ask(&signer.sign(&claims)).await;
        assert_eq!(error(&reply), refused(401, "invalid_client"), "{claims}");
    }
    let unsigned = format!(
        "{}.{}.",
        BASE64URL_NOPAD.encode(br#"{"alg":"none"}"#),
        BASE64URL_NOPAD.encode(claims("4").to_string().as_bytes())
    );
    for forged in [stranger.sign(&claims("4")), unsigned, "x".to_owned()] {
        let reply = ask(&forged).await;
        assert_eq!(error(&reply), refused(401, "invalid_client"), "{forged}");
    }

    with_the_sdk(&app, &operator, &client).await;

    let metadata = caller
        .get("/.well-known/oauth-authorization-server")
        .await
        .json();
    assert_eq!(metadata["issuer"], app.origin);
    assert_eq!(metadata["token_endpoint"], format!("{}{TOKEN}", app.origin));
    let keys = caller.get("/.well-known/jwks.json").await.json();
    assert_eq!(keys["keys"][0]["crv"], "Ed25519");
}

/// What a public OAuth library sends, sent.
async fn deliver(request: oauth2::HttpRequest) -> Result<oauth2::HttpResponse, reqwest::Error> {
    let http = reqwest::Client::builder().no_proxy().build()?;
    let reply = http.execute(request.try_into()?).await?;
    let mut response = oauth2::http::Response::builder().status(reply.status());
    for (name, value) in reply.headers() {
        response = response.header(name, value);
    }
    Ok(response.body(reply.bytes().await?.to_vec()).unwrap())
}

#[actix_web::test]
async fn a_public_oauth_library_gets_tokens_and_reads_our_errors() {
    use oauth2::basic::{BasicClient, BasicErrorResponseType as Kind};
    use oauth2::{AuthType, ClientId, ClientSecret, RequestTokenError, TokenResponse, TokenUrl};
    let app = TestApp::with_sample().await;
    let (operator, ours, _) = bureau(&app).await;
    let system = System::of_school(&operator, &ours, &[Scope::ReadTasks]).await;
    let wanted = |scope: &str| oauth2::Scope::new(scope.to_owned());
    let client = |secret: &str| {
        BasicClient::new(ClientId::new(system.client_id.clone()))
            .set_client_secret(ClientSecret::new(secret.to_owned()))
            .set_token_uri(TokenUrl::new(format!("{}{TOKEN}", app.origin)).unwrap())
            .set_auth_type(AuthType::BasicAuth)
    };
    let known = client(&system.secret);
    let token = known.exchange_client_credentials().add_scope(wanted(TASKS));
    let token = token.request_async(&deliver).await.unwrap();
    assert_eq!(token.expires_in().unwrap().as_secs(), 600);
    assert_eq!(token.scopes().unwrap(), &vec![wanted(TASKS)]);
    let caller = app.browser();
    let tasks = format!("/api/v1/schools/{ours}/tasks");
    let bearer = token.access_token().secret();
    assert_eq!(
        caller.send(bearing(&caller, &tasks, bearer)).await.status,
        200
    );
    let too_much = known
        .exchange_client_credentials()
        .add_scope(wanted("roster:write"));
    let refusals = [
        (too_much.request_async(&deliver).await, Kind::InvalidScope),
        (
            client("wrong")
                .exchange_client_credentials()
                .request_async(&deliver)
                .await,
            Kind::InvalidClient,
        ),
    ];
    for (refused, expected) in refusals {
        let Err(RequestTokenError::ServerResponse(told)) = refused else {
            panic!("no error of the standard: {refused:?}");
        };
        assert_eq!(told.error(), &expected);
        assert!(told.error_description().is_some());
    }

    // The same library with a signed assertion in the place of the secret.
    let signer = Signer::new("library");
    let path = format!("/api/v1/integrators/{}/credentials", system.client_id);
    let added = operator
        .post(&path, json!({ "public_key": signer.jwk() }))
        .await;
    assert_eq!(added.status, 201, "{added:?}");
    let now = app.context.now().timestamp();
    let assertion = signer.sign(&json!({
        "iss": system.client_id, "sub": system.client_id, "aud": app.origin, "jti": "library-1", "exp": now + 60,
    }));
    let keyed = BasicClient::new(ClientId::new(system.client_id.clone()))
        .set_token_uri(TokenUrl::new(format!("{}{TOKEN}", app.origin)).unwrap())
        .set_auth_type(AuthType::RequestBody);
    let token = keyed
        .exchange_client_credentials()
        .add_extra_param("client_assertion_type", JWT_BEARER)
        .add_extra_param("client_assertion", assertion);
    assert!(token.request_async(&deliver).await.is_ok());
}
