//! Pages, control API, and how a sandbox starts.

use std::net::{IpAddr, Ipv4Addr};

use sandbox::{Options, StartError};
use serde_json::{Value, json};

use crate::merchant::Merchant;
use crate::shop::Shop;

/// Makes an Alipay order and gives its QR code.
async fn qr_code(merchant: &Merchant, notify_url: &str) -> String {
    let order = json!({
        "out_trade_no": "G1", "total_amount": "19.90", "subject": "<b>毕业照</b>",
        "notify_url": notify_url,
    });
    let raw = merchant
        .alipay("alipay.trade.precreate", order, |_| ())
        .await;
    let answer: Value = serde_json::from_str(&raw).unwrap();
    answer["alipay_trade_precreate_response"]["qr_code"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[actix_web::test]
async fn a_person_scans_looks_and_pays() {
    let (merchant, shop) = (Merchant::new(), Shop::open(200, "success"));
    let code = qr_code(&merchant, &shop.notify_url).await;
    let pages = merchant.sandbox.addresses().pages.clone();
    let scanned = merchant
        .http
        .get(format!("{pages}/cashier"))
        .query(&[("code", &code)]);
    let answer = scanned.send().await.unwrap();
    assert_eq!(answer.status(), 303);
    let cashier = answer.headers()["location"].to_str().unwrap().to_owned();
    let page = merchant.page(&cashier).await;
    for shown in [
        "¥19.90",
        "&lt;b&gt;毕业照&lt;/b&gt;",
        "G1",
        "支付</button>",
        "取消</button>",
    ] {
        assert!(page.contains(shown), "{shown} is missing in {page}");
    }
    let cancelled = merchant
        .http
        .post(format!("{pages}{cashier}/cancel"))
        .send()
        .await
        .unwrap();
    assert!(cancelled.text().await.unwrap().contains("已取消支付"));
    assert_eq!(shop.notices().len(), 0, "nothing was paid");
    let paid = merchant
        .http
        .post(format!("{pages}{cashier}/pay"))
        .send()
        .await
        .unwrap();
    assert_eq!((paid.status().as_u16(), shop.notices().len()), (303, 1));
    assert!(merchant.page(&cashier).await.contains("支付成功"));
    assert!(merchant.page("/").await.contains("已支付"));
    assert!(merchant.page("/pay/nothing").await.contains("订单不存在"));
    assert!(
        merchant
            .page("/cashier?code=https%3A%2F%2Fexample.com")
            .await
            .contains("无法识别")
    );
}

#[actix_web::test]
async fn a_person_pays_in_a_page_opened_before_the_close() {
    let (merchant, shop) = (Merchant::new(), Shop::open(200, "success"));
    let code = qr_code(&merchant, &shop.notify_url).await;
    let pages = merchant.sandbox.addresses().pages.clone();
    let cashier = format!("/pay/{}", code.rsplit('/').next().unwrap());
    assert!(merchant.page(&cashier).await.contains("支付</button>"));
    let number = json!({ "out_trade_no": "G1" });
    merchant.alipay("alipay.trade.close", number, |_| ()).await;
    let pay = async || {
        let url = format!("{pages}{cashier}/pay");
        merchant.http.post(url).send().await.unwrap();
        merchant.page(&cashier).await
    };
    assert!(!pay().await.contains("支付成功"));
    merchant.fault("pay_after_close").await;
    assert!(pay().await.contains("支付成功"));
}

#[actix_web::test]
async fn a_person_arms_any_fault_with_one_form_in_either_language() {
    let merchant = Merchant::new();
    let pages = merchant.sandbox.addresses().pages.clone();
    let arm = async |name: &str| {
        let form = [
            ("name", name),
            ("argument", "800"),
            ("provider", "alipay"),
            ("operation", "query"),
            ("out_trade_no", " "),
            ("times", ""),
        ];
        let url = format!("{pages}/faults?lang=en");
        let answer = merchant.http.post(url).form(&form).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    let english = merchant.page("/faults?lang=en").await;
    assert_eq!(english.matches("<form").count(), 1, "{english}");
    for shown in ["<html lang=\"en\">", "Answers slowly", "None."] {
        assert!(english.contains(shown), "{shown} is missing in {english}");
    }
    assert_eq!(arm("slow").await.0, 303);
    let armed = merchant.look("faults").await;
    assert_eq!(
        (&armed["faults"][0]["do"], &armed["faults"][0]["left"]),
        (&json!("slow:800"), &Value::Null)
    );
    let chinese = merchant.page("/faults?lang=zh-CN").await;
    assert!(
        chinese.contains("slow:800 · 一直 · 支付宝 query"),
        "{chinese}"
    );
    assert!(arm("nothing").await.1.contains("This cannot be armed"));
}

#[actix_web::test]
async fn a_poll_is_one_line() {
    let merchant = Merchant::new();
    qr_code(&merchant, "http://127.0.0.1:9/n").await;
    for _ in 0..3 {
        let number = json!({ "out_trade_no": "G1" });
        merchant.alipay("alipay.trade.query", number, |_| ()).await;
    }
    let calls = merchant.page("/calls").await;
    assert!(calls.contains("之前还有 2 次相同的查询"), "{calls}");
    assert_eq!(calls.matches("<details").count(), 1);
}

#[actix_web::test]
async fn calls_are_remembered_until_the_reset() {
    let merchant = Merchant::new();
    qr_code(&merchant, "http://127.0.0.1:9/n").await;
    let calls: Value = serde_json::from_str(&merchant.page("/_ctl/calls").await).unwrap();
    let call = &calls["calls"][0];
    assert_eq!(
        (
            &call["provider"],
            &call["operation"],
            &call["subject"],
            &call["outcome"]
        ),
        (
            &json!("alipay"),
            &json!("precreate"),
            &json!("G1"),
            &json!("10000")
        )
    );
    assert_eq!(
        merchant.ctl("pay", json!({ "out_trade_no": "G2" })).await.0,
        404
    );
    merchant.ctl("reset", json!({})).await;
    assert_eq!(
        merchant.ctl("pay", json!({ "out_trade_no": "G1" })).await.0,
        404
    );
    assert_eq!(merchant.page("/_ctl/calls").await, r#"{"calls":[]}"#);
}

#[actix_web::test]
async fn the_clock_is_shared_through_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("clock");
    let merchant = Merchant::with(Options {
        clock: Some(file.clone()),
        ..Options::default()
    });
    let before = merchant.now().await;
    std::fs::write(&file, "86400").unwrap();
    assert!(merchant.now().await - before >= 86_400);
    let (_, clock) = merchant.ctl("clock", json!({ "offset_s": -60 })).await;
    assert_eq!(
        (&clock["offset_s"], std::fs::read_to_string(&file).unwrap()),
        (&json!(-60), "-60".into())
    );
    let pages = &merchant.sandbox.addresses().pages;
    let form = merchant
        .http
        .post(format!("{pages}/clock"))
        .form(&[("advance_s", "3600")]);
    assert_eq!(form.send().await.unwrap().status(), 303);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "3540");
}

#[test]
fn a_sandbox_listens_on_loopback_and_stops_when_dropped() {
    let bind = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
    let outside = sandbox::start(Options {
        bind,
        ..Options::default()
    });
    assert!(matches!(outside, Err(StartError::NotLoopback(_))));
    let running = sandbox::start(Options::default()).unwrap();
    let address = running
        .addresses()
        .wechat
        .trim_start_matches("http://")
        .to_owned();
    assert!(std::net::TcpStream::connect(&address).is_ok());
    drop(running);
    assert!(std::net::TcpStream::connect(&address).is_err());
}

#[test]
fn the_program_refuses_production_and_prints_what_the_product_needs() {
    let run = |environment: &str| {
        std::process::Command::new(env!("CARGO_BIN_EXE_gradphoto-sandbox"))
            .env("GRADPHOTO_ENV", environment)
            .arg("--print-config")
            .output()
            .unwrap()
    };
    assert!(!run("production").status.success());
    let config: Value = serde_json::from_slice(&run("development").stdout).unwrap();
    assert_eq!(config["wechat"]["api_v3_key"].as_str().unwrap().len(), 32);
    assert_eq!(config["wechat"]["key_ring"].as_object().unwrap().len(), 2);
    assert_eq!(config["alipay"]["app_id"], "2021000000000001");
    assert_eq!(config["sms"]["template_code"], "SMS_000000001");
}
