//! Bills: an address first, then the file, then its rows.
//!
//! Source: docs/sources.md#wechat-bills

use super::WechatPay;
use crate::{
    Outcome, Reply,
    http::BILL_LIMIT,
    payment::{BillError, BillKind, Direction, Download, FlowRow, TradeKind, TradeRow},
    sheet::{Row, Sheet, require_total},
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

/// Takes a bill apart into its rows and the one row of its totals. Rows carry a backtick before
/// each value, headings do not; values are not quoted, so that a comma alone separates nothing.
fn sheets(bill: &[u8]) -> Result<(Sheet, Sheet), BillError> {
    let text = std::str::from_utf8(bill).map_err(|error| BillError::Form(error.to_string()))?;
    let text = text.trim_start_matches('\u{feff}');
    let mut lines = text.lines().filter(|line| !line.is_empty()).peekable();
    let mut sheet = || {
        let heading = lines
            .next()
            .ok_or_else(|| BillError::Form("it ends before its totals".to_owned()))?;
        let mut rows = Vec::new();
        while let Some(row) = lines.next_if(|line| line.starts_with('`')) {
            rows.push(row[1..].split(",`").map(str::to_owned).collect());
        }
        Sheet::new(heading.split(','), rows)
    };
    Ok((sheet()?, sheet()?))
}

/// Reads a trade bill; `mchid` is the account whose rows are ours.
pub fn read_trades(bill: &[u8], mchid: &str) -> Result<Vec<TradeRow>, BillError> {
    let (rows, totals) = sheets(bill)?;
    require_totals(
        &rows,
        &totals,
        "总交易单数",
        &[
            ("订单金额", "订单总金额"),
            ("申请退款金额", "申请退款总金额"),
            ("应结订单金额", "应结订单总金额"),
            ("退款金额", "退款总金额"),
        ],
    )?;
    rows.rows().map(|row| read_trade(row, mchid)).collect()
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

/// Reads a fund-flow bill.
pub fn read_flow(bill: &[u8]) -> Result<Vec<FlowRow>, BillError> {
    let (rows, totals) = sheets(bill)?;
    let read: Vec<FlowRow> = rows.rows().map(read_movement).collect::<Result<_, _>>()?;
    require_totals(&rows, &totals, "资金流水总笔数", &[])?;
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

/// Compares the number of rows, and the sums of columns with their totals.
fn require_totals(
    rows: &Sheet,
    totals: &Sheet,
    count: &'static str,
    sums: &[(&'static str, &'static str)],
) -> Result<(), BillError> {
    let total = single(totals)?;
    // Some bills write the number of rows with decimals.
    let counted = i64::try_from(rows.rows().count()).unwrap_or(i64::MAX);
    require_total(count, total.fen(count)?.0, counted.saturating_mul(100))?;
    for (column, of_all) in sums {
        let amounts = rows.rows().map(|row| row.fen(column));
        let amounts = amounts.collect::<Result<Vec<_>, _>>()?;
        require_total(of_all, total.fen(of_all)?.0, sum(amounts)?.0)?;
    }
    Ok(())
}

fn single(totals: &Sheet) -> Result<Row<'_>, BillError> {
    let row = totals.rows().next();
    row.ok_or_else(|| BillError::Form("it has no totals".to_owned()))
}

fn sum(amounts: impl IntoIterator<Item = Fen>) -> Result<Fen, BillError> {
    let sum = Fen::checked_sum(amounts);
    sum.ok_or_else(|| BillError::Form("its amounts do not add up to a number".to_owned()))
}
