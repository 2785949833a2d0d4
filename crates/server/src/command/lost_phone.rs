//! Reports of a lost phone at the command line: what waits, what was written, and that it was dealt with.

use anyhow::Result;
use clap::Subcommand;
use domain::lost_phone::{ANSWER_WORKING_DAYS, LostPhoneState};
use domain::{Lang, time_text};
use service::lost_phone::{OpenedLostPhoneReport, WaitingLostPhoneReport};

use super::money::{By, told};
use super::output::say;
use crate::command::open;
use crate::config::{Basics, Config};

#[derive(Debug, Subcommand)]
pub(super) enum LostPhoneAction {
    /// List the reports that wait, the oldest first. Nothing that a person wrote is shown.
    List {
        #[command(flatten)]
        basics: Basics,
    },
    /// Show what a person wrote. The audit log keeps who looked.
    Show {
        #[command(flatten)]
        by: By,
        /// The report's reference, such as LP-7K3M9QXT.
        reference: String,
    },
    /// Close a report that was dealt with.
    Close {
        #[command(flatten)]
        by: By,
        /// The report's reference, such as LP-7K3M9QXT.
        reference: String,
        /// How it was resolved, in at most 200 characters and without personal data.
        #[arg(long)]
        outcome: String,
    },
}

#[tokio::main]
pub(super) async fn run(action: LostPhoneAction) -> Result<()> {
    match action {
        LostPhoneAction::List { basics } => {
            let context = open(&Config::read(basics)?).await?;
            let waiting = service::lost_phone::list(&context).await.map_err(told)?;
            if waiting.is_empty() {
                say!("没有待处理的手机号挂失登记。")?;
            }
            for report in waiting {
                say!("{}", line(&report))?;
            }
        }
        LostPhoneAction::Show { by, reference } => {
            let actor = by.actor();
            let context = open(&Config::read(by.basics)?).await?;
            let shown = service::lost_phone::show(&context, &actor, &reference).await;
            for line in lines(&shown.map_err(told)?) {
                say!("{line}")?;
            }
        }
        LostPhoneAction::Close {
            by,
            reference,
            outcome,
        } => {
            let actor = by.actor();
            let context = open(&Config::read(by.basics)?).await?;
            let closed = service::lost_phone::close(&context, &actor, &reference, &outcome).await;
            closed.map_err(told)?;
            say!("{reference}  已结案。")?;
        }
    }
    Ok(())
}

fn line(report: &WaitingLostPhoneReport) -> String {
    format!(
        "{}  登记于 {}  已等待 {} 小时（应在 {ANSWER_WORKING_DAYS} 个工作日内回电）",
        report.reference,
        time_text(report.created_at),
        report.hours_waited,
    )
}

fn lines(report: &OpenedLostPhoneReport) -> Vec<String> {
    let kind = report.document_type.label().get(Lang::Zh);
    let mut lines = vec![
        format!("编号：{}", report.reference),
        format!("登记于：{}", time_text(report.created_at)),
        format!("姓名：{}", report.name),
        format!("学校：{}", report.school),
        format!("证件：{kind} {}", report.document_number),
        format!("丢失的号码：{}", report.old_phone),
        format!("回电号码：{}", report.new_phone),
    ];
    if let Some(note) = &report.note {
        lines.push(format!("说明：{note}"));
    }
    lines.push(match &report.state {
        LostPhoneState::Open => "状态：待处理".to_owned(),
        LostPhoneState::Confirmed { first } => {
            format!("状态：{} 已有一人批准，待第二人批准", time_text(first.at))
        }
        LostPhoneState::Approved { effective_at, .. } => {
            format!("状态：已批准，{} 生效", time_text(*effective_at))
        }
        LostPhoneState::Changed { at } => format!("状态：{} 已换号", time_text(*at)),
        LostPhoneState::Closed { at, by, outcome } => {
            format!("状态：已结案，{} 由 {by}：{outcome}", time_text(*at))
        }
    });
    lines
}
