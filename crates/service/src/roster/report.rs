//! The report of an import as a file.

use domain::access::Actor;
use domain::{Lang, RosterImportRowId, Text};

use super::import::{ReportRow, get, rows_of};
use crate::sheet::{Sheet, SheetFile, SheetStyle};
use crate::{Context, Failure};

/// How many rows are read at once.
const READ_AT_ONCE: u64 = 5_000;
/// The headings.
const HEADINGS: [Text; 4] = [
    Text::new("行号", "Row"),
    Text::new("情况", "Finding"),
    Text::new("列", "Column"),
    Text::new("说明", "What to do"),
];

/// The rows of an import about which something is to be said, in the order of the file. Names nobody.
///
/// # Errors
/// `roster_import.unknown`.
pub async fn report(
    context: &Context,
    actor: &Actor,
    id: &str,
    style: SheetStyle,
) -> Result<SheetFile, Failure> {
    let import = get(context, actor, id).await?.import;
    let lang = style.lang;
    let headings = HEADINGS.map(|heading| heading.get(lang));
    let mut sheet = Sheet::begin(style, &headings)?;
    let mut after: Option<RosterImportRowId> = None;
    loop {
        let found = rows_of(context, &import, after, READ_AT_ONCE).await?;
        let Some(last) = found.last() else {
            break;
        };
        after = Some(last.id);
        let mut has_room = true;
        for row in &found {
            has_room = sheet.add(&cells(row, lang))?;
            if !has_room {
                break;
            }
        }
        if !has_room {
            break;
        }
        tokio::task::yield_now().await;
    }
    sheet.finish("roster-report")
}

fn cells(row: &ReportRow, lang: Lang) -> [String; 4] {
    let number = row.row_number.map(|number| number.to_string());
    let column = row.column.map(|column| column.label().get(lang));
    [
        number.unwrap_or_default(),
        row.verdict.label().get(lang).to_owned(),
        column.unwrap_or_default().to_owned(),
        row.verdict.sentence().get(lang).to_owned(),
    ]
}
