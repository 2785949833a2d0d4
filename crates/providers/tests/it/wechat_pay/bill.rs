//! Bills of `WeChat Pay`: fetched from a double, read from fixtures.

use super::{
    calls::{client, error, signed},
    settings,
};
use crate::{
    double::{Reply, serve},
    vectors::{bill, expected_bill, published_bytes},
};
use chrono::NaiveDate;
use domain::Fen;
use flate2::{Compression, write::GzEncoder};
use providers::{
    Outcome,
    payment::{
        BillError, BillFee, BillKind, Direction, Download, PaymentChannel, TradeKind, TradeRow,
    },
    wechat_pay::{read_flow, read_trades},
};
use rstest::rstest;
use serde_json::json;
use std::io::Write;

const TRADES: &str = "wechat_tradebill_ALL_2026-06-09.csv";
const FLOW: &str = "wechat_fundflow_BASIC_2026-06-09.csv";

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 9).unwrap()
}

fn packed(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// Asks a double that gives out this file under this hash.
async fn fetch(kind: BillKind, file: Vec<u8>, hash: &str) -> (Outcome<Download>, Vec<String>) {
    let hash = hash.to_owned();
    let (origin, requests) = serve(move |target, own| {
        if target.starts_with("/v3/billdownload/file?") {
            return Reply::new(200, file.clone());
        }
        let address = format!("{own}/v3/billdownload/file?token=AbC%2Bd%2F_-~1");
        let link = json!({"hash_type": "SHA1", "hash_value": hash, "download_url": address});
        signed(200, &link.to_string())
    });
    let outcome = client(&[&origin]).bill(kind, day()).await.outcome;
    let targets = requests.try_iter().map(|request| request.target).collect();
    (outcome, targets)
}

#[tokio::test]
async fn a_bill_is_fetched_in_two_steps_and_checked_by_its_hash() {
    let hash = expected_bill("wechat_tradebill", "sha1");
    let (hash, content) = (hash.as_str().unwrap(), bill(TRADES));
    for file in [packed(&content), content.clone()] {
        let (fetched, targets) = fetch(BillKind::Trade, file, hash).await;
        let ready = Download::Ready(content.clone().into());
        assert_eq!(fetched, Outcome::Definite(ready));
        let first = "/v3/bill/tradebill?bill_date=2026-06-09&bill_type=ALL&tar_type=GZIP";
        let second = "/v3/billdownload/file?token=AbC%2Bd%2F_-~1";
        assert_eq!(targets, [first, second]);
    }
    let mut other = content;
    other.push(b'\n');
    let (fetched, _) = fetch(BillKind::Trade, packed(&other), hash).await;
    assert!(matches!(fetched, Outcome::Unknown(_)), "{fetched:?}");
    let hash = expected_bill("wechat_fundflow", "sha1");
    let (fetched, targets) = fetch(BillKind::FundFlow, bill(FLOW), hash.as_str().unwrap()).await;
    assert_eq!(
        fetched,
        Outcome::Definite(Download::Ready(bill(FLOW).into()))
    );
    let first = "/v3/bill/fundflowbill?bill_date=2026-06-09&account_type=BASIC";
    assert_eq!(targets[0], first);
}

#[tokio::test]
async fn no_bill_and_a_bill_in_the_making_are_told_apart() {
    for (code, expected) in [
        ("NO_STATEMENT_EXIST", Download::NoBill),
        ("STATEMENT_CREATING", Download::NotYet),
    ] {
        let (origin, _requests) = serve(move |_, _| error(404, code));
        let asked = client(&[&origin]).bill(BillKind::Trade, day()).await;
        assert_eq!(asked.outcome, Outcome::Definite(expected));
    }
    let elsewhere = json!({"hash_type": "SHA1", "hash_value": "", "download_url": "https://x/y"});
    let (origin, _requests) = serve(move |_, _| signed(200, &elsewhere.to_string()));
    let asked = client(&[&origin]).bill(BillKind::Trade, day()).await;
    assert!(matches!(asked.outcome, Outcome::Unknown(_)), "{asked:?}");
}

#[test]
fn a_trade_bill_is_read_to_the_fen() {
    let read = read_trades(&bill(TRADES), &settings().mchid).unwrap();
    assert_eq!(
        (read.unread.len(), read.unread_paid, read.unread_refunded),
        (0, Fen(0), Fen(0))
    );
    let rows = read.rows;
    assert_eq!(json!(rows.len()), expected_bill("wechat_tradebill", "rows"));
    let sum = |is_payment: bool| {
        let rows = rows
            .iter()
            .filter(|row| (row.kind == TradeKind::Payment) == is_payment);
        json!(rows.map(|row| row.amount.0).sum::<i64>())
    };
    assert_eq!(
        sum(true),
        expected_bill("wechat_tradebill", "sum_order_fen")
    );
    assert_eq!(
        sum(false),
        expected_bill("wechat_tradebill", "sum_refund_fen")
    );
    let refund = TradeRow {
        is_ours: true,
        at: "2026-06-09T10:30:00Z".parse().unwrap(),
        kind: TradeKind::Refund {
            out_refund_no: "RF260609000001".to_owned(),
            refund_id: Some("50300002602026060900000000001".to_owned()),
            state: Some("SUCCESS".to_owned()),
        },
        transaction_id: "4200002600202606090000000001".to_owned(),
        out_trade_no: "GP260609A1B2C3D4E5F6G7H8".to_owned(),
        amount: Fen(1990),
        fee: BillFee(-12_000),
    };
    assert_eq!(rows[1], refund);
    let foreign = read_trades(&bill(TRADES), "1900000110").unwrap();
    assert!(foreign.rows.iter().all(|row| !row.is_ours));
}

#[test]
fn a_fund_flow_bill_is_read_to_the_fen() {
    let rows = read_flow(&bill(FLOW)).unwrap();
    assert_eq!(json!(rows.len()), expected_bill("wechat_fundflow", "rows"));
    for (direction, name) in [(Direction::In, "in_fen"), (Direction::Out, "out_fen")] {
        let rows = rows.iter().filter(|row| row.direction == direction);
        let sum: i64 = rows.map(|row| row.amount.0).sum();
        assert_eq!(json!(sum), expected_bill("wechat_fundflow", name));
    }
    assert_eq!(
        (rows[2].out_no.as_str(), rows[2].balance),
        ("RF260609000001", Fen(10_000))
    );
}

#[test]
fn a_published_bill_adds_up() {
    if let Some(content) = published_bytes("wechat_tradebill_ALL.sample.csv") {
        let rows = read_trades(&content, "1921000401").unwrap().rows;
        assert_eq!(rows.len(), 45);
        assert!(rows.iter().all(|row| row.is_ours));
    }
}

#[test]
fn a_bill_that_does_not_add_up_is_refused() {
    let text = String::from_utf8(bill(TRADES)).unwrap();
    let read = |text: String| read_trades(text.as_bytes(), "1900000109").unwrap_err();
    let broken = read(text.replace("\r\n`2,`19.90", "\r\n`3,`19.90"));
    assert!(matches!(
        broken,
        BillError::Total {
            what: "总交易单数",
            total: 300,
            rows: 200
        }
    ));
    let broken = read(text.replace("\r\n`2,`19.90", "\r\n`2,`19.91"));
    assert!(
        matches!(
            broken,
            BillError::Total {
                what: "应结订单总金额",
                ..
            }
        ),
        "{broken}"
    );
    let broken = read(text.replace("商户订单号", "订单号"));
    assert_eq!(broken, BillError::Column("商户订单号"));
    let cut = text.split("总交易单数").next().unwrap().to_owned();
    assert!(matches!(read(cut), BillError::Form(_)));
    assert!(matches!(read_trades(b"\xff", ""), Err(BillError::Form(_))));
}

#[rstest]
#[case::comma("2026届,毕业照")]
#[case::line_break("两行\n商品")]
#[case::two_line_breaks("两行\r\n\r\n商品")]
#[case::backtick("怪,`名")]
#[case::several_cells_and_lines("怪,`名,`又,`一\n行")]
#[case::quoted("\"引号\"商品")]
#[case::quote_left_open("\"没有结束")]
#[case::odd_signs("🎓毕业\u{b}\u{2028}")]
#[case::heading_of_the_totals("总交易单数,应结订单总金额\n`9,`9.00")]
#[case::empty_cells("`,`,`,`")]
fn a_title_of_another_shop_shifts_nothing(#[case] name: &str) {
    let text = String::from_utf8(bill(TRADES)).unwrap();
    let plain = read_trades(text.as_bytes(), "1900000109").unwrap();
    assert!(text.contains("2026届毕业照采集服务费"));
    let odd = text.replace("2026届毕业照采集服务费", name);
    assert_eq!(
        read_trades(odd.as_bytes(), "1900000109").as_ref(),
        Ok(&plain),
        "{name:?}"
    );
}

#[test]
fn bytes_that_are_no_text_and_a_comma_more_shift_nothing() {
    let text = String::from_utf8(bill(TRADES)).unwrap();
    let plain = read_trades(text.as_bytes(), "1900000109").unwrap();
    assert!(text.contains("2026届毕业照采集服务费"));
    let mut broken = text.replace("2026届毕业照采集服务费", "\u{1}").into_bytes();
    for byte in broken.iter_mut().filter(|byte| **byte == 1) {
        *byte = 0xff;
    }
    assert_eq!(
        read_trades(&broken, "1900000109").as_ref(),
        Ok(&plain),
        "no UTF-8"
    );
    let comma = text.replacen("费率备注\r\n", "费率备注,\r\n", 1);
    assert_ne!(comma, text);
    assert_eq!(read_trades(comma.as_bytes(), "1900000109"), Ok(plain));
}

#[rstest]
#[case::amount("`0.60%,`19.90", "`0.60%,`1e3")]
#[case::missing_cell("`NATIVE,`SUCCESS,", "`NATIVE,")]
#[case::time("`2026-06-09 18:15:20,", "`gestern,")]
fn a_row_that_cannot_be_read_is_told_with_what_the_totals_say_of_it(
    #[case] from: &str,
    #[case] to: &str,
) {
    let text = String::from_utf8(bill(TRADES)).unwrap();
    assert!(text.contains(from), "{from}");
    let read = read_trades(text.replacen(from, to, 1).as_bytes(), "1900000109").unwrap();
    assert_eq!((read.rows.len(), read.unread.len()), (1, 1), "{read:?}");
    assert_eq!(
        (read.unread[0].row, read.unread_paid),
        (1, Fen(1990)),
        "{to}"
    );
    assert_eq!(read.unread_refunded, Fen(0), "{to}");
}

#[test]
fn a_bill_of_which_too_few_or_too_many_rows_are_read_is_refused() {
    let text = String::from_utf8(bill(TRADES)).unwrap();
    let none = text.replace("`2026-06-09", "`2026/06/09");
    let refused = read_trades(none.as_bytes(), "1900000109");
    assert!(
        matches!(
            refused,
            Err(BillError::Row { .. } | BillError::Total { .. })
        ),
        "{refused:?}"
    );
    // More rows than the totals count are no rows that were merely hard to read.
    let more = text.replacen("`2,`19.90", "`1,`19.90", 1);
    assert!(matches!(
        read_trades(more.as_bytes(), ""),
        Err(BillError::Total { .. })
    ));
}
