//! What a school is told of a month: the orders that it pays for, and those that cost nobody anything.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::{Actor, Permission};
use domain::audit::{AuditAction, AuditObject};
use domain::ledger::LedgerAccount;
use domain::order::OrderNo;
use domain::school::School;
use domain::{Fen, ProblemCode, SchoolId, Text, month_bounds, time_text};

use crate::audit::{self, About, Deed};
use crate::school::searchable;
use crate::sheet::{Sheet, SheetFile, SheetStyle};
use crate::{Context, Failure};

const HEADINGS: [Text; 6] = [
    Text::new("学校代码", "School code"),
    Text::new("学校", "School"),
    Text::new("时间", "Time"),
    Text::new("订单号", "Order"),
    Text::new("类别", "Kind"),
    Text::new("应付（元）", "Due (yuan)"),
];

/// What became of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// The school owes its price.
    Charged,
    /// The school owes it no more.
    Voided,
    /// It costs nobody anything.
    Free,
}

impl EntryKind {
    /// Its name.
    pub const fn label(self) -> Text {
        match self {
            Self::Charged => Text::new("由学校支付", "paid by the school"),
            Self::Voided => Text::new("作废", "voided"),
            Self::Free => Text::new("免费", "free"),
        }
    }
}

/// An order on a statement.
#[derive(Debug, Clone)]
pub struct StatementEntry {
    /// When.
    pub at: DateTime<Utc>,
    /// The order's number.
    pub order_no: OrderNo,
    /// What became of it.
    pub kind: EntryKind,
    /// What the school owes more; negative where it owes less.
    pub amount: Fen,
}

/// A school's month.
#[derive(Debug, Clone)]
pub struct Statement {
    /// The school's code.
    pub school_code: String,
    /// The school's name.
    pub school_name: String,
    /// A day of the month in China.
    pub month: NaiveDate,
    /// First what the school pays for, then what is free, each oldest first.
    pub entries: Vec<StatementEntry>,
}

impl Statement {
    /// How many entries of a kind there are, and their sum.
    pub fn sum(&self, kind: EntryKind) -> (usize, Fen) {
        let of_kind = || self.entries.iter().filter(|entry| entry.kind == kind);
        let amount = of_kind().map(|entry| entry.amount.0).sum();
        (of_kind().count(), Fen(amount))
    }

    /// What the school owes for the month.
    pub fn due(&self) -> Fen {
        Fen(self.entries.iter().map(|entry| entry.amount.0).sum())
    }
}

/// The statements of a day's month, of every school that a name, alias or code means.
///
/// # Errors
/// Where the database fails.
pub async fn of_month(
    context: &Context,
    school: &str,
    month: NaiveDate,
) -> Result<Vec<Statement>, Failure> {
    let on = context.store.reader();
    let mut statements = Vec::new();
    for school in store::school::ever_called(on, &searchable(school)).await? {
        statements.push(of_school(context, school, month).await?);
    }
    Ok(statements)
}

/// The statement of a day's month of a school for which an actor may read it.
///
/// # Errors
/// `school.unknown`, also for one out of reach.
pub async fn get(
    context: &Context,
    actor: &Actor,
    school_id: &str,
    month: NaiveDate,
) -> Result<Statement, Failure> {
    let reach = actor.require(Permission::ReadStatements)?;
    let id: SchoolId = school_id.parse().map_err(|_| ProblemCode::SchoolUnknown)?;
    let found = store::school::within_reach(context.store.reader(), id, &reach).await?;
    of_school(context, found.ok_or(ProblemCode::SchoolUnknown)?, month).await
}

async fn of_school(
    context: &Context,
    school: School,
    month: NaiveDate,
) -> Result<Statement, Failure> {
    let on = context.store.reader();
    let (begin, end) = month_bounds(month);
    let span = begin..end;
    let account = LedgerAccount::School(school.id);
    let lines = store::ledger::of_account_between(on, &account, &span).await?;
    let free = store::order::free_between(on, school.id, &span).await?;
    let charged = lines.into_iter().map(|line| StatementEntry {
        at: line.at,
        order_no: line.order_no,
        kind: if line.delta < Fen::ZERO {
            EntryKind::Voided
        } else {
            EntryKind::Charged
        },
        amount: line.delta,
    });
    let free = free.into_iter().map(|order| StatementEntry {
        at: order.paid_at.unwrap_or(order.created_at),
        order_no: order.order_no,
        kind: EntryKind::Free,
        amount: Fen::ZERO,
    });
    Ok(Statement {
        school_code: school.code,
        school_name: school.name,
        month,
        entries: charged.chain(free).collect(),
    })
}

/// A school's month as a file; noted in the audit log.
///
/// # Errors
/// `school.unknown`, also for one out of reach.
pub async fn export(
    context: &Context,
    actor: &Actor,
    school_id: &str,
    month: NaiveDate,
    style: SheetStyle,
) -> Result<SheetFile, Failure> {
    actor.require(Permission::ExportData)?;
    let statement = get(context, actor, school_id, month).await?;
    let school_id: SchoolId = school_id.parse().map_err(|_| ProblemCode::SchoolUnknown)?;
    let file = statement_table(std::slice::from_ref(&statement), style)?;
    let tx = context.store.begin().await?;
    let deed = Deed {
        action: AuditAction::StatementExported,
        object: AuditObject::School,
        object_id: school_id.0,
        school_id: Some(school_id),
    };
    let audited = audit::note(context, &tx, actor, deed, About::default()).await?;
    store::commit(tx, audited).await?;
    let (code, month) = (&statement.school_code, statement.month.format("%Y-%m"));
    Ok(SheetFile {
        name: format!("statement-{code}-{month}.{}", file.format),
        ..file
    })
}

/// Statements as a table: a row for every order.
///
/// # Errors
/// Where the table cannot be written.
pub fn statement_table(statements: &[Statement], style: SheetStyle) -> Result<SheetFile, Failure> {
    let headings = HEADINGS.map(|heading| heading.get(style.lang));
    let mut sheet = Sheet::begin(style, &headings)?;
    'statements: for one in statements {
        for entry in &one.entries {
            let (at, order_no) = (time_text(entry.at), entry.order_no.to_string());
            let (kind, due) = (entry.kind.label().get(style.lang), entry.amount.to_yuan());
            let cells = [
                &*one.school_code,
                &one.school_name,
                &at,
                &order_no,
                kind,
                &due,
            ];
            if !sheet.add(&cells)? {
                break 'statements;
            }
        }
    }
    sheet.finish("statement")
}
