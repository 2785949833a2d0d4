//! What finance does at the command line: refunds, cases, reconciliation, statements. Every deed has a named operator.

pub(super) mod statement;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use domain::access::{Actor, Operator};
use domain::order::OrderNo;
use domain::sheet::SheetFormat;
use domain::{Fen, Lang, MoneyCaseId, day_in_china, time_text};
use service::Failure;
use service::reconciliation::{
    BillLine, Report, bill_state_text, flow_missing_text, flow_text, outcome_text, report_table,
    unread_text,
};
use service::refund::{ListedRefund, RefundRequest};
use service::sheet::SheetStyle;

use super::output::say;
use crate::command::context::{CommandContext, open};
use crate::command::system_user;
use crate::config::{Basics, Config};

/// How the commands write tables.
const CHINESE_CSV: SheetStyle = SheetStyle {
    format: SheetFormat::Csv,
    lang: Lang::Zh,
};

/// Who does it.
#[derive(Debug, Args)]
pub(super) struct By {
    #[command(flatten)]
    pub(super) basics: Basics,
    /// Your name, as the audit log keeps it.
    #[arg(long, env = "GRADPHOTO_OPERATOR", value_parser = operator)]
    pub(super) operator: Operator,
}

impl By {
    /// Who acts.
    pub(super) fn actor(&self) -> Actor {
        Actor::CommandLine(self.operator.clone())
    }
}

fn operator(name: &str) -> Result<Operator, String> {
    Operator::new(name)
        .map(|operator| operator.working_as(system_user::current()))
        .ok_or_else(|| "a name has 2 to 40 letters, digits, dots or dashes".to_owned())
}

#[derive(Debug, Subcommand)]
pub(super) enum RefundAction {
    /// Ask for a refund; above the configured amount a second person must approve it.
    Request {
        #[command(flatten)]
        by: By,
        /// The order's number.
        #[arg(long)]
        order: String,
        /// Our number of the payment; by default the one that settled the order.
        #[arg(long)]
        payment: Option<String>,
        /// How much, in fen; by default all that is left.
        #[arg(long)]
        amount_fen: Option<i64>,
        /// `withdrawn`, `service`, `price`, `postage_returned`, `wrong_amount` or `other`.
        #[arg(long)]
        reason: String,
        /// Why, in at most 80 characters.
        #[arg(long)]
        note: String,
        /// A name for this wish: asked again with the same one, it is the same refund.
        #[arg(long)]
        key: Option<String>,
    },
    /// Let a colleague's refund go.
    Approve {
        #[command(flatten)]
        by: By,
        /// The refund's number.
        number: String,
    },
    /// Refuse a colleague's refund.
    Decline {
        #[command(flatten)]
        by: By,
        /// The refund's number.
        number: String,
        /// Why.
        #[arg(long)]
        note: String,
    },
    /// List an order's refunds, or those that wait for a second person.
    List {
        #[command(flatten)]
        basics: Basics,
        /// The order's number.
        #[arg(long)]
        order: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum CaseAction {
    /// List the open cases, with what can be done about each.
    List {
        #[command(flatten)]
        basics: Basics,
    },
    /// Resolve a case.
    Resolve {
        #[command(flatten)]
        by: By,
        /// The case.
        id: String,
        /// How it was resolved.
        #[arg(long)]
        note: String,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum ReconcileAction {
    /// Show what came of the last comparison of a day, without asking anybody.
    Show {
        #[command(flatten)]
        basics: Basics,
        /// The day in China, such as 2026-06-08; by default yesterday.
        #[arg(long)]
        date: Option<NaiveDate>,
        /// Write the report and the rows of the bills into this CSV file too.
        #[arg(long)]
        csv: Option<PathBuf>,
    },
}

/// What a refusal says to a person.
pub(super) fn told(failure: Failure) -> anyhow::Error {
    match failure {
        Failure::Refused(refusal) => {
            anyhow::anyhow!("{} ({})", refusal.detail(Lang::Zh), refusal.code.as_str())
        }
        Failure::Store(_) | Failure::Blob(_) | Failure::Keys(_) | Failure::Fault(_) => {
            failure.into()
        }
    }
}

#[tokio::main]
pub(super) async fn refund(action: RefundAction) -> Result<()> {
    match action {
        RefundAction::Request {
            by,
            order,
            payment,
            amount_fen,
            reason,
            note,
            key,
        } => {
            let ask = RefundRequest {
                order_no: &order,
                out_trade_no: payment.as_deref(),
                amount: amount_fen.map(Fen),
                reason: &reason,
                note: &note,
                key: key.as_deref(),
            };
            let actor = by.actor();
            let context = open(&Config::read(by.basics)?).await?;
            let asked = service::refund::request(&context, &actor, ask).await;
            match asked.map_err(told)? {
                Some(refund) => say!("{}", line(&refund))?,
                None => say!("{order}  ¥0.00  已作废（学校或免费订单，无须退款）")?,
            }
        }
        RefundAction::Approve { by, number } => {
            let actor = by.actor();
            let context = open(&Config::read(by.basics)?).await?;
            let approved = service::refund::approve(&context, &actor, &number).await;
            say!("{}", line(&approved.map_err(told)?))?;
        }
        RefundAction::Decline { by, number, note } => {
            let actor = by.actor();
            let context = open(&Config::read(by.basics)?).await?;
            let declined = service::refund::decline(&context, &actor, &number, &note).await;
            say!("{}", line(&declined.map_err(told)?))?;
        }
        RefundAction::List { basics, order } => {
            let context = open(&Config::read(basics)?).await?;
            let all = service::refund::list(&context, order.as_deref()).await;
            for refund in all.map_err(told)? {
                say!("{}", line(&refund))?;
            }
        }
    }
    Ok(())
}

fn line(refund: &ListedRefund) -> String {
    let state = if refund.waits_for_approval {
        "待复核"
    } else {
        refund.state.label().get(Lang::Zh)
    };
    let reason = refund.reason.label().get(Lang::Zh);
    let error = refund.last_error.as_deref().unwrap_or_default();
    let person = |name: &str, user: Option<&str>| match user {
        Some(user) => format!("{name}（系统用户 {user}）"),
        None => name.to_owned(),
    };
    let approval = refund.approval.as_ref().map(|approval| {
        let name = refund.approver_name.as_deref().unwrap_or_default();
        let by = person(name, approval.by.system_user());
        format!(" {by} 复核")
    });
    let stored = refund.requested_by.stored_name();
    let requester = refund.requester_name.as_deref().unwrap_or(&stored);
    format!(
        "{}  {}  {}  {}  {state}  {reason}：{}  {} 申请于 {}{}  {error}",
        refund.out_refund_no,
        refund.order_no,
        refund.provider,
        refund.amount,
        refund.note,
        person(requester, refund.requested_by.system_user()),
        time_text(refund.requested_at),
        approval.unwrap_or_default(),
    )
}

#[tokio::main]
pub(super) async fn case(action: CaseAction) -> Result<()> {
    match action {
        CaseAction::List { basics } => {
            let context = open(&Config::read(basics)?).await?;
            for case in service::money_case::list(&context).await.map_err(told)? {
                let amount = case.amount.map(|amount| amount.to_string());
                say!(
                    "{}  {}  {}:{}  {}  {}  {}",
                    case.id,
                    case.kind.label().get(Lang::Zh),
                    case.merchant.0,
                    case.merchant.1,
                    case.order_no.as_ref().map_or("-", OrderNo::as_str),
                    amount.as_deref().unwrap_or("-"),
                    time_text(case.opened_at),
                )?;
                if case.is_unverified {
                    say!("  未经验证：任何人都可能发出此通知，请先在商户平台核实，再作处理")?;
                }
                say!("  {}", case.facts)?;
                say!("  {}", case.kind.advice().get(Lang::Zh))?;
            }
        }
        CaseAction::Resolve { by, id, note } => {
            let id: MoneyCaseId = id.parse().ok().context("that is no id of a case")?;
            let actor = by.actor();
            let context = open(&Config::read(by.basics)?).await?;
            let resolved = service::money_case::resolve(&context, &actor, id, &note).await;
            resolved.map_err(told)?;
            say!("{id}  已结案")?;
        }
    }
    Ok(())
}

/// Compares a day and tells what came of it; writes it into a CSV file too, where one is named.
#[tokio::main]
pub(super) async fn reconcile(
    config: &Config,
    date: Option<NaiveDate>,
    sheet: Option<&Path>,
) -> Result<()> {
    let (context, day) = on_day(config, date).await?;
    let reports = service::reconciliation::run(&context, day).await;
    let reports = reports.map_err(told)?.into_iter();
    let reports: Vec<_> = reports.map(|report| (report, Vec::new())).collect();
    tell(&reports, sheet)
}

/// Tells what came of the last comparison of a day, as it was kept.
#[tokio::main]
pub(super) async fn show(
    config: &Config,
    date: Option<NaiveDate>,
    sheet: Option<&Path>,
) -> Result<()> {
    let (context, day) = on_day(config, date).await?;
    let reports = service::reconciliation::stored(&context, day).await;
    let reports = reports.map_err(told)?;
    if reports.is_empty() {
        say!("{day}  尚未核对")?;
    }
    tell(&reports, sheet)
}

/// The product, and the day that is meant: yesterday where none is named.
async fn on_day(config: &Config, date: Option<NaiveDate>) -> Result<(CommandContext, NaiveDate)> {
    let context = open(config).await?;
    let yesterday = day_in_china(context.now()) - chrono::TimeDelta::days(1);
    Ok((context, date.unwrap_or(yesterday)))
}

/// Prints the reports; writes them into a CSV file too, where one is named.
fn tell(reports: &[(Report, Vec<BillLine>)], sheet: Option<&Path>) -> Result<()> {
    for (report, _) in reports {
        print(report)?;
    }
    match sheet {
        Some(path) => write(path, &report_table(reports, CHINESE_CSV)?.bytes),
        None => Ok(()),
    }
}

fn write(path: &Path, sheet: &[u8]) -> Result<()> {
    std::fs::write(path, sheet).with_context(|| format!("writing {}", path.display()))?;
    say!("已写入 {}", path.display())?;
    Ok(())
}

fn print(report: &Report) -> Result<()> {
    let (provider, account) = (report.provider, &report.account);
    let bill = bill_state_text(&report.bill, Lang::Zh);
    say!("{} {provider}:{account}  {bill}", report.day)?;
    say!(
        "  收款 {} 笔 {}，退款 {} 笔 {}，手续费 {}，差异 {} 笔",
        report.paid.0,
        report.paid.1,
        report.refunded.0,
        report.refunded.1,
        report.fee.in_fen(),
        report.differences.len()
    )?;
    if let Some(unread) = &report.unread {
        say!("  {}", unread_text(unread, Lang::Zh))?;
    }
    if let Some(flow) = report.flow {
        let told = flow_text(flow, Lang::Zh);
        say!("  资金流水 {}  账本 {}  {told}", flow.moved, flow.booked)?;
    }
    if let Some(seen) = &report.flow_missing {
        say!("  {}", flow_missing_text(seen, Lang::Zh))?;
    }
    let fen = |amount: Option<Fen>| amount.map_or("-".to_owned(), |amount| amount.to_string());
    for (difference, is_healed) in &report.differences {
        say!(
            "  {}  {}  账单 {}  系统 {}  {}",
            difference.kind.label().get(Lang::Zh),
            difference.number,
            fen(difference.billed),
            fen(difference.booked),
            outcome_text(difference.kind, *is_healed, Lang::Zh),
        )?;
    }
    for fee in &report.fee_differences {
        let (billed, agreed) = (fee.billed.in_fen(), fee.agreed);
        say!(
            "  手续费与约定不符  {}  账单 {billed}  约定 {agreed}",
            fee.number
        )?;
    }
    Ok(())
}
