//! Bills: a ZIP with two CSV files in GBK, cells that end in a tab, and an address for half a minute.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde_json::json;

use super::call::BillOrder;
use super::work::{Answer, Work};
use crate::archive;
use crate::bill::{self, Bill, Line, NoBill, signed};
use crate::clock::{Seconds, format_beijing, naive_beijing, parse_day_beijing};
use crate::fault::Site;
use crate::money::yuan;
use crate::provider::Provider;
use crate::world::{Record, State, World};

/// A bill's address works for 30 s.
const ADDRESS_LIFE_S: i64 = 30;
const HEADER: &str = "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注";
const SUMMARY: &str = "门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,商家优惠（元）,卡消费金额（元）,服务费（元）,分润（元）,实收净额（元）";

/// Says where the bill of a day is.
pub(super) fn offer(
    work: &Work<'_>,
    state: &mut State,
    order: &BillOrder,
    site: Site<'_>,
) -> Answer {
    if order.bill_type != "trade" {
        let message = "沙箱只提供 bill_type=trade 的账单";
        return Answer::refused("isv.invalid-parameter", message);
    }
    let day = parse_day_beijing(&order.bill_date);
    let made = match bill::of_day(state, site, day, work.now) {
        Ok(made) => made,
        Err(NoBill::Missing | NoBill::Creating) => {
            return Answer::refused("isp.bill_not_exist", "账单不存在");
        }
        Err(NoBill::WrongDay) => {
            return Answer::refused("isv.invalid-bill-date", "账单日期不正确");
        }
    };
    let bytes = packed(work, &made, day.unwrap_or_default());
    bill::keep(state, &work.token, bytes, work.now + ADDRESS_LIFE_S);
    let gateway = &work.world.addresses.alipay;
    let base = gateway.trim_end_matches("/gateway.do");
    Answer::Success(json!({ "bill_download_url": format!("{base}/bill/{}", work.token) }))
}

/// The file, to whoever has its address.
pub(super) async fn download(world: Data<World>, token: Path<String>) -> HttpResponse {
    let now = world.now();
    let file = bill::kept(&world.state(), &token, now);
    let site = Site {
        provider: Provider::Alipay,
        operation: "bill_download",
        merchant: "",
        subject: "",
        refund: "",
    };
    let status = if file.is_some() { 200 } else { 404 };
    let record = Record {
        status,
        outcome: if file.is_some() { "OK" } else { "expired" }.to_owned(),
        request: format!("GET /bill/{token}"),
        ..Record::default()
    };
    world.record(site, record);
    match file {
        Some(bytes) => HttpResponse::Ok()
            .content_type("application/zip")
            .body(bytes),
        None => HttpResponse::NotFound().finish(),
    }
}

fn packed(work: &Work<'_>, made: &Bill, day: Seconds) -> Vec<u8> {
    let seller = &work.account.config.seller_id;
    let name = format!("{seller}_{}_业务明细", format_beijing(day, "%Y%m%d"));
    let frame = Frame {
        seller,
        day,
        now: work.now,
    };
    let details = frame.text(
        "业务明细查询",
        "业务明细列表",
        &details(made),
        &totals(made),
    );
    let summary = frame.text("业务汇总查询", "业务汇总列表", &summary(made), "");
    let files = if made.is_odd {
        // Names that did not survive the way, in another order.
        [
            ("é1.csv".to_owned(), summary),
            ("é2.csv".to_owned(), details),
        ]
    } else {
        [
            (format!("{name}.csv"), details),
            (format!("{name}(汇总).csv"), summary),
        ]
    };
    let files = files
        .each_ref()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    archive::zip(&files, made.is_damaged)
}

/// The lines around a list, which are not data.
struct Frame<'a> {
    seller: &'a str,
    day: Seconds,
    now: Seconds,
}

impl Frame<'_> {
    fn text(&self, title: &str, list: &str, rows: &str, totals: &str) -> String {
        let midnight = |at| format_beijing(at, "%Y年%m月%d日 00:00:00");
        let rule = "-".repeat(41);
        format!(
            "#支付宝{title}\n#账号：[{}]\n#起始日期：[{}]   终止日期：[{}]\n#{rule}{list}{rule}\n\
             {rows}#{rule}{list}结束{rule}\n{totals}#导出时间：[{}]\n",
            self.seller,
            midnight(self.day),
            midnight(self.day + 86_400),
            format_beijing(self.now, "%Y年%m月%d日 %H:%M:%S"),
        )
    }
}

fn details(made: &Bill) -> String {
    let mut text = String::new();
    for line in &made.lines {
        let amount = yuan(signed(line, line.amount_fen));
        let created = line.refund.as_ref().map_or(
            line.trade.scanned_at.unwrap_or(line.trade.created_at),
            |refund| refund.made_at,
        );
        let refund = line.refund.as_ref();
        let cells = [
            format!("{}\t", line.trade.transaction_id),
            format!("{}\t", line.trade.key.number),
            format!("{}\t", if refund.is_some() { "退款" } else { "交易" }),
            made.name(line).replace([',', '\n'], " "),
            naive_beijing(created),
            naive_beijing(line.at),
            "\t,\t,\t,\t".to_owned(),
            "*同学(stu***@example.com)\t".to_owned(),
            amount.clone(),
            amount,
            "0.00,0.00,0.00,0.00,0.00,\t,0.00\t,0.00".to_owned(),
            format!("{}\t", refund.map_or("", |refund| refund.number.as_str())),
            yuan(-signed(line, line.fee_fen)),
            "0.00".to_owned(),
            refund.map_or_else(String::new, |refund| {
                refund.reason.replace([',', '\n'], " ")
            }),
        ];
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    let (heading, rows) = made.finished(HEADER, &text, "交易\t,");
    format!("{heading}\n{rows}")
}

/// Count and sum of payments or of refunds.
fn sum(made: &Bill, is_wanted: impl Fn(&Line) -> bool) -> (usize, i64) {
    let lines: Vec<&Line> = made.lines.iter().filter(|line| is_wanted(line)).collect();
    let sum = lines.iter().map(|line| signed(line, line.amount_fen)).sum();
    (lines.len(), sum)
}

fn totals(made: &Bill) -> String {
    let paid = sum(made, |line| line.refund.is_none());
    let back = sum(made, |line| line.refund.is_some());
    format!(
        "#交易合计：{}笔，商家实收共{}元，商家优惠共0.00元\n#退款合计：{}笔，商家实收退款共{}元，商家优惠退款共0.00元\n",
        paid.0,
        yuan(paid.1 + made.total_off_fen),
        back.0,
        yuan(back.1),
    )
}

fn summary(made: &Bill) -> String {
    let paid = sum(made, |line| line.refund.is_none());
    let back = sum(made, |line| line.refund.is_some());
    let fees: i64 = (made.lines.iter())
        .map(|line| signed(line, line.fee_fen))
        .sum();
    let net = paid.1 + back.1;
    format!(
        "{SUMMARY}\n合计\t,\t,{},{},{2},{2},0.00,0.00,0.00,{3},0.00,{4}\n",
        paid.0,
        back.0,
        yuan(net),
        yuan(-fees),
        yuan(net - fees),
    )
}
