//! Bills: what happened on a day, in each provider's own file, and what faults make of it.

use std::io::{Cursor, Read as _};

use flate2::read::GzDecoder;
use serde_json::{Value, json};

use crate::merchant::Merchant;
use crate::shop::Shop;

const NUMBER: &str = "G260609BILL000001";

/// Pays 19.90 at noon and gets 9.90 back; gives the day and goes to 10:00 of the next.
async fn day_with_money(
    merchant: &Merchant,
    make: impl AsyncFn(),
    refund: impl AsyncFn(),
) -> String {
    const NOON: i64 = 12 * 3600;
    let now = merchant.now().await;
    let midnight = (now + 8 * 3600).div_euclid(86_400) * 86_400 - 8 * 3600;
    let to_noon = midnight + 86_400 + NOON - now;
    merchant.ctl("clock", json!({ "advance_s": to_noon })).await;
    make().await;
    merchant.ctl("pay", json!({ "out_trade_no": NUMBER })).await;
    refund().await;
    merchant
        .ctl("clock", json!({ "advance_s": 22 * 3600 }))
        .await;
    let day = chrono::DateTime::from_timestamp(midnight + 86_400 + 8 * 3600, 0).unwrap();
    day.format("%Y-%m-%d").to_string()
}

async fn wechat_day(merchant: &Merchant) -> String {
    let shop = Shop::open(200, "");
    let make = async || {
        let order = json!({
            "appid": "wx0000grad0000test", "mchid": "1900000109", "description": "毕业照,一寸",
            "out_trade_no": NUMBER, "notify_url": shop.notify_url,
            "amount": { "total": 1990, "currency": "CNY" },
        });
        let made = merchant.post("/v3/pay/transactions/native", &order).await;
        assert_eq!(made.status, 200, "{}", made.body);
    };
    let refund = async || {
        let body = json!({
            "out_trade_no": NUMBER, "out_refund_no": "R1",
            "amount": { "refund": 990, "total": 1990, "currency": "CNY" },
        });
        merchant.post("/v3/refund/domestic/refunds", &body).await;
        merchant.ctl("clock", json!({ "advance_s": 60 })).await;
    };
    day_with_money(merchant, make, refund).await
}

/// The bill's lines and whether its hash is right.
async fn wechat_bill(merchant: &Merchant, path: &str) -> (Vec<String>, bool) {
    let offer = merchant.get(path).await;
    assert_eq!(offer.status, 200, "{}", offer.body);
    assert!(merchant.is_from_wechat(|name| offer.header(name), &offer.body));
    let url = offer.json()["download_url"].as_str().unwrap().to_owned();
    let at = url.find("/v3/").unwrap();
    let file = merchant.download(&url[at..]).await;
    assert!(
        !file.headers.contains_key("wechatpay-signature"),
        "files are not signed"
    );
    let mut text = String::new();
    GzDecoder::new(file.bytes.as_slice())
        .read_to_string(&mut text)
        .unwrap();
    let digest = &aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY;
    let hash = aws_lc_rs::digest::digest(digest, text.as_bytes());
    let hash = data_encoding::HEXLOWER.encode(hash.as_ref());
    let lines = text
        .strip_prefix('\u{feff}')
        .unwrap()
        .lines()
        .map(str::to_owned);
    (lines.collect(), offer.json()["hash_value"] == hash.as_str())
}

#[actix_web::test]
async fn wechat_bills_tell_of_payment_refund_and_fee() {
    let merchant = Merchant::new();
    let day = wechat_day(&merchant).await;
    let trade = format!("/v3/bill/tradebill?bill_date={day}&bill_type=ALL&tar_type=GZIP");
    let (lines, is_good) = wechat_bill(&merchant, &trade).await;
    assert!(is_good);
    assert_eq!(lines.len(), 5, "header, two rows, header of the sum, sum");
    assert_eq!(lines[0].split(',').count(), 27);
    assert_eq!(
        lines[1].split(',').count(),
        27,
        "commas in a description do no harm"
    );
    assert!(lines[1].contains("`SUCCESS") && lines[1].contains("`0.12000,`0.60%"));
    assert!(lines[2].contains("`REFUND,") && lines[2].contains("`R1,`9.90,"));
    assert_eq!(lines[4], "`2,`19.90,`9.90,`0.00,`0.06000,`19.90,`9.90");
    let flow = format!("/v3/bill/fundflowbill?bill_date={day}&account_type=BASIC&tar_type=GZIP");
    let (lines, is_good) = wechat_bill(&merchant, &flow).await;
    assert!(is_good);
    assert_eq!(
        lines[5], "`3,`1,`19.90,`2,`9.96",
        "out: the fee of 0.12 and 9.90 less 0.06"
    );
    assert!(lines[3].contains("`9.84,"), "{}", lines[3]);

    merchant.fault("bill_bad_hash").await;
    assert!(!wechat_bill(&merchant, &trade).await.1);
    merchant.fault("bill_extra_row").await;
    assert!(wechat_bill(&merchant, &trade).await.0[3].contains("STRANGER"));
    merchant.fault("bill_drop_row").await;
    assert_eq!(wechat_bill(&merchant, &trade).await.0.len(), 4);
    merchant.fault("bill_wrong_amount").await;
    assert!(wechat_bill(&merchant, &trade).await.0[1].contains("`19.91,"));
    merchant.fault("bill_wrong_total").await;
    assert!(wechat_bill(&merchant, &trade).await.0[4].starts_with("`2,`19.91,"));
    for (fault, code) in [
        ("bill_missing", "NO_STATEMENT_EXIST"),
        ("bill_creating", "STATEMENT_CREATING"),
    ] {
        merchant.fault(fault).await;
        assert_eq!(merchant.get(&trade).await.error(), (400, code.into()));
    }
    let old = merchant
        .get("/v3/bill/tradebill?bill_date=2020-01-01")
        .await;
    assert_eq!(old.error(), (400, "PARAM_ERROR".into()));
}

async fn alipay(merchant: &Merchant, method: &str, content: Value) -> Value {
    let raw = merchant.alipay(method, content, |_| ()).await;
    let answer: Value = serde_json::from_str(&raw).unwrap();
    answer[format!("{}_response", method.replace('.', "_"))].clone()
}

const BILL: &str = "alipay.data.dataservice.bill.downloadurl.query";

#[actix_web::test]
async fn an_alipay_bill_is_a_zip_in_gbk_for_half_a_minute() {
    let merchant = Merchant::new();
    let make = async || {
        let order = json!({ "out_trade_no": NUMBER, "total_amount": "19.90", "subject": "毕业照" });
        alipay(&merchant, "alipay.trade.precreate", order).await;
    };
    let refund = async || {
        let order = json!({
            "out_trade_no": NUMBER, "out_request_no": "R1", "refund_amount": "9.90",
            "refund_reason": "部分退款",
        });
        alipay(&merchant, "alipay.trade.refund", order).await;
    };
    let day = day_with_money(&merchant, make, refund).await;
    let content = json!({ "bill_type": "trade", "bill_date": day });
    let offer = alipay(&merchant, BILL, content.clone()).await;
    let url = offer["bill_download_url"].as_str().unwrap().to_owned();
    let file = merchant
        .http
        .get(&url)
        .send()
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(&file)).unwrap();
    assert_eq!(archive.len(), 2);
    let mut bytes = Vec::new();
    archive
        .by_index(0)
        .unwrap()
        .read_to_end(&mut bytes)
        .unwrap();
    let (text, _, is_lossy) = encoding_rs::GBK.decode(&bytes);
    assert!(!is_lossy);
    let rows: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(rows.len(), 3, "{text}");
    for row in &rows {
        assert_eq!(row.split(',').count(), 25, "{row}");
    }
    assert!(
        rows[1].contains("交易\t")
            && rows[1].contains(",19.90,19.90,")
            && rows[1].contains(",-0.12,")
    );
    assert!(
        rows[2].contains("退款\t")
            && rows[2].contains(",-9.90,-9.90,")
            && rows[2].contains("R1\t,0.06,")
    );
    assert!(text.contains("#交易合计：1笔，商家实收共19.90元"));
    merchant.ctl("clock", json!({ "advance_s": 30 })).await;
    assert_eq!(
        merchant.http.get(&url).send().await.unwrap().status(),
        404,
        "too late"
    );

    merchant.fault("bill_bad_hash").await;
    let offer = alipay(&merchant, BILL, content.clone()).await;
    let url = offer["bill_download_url"].as_str().unwrap();
    let file = merchant
        .http
        .get(url)
        .send()
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(&file)).unwrap();
    assert!(
        archive
            .by_index(1)
            .unwrap()
            .read_to_end(&mut Vec::new())
            .is_err()
    );
    merchant.fault("bill_missing").await;
    assert_eq!(
        alipay(&merchant, BILL, content).await["sub_code"],
        "isp.bill_not_exist"
    );
    let other = json!({ "bill_type": "signcustomer", "bill_date": day });
    assert_eq!(
        alipay(&merchant, BILL, other).await["sub_code"],
        "isv.invalid-parameter"
    );
}
