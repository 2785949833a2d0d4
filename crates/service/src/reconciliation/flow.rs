//! The second equation of a day: by how much the account grew, beside our ledger.

use chrono::NaiveDate;
use domain::Fen;
use domain::audit::AuditExemption;
use domain::ledger::LedgerAccount;
use domain::money_case::CaseKind;
use domain::payment::Provider;
use domain::reconciliation::{EntryKind, Flow, Standing};
use providers::Outcome;
use providers::payment::{BillKind, Direction, Download, FlowRow};
use serde_json::json;

use super::Report;
use super::bill::{self, Bill};
use super::case_key::case_key;
use super::overdue::is_overdue;
use crate::merchant::Merchant;
use crate::money_case::{self, Matter};
use crate::payment::Channel;
use crate::{Context, Failure};

/// What payments and refunds do to an account, in the provider's words; other movements, such as a withdrawal, are none
/// of our ledger's. Source: docs/sources.md#wechat-bills.
const OF_TRADES: [&str; 3] = ["交易", "退款", "扣除交易手续费"];

/// What came of asking for the account's movements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    /// The provider does not list them in a form that is certain.
    NotListed,
    /// They are there.
    Found(Flow),
    /// They could not be had or read; what was seen.
    Missing(String),
}

/// The equation, where the provider lists the movements of its accounts in a form that is certain: `WeChat` Pay does.
pub(super) async fn of_day(
    context: &Context,
    merchant: &Merchant,
    bill: &Bill,
    day: NaiveDate,
) -> Result<Asked, Failure> {
    if merchant.provider() != Provider::WechatPay {
        return Ok(Asked::NotListed);
    }
    let channel = Channel::to(context, merchant);
    let bytes = match channel.bill(BillKind::FundFlow, day).await {
        Outcome::Definite(Download::Ready(bytes)) => bytes,
        Outcome::Definite(Download::NoBill) => {
            return Ok(Asked::Missing("none, although money moved".to_owned()));
        }
        Outcome::Definite(Download::NotYet) => {
            return Ok(Asked::Missing("not made yet".to_owned()));
        }
        Outcome::Refused(refusal) => return Ok(Asked::Missing(refusal.code)),
        Outcome::Unknown(seen) => return Ok(Asked::Missing(seen)),
    };
    let rows = match merchant.channel().read_flow(&bytes) {
        Ok(rows) => rows,
        Err(error) => return Ok(Asked::Missing(error.to_string())),
    };
    let booked = booked(context, merchant, bill).await?;
    Ok(Asked::Found(Flow {
        moved: Fen(rows.iter().map(moved).sum()),
        booked: Fen(booked.0 - bill.fee().in_fen().0),
    }))
}

fn moved(row: &FlowRow) -> i64 {
    match row.direction {
        _ if !OF_TRADES.contains(&row.business.as_str()) => 0,
        Direction::In => row.amount.0,
        Direction::Out => -row.amount.0,
    }
}

/// What our ledger has for the payments and refunds of the bill; a refund that is on its way has left the account
/// before it is booked.
async fn booked(context: &Context, merchant: &Merchant, bill: &Bill) -> Result<Fen, Failure> {
    let on = context.store.reader();
    let account = LedgerAccount::Merchant {
        provider: merchant.provider(),
        account: merchant.account.clone(),
    };
    let numbers = |wanted: EntryKind| -> Vec<&str> {
        let rows = bill.rows().filter(|(kind, _)| *kind == wanted);
        rows.map(|(_, row)| bill::number(row)).collect()
    };
    let (paid, back) = (numbers(EntryKind::Payment), numbers(EntryKind::Refund));
    let came = store::ledger::moved_by_payments(on, &account, &paid).await?;
    let went = store::ledger::moved_by_refunds(on, &account, &back).await?;
    let mut on_the_way = 0;
    for number in back {
        if let Some(row) = bill.row(EntryKind::Refund, number)
            && bill.standing(EntryKind::Refund, number) != Some(Standing::Void)
            && is_on_its_way(context, number).await?
        {
            on_the_way += row.amount.0;
        }
    }
    Ok(Fen(came.0 + went.0 - on_the_way))
}

/// Whether a refund is on its way here; asked now, since what was compared may have moved it.
async fn is_on_its_way(context: &Context, number: &str) -> Result<bool, Failure> {
    let row = store::refund::by_number(context.store.reader(), number).await?;
    Ok(row.is_some_and(|row| row.state.is_under_way()))
}

/// Puts movements that our ledger does not have before a person; and a day whose movements cannot be had, where it is
/// over so long that they should be there. `agrees` tells whether bill and books do: what they differ in would stand here
/// a second time.
pub(super) async fn judge(
    context: &Context,
    merchant: &Merchant,
    report: &Report,
    agrees: bool,
) -> Result<(), Failure> {
    let key = case_key(merchant, report.day);
    let matter = |kind, amount, facts| Matter {
        kind,
        key: key.clone(),
        merchant: merchant.key(),
        order: None,
        amount,
        facts,
    };
    let (difference, missing) = (CaseKind::FlowDifference, CaseKind::FlowMissing);
    let tx = context.store.begin().await?;
    match (report.flow, &report.flow_missing) {
        (_, Some(seen)) if is_overdue(context, report.day) => {
            let facts = json!({ "day": report.day, "seen": seen });
            money_case::open(context, &tx, matter(missing, None, facts)).await?;
        }
        (Some(flow), None) => {
            let now = context.now();
            store::money_case::settle(&tx, missing, &key, now).await?;
            if flow.agrees() {
                store::money_case::settle(&tx, difference, &key, now).await?;
            } else if agrees {
                let facts = json!({
                    "day": report.day, "moved_fen": flow.moved, "booked_fen": flow.booked,
                });
                let amount = Some(Fen(flow.moved.0 - flow.booked.0));
                money_case::open(context, &tx, matter(difference, amount, facts)).await?;
            }
        }
        (_, Some(_)) | (None, None) => {}
    }
    Ok(store::commit(tx, AuditExemption::ProviderRecord).await?)
}
