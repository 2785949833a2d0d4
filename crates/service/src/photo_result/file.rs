//! Reading a file of results.

use domain::photo_result::{MOST_RESULT_ROWS, ResultColumn};
use domain::{ProblemCode, Refusal};
use table::{HEADING_ROWS, Heading, Row};

use crate::Failure;
use crate::sheet::{FileBounds, read_rows};

/// The most bytes of a file.
pub const RESULT_FILE_MAX: u64 = 20_000_000;

/// A row of the file.
#[derive(Debug, Clone)]
pub(super) struct ResultLine {
    /// Which, from 1.
    pub(super) number: u64,
    /// The student number; empty where there is none.
    pub(super) student_no: String,
    /// The document number; empty where there is none.
    pub(super) document_number: String,
    /// What was found.
    pub(super) result: String,
}

/// Where the columns are.
struct Places {
    heading: u64,
    student_no: Option<usize>,
    document_number: Option<usize>,
    result: usize,
}

/// The rows of a file below its heading.
pub(super) async fn read(content: Vec<u8>) -> Result<Vec<ResultLine>, Failure> {
    let bounds = FileBounds {
        bytes: RESULT_FILE_MAX,
        rows: MOST_RESULT_ROWS,
    };
    let rows = read_rows(content, bounds).await.map_err(|_| {
        Refusal::from(ProblemCode::PhotoResultFile)
            .with("max_mb", RESULT_FILE_MAX / 1_000_000)
            .with("max_rows", MOST_RESULT_ROWS)
    })?;
    let places = places(&rows).ok_or(ProblemCode::PhotoResultColumns)?;
    let cell = |row: &Row, place: Option<usize>| {
        let cell = place.and_then(|place| row.cells.get(place));
        cell.map(|cell| cell.trim().to_owned()).unwrap_or_default()
    };
    let below = rows.iter().filter(|row| row.number > places.heading);
    let line = |row: &Row| ResultLine {
        number: row.number,
        student_no: cell(row, places.student_no),
        document_number: cell(row, places.document_number),
        result: cell(row, Some(places.result)),
    };
    Ok(below.map(line).collect())
}

/// Where the columns are; `None` where one is missing.
fn places(rows: &[Row]) -> Option<Places> {
    let first = &rows[..rows.len().min(HEADING_ROWS + 1)];
    let heading = Heading::find(first, |name| ResultColumn::recognise(name).is_some())?;
    let place = |column| {
        let mut names = heading.names.iter();
        names.position(|name| ResultColumn::recognise(name) == Some(column))
    };
    let (student_no, document_number) = (
        place(ResultColumn::StudentNo),
        place(ResultColumn::DocumentNumber),
    );
    student_no.or(document_number)?;
    Some(Places {
        heading: heading.row,
        student_no,
        document_number,
        result: place(ResultColumn::Result)?,
    })
}
