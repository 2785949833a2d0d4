//! A good call of every operation.

use chrono::DateTime;
use domain::agreement::Document;
use domain::audit::AuditExemption;
use domain::delivery::{
    Delivery, DeliveryCounts, DeliveryKind, DeliverySettings, DeliverySettingsInput, DeliveryState,
};
use domain::role::Role;
use domain::{
    ChallengeId, DeliveryId, DeliveryPhotoId, MoneyCaseId, PhoneChangeId, PhotoReviewId, Scope,
    TaskTemplateId,
};
use reqwest::multipart::{Form, Part};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::TestApp;
use crate::browser::{Browser, agreement};
use crate::document::Operation;
use crate::integrator::{System, integrator_input};
use crate::journey::{ZHANG, portrait, upload_id};

/// The phone of the student who has everything.
pub(crate) const OWNER: &str = "13800138001";

/// A task that can be made, and opened until 2099.
pub(crate) fn task_input() -> Value {
    json!({
        "name": "2026 届毕业生图像采集",
        "opens_at": "2026-04-01T00:00:00Z", "closes_at": "2099-06-30T16:00:00Z",
        "fees": [{ "code": "collection", "amount_fen": 3000 }],
        "payer": "student", "identity": "roster", "extra_proofs": ["name"],
        "camera_only": false, "originals": false, "max_photos": 3, "resubmit_days": 2,
        "audience": { "zh": "2026 届全体毕业生", "en": "Everybody who graduates in 2026" },
        "contact": "教务处 010-62751234",
    })
}

/// The id of a school.
pub(crate) async fn school_named(browser: &Browser, name: &str) -> String {
    let found = browser.get(&format!("/api/v1/schools?name={name}")).await;
    found.json()["schools"][0]["school"]["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// An endpoint of webhooks of a school's system, and a delivery to it.
async fn endpoint_of(browser: &Browser, system: &System, school: &str) -> (String, String) {
    let path = "/api/v1/webhook-endpoints";
    let new = json!({ "school_id": school, "url": "http://127.0.0.1:1/" });
    let token = system.token(browser, None).await;
    let request = browser.request(Method::POST, path).bearer_auth(token);
    let made = browser.send(request.json(&new)).await.json();
    let id = made["endpoint"]["id"].as_str().unwrap().to_owned();
    let delivery = browser.act(&format!("{path}/{id}/ping")).await.text("id");
    (id, delivery)
}

/// A package of photos that is being made.
async fn package_of(app: &TestApp, school: &str, task: &str) -> String {
    let input = DeliverySettingsInput {
        profile: "student-number".to_owned(),
        ..DeliverySettingsInput::default()
    };
    let now = app.context.now();
    let delivery = Delivery {
        id: app.context.new_id(DeliveryId::new),
        school_id: school.parse().unwrap(),
        task_id: task.parse().unwrap(),
        kind: DeliveryKind::Full,
        state: DeliveryState::Building,
        settings: DeliverySettings::read(&input).unwrap(),
        base_id: None,
        counts: DeliveryCounts::default(),
        photos_done: 0,
        photos_total: 1,
        object_key: None,
        object_bytes: 0,
        object_sha256: Vec::new(),
        parts: Vec::new(),
        failure: None,
        account_id: None,
        created_at: now,
        updated_at: now,
        ready_at: None,
        acknowledged_at: None,
        printed_at: None,
        prints_received_at: None,
    };
    let tx = app.context.store.begin().await.unwrap();
    store::delivery::insert(&tx, &delivery).await.unwrap();
    let committed = store::commit(tx, AuditExemption::SampleData).await;
    committed.unwrap();
    delivery.id.to_string()
}

/// The question that a claim leads to.
fn question(claim: &Value) -> Value {
    let mut question = claim.clone();
    question.as_object_mut().unwrap().remove("student_no");
    question["note"] = "".into();
    question
}

/// A student who has got as far as an order and is an operator besides, and the names of what is theirs.
pub(crate) struct Owner {
    pub(crate) browser: Browser,
    /// What stands in braces in a path, and what is put there.
    names: Vec<(&'static str, String)>,
    claim: Value,
    /// A credential of an integrator of the school.
    pub(crate) system: System,
    /// A solved captcha, for what asks for one every time.
    captcha_token: String,
}

/// A good body of an operation about schools, their staff and their collections.
fn body_about_schools(id: &str) -> Option<Value> {
    Some(match id {
        "create_school_staff" => {
            json!({ "phone": "13900139101", "name": "王老师", "role": "officer" })
        }
        "create_school" => json!({ "code": "99955", "name": "示例理工学院" }),
        "update_school" => json!({
            "code": "99955", "name": "示例理工学院", "aliases": [], "contact": "", "version": 1,
        }),
        "create_test_school" => json!({ "code": "99966", "name": "示例大学（接口测试）" }),
        "put_wechat_pay_account" => json!({
            "mchid": "1900000099", "appid": "wx1", "merchant_serial": "00", "merchant_private_key": "none",
            "api_v3_key": "none", "public_key_id": "PUB_KEY_ID_1", "public_key": "none",
        }),
        "put_alipay_account" => json!({
            "app_id": "2021", "seller_id": "2088", "app_private_key": "none", "alipay_public_key": "none",
        }),
        "create_test_event" => json!({ "type": "order.paid" }),
        "move_test_clock" => json!({ "advance_s": 60 }),
        "create_task" | "preview_task" => task_input(),
        "create_task_template" => json!({ "name": "每年春季", "owner": "school" }),
        "rename_task_template" => json!({ "name": "每年秋季", "version": 1 }),
        "create_task_from_template" => json!({
            "template_id": TaskTemplateId(Uuid::nil()).to_string(), "name": "下一届",
            "opens_at": "2027-04-01T00:00:00Z", "closes_at": "2027-06-30T16:00:00Z",
        }),
        "update_task" => json!({ "settings": task_input(), "version": 1 }),
        "hand_over_task" => json!({ "missing": 0, "undelivered": 0 }),
        "copy_task" => json!({
            "name": "下一届", "opens_at": "2027-04-01T00:00:00Z", "closes_at": "2027-06-30T16:00:00Z",
        }),
        "create_platform_staff" => {
            json!({ "phone": "13900139102", "name": "李会计", "role": "finance" })
        }
        "update_staff_role" => json!({ "colleges": [], "classes": [], "version": 1 }),
        _ => return None,
    })
}

/// A good body of an operation about money, for staff.
fn body_about_deliveries(id: &str) -> Option<Value> {
    Some(match id {
        "create_delivery" => json!({ "kind": "full", "profile": "student-number" }),
        "move_prints" => json!({ "step": "printed" }),
        "sign_prints" => {
            let print = DeliveryPhotoId::new(DateTime::UNIX_EPOCH, [0; 10]);
            json!({ "print_ids": [print], "is_signed": true })
        }
        _ => return None,
    })
}

fn body_about_money(id: &str) -> Option<Value> {
    Some(match id {
        "create_refund" => json!({ "reason": "service", "note": "照片未能使用" }),
        "decline_refund" | "resolve_money_case" => json!({ "note": "已处理" }),
        "export_reconciliation" => json!({ "format": "csv" }),
        "export_statement" => json!({ "format": "csv", "month": "2026-04" }),
        _ => return None,
    })
}

/// Names in paths that stand for nothing that is there.
fn of_nothing() -> Vec<(&'static str, String)> {
    let none = Uuid::nil();
    vec![
        ("{phone_change_id}", PhoneChangeId(none).to_string()),
        ("{challenge_id}", ChallengeId(none).to_string()),
        ("{review_id}", PhotoReviewId(none).to_string()),
        ("{task_template_id}", TaskTemplateId(none).to_string()),
        ("{money_case_id}", MoneyCaseId(none).to_string()),
        ("{out_refund_no}", "R0".to_owned()),
        ("{lost_phone_reference}", "LP-00000000".to_owned()),
        ("{day}", "2026-04-01".to_owned()),
    ]
}

impl Owner {
    /// Takes the journey.
    pub(crate) async fn new(app: &TestApp) -> Self {
        let browser = app.student(OWNER).await;
        let enrolment = browser.enrol(ZHANG).await;
        let photo = browser
            .submit(&enrolment, &upload_id(1), portrait(480, 640, 1))
            .await;
        assert_eq!(photo.status, 201, "{photo:?}");
        let claim = browser.claim(ZHANG).await;
        let role = app.make_staff(&browser, Role::Operator, None).await;
        let sessions = browser.get("/api/v1/me/sessions").await.json();
        let session = sessions["items"][0]["id"].as_str().unwrap().to_owned();
        let task = claim["task_id"].as_str().unwrap();
        let import = browser
            .send_roster(task, "姓名,证件号码,CC\n张三,E12345678,本科\n")
            .await
            .text("id");
        let entries = format!("/api/v1/tasks/{task}/roster-entries");
        let entries = browser.get(&entries).await.json();
        let entry = entries["items"][0]["id"].as_str().unwrap().to_owned();
        let school = school_named(&browser, ZHANG.school).await;
        let system = System::of_school(&browser, &school, Scope::ALL).await;
        let (webhook_endpoint, webhook_delivery) = endpoint_of(&browser, &system, &school).await;
        let package = package_of(app, &school, task).await;
        let asked = browser.post("/api/v1/roster-tickets", question(&claim));
        let ticket = asked.await.text("id");
        let mut names = of_nothing();
        names.extend([
            ("{delivery_id}", package),
            ("{roster_ticket_id}", ticket),
            ("{integrator_id}", system.client_id.clone()),
            ("{credential_id}", system.credential_id.clone()),
            ("{enrolment_id}", enrolment),
            ("{photo_id}", photo.text("id")),
            ("{order_no}", photo.text("order_no")),
            ("{task_id}", claim["task_id"].as_str().unwrap().to_owned()),
            ("{roster_entry_id}", entry),
            ("{roster_import_id}", import),
            ("{webhook_endpoint_id}", webhook_endpoint),
            ("{webhook_delivery_id}", webhook_delivery),
            ("{session_id}", session),
            (
                "{known_photo_id}",
                "known_00000000000000000000000000".to_owned(),
            ),
            ("{school_id}", school),
            ("{staff_role_id}", role),
            ("{document}", "face_photo".to_owned()),
            ("{account}", "main".to_owned()),
            ("{provider}", "alipay".to_owned()),
            ("{service}", "aliyun".to_owned()),
            ("{secret}", "guessed".to_owned()),
        ]);
        Self {
            browser,
            names,
            claim,
            system,
            captcha_token: app.captcha_token().await,
        }
    }

    /// What is put in place of a name in a path.
    fn path_name(&self, name: &str) -> &str {
        let found = self.names.iter().find(|(one, _)| *one == name);
        &found.unwrap().1
    }

    /// Where an operation is called about the owner's things, with a query where it needs one.
    pub(crate) fn path(&self, operation: &Operation) -> String {
        let names = self.names.iter();
        let path = names.fold(operation.path.clone(), |path, (name, id)| {
            path.replace(name, id)
        });
        match operation.id.as_str() {
            "find_school" => format!("{path}?name=10001"),
            "suggest_schools" => format!("{path}?prefix=1"),
            "get_roster_import_report" => format!("{path}?format=csv"),
            "create_photo_results" => format!("{path}?source=school"),
            "take_school_list" => format!("{path}?schools=0"),
            "download_delivery" => format!("{path}?token=guessed"),
            "get_school_statement" => format!("{path}?month=2026-04"),
            _ => path,
        }
    }

    /// A call that nothing is wrong with but, maybe, who makes it and when.
    pub(crate) fn call(&self, browser: &Browser, operation: &Operation) -> RequestBuilder {
        let request = browser
            .request(operation.method.clone(), &self.path(operation))
            .header("If-Match", "*");
        let request = if ["create_payment", "create_refund"].contains(&&*operation.id) {
            request.header("Idempotency-Key", "key")
        } else {
            request
        };
        if operation.id == "create_photo" {
            let image = Part::bytes(portrait(480, 640, 9)).file_name("photo.jpg");
            let form = Form::new()
                .text("upload_id", upload_id(9))
                .text("frame", r#"{"x":0,"y":0,"width":480,"height":640}"#)
                .part("image", image);
            request.multipart(form)
        } else if operation.path.starts_with("/oauth/") {
            let form = [("grant_type", "client_credentials"), ("token", "none")];
            let (id, secret) = (&self.system.client_id, &self.system.secret);
            request.basic_auth(id, Some(secret)).form(&form)
        } else if operation.takes_json {
            request.json(&self.body(&operation.id))
        } else {
            request
        }
    }

    /// As [`Self::body`], of operations about integrators and what they do.
    fn body_about_systems(&self, id: &str) -> Option<Value> {
        Some(match id {
            "create_school_integrator" => integrator_input(&[Scope::ReadTasks]),
            "create_platform_integrator" => {
                let mut input = integrator_input(&[Scope::ReadTasks]);
                input["school_ids"] = json!([self.path_name("{school_id}")]);
                input
            }
            "update_integrator" => {
                json!({ "integrator": integrator_input(Scope::ALL), "version": 1 })
            }
            "create_known_photo" => json!({
                "outcome": "approved", "origin": "程序绘制的合成人像",
                "image": data_encoding::BASE64.encode(&portrait(480, 640, 8)),
            }),
            "create_roster_entry" => json!({
                "name": "王小雨", "document_type": "passport", "document_number": "E87654321", "level": "ba",
            }),
            "refuse_photo" => json!({ "reasons": ["blur"] }),
            "create_integrator_credential" => json!({ "days": 30 }),
            _ => return None,
        })
    }

    /// A good body of an operation about webhooks.
    fn body_about_webhooks(&self, id: &str) -> Option<Value> {
        Some(match id {
            "create_webhook_endpoint" => json!({
                "school_id": self.path_name("{school_id}"), "url": "https://hooks.example.edu.cn/in",
            }),
            "update_webhook_endpoint" => json!({
                "version": 1, "url": "https://hooks.example.edu.cn/in", "event_types": [], "description": "",
            }),
            "verify_webhook_signature" => json!({
                "webhook_id": "evt_1", "webhook_timestamp": 0, "webhook_signature": "v1,x", "body": "{}",
            }),
            "replay_webhooks" => json!({ "since": "2026-04-20T08:00:00Z" }),
            _ => return None,
        })
    }

    /// A good body of an operation that takes JSON.
    pub(crate) fn body(&self, id: &str) -> Value {
        let about = self
            .body_about_systems(id)
            .or_else(|| body_about_schools(id))
            .or_else(|| body_about_deliveries(id))
            .or_else(|| body_about_money(id));
        if let Some(body) = about.or_else(|| self.body_about_webhooks(id)) {
            return body;
        }
        match id {
            "create_sms_challenge" => {
                json!({ "phone": "13900139009", "agreement_version": agreement() })
            }
            "create_lost_phone_report" => json!({
                "name": "李华", "school": "北京大学", "document_type": "passport", "document_number": "E12345678",
                "old_phone": OWNER, "new_phone": "13900139007", "note": "", "captcha_token": self.captcha_token,
            }),
            "create_session" => json!({
                "challenge_id": ChallengeId::new(DateTime::UNIX_EPOCH, [0; 10]), "code": "000000", "agreement_version": agreement(),
            }),
            "update_me" => json!({ "language": "en", "email": "", "address": "", "version": 1 }),
            "create_consent" => {
                json!({ "document": "face_photo", "version": Document::FacePhoto.current().version })
            }
            "create_phone_change" => json!({ "old_phone": OWNER, "new_phone": "13900139008" }),
            "create_erasure"
            | "update_roster_import"
            | "start_roster_import"
            | "add_student_of_ticket" => json!({}),
            "confirm_erasure" | "confirm_totp_device" | "confirm_second_factor" => {
                json!({ "code": "000000" })
            }
            "confirm_phone_change" => json!({ "old_code": "000000", "new_code": "000000" }),
            "create_enrolment" => self.claim.clone(),
            "create_capture_enrolment" => json!({ "code": "GPCC1.e30.AAAA" }),
            "create_roster_ticket" => question(&self.claim),
            "update_order_contact" => json!({ "email": "", "address": "", "version": 1 }),
            "take_photos_to_review" => json!({ "count": 2 }),
            "create_reviews" => json!({
                "outcome": "approved",
                "photos": [{ "photo_id": self.path_name("{photo_id}"), "version": 1 }],
            }),
            "reframe_photo" => json!({
                "version": 1, "quarters": 1, "frame": { "x": 0, "y": 0, "width": 480, "height": 640 },
            }),
            "create_payment" => json!({ "provider": "wechat_pay" }),
            "find_students" => json!({ "phone": OWNER }),
            "release_enrolment" => json!({ "reason": "误操作" }),
            "close_lost_phone_report" => json!({ "outcome": "并非本人" }),
            "answer_school_ticket" => json!({ "answer": "请核对。" }),
            "correct_entry_of_ticket" => {
                json!({ "roster_entry_id": self.path_name("{roster_entry_id}"), "version": 1 })
            }
            "export_missing_students" => json!({ "format": "csv" }),
            "create_reminders" => json!({ "recipients": 1 }),
            "put_roster_entries" => json!({ "students": [] }),
            "update_roster_entry" => json!({ "version": 1 }),
            unknown => panic!("{unknown} takes a body: say which is good"),
        }
    }
}
