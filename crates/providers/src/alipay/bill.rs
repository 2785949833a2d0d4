//! Bills: an address that is good for half a minute, a ZIP with two GBK files, and their rows.
//!
//! Source: docs/sources.md#alipay-bills

use super::Alipay;
use crate::{
    Outcome, Reply,
    amount::from_yuan,
    http::{BILL_LIMIT, CallKind, body_within},
    payment::{
        BillError, BillFee, BillKind, Direction, Download, FlowRow, TradeBill, TradeKind, TradeRow,
        UnreadRow,
    },
    sheet::{Cells, Row, Sheet, require_total},
};
use bytes::Bytes;
use chrono::NaiveDate;
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
        let request = self.http.get(&link.bill_download_url);
        let sent = self.http.send(request, CallKind::Bill).await;
        let response = sent.map_err(|error| error.to_string())?;
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

/// Columns by one of which the file of single rows is known; the other file is a summary of shops.
const OF_DETAILS: [&str; 2] = ["支付宝交易号", "账务流水号"];

/// The file of single rows, decoded. It is known by its heading: the names of the files arrive in any encoding.
fn details(bill: &[u8]) -> Result<String, BillError> {
    let form = |error: &dyn std::fmt::Display| BillError::Form(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bill)).map_err(|error| form(&error))?;
    let mut found = None;
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(|error| form(&error))?;
        let mut content = Vec::new();
        let limit = u64::try_from(BILL_LIMIT).unwrap_or(u64::MAX);
        // Every file is read to its end, where its checksum stands.
        let read = file.by_ref().take(limit + 1).read_to_end(&mut content);
        if read.map_err(|error| form(&error))? > BILL_LIMIT {
            return Err(form(&format_args!("it is longer than {BILL_LIMIT} bytes")));
        }
        // What is no GBK can only stand in a free text. A byte order mark tells of UTF-8.
        let (text, _, _) = GBK.decode(&content);
        if found.is_none() && is_details(&text) {
            found = Some(text.into_owned());
        }
    }
    found.ok_or_else(|| form(&"the archive has no file of single rows"))
}

fn is_details(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let heading = lines.find(|line| !line.starts_with('#'));
    heading.is_some_and(|heading| OF_DETAILS.iter().any(|column| heading.contains(column)))
}

/// A file of single rows, taken apart: what stands above its list, the list, and what stands below.
struct Parts<'a> {
    above: Vec<&'a str>,
    rows: Sheet,
    below: Vec<&'a str>,
}

impl<'a> Parts<'a> {
    /// The list begins at the first line without `#` and ends at the last line that says so, since a value may hold line
    /// breaks; cells end with a tab.
    fn of(text: &'a str) -> Result<Self, BillError> {
        let lines: Vec<&str> = text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .collect();
        let is_note = |line: &&str| line.starts_with('#');
        let start = lines.iter().position(|line| !is_note(line));
        let start = start.ok_or_else(|| BillError::Form("it has no rows".to_owned()))?;
        let (above, list) = lines.split_at(start);
        let end = list
            .iter()
            .rposition(|line| is_note(line) && line.contains("列表结束"))
            .or_else(|| list.iter().position(is_note));
        let (list, below) = list.split_at(end.unwrap_or(list.len()));
        Ok(Self {
            above: above.to_vec(),
            rows: Sheet::new(list[0], list[1..].iter().copied(), Cells::Commas),
            below: below.to_vec(),
        })
    }
}

/// Reads the ZIP of a trade bill; `seller_id` is the account whose rows are ours.
pub fn read_trades(bill: &[u8], seller_id: &str) -> Result<TradeBill, BillError> {
    let text = details(bill)?;
    let mut parts = Parts::of(&text)?;
    // The account's number may be followed by the number of its book.
    let is_ours = line(&parts.above, "账号")?
        .trim_start_matches(['：', '['])
        .starts_with(seller_id);
    (parts.rows).set_unreadable_aside(|row| {
        row.fen("商家实收")?;
        read_trade(row, is_ours)
    })?;
    let mut beyond = [Fen::ZERO; 2];
    let mut left = parts.rows.unread().len();
    for ((kind, what, sum), beyond) in [
        ("交易", "交易合计", "商家实收共"),
        ("退款", "退款合计", "商家实收退款共"),
    ]
    .into_iter()
    .zip(&mut beyond)
    {
        let amounts = (parts.rows.rows())
            .filter(|row| row.text("业务类型") == Ok(kind))
            .map(|row| row.fen("商家实收"))
            .collect::<Result<_, _>>()?;
        let (missing, sum) = beyond_sum(&parts.below, what, sum, amounts, left)?;
        left -= missing;
        *beyond = sum;
    }
    let read = parts.rows.rows().map(|row| read_trade(row, is_ours));
    Ok(TradeBill {
        rows: read.collect::<Result<_, _>>()?,
        unread: parts.rows.unread().to_vec(),
        unread_paid: beyond[0],
        unread_refunded: beyond[1],
    })
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

/// Reads the ZIP of a fund-flow bill. A row that cannot be read is refused.
pub fn read_flow(bill: &[u8]) -> Result<Vec<FlowRow>, BillError> {
    let text = details(bill)?;
    let Parts { rows, below, .. } = Parts::of(&text)?;
    if let Some(UnreadRow { row, seen }) = rows.unread().first().cloned() {
        return Err(BillError::Row { row, seen });
    }
    let read: Vec<FlowRow> = rows.rows().map(read_movement).collect::<Result<_, _>>()?;
    for (direction, what) in [(Direction::In, "收入合计"), (Direction::Out, "支出合计")] {
        let amounts = read.iter().filter(|row| row.direction == direction);
        let amounts = amounts.map(|row| row.amount).collect();
        beyond_sum(&below, what, "共", amounts, 0)?;
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
fn line<'a>(lines: &[&'a str], word: &'static str) -> Result<&'a str, BillError> {
    lines
        .iter()
        .find_map(|line| line.strip_prefix('#')?.strip_prefix(word))
        .ok_or(BillError::Column(word))
}

/// Compares a line such as `#交易合计：1笔，商家实收共19.90元` with the rows that it sums up. Gives how many more it counts, at
/// most as many as could not be read, and by how much its sum exceeds theirs.
fn beyond_sum(
    lines: &[&str],
    what: &'static str,
    sum: &'static str,
    amounts: Vec<Fen>,
    unread: usize,
) -> Result<(usize, Fen), BillError> {
    let form = || BillError::Form(format!("{what} cannot be read"));
    let line = line(lines, what)?.trim_start_matches('：');
    let (count, rest) = line.split_once('笔').ok_or_else(form)?;
    let (_, rest) = rest.split_once(sum).ok_or_else(form)?;
    let (total, _) = rest.split_once('元').ok_or_else(form)?;
    let listed: usize = count.trim().parse().map_err(|_| form())?;
    let whole = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let missing = listed.checked_sub(amounts.len());
    let Some(missing) = missing.filter(|missing| *missing <= unread) else {
        require_total(what, whole(listed), whole(amounts.len()))?;
        return Err(form());
    };
    let rows = Fen::checked_sum(amounts).ok_or_else(form)?;
    let total = from_yuan(total.trim())?;
    // Outlays are summed up with and without their sign.
    let beyond = total.0.abs() - rows.0.abs();
    if beyond < 0 || (missing == 0 && beyond != 0) {
        require_total(what, total.0, rows.0)?;
    }
    Ok((missing, Fen(beyond)))
}
