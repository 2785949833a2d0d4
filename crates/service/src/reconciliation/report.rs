//! What came of comparing a day: told at once, and kept, so that it can be read afterwards.

use chrono::NaiveDate;
use domain::Fen;
use domain::money_case::CaseKind;
use domain::payment::{MerchantAccount, Provider};
use domain::reconciliation::{Difference, EntryKind, Flow, RunState};
use providers::payment::{BillFee, TradeBill};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::StoreError;
use store::reconciliation::{BillRow, Run};

use crate::{Context, Failure};

/// What came of comparing a day.
#[derive(Debug, Clone)]
pub struct Report {
    /// Who takes the money.
    pub provider: Provider,
    /// The account's name in the configuration.
    pub account: String,
    /// The day in China.
    pub day: NaiveDate,
    /// What the provider gave.
    pub bill: BillState,
    /// How many payments the bill lists, and their sum.
    pub paid: (usize, Fen),
    /// How many refunds the bill lists, and their sum.
    pub refunded: (usize, Fen),
    /// What did not agree, and whether it was healed.
    pub differences: Vec<(Difference, bool)>,
    /// What the provider took; what it gave back with refunds is taken off.
    pub fee: BillFee,
    /// Payments of which it took another share than is agreed.
    pub fee_differences: Vec<FeeDifference>,
    /// Rows of the bill that could not be read, where there are some.
    pub unread: Option<Unread>,
    /// The account's movements beside our ledger, where the provider lists them.
    pub flow: Option<Flow>,
    /// Why the movements are not there, although the provider lists them.
    pub flow_missing: Option<String>,
}

/// A payment of which the provider took another share than is agreed. Only told: nothing of it is ours to change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeDifference {
    /// Our number.
    pub number: String,
    /// What the provider took.
    pub billed: BillFee,
    /// What is agreed.
    pub agreed: Fen,
}

/// How many rows that could not be read are told of one by one.
const MOST_TOLD: usize = 10;
/// How much is told of what is wrong with such a row, in characters.
const MOST_SEEN: usize = 200;

/// Rows of a bill that could not be read; the others were compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// How many.
    pub rows: usize,
    /// The payments that the bill's total has beyond the rows that were read.
    pub paid: Fen,
    /// The same of refunds.
    pub refunded: Fen,
    /// The first of them: which rows, counted from 1 below the heading, and what is wrong.
    pub seen: Vec<String>,
}

impl Unread {
    /// What could not be read of a bill.
    pub(super) fn of(bill: &TradeBill) -> Option<Self> {
        let told = bill.unread.iter().take(MOST_TOLD);
        let seen = told.map(|one| {
            let seen: String = one.seen.chars().take(MOST_SEEN).collect();
            format!("{}: {seen}", one.row)
        });
        (!bill.unread.is_empty()).then(|| Self {
            rows: bill.unread.len(),
            paid: bill.unread_paid,
            refunded: bill.unread_refunded,
            seen: seen.collect(),
        })
    }
}

/// What the provider gave of a day's bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BillState {
    /// The bill.
    Compared,
    /// None, and we have nothing for that day either.
    Empty,
    /// None, although we have payments or refunds.
    Missing,
    /// Not yet, or no answer; what was seen.
    Waiting(String),
    /// A bill that contradicts itself or cannot be read; how.
    Invalid(String),
}

/// A row of a bill as it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillLine {
    /// Which way.
    pub entry: EntryKind,
    /// Our number: of the attempt, or of the refund.
    pub number: String,
    /// How much; positive either way.
    pub amount: Fen,
    /// What did not agree.
    pub difference: Option<CaseKind>,
}

/// What a run keeps of its report beside its sums.
#[derive(Debug, Serialize, Deserialize)]
struct Findings {
    differences: Vec<(Difference, bool)>,
    fee: BillFee,
    fee_differences: Vec<FeeDifference>,
    #[serde(default)]
    unread: Option<Unread>,
    flow: Option<Flow>,
    flow_missing: Option<String>,
}

impl Report {
    /// A report of a day that could not be compared.
    pub(super) fn without_bill(
        provider: Provider,
        account: String,
        day: NaiveDate,
        bill: BillState,
    ) -> Self {
        Self {
            provider,
            account,
            day,
            bill,
            paid: (0, Fen::ZERO),
            refunded: (0, Fen::ZERO),
            differences: Vec::new(),
            fee: BillFee::default(),
            fee_differences: Vec::new(),
            unread: None,
            flow: None,
            flow_missing: None,
        }
    }

    /// Whose account.
    pub(super) fn merchant_key(&self) -> MerchantAccount<'_> {
        MerchantAccount {
            provider: self.provider,
            name: &self.account,
        }
    }

    /// What is kept of it beside its sums.
    pub(super) fn findings(&self) -> Value {
        json!(Findings {
            differences: self.differences.clone(),
            fee: self.fee,
            fee_differences: self.fee_differences.clone(),
            unread: self.unread.clone(),
            flow: self.flow,
            flow_missing: self.flow_missing.clone(),
        })
    }
}

/// The reports of a day as they were kept, with the rows of the bills; also of accounts that are configured no more.
///
/// # Errors
/// Where the database fails.
pub async fn stored(
    context: &Context,
    day: NaiveDate,
) -> Result<Vec<(Report, Vec<BillLine>)>, Failure> {
    let on = context.store.reader();
    let mut reports = Vec::new();
    for run in store::reconciliation::all_of_day(on, day).await? {
        let rows = store::reconciliation::rows(on, &run).await?;
        let lines = rows.into_iter().map(line).collect();
        reports.push((report(run)?, lines));
    }
    Ok(reports)
}

fn report(run: Run) -> Result<Report, StoreError> {
    let (provider, account) = (run.provider, run.merchant_account);
    let Some(findings) = run.findings else {
        let bill = match run.last_error {
            None if run.state == RunState::Done => BillState::Empty,
            seen => BillState::Waiting(seen.unwrap_or_else(|| "not asked for yet".to_owned())),
        };
        return Ok(Report::without_bill(provider, account, run.day, bill));
    };
    let findings: Findings = serde_json::from_value(findings)
        .map_err(|_| StoreError::corrupt("reconciliations.findings"))?;
    let count = |number: i32| usize::try_from(number).unwrap_or(0);
    Ok(Report {
        provider,
        account,
        day: run.day,
        bill: BillState::Compared,
        paid: (count(run.paid.count), run.paid.amount),
        refunded: (count(run.refunded.count), run.refunded.amount),
        differences: findings.differences,
        fee: findings.fee,
        fee_differences: findings.fee_differences,
        unread: findings.unread,
        flow: findings.flow,
        flow_missing: findings.flow_missing,
    })
}

fn line(row: BillRow) -> BillLine {
    BillLine {
        entry: row.kind,
        number: row.out_refund_no.unwrap_or(row.out_trade_no),
        amount: row.amount,
        difference: row.difference,
    }
}
