//! Who may call what: every operation of the document has a row here.

use reqwest::Method;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::Browser;
use crate::journey::{ZHANG, portrait, upload_id};

/// Who an operation is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum For {
    /// Everybody.
    Anyone,
    /// A logged-in person: each gets their own.
    Self_,
    /// The owner of the thing; to a stranger it does not exist.
    Owner,
    /// A provider that signs.
    Signer,
    /// A service that knows a secret address; to others there is none.
    Secret,
}

/// What a stranger hears of a thing that is not theirs.
const UNKNOWN: u16 = 404;
/// A change of phone is named by a random id that only its session knows: to a stranger it has run out.
const GONE: u16 = 410;

const OPERATIONS: &[(&str, For)] = &[
    ("get_login_settings", For::Anyone),
    ("list_agreements", For::Anyone),
    ("create_sms_challenge", For::Anyone),
    ("create_session", For::Anyone),
    ("refresh_session", For::Anyone),
    ("delete_session", For::Self_),
    ("get_me", For::Self_),
    ("update_me", For::Self_),
    ("create_consent", For::Self_),
    ("withdraw_consent", For::Self_),
    ("create_phone_change", For::Self_),
    ("confirm_phone_change", For::Owner),
    ("create_export", For::Self_),
    ("list_access_log", For::Self_),
    ("find_school", For::Self_),
    ("suggest_schools", For::Self_),
    ("get_task", For::Self_),
    ("create_enrolment", For::Self_),
    ("list_enrolments", For::Self_),
    ("get_enrolment", For::Owner),
    ("create_roster_ticket", For::Self_),
    ("list_roster_tickets", For::Self_),
    ("create_photo", For::Owner),
    ("get_photo", For::Owner),
    ("get_photo_image", For::Owner),
    ("withdraw_photo", For::Owner),
    ("list_orders", For::Self_),
    ("get_order", For::Owner),
    ("update_order_contact", For::Owner),
    ("close_order", For::Owner),
    ("create_payment", For::Owner),
    ("get_payment_status", For::Owner),
    ("confirm_payment", For::Owner),
    ("get_wechat_authorisation", For::Owner),
    ("notify_wechat_payment", For::Signer),
    ("notify_wechat_refund", For::Signer),
    ("notify_sms", For::Secret),
    ("notify_alipay", For::Signer),
    ("get_liveness", For::Anyone),
    ("get_readiness", For::Anyone),
    ("get_metrics", For::Anyone),
];

/// An operation of the document.
#[derive(Debug)]
struct Operation {
    id: String,
    method: Method,
    path: String,
    is_for_sessions: bool,
}

fn operations() -> Vec<Operation> {
    let document = serde_json::to_value(server::document()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    let of_path = |(path, item): (&String, &Value)| {
        let operations = item
            .as_object()
            .unwrap()
            .iter()
            .filter(|(_, it)| it["operationId"].is_string());
        let operation = |(method, it): (&String, &Value)| Operation {
            id: it["operationId"].as_str().unwrap().to_owned(),
            method: method.to_uppercase().parse().unwrap(),
            path: path.clone(),
            is_for_sessions: it["security"][0]["session"].is_array(),
        };
        operations.map(operation).collect::<Vec<_>>()
    };
    paths.iter().flat_map(of_path).collect()
}

fn row(operation: &Operation) -> For {
    let row = OPERATIONS.iter().find(|(id, _)| *id == operation.id);
    row.unwrap_or_else(|| panic!("{} has no row: say who may call it", operation.id))
        .1
}

#[test]
fn every_operation_has_a_row_that_fits_the_document() {
    let operations = operations();
    assert_eq!(
        operations.len(),
        OPERATIONS.len(),
        "a row names an operation that is gone"
    );
    for operation in &operations {
        let needs_session = matches!(row(operation), For::Self_ | For::Owner);
        assert_eq!(needs_session, operation.is_for_sessions, "{}", operation.id);
    }
}

/// A body that is good enough to come past its reading.
fn body(id: &str) -> Value {
    match id {
        "confirm_phone_change" => json!({ "old_code": "000000", "new_code": "000000" }),
        "update_order_contact" => json!({ "email": "", "address": "", "version": 1 }),
        "create_payment" => json!({ "provider": "wechat_pay" }),
        _ => json!({}),
    }
}

async fn call(browser: &Browser, operation: &Operation, path: &str) -> u16 {
    let reply = if operation.id == "create_photo" {
        let frame = r#"{"x":0,"y":0,"width":480,"height":640}"#;
        browser
            .upload(
                path,
                &[("upload_id", &upload_id(9)), ("frame", frame)],
                portrait(480, 640, 9),
            )
            .await
    } else {
        let request = browser
            .request(operation.method.clone(), path)
            .header("Idempotency-Key", "stranger");
        let request = if operation.method == Method::GET {
            request
        } else {
            request.json(&body(&operation.id))
        };
        browser.send(request).await
    };
    reply.status
}

#[actix_web::test]
async fn nobody_gets_in_without_a_session_and_nothing_of_others_exists() {
    let app = TestApp::with_sample().await;
    let owner = app.student("13800138001").await;
    let enrolment = owner.enrol(ZHANG).await;
    let photo = owner
        .submit(&enrolment, &upload_id(1), portrait(480, 640, 1))
        .await;
    assert_eq!(photo.status, 201, "{photo:?}");
    let things = [
        ("{enrolment_id}", enrolment),
        ("{photo_id}", photo.text("id")),
        ("{order_no}", photo.text("order_no")),
        (
            "{phone_change_id}",
            "chg_00000000000000000000000001".to_owned(),
        ),
        ("{task_id}", "task_00000000000000000000000001".to_owned()),
        ("{document}", "face_photo".to_owned()),
        ("{account}", "main".to_owned()),
        ("{service}", "aliyun".to_owned()),
        ("{secret}", "guessed".to_owned()),
    ];
    let fill = |path: &str| {
        things
            .iter()
            .fold(path.to_owned(), |path, (name, id)| path.replace(name, id))
    };
    let (nobody, stranger) = (app.browser(), app.student("13800138002").await);
    for operation in operations() {
        let path = fill(&operation.path);
        let who = row(&operation);
        if operation.is_for_sessions {
            assert_eq!(
                call(&nobody, &operation, &path).await,
                401,
                "{} anonymously",
                operation.id
            );
        }
        if who == For::Owner {
            let expected = if operation.id == "confirm_phone_change" {
                GONE
            } else {
                UNKNOWN
            };
            assert_eq!(
                call(&stranger, &operation, &path).await,
                expected,
                "{} by a stranger",
                operation.id
            );
        }
        if who == For::Signer {
            let status = call(&nobody, &operation, &path).await;
            assert!(matches!(status, 200 | 401), "{}: {status}", operation.id);
        }
        if who == For::Secret {
            let status = call(&nobody, &operation, &path).await;
            assert_eq!(status, UNKNOWN, "{}", operation.id);
        }
    }
}
