//! The second equation of a day: by how much the account grew, beside our ledger.

use chrono::NaiveDate;
use domain::Fen;
use domain::money_case::CaseKind;
use domain::payment::Provider;
use domain::reconciliation::{EntryKind, Flow};
use providers::Outcome;
use providers::payment::{BillKind, Direction, Download, FlowRow};
use serde_json::json;

use super::Report;
use super::bill::{self, Bill};
use crate::merchant::Merchant;
use crate::money_case::{self, Matter};
use crate::payment::Channel;
use crate::{Context, Failure, ledger};

/// What payments and refunds do to an account, in the provider's words; other movements, such as a withdrawal, are none
/// of our ledger's. Source: docs/sources.md#wechat-bills.
const OF_TRADES: [&str; 3] = ["交易", "退款", "扣除交易手续费"];

/// The equation, where the provider lists the movements of its accounts in a form that is certain: `WeChat` Pay does.
pub(super) async fn of_day(
    context: &Context,
    merchant: &Merchant,
    (bill, day): (&Bill, NaiveDate),
) -> Result<Option<Flow>, Failure> {
    if merchant.provider() != Provider::WechatPay {
        return Ok(None);
    }
    let channel = Channel::to(context, merchant);
    let bytes = match channel.bill(BillKind::FundFlow, day).await {
        Outcome::Definite(Download::Ready(bytes)) => bytes,
        Outcome::Definite(Download::NoBill | Download::NotYet)
        | Outcome::Refused(_)
        | Outcome::Unknown(_) => return Ok(None),
    };
    let rows = match merchant.channel().read_flow(&bytes) {
        Ok(rows) => rows,
        Err(error) => {
            tracing::warn!(reconciliation.day = %day, "The movements of a day cannot be read: {error}");
            return Ok(None);
        }
    };
    let booked = booked(context, merchant, bill).await?;
    Ok(Some(Flow {
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
    let on = context.store.connection();
    let account = ledger::merchant(merchant.provider().as_str(), &merchant.account);
    let numbers = |wanted: EntryKind| -> Vec<&str> {
        let rows = bill.rows().filter(|(kind, _)| *kind == wanted);
        rows.map(|(_, row)| bill::number(row)).collect()
    };
    let (paid, back) = (numbers(EntryKind::Payment), numbers(EntryKind::Refund));
    let came = store::ledger::moved_by_payments(on, &account, &paid).await?;
    let went = store::ledger::moved_by_refunds(on, &account, &back).await?;
    let is_on_its_way = |number: &&str| {
        let mut known = bill.booked.iter();
        known.any(|own| own.kind == EntryKind::Refund && own.number == **number && own.at.is_none())
    };
    let on_the_way = back.iter().filter(|number| is_on_its_way(number));
    let on_the_way = on_the_way.filter_map(|number| bill.row(EntryKind::Refund, number));
    let on_the_way: i64 = on_the_way.map(|row| row.amount.0).sum();
    Ok(Fen(came.0 + went.0 - on_the_way))
}

/// Puts movements that our ledger does not have before a person. Called where bill and books agree: what they differ in
/// would stand here a second time.
pub(super) async fn judge(
    context: &Context,
    merchant: &Merchant,
    report: &Report,
) -> Result<(), Failure> {
    let Some(flow) = report.flow else {
        return Ok(());
    };
    let (kind, key) = (
        CaseKind::FlowDifference,
        format!("{}:{}", merchant.account, report.day),
    );
    let tx = context.store.begin().await?;
    if flow.agrees() {
        store::money_case::settle(&tx, kind.as_str(), &key, context.now()).await?;
    } else {
        let matter = Matter {
            kind,
            key,
            merchant: (merchant.provider(), &merchant.account),
            order: None,
            amount: Some(Fen(flow.moved.0 - flow.booked.0)),
            facts: json!({ "day": report.day, "moved_fen": flow.moved, "booked_fen": flow.booked }),
        };
        money_case::open(context, &tx, matter).await?;
    }
    Ok(store::commit(tx).await?)
}
