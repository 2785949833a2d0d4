//! Bills: CSV with a byte order mark, values behind backticks, hashed before they are packed.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

use super::work::{Reply, WechatError, Work};
use crate::bill::{self, Bill, Line, NoBill, signed};
use crate::clock::{naive_beijing, parse_day_beijing};
use crate::fault::Site;
use crate::money::yuan;
use crate::sign::{random_hex, sha1_hex};
use crate::world::State;

/// A bill's address works for 5 min.
const ADDRESS_LIFE_S: i64 = 300;
/// What the account held before the day; the fund-flow bill shows a balance.
const OPENING_FEN: i64 = 10_000;

const TRADE_HEADER: &str = "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注";
const TRADE_SUMMARY: &str =
    "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";
const FLOW_HEADER: &str = "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号";
const FLOW_SUMMARY: &str = "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额";

/// The bill of payments and refunds.
pub(super) fn trade(
    work: &Work<'_>,
    state: &mut State,
    site: Site<'_>,
) -> Result<Reply, WechatError> {
    let kind = work
        .parameter("bill_type")
        .unwrap_or_else(|| "ALL".to_owned());
    let is_wanted: fn(&Line) -> bool = match kind.as_str() {
        "ALL" => |_| true,
        "SUCCESS" => |line| line.refund.is_none(),
        "REFUND" => |line| line.refund.is_some(),
        _ => {
            return Err(WechatError::parameter(
                "bill_type 须为 ALL、SUCCESS 或 REFUND",
            ));
        }
    };
    let mut bill = of_day(work, state, site)?;
    bill.lines.retain(is_wanted);
    let text = trade_csv(work, &bill);
    offer(work, state, &bill, text)
}

/// The bill of all movements of the account.
pub(super) fn fund_flow(
    work: &Work<'_>,
    state: &mut State,
    site: Site<'_>,
) -> Result<Reply, WechatError> {
    let account = work.parameter("account_type");
    if account.is_some_and(|account| account != "BASIC") {
        return Err(WechatError::parameter("account_type 须为 BASIC"));
    }
    let bill = of_day(work, state, site)?;
    let text = flow_csv(work, &bill);
    offer(work, state, &bill, text)
}

fn of_day(work: &Work<'_>, state: &mut State, site: Site<'_>) -> Result<Bill, WechatError> {
    let day = work.parameter("bill_date");
    let day = day.as_deref().and_then(parse_day_beijing);
    bill::of_day(state, site, day, work.now).map_err(|reason| match reason {
        NoBill::Missing => WechatError::new(400, "NO_STATEMENT_EXIST", "请求的账单文件不存在"),
        NoBill::Creating => WechatError::new(400, "STATEMENT_CREATING", "请求的账单正在生成中"),
        NoBill::WrongDay => WechatError::parameter("bill_date 须为三个月内、今天之前的日期"),
    })
}

/// Keeps the file and says where it is.
fn offer(
    work: &Work<'_>,
    state: &mut State,
    bill: &Bill,
    text: String,
) -> Result<Reply, WechatError> {
    let failed = |_| WechatError::new(500, "SYSTEM_ERROR", "系统异常，请稍后重试");
    let mut hash = sha1_hex(text.as_bytes());
    if bill.is_damaged {
        hash = sha1_hex(hash.as_bytes());
    }
    let bytes = match work.parameter("tar_type").as_deref() {
        None => text.into_bytes(),
        Some("GZIP") => gzip(text.as_bytes()),
        Some(_) => return Err(WechatError::parameter("tar_type 须为 GZIP")),
    };
    let token = random_hex::<16>().map_err(failed)?;
    bill::keep(state, &token, bytes, work.now + ADDRESS_LIFE_S);
    let base = &work.world.addresses.wechat;
    Ok(Reply::Json(json!({
        "hash_type": "SHA1",
        "hash_value": hash,
        "download_url": format!("{base}/v3/billdownload/file?token={token}"),
    })))
}

/// The file: signed for, but not signed.
pub(super) fn download(work: &Work<'_>, state: &State) -> Result<Reply, WechatError> {
    let token = work.parameter("token").unwrap_or_default();
    let file = bill::kept(state, &token, work.now);
    let expired = || WechatError::new(400, "INVALID_REQUEST", "下载链接已失效");
    Ok(Reply::File(file.ok_or_else(expired)?))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing to memory doesn't fail; were it to, an empty file shows up at once.
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.unwrap_or_default()
}

/// A row: every value behind a backtick, so that no spreadsheet takes a number for one.
fn row(values: &[&str]) -> String {
    let cells: Vec<String> = values
        .iter()
        .map(|value| format!("`{}", value.replace([',', '\n', '\r', '`'], " ")))
        .collect();
    format!("{}\r\n", cells.join(","))
}

fn trade_csv(work: &Work<'_>, bill: &Bill) -> String {
    let mut rows = String::new();
    let (mut paid, mut refunded, mut fees) = (0, 0, 0);
    for line in &bill.lines {
        let amount = yuan(line.amount_fen);
        let (is_refund, zero) = (line.refund.is_some(), "0.00");
        let refund = |text: fn(&crate::refund::Refund) -> &str, none| {
            line.refund.as_ref().map_or(none, text)
        };
        let (into, back) = if is_refund {
            (zero, amount.as_str())
        } else {
            (amount.as_str(), zero)
        };
        let product = line.trade.product.wechat_trade_type();
        rows.push_str(&row(&[
            &naive_beijing(line.at),
            &work.account.config.appid,
            &work.account.config.mchid,
            "0",
            "",
            &line.trade.transaction_id,
            &line.trade.key.number,
            &line.payment.payer,
            product,
            if is_refund { "REFUND" } else { "SUCCESS" },
            "OTHERS",
            "CNY",
            into,
            zero,
            refund(|refund| &refund.id, "0"),
            refund(|refund| &refund.number, "0"),
            back,
            zero,
            if is_refund { "ORIGINAL" } else { "" },
            if is_refund { "SUCCESS" } else { "" },
            bill.name(line),
            &line.trade.attach,
            &format!("{}000", yuan(signed(line, line.fee_fen))),
            "0.60%",
            into,
            back,
            "",
        ]));
        fees += signed(line, line.fee_fen);
        *(if is_refund { &mut refunded } else { &mut paid }) += line.amount_fen;
    }
    let paid = yuan(paid + bill.total_off_fen);
    let refunded = yuan(refunded);
    let (heading, rows) = bill.finished(TRADE_HEADER, &rows, "`SUCCESS,");
    let text = format!("\u{feff}{heading}\r\n{rows}{TRADE_SUMMARY}\r\n");
    let count = bill.lines.len().to_string();
    let fees = format!("{}000", yuan(fees));
    text + &row(&[&count, &paid, &refunded, "0.00", &fees, &paid, &refunded])
}

fn flow_csv(work: &Work<'_>, bill: &Bill) -> String {
    let mut flow = Flow {
        text: format!("\u{feff}{FLOW_HEADER}\r\n"),
        balance_fen: OPENING_FEN,
        into: (0, 0),
        out: (0, 0),
    };
    for line in &bill.lines {
        let number = &line.trade.key.number;
        if let Some(refund) = &line.refund {
            // The fee comes back with a refund, so the account gives only the rest.
            let note = format!(
                "退款总金额{}元;含手续费{}元",
                yuan(line.amount_fen),
                yuan(line.fee_fen)
            );
            let who = format!("{}API", work.account.config.mchid);
            let moved = line.fee_fen - line.amount_fen;
            flow.add(
                line,
                &refund.id,
                ["退款", "退款"],
                moved,
                [&who, &note, &refund.number],
            );
        } else {
            let note = format!("结算总金额{}元", yuan(line.amount_fen));
            let id = &line.trade.transaction_id;
            flow.add(
                line,
                id,
                ["交易", "交易"],
                line.amount_fen,
                ["system", &note, number],
            );
            if line.fee_fen > 0 {
                let kind = ["扣除交易手续费", "交易"];
                flow.add(line, id, kind, -line.fee_fen, ["system", "手续费", number]);
            }
        }
    }
    let (into, out) = (flow.into, flow.out);
    flow.text.push_str(FLOW_SUMMARY);
    flow.text.push_str("\r\n");
    flow.text
        + &row(&[
            &(into.0 + out.0).to_string(),
            &into.0.to_string(),
            &yuan(into.1 + bill.total_off_fen),
            &out.0.to_string(),
            &yuan(out.1),
        ])
}

/// The fund-flow bill while it is written.
struct Flow {
    text: String,
    balance_fen: i64,
    /// Count and sum.
    into: (usize, i64),
    out: (usize, i64),
}

impl Flow {
    fn add(&mut self, line: &Line, id: &str, kind: [&str; 2], fen: i64, end: [&str; 3]) {
        self.balance_fen += fen;
        let side = if fen < 0 {
            &mut self.out
        } else {
            &mut self.into
        };
        side.0 += 1;
        side.1 += fen.abs();
        self.text.push_str(&row(&[
            &naive_beijing(line.at),
            id,
            &line.trade.transaction_id,
            kind[0],
            kind[1],
            if fen < 0 { "支出" } else { "收入" },
            &yuan(fen.abs()),
            &yuan(self.balance_fen),
            end[0],
            end[1],
            end[2],
        ]));
    }
}
