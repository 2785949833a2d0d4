//! Bills: an address that is good for half a minute, a ZIP with two GBK files, and their rows.
//!
//! Source: docs/sources.md#alipay-bills

use super::Alipay;
use crate::{
    Outcome, Reply,
    amount::from_yuan,
    http::{BILL, BILL_LIMIT, body_within},
    payment::{BillError, BillFee, BillKind, Direction, Download, FlowRow, TradeKind, TradeRow},
    sheet::{Row, Sheet, require_total},
};
use bytes::Bytes;
use chrono::NaiveDate;
use csv::{ReaderBuilder, Trim};
use domain::Fen;
use encoding_rs::GBK;
use serde::{Deserialize, Serialize};
use std::io::{Cursor, Read};
use zip::ZipArchive;

#[derive(Serialize)]
struct Request {
    bill_type: &'static str,
    bill_date: NaiveDate,
}

#[derive(Deserialize)]
struct Link {
    bill_download_url: String,
}

impl Alipay {
    pub(super) async fn fetch_bill(&self, kind: BillKind, day: NaiveDate) -> Reply<Download> {
        let request = Request {
            bill_type: match kind {
                BillKind::Trade => "trade",
                BillKind::FundFlow => "signcustomer",
            },
            bill_date: day,
        };
        let method = "alipay.data.dataservice.bill.downloadurl.query";
        let (link, trace) = match self.call(method, &request, None).await.done() {
            Ok(done) => done,
            Err(reply) => return reply,
        };
        let outcome = match self.download_bill(&link).await {
            Ok(bill) => Outcome::Definite(Download::Ready(bill)),
            Err(seen) => Outcome::Unknown(seen),
        };
        trace.with(outcome)
    }

    /// The address is signed by Alipay; the checksums inside the ZIP guard the way.
    async fn download_bill(&self, link: &str) -> Result<Bytes, String> {
        let link: Link = serde_json::from_str(link).map_err(|error| error.to_string())?;
        let sent = self.http.get(&link.bill_download_url).timeout(BILL).send();
        let response = sent
            .await
            .map_err(|error| error.without_url().to_string())?;
        let status = response.status();
        let file = body_within(response, BILL_LIMIT).await;
        let file = file.map_err(|error| error.to_string())?;
        if !status.is_success() {
            return Err(format!("the bill's address answered {status}"));
        }
        details(&file).map_err(|error| error.to_string())?;
        Ok(file.into())
    }
}

/// The file of single rows, decoded. The other one is their summary.
fn details(bill: &[u8]) -> Result<String, BillError> {
    let form = |error: &dyn std::fmt::Display| BillError::Form(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bill)).map_err(|error| form(&error))?;
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(|error| form(&error))?;
        // Names are in GBK, which hardly ever passes for UTF-8.
        let name = match std::str::from_utf8(file.name_raw()) {
            Ok(name) => name.into(),
            Err(_) => GBK.decode(file.name_raw()).0,
        };
        if name.contains("汇总") {
            continue;
        }
        let mut content = Vec::new();
        let limit = u64::try_from(BILL_LIMIT).unwrap_or(u64::MAX);
        let read = file.by_ref().take(limit + 1).read_to_end(&mut content);
        if read.map_err(|error| form(&error))? > BILL_LIMIT {
            return Err(form(&format_args!("it is longer than {BILL_LIMIT} bytes")));
        }
        let (text, _, is_damaged) = GBK.decode(&content);
        return if is_damaged {
            Err(form(&"it is not encoded in GBK"))
        } else {
            Ok(text.into_owned())
        };
    }
    Err(form(&"the archive has no file of single rows"))
}

/// The rows. Lines with `#` are no rows, and cells end with a tab.
fn sheet(text: &str) -> Result<Sheet, BillError> {
    let mut reader = ReaderBuilder::new()
        .comment(Some(b'#'))
        .trim(Trim::All)
        .flexible(true)
        .from_reader(text.as_bytes());
    let form = |error: csv::Error| BillError::Form(error.to_string());
    let columns = reader.headers().map_err(form)?.clone();
    let rows = reader
        .records()
        .map(|row| Ok(row.map_err(form)?.iter().map(str::to_owned).collect()))
        .collect::<Result<_, BillError>>()?;
    Sheet::new(columns.iter(), rows)
}

/// Reads the ZIP of a trade bill; `seller_id` is the account whose rows are ours.
pub fn read_trades(bill: &[u8], seller_id: &str) -> Result<Vec<TradeRow>, BillError> {
    let text = details(bill)?;
    let sheet = sheet(&text)?;
    for (kind, what, sum) in [
        ("交易", "交易合计", "商家实收共"),
        ("退款", "退款合计", "商家实收退款共"),
    ] {
        let amounts = sheet
            .rows()
            .filter(|row| row.text("业务类型") == Ok(kind))
            .map(|row| row.fen("商家实收"))
            .collect::<Result<_, _>>()?;
        require_sum(&text, what, sum, amounts)?;
    }
    // The account's number may be followed by the number of its book.
    let is_ours = line(&text, "账号")?
        .trim_start_matches(['：', '['])
        .starts_with(seller_id);
    sheet.rows().map(|row| read_trade(row, is_ours)).collect()
}

fn read_trade(row: Row<'_>, is_ours: bool) -> Result<TradeRow, BillError> {
    let kind = match row.text("业务类型")? {
        "交易" => TradeKind::Payment,
        "退款" => TradeKind::Refund {
            out_refund_no: row.text("退款批次号/请求号")?.to_owned(),
            refund_id: None,
            state: None,
        },
        other => TradeKind::Other(other.to_owned()),
    };
    let (amount, BillFee(fee)) = (row.fen("订单金额")?, row.fee("服务费")?);
    Ok(TradeRow {
        is_ours,
        at: row.time("完成时间")?,
        kind,
        transaction_id: row.text("支付宝交易号")?.to_owned(),
        out_trade_no: row.text("商户订单号")?.to_owned(),
        amount: Fen(amount.0.abs()),
        // Written from our side: what Alipay takes is negative.
        fee: BillFee(-fee),
    })
}

/// Reads the ZIP of a fund-flow bill.
pub fn read_flow(bill: &[u8]) -> Result<Vec<FlowRow>, BillError> {
    let text = details(bill)?;
    let read: Vec<FlowRow> = sheet(&text)?
        .rows()
        .map(read_movement)
        .collect::<Result<_, _>>()?;
    for (direction, what) in [(Direction::In, "收入合计"), (Direction::Out, "支出合计")] {
        let amounts = read.iter().filter(|row| row.direction == direction);
        require_sum(&text, what, "共", amounts.map(|row| row.amount).collect())?;
    }
    Ok(read)
}

fn read_movement(row: Row<'_>) -> Result<FlowRow, BillError> {
    let (income, outlay) = (row.fen("收入金额")?, row.fen("支出金额")?);
    let (direction, amount) = if outlay == Fen::ZERO {
        (Direction::In, income)
    } else {
        (Direction::Out, outlay)
    };
    Ok(FlowRow {
        at: row.time("发生时间")?,
        flow_id: row.text("账务流水号")?.to_owned(),
        business_id: row.text("业务流水号")?.to_owned(),
        out_no: row.text("商户订单号")?.to_owned(),
        business: row.text("业务类型")?.to_owned(),
        direction,
        amount: Fen(amount.0.abs()),
        balance: row.fen("账户余额")?,
    })
}

/// The rest of the line that begins with `#` and this word.
fn line<'a>(text: &'a str, word: &'static str) -> Result<&'a str, BillError> {
    text.lines()
        .find_map(|line| line.strip_prefix('#')?.strip_prefix(word))
        .ok_or(BillError::Column(word))
}

/// Compares a line such as `#交易合计：1笔，商家实收共19.90元` with the rows that it sums up.
fn require_sum(
    text: &str,
    what: &'static str,
    sum: &'static str,
    amounts: Vec<Fen>,
) -> Result<(), BillError> {
    let form = || BillError::Form(format!("{what} cannot be read"));
    let line = line(text, what)?.trim_start_matches('：');
    let (count, rest) = line.split_once('笔').ok_or_else(form)?;
    let (_, rest) = rest.split_once(sum).ok_or_else(form)?;
    let (total, _) = rest.split_once('元').ok_or_else(form)?;
    let counted = i64::try_from(amounts.len()).unwrap_or(i64::MAX);
    require_total(what, count.parse().map_err(|_| form())?, counted)?;
    let rows = Fen::checked_sum(amounts).ok_or_else(form)?;
    let total = from_yuan(total)?;
    // Outlays are summed up with and without their sign.
    if total.0.abs() == rows.0.abs() {
        Ok(())
    } else {
        require_total(what, total.0, rows.0)
    }
}
