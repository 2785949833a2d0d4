//! An import of a roster, as staff see it.

use chrono::{DateTime, Utc};
use domain::Lang;
use domain::roster::{HeadingChoice, RosterFileFault, RosterVerdict, VerdictEffect};
use serde::Serialize;
use service::roster::ImportView;
use utoipa::ToSchema;

use crate::schema;

/// A column of a roster file.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RosterColumnView {
    /// Its heading, as in the file.
    #[schema(examples("身份证件号码"))]
    heading: String,
    /// What it holds; null where it is not read.
    #[schema(required = true, value_type = Option<schema::RosterColumn>)]
    column: Option<String>,
}

impl From<&HeadingChoice> for RosterColumnView {
    fn from(choice: &HeadingChoice) -> Self {
        Self {
            heading: choice.heading.clone(),
            column: choice.column.map(|column| column.as_str().to_owned()),
        }
    }
}

/// How many rows got a verdict.
#[derive(Debug, Serialize, ToSchema)]
struct VerdictCount {
    /// The verdict.
    #[schema(value_type = schema::RosterVerdict)]
    verdict: String,
    /// The verdict, in the caller's language.
    #[schema(examples("证件号丢失末位数字"))]
    label: String,
    /// What happened and what to do.
    #[schema(examples("请把该列设为文本格式，从原始数据重新填写。"))]
    sentence: String,
    /// Whether such rows are taken.
    #[schema(examples(false))]
    is_taken: bool,
    /// How many rows.
    #[schema(minimum = 0, examples(3))]
    count: u64,
}

impl VerdictCount {
    fn new(verdict: RosterVerdict, count: u64, lang: Lang) -> Self {
        Self {
            verdict: verdict.as_str().to_owned(),
            label: verdict.label().get(lang).to_owned(),
            sentence: verdict.sentence().get(lang).to_owned(),
            is_taken: matches!(
                verdict.effect(),
                VerdictEffect::Taken | VerdictEffect::Warned
            ),
            count,
        }
    }
}

/// Why a roster file cannot be read.
#[derive(Debug, Serialize, ToSchema)]
struct RosterFault {
    /// Why.
    #[schema(value_type = schema::RosterFileError)]
    error: String,
    /// Why, in the caller's language.
    #[schema(examples("引号不成对"))]
    label: String,
    /// What to do.
    #[schema(examples("该行的引号没有成对。请改正后上传。"))]
    sentence: String,
    /// The row or line, from 1.
    #[schema(required = true, minimum = 1, examples(17))]
    row: Option<u64>,
    /// The column, from 1.
    #[schema(required = true, minimum = 1, examples(3))]
    column: Option<u64>,
    /// The columns or fields that it is about.
    #[schema(examples("姓名"))]
    names: Vec<String>,
}

impl RosterFault {
    fn new(fault: &RosterFileFault, lang: Lang) -> Self {
        Self {
            error: fault.error.as_str().to_owned(),
            label: fault.error.label().get(lang).to_owned(),
            sentence: fault.error.sentence().get(lang).to_owned(),
            row: fault.row,
            column: fault.column,
            names: fault.names.clone(),
        }
    }
}

/// An import of a roster.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RosterImportView {
    /// The import.
    #[schema(value_type = schema::RosterImportId)]
    id: String,
    /// Its task.
    #[schema(value_type = schema::TaskId)]
    task_id: String,
    /// Where it is: `checking` → `checked` or `stopped`; `importing` → `imported`; `cancelled`; `undoing` → `undone`.
    #[schema(value_type = schema::RosterImportState)]
    state: String,
    /// The state, in the caller's language.
    #[schema(examples("待确认"))]
    state_label: String,
    /// The file's length.
    #[schema(minimum = 0, examples(123_456))]
    file_bytes: u64,
    /// `csv`, `xlsx` or `dbf`; null until it is known.
    #[schema(required = true, examples("csv"))]
    format: Option<String>,
    /// The encoding that is read: `utf-8`, `gb18030`, `utf-16le` or `utf-16be`.
    #[schema(required = true, examples("gb18030"))]
    encoding: Option<String>,
    /// The delimiter of a text: `comma`, `tab` or `semicolon`.
    #[schema(required = true, examples("comma"))]
    delimiter: Option<String>,
    /// The row with the headings.
    #[schema(required = true, minimum = 1, examples(2))]
    heading_row: Option<u64>,
    /// The columns as they are read.
    columns: Vec<RosterColumnView>,
    /// How many rows there are below the headings.
    #[schema(required = true, minimum = 0, examples(5000))]
    rows: Option<u64>,
    /// How many of them were looked at, in this state.
    #[schema(minimum = 0, examples(2500))]
    rows_done: u64,
    /// Rows a second, while it is worked on.
    #[schema(required = true, minimum = 0, examples(4000))]
    rows_per_second: Option<u64>,
    /// How long the work will go on.
    #[schema(required = true, minimum = 0, examples(12))]
    seconds_left: Option<u64>,
    /// How many rows got each verdict; a row can have several.
    counts: Vec<VerdictCount>,
    /// Of how many listed students document number or level change.
    #[schema(minimum = 0, examples(0))]
    identity_changes: u64,
    /// Whether so many change that starting needs `confirm_identity_changes`.
    #[schema(examples(false))]
    needs_confirmation: bool,
    /// Why the file cannot be read; null where it can.
    #[schema(required = true)]
    fault: Option<RosterFault>,
    /// How many students undoing left as they are, because somebody changed them or verified as them since.
    #[schema(minimum = 0, examples(0))]
    kept: u64,
    /// When it was sent.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    created_at: DateTime<Utc>,
    /// When it last moved.
    #[schema(examples("2026-04-20T08:01:00Z"))]
    updated_at: DateTime<Utc>,
}

impl RosterImportView {
    pub(super) fn new(view: ImportView, lang: Lang) -> Self {
        let ImportView {
            import,
            rows_per_second,
            seconds_left,
        } = view;
        let outcome = import.outcome;
        let counts = outcome.counts.iter();
        Self {
            id: import.id.to_string(),
            task_id: import.task_id.to_string(),
            state: import.state.as_str().to_owned(),
            state_label: import.state.label().get(lang).to_owned(),
            file_bytes: import.file_bytes,
            format: outcome.format.clone(),
            encoding: outcome.encoding.clone(),
            delimiter: outcome.delimiter.clone(),
            heading_row: outcome.heading_row,
            columns: outcome.columns.iter().map(RosterColumnView::from).collect(),
            rows: outcome.rows,
            rows_done: import.rows_done,
            rows_per_second,
            seconds_left,
            counts: counts
                .map(|(verdict, count)| VerdictCount::new(*verdict, *count, lang))
                .collect(),
            identity_changes: outcome.identity_changes,
            needs_confirmation: outcome.needs_confirmation(),
            fault: outcome
                .fault
                .as_ref()
                .map(|fault| RosterFault::new(fault, lang)),
            kept: outcome.kept,
            created_at: import.created_at,
            updated_at: import.updated_at,
        }
    }
}
