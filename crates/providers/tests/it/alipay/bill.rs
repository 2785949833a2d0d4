//! Bills of Alipay: fetched from a double, read from a fixture and from a file made here.

use super::{
    calls::{client, reply},
    settings,
};
use crate::{
    double::{Reply, serve},
    vectors::{bill, expected_bill},
};
use chrono::NaiveDate;
use domain::Fen;
use encoding_rs::GBK;
use providers::{
    Outcome,
    alipay::{read_flow, read_trades},
    payment::{
        BillError, BillFee, BillKind, Direction, Download, PaymentChannel, TradeKind, TradeRow,
    },
};
use rstest::rstest;
use serde_json::json;
use std::io::{Cursor, Read, Write};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

const FILE: &str = "alipay_trade_2088000000000156_20260609.csv.zip";
const WRAPPER: &str = "alipay_data_dataservice_bill_downloadurl_query_response";
const FLOW: &str = "#支付宝账务明细查询\n#账号：[20880000000001560156]\n\
    #-----------------------------------------账务明细列表----------------------------------------\n\
    账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,\
    账户余额（元）,交易渠道,业务类型,备注\n\
    1\t,2026060922\t,G1\t,\"照片, 一寸\"\t,2026-06-09 18:15:20,*\t,19.90,0.00,119.90,支付宝,在线支付\t,\t\n\
    2\t,2026060922\t,G1\t,\t,2026-06-09 18:15:20,*\t,0.00,-0.12,119.78,支付宝,收费\t,\t\n\
    #-----------------------------------------账务明细列表结束------------------------------------\n\
    #支出合计：1笔，共-0.12元\n#收入合计：1笔，共19.90元\n#导出时间：[2026年06月10日 10:05:00]\n";

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 9).unwrap()
}

/// A ZIP as Alipay makes it, with this text as its file of single rows.
fn packed(text: &str) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [("1_(汇总).csv", "#"), ("1_明细.csv", text)] {
        writer
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(&GBK.encode(text).0).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The text of the fixture's single rows.
fn unpacked() -> String {
    let mut archive = ZipArchive::new(Cursor::new(bill(FILE))).unwrap();
    let mut content = Vec::new();
    archive
        .by_index(0)
        .unwrap()
        .read_to_end(&mut content)
        .unwrap();
    GBK.decode(&content).0.into_owned()
}

#[tokio::test]
async fn a_bill_is_fetched_in_two_steps() {
    let asked = async |file: Vec<u8>| {
        let (origin, requests) = serve(move |target, own| {
            if target.starts_with("/bill/") {
                return Reply::new(200, file.clone());
            }
            let address = format!("{own}/bill/1?bizType=trade");
            reply(
                WRAPPER,
                &json!({"code": "10000", "bill_download_url": address}),
            )
        });
        let outcome = client(&origin).bill(BillKind::Trade, day()).await.outcome;
        let form = super::decoded(&requests.recv().unwrap().body);
        assert_eq!(
            form["biz_content"],
            r#"{"bill_type":"trade","bill_date":"2026-06-09"}"#
        );
        outcome
    };
    let ready = Download::Ready(bill(FILE).into());
    assert_eq!(asked(bill(FILE)).await, Outcome::Definite(ready));
    let mut damaged = bill(FILE);
    damaged[100] ^= 1;
    for file in [damaged, b"<html>".to_vec()] {
        let outcome = asked(file).await;
        assert!(matches!(outcome, Outcome::Unknown(_)), "{outcome:?}");
    }
    for sub_code in ["isp.bill_not_exist", "BILL_NOT_EXIST"] {
        let none = json!({"code": "40004", "sub_code": sub_code});
        let (origin, _requests) = serve(move |_, _| reply(WRAPPER, &none));
        let outcome = client(&origin).bill(BillKind::Trade, day()).await.outcome;
        assert_eq!(outcome, Outcome::Definite(Download::NoBill));
    }
}

#[test]
fn a_trade_bill_is_read_to_the_fen() {
    let rows = read_trades(&bill(FILE), &settings().seller_id)
        .unwrap()
        .rows;
    assert_eq!(json!(rows.len()), expected_bill("alipay_zip", "rows"));
    assert_eq!(
        json!(rows[0].amount.0),
        expected_bill("alipay_zip", "sum_trade_fen")
    );
    assert_eq!(
        json!(-rows[1].amount.0),
        expected_bill("alipay_zip", "sum_refund_fen")
    );
    assert_eq!(
        (&rows[0].kind, rows[0].fee),
        (&TradeKind::Payment, BillFee(12_000))
    );
    let refund = TradeRow {
        is_ours: true,
        at: "2026-06-09T10:20:00Z".parse().unwrap(),
        kind: TradeKind::Refund {
            out_refund_no: "RF260609ALI0001".to_owned(),
            refund_id: None,
            state: None,
        },
        transaction_id: "2026060922001400000000000001".to_owned(),
        out_trade_no: "GP260609ALI00000000000001".to_owned(),
        amount: Fen(990),
        fee: BillFee(-6_000),
    };
    assert_eq!(rows[1], refund);
    let foreign = read_trades(&bill(FILE), "2088000000000157").unwrap();
    assert!(foreign.rows.iter().all(|row| !row.is_ours));
}

#[test]
fn a_bill_that_does_not_add_up_is_refused() {
    let text = unpacked();
    let read = |text: &str| read_trades(&packed(text), "2088");
    assert_eq!(read(&text).unwrap().rows.len(), 2);
    let changed = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        read(&text.replace(from, to)).unwrap_err()
    };
    let broken = changed("交易合计：1笔", "交易合计：2笔");
    assert!(matches!(
        broken,
        BillError::Total {
            total: 2,
            rows: 1,
            ..
        }
    ));
    let broken = changed("商家实收共19.90元", "商家实收共19.91元");
    assert!(matches!(
        broken,
        BillError::Total {
            total: 1991,
            rows: 1990,
            ..
        }
    ));
    assert_eq!(changed("服务费（元）", "费用"), BillError::Column("服务费"));
    assert_eq!(changed("#退款合计", "#合计"), BillError::Column("退款合计"));
    assert!(matches!(
        read_trades(b"PK", "2088"),
        Err(BillError::Form(_))
    ));
}

/// The fixture's text with something else in the cells of one column of its first row.
fn with_cell(text: &str, column: &str, value: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let heading = lines
        .iter()
        .position(|line| !line.starts_with('#'))
        .unwrap();
    let place = lines[heading]
        .split(',')
        .position(|name| name == column)
        .unwrap();
    let mut cells: Vec<String> = lines[heading + 1].split(',').map(str::to_owned).collect();
    value.clone_into(&mut cells[place]);
    lines[heading + 1] = cells.join(",");
    lines.join("\n")
}

#[rstest]
#[case::comma("照片,冲印")]
#[case::quoted_comma("\"照片,冲印\"\t")]
#[case::quotes_inside("照片\"大\"")]
#[case::quotes_before_the_end("\"大\"照片\t")]
#[case::quote_left_open("\"大照片\t")]
#[case::line_break("第一行\n第二行")]
#[case::quoted_line_break("\"第一行\n第二行\"\t")]
#[case::line_that_looks_like_a_remark("第一行\n#第二行,三,四")]
#[case::several_commas("一,二,三,四,五")]
#[case::line_that_begins_with_a_number("2026年,6月\n13800138000")]
#[case::odd_signs("𠮷\u{e000}")]
fn what_another_shop_writes_into_its_row_shifts_nothing(
    #[values("商品名称", "备注", "门店名称", "对方账户", "券名称")] column: &str,
    #[case] value: &str,
) {
    let text = unpacked();
    let plain = read_trades(&packed(&text), "2088").unwrap();
    let odd = with_cell(&text, column, value);
    assert_eq!(
        read_trades(&packed(&odd), "2088").as_ref(),
        Ok(&plain),
        "{column}: {value:?}"
    );
}

#[test]
fn a_comma_more_and_another_encoding_shift_nothing() {
    let text = unpacked();
    let plain = read_trades(&packed(&text), "2088").unwrap();
    let comma = text
        .replacen("备注\n", "备注,\n", 1)
        .replacen("备注\r\n", "备注,\r\n", 1);
    assert_ne!(comma, text);
    assert_eq!(
        read_trades(&packed(&comma), "2088").as_ref(),
        Ok(&plain),
        "a comma more"
    );
    let bom = format!("\u{feff}{text}");
    assert_eq!(
        read_trades(&named(&[("a", bom.as_bytes())]), "2088").as_ref(),
        Ok(&plain),
        "UTF-8"
    );
}

#[test]
fn a_row_that_cannot_be_read_is_told_with_what_the_totals_say_of_it() {
    let text = unpacked();
    for (from, to) in [("2026-06-09 18:15:20", "2026/06/09"), ("交易\t,", "")] {
        assert!(text.contains(from), "{from}");
        let odd = if to.is_empty() {
            text.replacen(from, to, 1)
        } else {
            text.replace(from, to)
        };
        let read = read_trades(&packed(&odd), "2088").unwrap();
        assert_eq!((read.rows.len(), read.unread.len()), (1, 1), "{read:?}");
        assert_eq!(
            (read.unread[0].row, read.unread_paid),
            (1, Fen(1990)),
            "{to}"
        );
        assert_eq!(read.unread_refunded, Fen(0));
    }
    let ambiguous = with_cell(&text, "对方账户", "a,1.00");
    assert_eq!(
        read_trades(&packed(&ambiguous), "2088")
            .unwrap()
            .unread
            .len(),
        1
    );
}

/// A ZIP of files with these names, as bytes.
fn named(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The single rows and the summary, as a bill's ZIP holds them.
fn details_and_summary() -> (Vec<u8>, Vec<u8>) {
    let summary = GBK.encode("#汇总\n门店编号,门店名称\n").0;
    (GBK.encode(&unpacked()).0.into_owned(), summary.into_owned())
}

#[rstest]
#[case::other_encoding("ÒµÎñÃ÷Ï¸.csv", "ÒµÎñ»ã×Ü.csv")]
#[case::numbers("1", "2")]
#[case::unreadable("�", "��")]
#[case::name_of_the_summary("(汇总).csv", "x.csv")]
fn the_file_of_single_rows_is_known_by_its_heading_and_not_by_its_name(
    #[case] first: &str,
    #[case] second: &str,
) {
    let (details, summary) = details_and_summary();
    for files in [
        [(first, &details[..]), (second, &summary[..])],
        [(first, &summary[..]), (second, &details[..])],
    ] {
        let rows = read_trades(&named(&files), "2088").unwrap().rows;
        assert_eq!(rows.len(), 2, "{first}, {second}");
    }
}

#[test]
fn a_bill_without_a_file_of_single_rows_is_refused() {
    let (_, summary) = details_and_summary();
    let only = named(&[("a", summary.as_ref())]);
    assert!(matches!(
        read_trades(&only, "2088"),
        Err(BillError::Form(_))
    ));
}

#[test]
fn a_fund_flow_bill_is_read_to_the_fen() {
    let rows = read_flow(&packed(FLOW)).unwrap();
    let seen: Vec<_> = rows
        .iter()
        .map(|row| {
            (
                row.direction,
                row.amount,
                row.balance,
                row.business.as_str(),
            )
        })
        .collect();
    let expected = [
        (Direction::In, Fen(1990), Fen(11_990), "在线支付"),
        (Direction::Out, Fen(12), Fen(11_978), "收费"),
    ];
    assert_eq!(seen, expected);
    assert_eq!(
        (rows[0].flow_id.as_str(), rows[0].out_no.as_str()),
        ("1", "G1")
    );
    let broken = read_flow(&packed(&FLOW.replace("共19.90元", "共19.00元"))).unwrap_err();
    assert!(
        matches!(
            broken,
            BillError::Total {
                what: "收入合计",
                ..
            }
        ),
        "{broken}"
    );
}
