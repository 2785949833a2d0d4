//! Bills: an address first, then the file, then its rows.
//!
//! Source: docs/sources.md#wechat-bills

use super::WechatPay;
use crate::{
    Outcome, Reply,
    http::BILL_LIMIT,
    payment::{
        BillError, BillKind, Direction, Download, FlowRow, TradeBill, TradeKind, TradeRow,
        UnreadRow,
    },
    sheet::{Cells, Row, Sheet, require_total},
};
use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use bytes::Bytes;
use chrono::NaiveDate;
use data_encoding::HEXLOWER;
use domain::Fen;
use flate2::read::GzDecoder;
use serde::Deserialize;
use std::io::Read;

/// Where files lie, on the same hosts.
const FILES: &str = "/v3/billdownload/file?";
/// How a gzip file begins.
const GZIP: &[u8] = &[0x1f, 0x8b];

#[derive(Deserialize)]
struct Link {
    hash_type: String,
    hash_value: String,
    download_url: String,
}

impl WechatPay {
    pub(super) async fn fetch_bill(&self, kind: BillKind, day: NaiveDate) -> Reply<Download> {
        let target = match kind {
            BillKind::Trade => {
                format!("/v3/bill/tradebill?bill_date={day}&bill_type=ALL&tar_type=GZIP")
            }
            BillKind::FundFlow => {
                format!("/v3/bill/fundflowbill?bill_date={day}&account_type=BASIC")
            }
        };
        let (link, trace) = match self.get(&target).await.done(200) {
            Ok(done) => done,
            Err(reply) => return reply,
        };
        let outcome = match self.download_bill(&link).await {
            Ok(bill) => Outcome::Definite(Download::Ready(bill)),
            Err(seen) => Outcome::Unknown(seen),
        };
        trace.with(outcome)
    }

    /// Fetches the file from our own host, whichever the address names: our signature goes nowhere
    /// else.
    async fn download_bill(&self, link: &[u8]) -> Result<Bytes, String> {
        let link: Link = serde_json::from_slice(link).map_err(|error| error.to_string())?;
        let start = link.download_url.find(FILES);
        let target = start.and_then(|start| link.download_url.get(start..));
        let arrived = self
            .download(target.ok_or("the bill lies elsewhere")?)
            .await?;
        if !arrived.status.is_success() {
            return Err(arrived.error().to_string());
        }
        let content = unpacked(arrived.body)?;
        let hash = HEXLOWER.encode(digest(&SHA1_FOR_LEGACY_USE_ONLY, &content).as_ref());
        if link.hash_type != "SHA1" || !hash.eq_ignore_ascii_case(&link.hash_value) {
            return Err(format!(
                "the bill's hash is {hash}, not {}",
                link.hash_value
            ));
        }
        Ok(content.into())
    }
}

/// The hash is that of the text, not of the packed file.
fn unpacked(file: Vec<u8>) -> Result<Vec<u8>, String> {
    if !file.starts_with(GZIP) {
        return Ok(file);
    }
    let mut content = Vec::new();
    let limit = u64::try_from(BILL_LIMIT).unwrap_or(u64::MAX);
    let mut reader = GzDecoder::new(file.as_slice()).take(limit + 1);
    let length = reader
        .read_to_end(&mut content)
        .map_err(|error| error.to_string())?;
    if length > BILL_LIMIT {
        return Err(format!("the bill is longer than {BILL_LIMIT} bytes"));
    }
    Ok(content)
}

/// The columns of a trade bill whose sums it tells, each with the name of its total. The first is what was paid, the second
/// what went back.
const SUMS: [(&str, &str); 4] = [
    ("订单金额", "订单总金额"),
    ("申请退款金额", "申请退款总金额"),
    ("应结订单金额", "应结订单总金额"),
    ("退款金额", "退款总金额"),
];

/// Takes a bill apart into its rows and the one row of its totals, whose heading begins with this column: the last such line
/// counts, since a value may hold line breaks. Rows carry a backtick before each value, headings do not; values are not
/// quoted, so that a comma alone separates nothing.
fn sheets(bill: &[u8], totals: &str) -> Result<(Sheet, Sheet), BillError> {
    // What is no UTF-8 can only stand in a free text.
    let text = String::from_utf8_lossy(bill);
    let text = text.trim_start_matches('\u{feff}');
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let end = lines.iter().rposition(|line| line.starts_with(totals));
    let (heading, end) = lines
        .first()
        .zip(end)
        .ok_or_else(|| BillError::Form("it ends before its totals".to_owned()))?;
    let below = |heading: usize| lines.iter().skip(heading + 1).copied();
    let rows = below(0).take(end.saturating_sub(1));
    Ok((
        Sheet::new(heading, rows, Cells::Backticks),
        Sheet::new(lines[end], below(end).take(1), Cells::Backticks),
    ))
}

/// Reads a trade bill; `mchid` is the account whose rows are ours.
pub fn read_trades(bill: &[u8], mchid: &str) -> Result<TradeBill, BillError> {
    let count = "总交易单数";
    let (mut rows, totals) = sheets(bill, count)?;
    rows.set_unreadable_aside(|row| {
        let amounts = SUMS.iter().map(|(column, _)| row.fen(column));
        amounts.collect::<Result<Vec<_>, _>>()?;
        read_trade(row, mchid)
    })?;
    let beyond = beyond_totals(&rows, &totals, count, &SUMS)?;
    let read = rows.rows().map(|row| read_trade(row, mchid));
    Ok(TradeBill {
        rows: read.collect::<Result<_, _>>()?,
        unread: rows.unread().to_vec(),
        unread_paid: beyond[0],
        unread_refunded: beyond[1],
    })
}

fn read_trade(row: Row<'_>, mchid: &str) -> Result<TradeRow, BillError> {
    let (kind, amount) = match row.text("交易状态")? {
        "SUCCESS" => (TradeKind::Payment, row.fen("订单金额")?),
        "REFUND" => {
            let kind = TradeKind::Refund {
                out_refund_no: row.text("商户退款单号")?.to_owned(),
                refund_id: Some(row.text("微信退款单号")?.to_owned()),
                state: Some(row.text("退款状态")?.to_owned()),
            };
            (kind, row.fen("申请退款金额")?)
        }
        other => (TradeKind::Other(other.to_owned()), row.fen("订单金额")?),
    };
    Ok(TradeRow {
        is_ours: row.text("商户号")? == mchid,
        at: row.time("交易时间")?,
        kind,
        transaction_id: row.text("微信订单号")?.to_owned(),
        out_trade_no: row.text("商户订单号")?.to_owned(),
        amount,
        fee: row.fee("手续费")?,
    })
}

/// Reads a fund-flow bill. Nothing but its notes is free text, so that a row that cannot be read is refused.
pub fn read_flow(bill: &[u8]) -> Result<Vec<FlowRow>, BillError> {
    let count = "资金流水总笔数";
    let (rows, totals) = sheets(bill, count)?;
    if let Some(UnreadRow { row, seen }) = rows.unread().first().cloned() {
        return Err(BillError::Row { row, seen });
    }
    let read: Vec<FlowRow> = rows.rows().map(read_movement).collect::<Result<_, _>>()?;
    beyond_totals(&rows, &totals, count, &[])?;
    let total = single(&totals)?;
    for (direction, column) in [(Direction::In, "收入金额"), (Direction::Out, "支出金额")] {
        let amounts = read.iter().filter(|row| row.direction == direction);
        let sum = sum(amounts.map(|row| row.amount))?;
        require_total(column, total.fen(column)?.0, sum.0)?;
    }
    Ok(read)
}

fn read_movement(row: Row<'_>) -> Result<FlowRow, BillError> {
    let direction = match row.text("收支类型")? {
        "收入" => Direction::In,
        "支出" => Direction::Out,
        other => return Err(row.broken(&format_args!("{other:?} is no direction"))),
    };
    Ok(FlowRow {
        at: row.time("记账时间")?,
        flow_id: row.text("资金流水单号")?.to_owned(),
        business_id: row.text("微信支付业务单号")?.to_owned(),
        out_no: row.text("业务凭证号")?.to_owned(),
        business: row.text("业务名称")?.to_owned(),
        direction,
        amount: row.fen("收支金额")?,
        balance: row.fen("账户结余")?,
    })
}

/// Compares the number of rows, and the sums of columns, with their totals. Gives by how much each total exceeds its sum,
/// which it may only where rows could not be read.
fn beyond_totals<const N: usize>(
    rows: &Sheet,
    totals: &Sheet,
    count: &'static str,
    sums: &[(&'static str, &'static str); N],
) -> Result<[Fen; N], BillError> {
    let total = single(totals)?;
    let whole = |number: usize| {
        i64::try_from(number)
            .unwrap_or(i64::MAX)
            .saturating_mul(100)
    };
    // Some bills write the number of rows with decimals.
    let (listed, read) = (total.fen(count)?.0, whole(rows.rows().count()));
    let missing = listed - read;
    if missing < 0 || missing > whole(rows.unread().len()) {
        require_total(count, listed, read)?;
    }
    let mut beyond = [Fen::ZERO; N];
    for ((column, of_all), beyond) in sums.iter().zip(&mut beyond) {
        let amounts = rows.rows().map(|row| row.fen(column));
        let amounts = amounts.collect::<Result<Vec<_>, _>>()?;
        let (listed, read) = (total.fen(of_all)?.0, sum(amounts)?.0);
        if missing == 0 || listed < read {
            require_total(of_all, listed, read)?;
        }
        *beyond = Fen(listed - read);
    }
    Ok(beyond)
}

fn single(totals: &Sheet) -> Result<Row<'_>, BillError> {
    let row = totals.rows().next();
    row.ok_or_else(|| BillError::Form("it has no totals".to_owned()))
}

fn sum(amounts: impl IntoIterator<Item = Fen>) -> Result<Fen, BillError> {
    let sum = Fen::checked_sum(amounts);
    sum.ok_or_else(|| BillError::Form("its amounts do not add up to a number".to_owned()))
}
