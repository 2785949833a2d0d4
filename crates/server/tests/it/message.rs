//! Text messages through two services: the second one is used where the first certainly sent nothing.

use domain::login::MessageState;
use serde_json::json;

use crate::app::TestApp;
use crate::erasure::count;

const PHONE: &str = "13800138000";

/// A product with both services, which send their receipts to it.
async fn with_both() -> TestApp {
    let app = TestApp::with_outside(|config, sandbox| {
        let mut tencent = json!(sandbox.merchant_config().tencent);
        tencent["endpoint"] = sandbox.addresses().tencent.clone().into();
        config["sms_tencent"] = tencent;
        config["sms_receipt_path"] = "a-secret".into();
    })
    .await;
    let address = |service: &str| format!("{}/notify/sms/{service}/a-secret", app.origin);
    let receipts = json!({
        "aliyun_receipts": address("aliyun"), "tencent_receipts": address("tencent"),
    });
    app.control("settings", receipts).await;
    app
}

async fn fault(app: &TestApp, fault: &str) {
    app.control(
        "fault",
        json!({ "do": fault, "match": { "operation": "send" } }),
    )
    .await;
}

/// What became of the latest message.
async fn latest(app: &TestApp) -> MessageState {
    for state in MessageState::ALL {
        let latest = format!(
            "state = '{state}' AND created_at = (SELECT max(created_at) FROM sms_messages)"
        );
        if count(app, "sms_messages", &latest).await > 0 {
            return *state;
        }
    }
    panic!("there is no message")
}

#[actix_web::test]
async fn a_service_that_is_out_of_money_is_stood_in_for_and_the_receipt_is_the_others() {
    let app = with_both().await;
    for (minute, code) in [
        "isv.AMOUNT_NOT_ENOUGH",
        "isv.OUT_OF_SERVICE",
        "isv.SMS_SIGNATURE_ILLEGAL",
    ]
    .into_iter()
    .enumerate()
    {
        fault(&app, &format!("sms_fail:{code}")).await;
        // One code an hour needs no captcha; three phones have one each.
        let phone = format!("1380013800{minute}");
        app.student(&phone).await;
        let state = latest(&app).await;
        // The receipt may be faster than the look.
        let expected = [MessageState::Sent, MessageState::Delivered];
        assert!(expected.contains(&state), "{code}: {state}");
        app.advance(10).await;
        assert_eq!(latest(&app).await, MessageState::Delivered, "{code}");
        assert_eq!(app.messages_to(&phone).await.len(), 1, "{code}");
    }
}

#[actix_web::test]
async fn a_receipt_that_says_no_is_kept() {
    let app = with_both().await;
    app.control("fault", json!({ "do": "sms_receipt_failed" }))
        .await;
    app.student(PHONE).await;
    app.advance(10).await;
    assert_eq!(latest(&app).await, MessageState::Failed);
}

#[actix_web::test]
async fn a_message_that_may_be_on_its_way_is_not_sent_a_second_time() {
    let app = with_both().await;
    for (number, lost) in ["timeout_after_effect", "cut_off"].into_iter().enumerate() {
        fault(&app, lost).await;
        let phone = format!("1380013801{number}");
        // The code arrived although its service did not say so.
        app.student(&phone).await;
        assert_eq!(latest(&app).await, MessageState::Unknown, "{lost}");
        assert_eq!(app.messages_to(&phone).await.len(), 1, "{lost}");
    }
}

#[actix_web::test]
async fn where_both_services_are_out_of_order_the_student_is_told() {
    let app = with_both().await;
    fault(&app, "sms_fail:isv.AMOUNT_NOT_ENOUGH").await;
    fault(
        &app,
        "sms_fail:FailedOperation.InsufficientBalanceInSmsPackage",
    )
    .await;
    let token = app.captcha_token().await;
    let browser = app.browser();
    let refused = browser.ask_for_code_as_a_person(PHONE, &token).await;
    assert_eq!(refused.problem(), (503, "login.sms_unavailable".into()));
    assert_eq!(latest(&app).await, MessageState::Refused);
}
