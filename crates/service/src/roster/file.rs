//! Reading a roster file: it lies sealed in the object store, is brought into a temporary file without a name, and is
//! read there row by row.

use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::ops::ControlFlow;

use domain::roster::{
    CellDefect, ColumnMapping, HeadingChoice, MappingError, RosterColumn, RosterFileError,
    RosterFileFault, RosterImport, RosterImportSettings,
};
use futures_util::StreamExt;
use providers::blob::BlobKey;
use table::{
    CellFaultKind, Delimiter, Encoding, ForeignFormat, Format, HEADING_ROWS, Heading, Layout,
    LayoutChoice, Limits, Row, TableError,
};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::object::{ObjectName, SealedObject};
use crate::photo::Spool;
use crate::{Context, Failure};

/// The largest roster file, in bytes.
pub const FILE_MAX: u64 = 150_000_000;
/// How much of a roster file is read.
pub(super) const LIMITS: Limits = Limits {
    bytes: FILE_MAX,
    unpacked_bytes: 2 << 30,
    rows: 1_100_000,
    columns: 200,
    cell_chars: 2_000,
    row_bytes: 256 << 10,
};
/// How many rows a piece of a file has at most.
pub(super) const PIECE: usize = 500;
/// How many bytes of cells a piece of a file has, and those of the row that goes beyond it.
const PIECE_BYTES: usize = 1 << 20;
/// How many of a school's latest imports are looked at for what a heading meant.
const REMEMBERED: u64 = 5;

/// Why a file cannot be used: the file itself, or something of ours.
#[derive(Debug)]
pub(super) enum FileFailure {
    /// The file.
    File(RosterFileFault),
    /// Ours.
    Ours(Failure),
}

impl<E: Into<Failure>> From<E> for FileFailure {
    fn from(error: E) -> Self {
        Self::Ours(error.into())
    }
}

pub(super) fn fault(error: RosterFileError) -> RosterFileFault {
    RosterFileFault {
        error,
        row: None,
        column: None,
        names: Vec::new(),
    }
}

/// A file that can be read.
#[derive(Debug)]
pub(super) struct RosterFile {
    file: File,
    pub(super) layout: Layout,
    pub(super) heading: Heading,
    pub(super) mapping: ColumnMapping,
    /// The first rows, those above the heading included.
    pub(super) first: Vec<Row>,
}

/// The name under which an import's file is sealed.
pub(super) fn object_name<'a>(import: &RosterImport, key: &'a BlobKey) -> ObjectName<'a> {
    ObjectName {
        key,
        table: "roster_imports",
        column: "file",
        row: import.id.0,
    }
}

/// Brings the file here and finds out how it is written.
pub(super) async fn open(
    context: &Context,
    import: &RosterImport,
) -> Result<RosterFile, FileFailure> {
    let file = fetch(context, import).await?;
    let choice = choice(&import.settings);
    let look = move || -> Result<_, TableError> {
        let mut file = file;
        let layout = Layout::detect(&mut file, choice, &LIMITS)?;
        let first = table::preview(&mut file, layout, LIMITS, HEADING_ROWS + 20)?;
        Ok((file, layout, first))
    };
    // A parser that panics is a file that cannot be read.
    let looked = tokio::task::spawn_blocking(look).await;
    let (file, layout, first) = looked
        .unwrap_or(Err(TableError::Damaged))
        .map_err(|error| of_table(&error))?;
    let is_known = |name: &str| RosterColumn::recognise(name).is_some();
    let heading = Heading::find(&first, is_known);
    let heading = heading.ok_or_else(|| FileFailure::File(fault(RosterFileError::NoHeading)))?;
    let mapping = mapping(context, import, &heading).await?;
    Ok(RosterFile {
        file,
        layout,
        heading,
        mapping,
        first,
    })
}

async fn fetch(context: &Context, import: &RosterImport) -> Result<File, FileFailure> {
    let gone = || FileFailure::File(fault(RosterFileError::FileGone));
    let key: BlobKey = import.file_key.parse().map_err(|_| gone())?;
    let found = SealedObject::open(context, object_name(import, &key)).await?;
    let object = found.ok_or_else(gone)?;
    let not_stored = |_| Failure::Fault("a roster file cannot be stored here");
    let mut spool = Spool::create(&context.settings.upload_folder).map_err(not_stored)?;
    let mut pieces = std::pin::pin!(object.read(0..object.length()));
    while let Some(piece) = pieces.next().await {
        spool.append(&piece?).await.map_err(not_stored)?;
    }
    let spooled = spool.finish().await.map_err(not_stored)?;
    Ok(spooled.into_file().await)
}

fn choice(settings: &RosterImportSettings) -> LayoutChoice {
    let encoding = settings.encoding.as_deref();
    let delimiter = settings.delimiter.as_deref();
    LayoutChoice {
        encoding: encoding.and_then(parse_encoding),
        delimiter: delimiter.and_then(parse_delimiter),
    }
}

/// What each column means: as a person chose for this file, else as the school chose for such a heading before, else as
/// the heading says.
async fn mapping(
    context: &Context,
    import: &RosterImport,
    heading: &Heading,
) -> Result<ColumnMapping, Failure> {
    let names = &heading.names;
    let chosen = |settings: &RosterImportSettings| settings.columns.clone().unwrap_or_default();
    let own = chosen(&import.settings);
    let is_same = |choices: &[HeadingChoice]| {
        let headings = choices.iter().map(|choice| &choice.heading);
        headings.eq(names)
    };
    if is_same(&own) {
        let columns = own.iter().map(|choice| choice.column);
        return Ok(ColumnMapping::of(columns.collect()));
    }
    let on = context.store.reader();
    let earlier = store::roster_import::latest_settings(on, import.school_id, REMEMBERED).await?;
    let remembered: Vec<_> = own
        .into_iter()
        .chain(earlier.iter().flat_map(chosen))
        .map(|choice| (choice.heading, choice.column))
        .collect();
    Ok(ColumnMapping::suggest(names, &remembered))
}

impl RosterFile {
    /// The columns with their headings.
    pub(super) fn choices(&self) -> Vec<HeadingChoice> {
        let columns = self.mapping.columns().iter();
        let pairs = self.heading.names.iter().zip(columns);
        let choice = |(heading, column): (&String, &Option<RosterColumn>)| HeadingChoice {
            heading: heading.clone(),
            column: *column,
        };
        pairs.map(choice).collect()
    }

    /// Makes sure that its columns say enough.
    pub(super) fn check_mapping(&self) -> Result<(), RosterFileFault> {
        let error = match self.mapping.check() {
            Ok(()) => return Ok(()),
            Err(error) => error,
        };
        let (kind, column) = match error {
            MappingError::Twice(column) => (RosterFileError::ColumnTwice, column),
            MappingError::Missing(column) => (RosterFileError::ColumnMissing, column),
        };
        let choices = self.choices().into_iter();
        let same = choices.filter(|choice| choice.column == Some(column));
        let names: Vec<String> = match error {
            MappingError::Twice(_) => same.map(|choice| choice.heading).collect(),
            MappingError::Missing(column) => vec![column.label().zh.to_owned()],
        };
        Err(RosterFileFault {
            row: Some(self.heading.row),
            names,
            ..fault(kind)
        })
    }

    /// What `make` makes of its rows below the heading, piece by piece, on a thread of its own.
    pub(super) fn pieces<T: Send + 'static>(
        &self,
        make: impl FnMut(Vec<Row>) -> T + Send + 'static,
    ) -> Result<Pieces<T>, Failure> {
        let again = |_| Failure::Fault("a roster file cannot be read here");
        let mut file = self.file.try_clone().map_err(again)?;
        file.seek(SeekFrom::Start(0)).map_err(again)?;
        let (sender, receiver) = mpsc::channel(2);
        let (layout, heading) = (self.layout, self.heading.row);
        let mut cutter = Cutter {
            make,
            sender,
            rows: Vec::with_capacity(PIECE),
            bytes: 0,
        };
        let read = move || {
            table::visit(file, layout, LIMITS, &mut |row| {
                if row.number <= heading {
                    return ControlFlow::Continue(());
                }
                cutter.add(row)
            })?;
            // Nobody listens any more where the work ended early.
            let _ = cutter.send();
            Ok(())
        };
        let reader = tokio::task::spawn_blocking(read);
        Ok(Pieces {
            receiver,
            reader: Some(reader),
        })
    }
}

/// What is made of a file's rows, piece by piece.
pub(super) struct Pieces<T> {
    receiver: mpsc::Receiver<T>,
    /// Until its end was reported.
    reader: Option<JoinHandle<Result<(), TableError>>>,
}

impl<T> Pieces<T> {
    /// The next piece; `None` behind the last.
    pub(super) async fn next(&mut self) -> Result<Option<T>, FileFailure> {
        if let Some(piece) = self.receiver.recv().await {
            return Ok(Some(piece));
        }
        if let Some(reader) = self.reader.take() {
            // A parser that panics is a file that cannot be read.
            let ended = reader.await.unwrap_or(Err(TableError::Damaged));
            ended.map_err(|error| of_table(&error))?;
        }
        Ok(None)
    }
}

/// Cuts a file into pieces.
struct Cutter<T, F> {
    make: F,
    sender: mpsc::Sender<T>,
    rows: Vec<Row>,
    bytes: usize,
}

impl<T, F: FnMut(Vec<Row>) -> T> Cutter<T, F> {
    fn add(&mut self, row: Row) -> ControlFlow<()> {
        self.bytes += row.cells.iter().map(String::len).sum::<usize>();
        self.rows.push(row);
        if self.rows.len() < PIECE && self.bytes < PIECE_BYTES {
            return ControlFlow::Continue(());
        }
        self.send()
    }

    /// Sends what was gathered; breaks where nobody wants it any more.
    fn send(&mut self) -> ControlFlow<()> {
        if self.rows.is_empty() {
            return ControlFlow::Continue(());
        }
        self.bytes = 0;
        let rows = std::mem::replace(&mut self.rows, Vec::with_capacity(PIECE));
        match self.sender.blocking_send((self.make)(rows)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }
}

/// What is wrong with the cells of a row.
pub(super) fn defects(row: &Row) -> Vec<(usize, CellDefect)> {
    let defect = |kind| match kind {
        CellFaultKind::LostDigits => CellDefect::LostDigits,
        CellFaultKind::ErrorValue => CellDefect::ErrorValue,
        CellFaultKind::CutCharacter => CellDefect::CutCharacter,
    };
    let faults = row.faults.iter();
    faults
        .map(|fault| (fault.column, defect(fault.kind)))
        .collect()
}

fn of_table(error: &TableError) -> FileFailure {
    use RosterFileError as E;
    let at = |kind, row: u64, column: Option<usize>| RosterFileFault {
        row: Some(row),
        column: column.map(|column| column as u64),
        ..fault(kind)
    };
    FileFailure::File(match error {
        TableError::Io(_) => {
            return FileFailure::Ours(Failure::Fault("a roster file cannot be read here"));
        }
        TableError::Format(format) => fault(match format {
            ForeignFormat::OldWorkbook => E::OldWorkbook,
            ForeignFormat::ProtectedWorkbook => E::ProtectedWorkbook,
            ForeignFormat::Html => E::Html,
            ForeignFormat::Xml => E::Xml,
            ForeignFormat::Archive => E::Archive,
            ForeignFormat::Other => E::OtherFormat,
        }),
        TableError::Empty => fault(E::Empty),
        TableError::Damaged => fault(E::Damaged),
        TableError::Unpacked => fault(E::Unpacked),
        TableError::TooManyTexts => fault(E::TooManyTexts),
        TableError::Memo { field } => RosterFileFault {
            names: vec![field.clone()],
            ..fault(E::Memo)
        },
        TableError::UnclosedQuote { row } => at(E::UnclosedQuote, *row, None),
        TableError::Encoding { line } => at(E::Encoding, *line, None),
        TableError::Unencodable { row, column } => at(E::Encoding, *row, Some(*column)),
        TableError::TooManyBytes { .. } => fault(E::TooManyBytes),
        TableError::TooManyRows { .. } => fault(E::TooManyRows),
        TableError::RowTooLong { row, .. } => at(E::RowTooLong, *row, None),
        TableError::TooManyColumns { row, .. } => at(E::TooManyColumns, *row, None),
        TableError::CellTooLong { row, column, .. } => at(E::CellTooLong, *row, Some(*column)),
    })
}

/// The word of a format.
pub(super) const fn format_word(format: Format) -> &'static str {
    match format {
        Format::Csv => "csv",
        Format::Xlsx => "xlsx",
        Format::Dbf => "dbf",
    }
}

/// The word of an encoding.
pub(super) const fn encoding_word(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "utf-8",
        Encoding::Gb18030 => "gb18030",
        Encoding::Utf16Le => "utf-16le",
        Encoding::Utf16Be => "utf-16be",
    }
}

/// The encoding of a word.
pub(super) fn parse_encoding(word: &str) -> Option<Encoding> {
    let mut all = Encoding::ALL.into_iter();
    all.find(|&encoding| encoding_word(encoding) == word)
}

/// The word of a delimiter.
pub(super) const fn delimiter_word(delimiter: Delimiter) -> &'static str {
    match delimiter {
        Delimiter::Comma => "comma",
        Delimiter::Tab => "tab",
        Delimiter::Semicolon => "semicolon",
    }
}

/// The delimiter of a word.
pub(super) fn parse_delimiter(word: &str) -> Option<Delimiter> {
    let mut all = Delimiter::ALL.into_iter();
    all.find(|&delimiter| delimiter_word(delimiter) == word)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    fn every_encoding_is_read_from_its_word(
        #[values(
            Encoding::Utf8,
            Encoding::Gb18030,
            Encoding::Utf16Le,
            Encoding::Utf16Be
        )]
        encoding: Encoding,
    ) {
        assert_eq!(parse_encoding(encoding_word(encoding)), Some(encoding));
    }

    #[rstest]
    fn every_delimiter_is_read_from_its_word(
        #[values(Delimiter::Comma, Delimiter::Tab, Delimiter::Semicolon)] delimiter: Delimiter,
    ) {
        assert_eq!(parse_delimiter(delimiter_word(delimiter)), Some(delimiter));
    }

    #[rstest]
    #[case::empty("")]
    #[case::capitals("UTF-8")]
    #[case::another("latin-1")]
    #[case::sign(",")]
    fn other_words_are_neither_encodings_nor_delimiters(#[case] word: &str) {
        assert_eq!(parse_encoding(word), None);
        assert_eq!(parse_delimiter(word), None);
    }
}
