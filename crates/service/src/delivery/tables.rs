//! The tables of a package: what is in it, what is not and why, and what counts no more.

use std::io::Cursor;

use chrono::{Datelike, NaiveDate};
use domain::delivery::{
    DeliveryCharset, DeliveryFault, DeliveryProfile, DeliverySettings, DeliveryTable,
};
use domain::roster::ListedStudent;
use table::{
    DbfDay, DbfWriter, Delimiter, Encoding, TableError, WorkbookWriter, WriteOptions, Writer,
};

use crate::Failure;

/// What stands for a text that the charset lacks. Source: docs/sources.md#delivery.
const MISSING: &str = "??";

/// A table whose texts may have to be replaced.
struct TextTable(Writer<Vec<u8>>);

impl TextTable {
    fn new(options: WriteOptions) -> Result<Self, Failure> {
        Ok(Self(
            Writer::new(Vec::new(), options).map_err(|error| told(&error))?,
        ))
    }

    /// Adds a row; whether a cell had to be replaced.
    fn write(&mut self, mut cells: Vec<String>) -> Result<bool, Failure> {
        let mut is_replaced = false;
        loop {
            match self.0.write(&cells) {
                Ok(()) => return Ok(is_replaced),
                Err(TableError::Unencodable { column, .. }) => {
                    let cell = cells.get_mut(column.saturating_sub(1));
                    let cell = cell.ok_or(Failure::Fault("a table names a cell it lacks"))?;
                    MISSING.clone_into(cell);
                    is_replaced = true;
                }
                Err(error) => return Err(told(&error)),
            }
        }
    }

    fn finish(self) -> Result<Vec<u8>, Failure> {
        self.0.finish().map_err(|error| told(&error))
    }
}

fn told(error: &TableError) -> Failure {
    tracing::error!(%error, "A table of a package cannot be written: {error}");
    Failure::Fault("a table of a package cannot be written")
}

/// The tables of a package while it is made.
pub(super) struct Tables {
    manifest_name: &'static str,
    manifest: TextTable,
    workbook: Option<WorkbookWriter>,
    dbf: Option<DbfWriter>,
    errors: TextTable,
    removed: TextTable,
}

/// A table of a package.
pub(super) struct TableFile {
    pub(super) name: &'static str,
    pub(super) content: Vec<u8>,
}

impl Tables {
    /// The tables of a profile, with their headings.
    pub(super) fn new(
        profile: &DeliveryProfile,
        settings: &DeliverySettings,
    ) -> Result<Self, Failure> {
        let encoding = match settings.charset {
            DeliveryCharset::Utf8 => Encoding::Utf8,
            DeliveryCharset::Gb18030 => Encoding::Gb18030,
        };
        let with = |delimiter| {
            TextTable::new(WriteOptions {
                encoding,
                delimiter,
            })
        };
        let (manifest_name, delimiter) = match profile.table {
            DeliveryTable::Csv | DeliveryTable::Xlsx => ("manifest.csv", Delimiter::Comma),
            DeliveryTable::Tab => ("index.txt", Delimiter::Tab),
        };
        let mut tables = Self {
            manifest_name,
            manifest: with(delimiter)?,
            workbook: match profile.table {
                DeliveryTable::Xlsx => {
                    Some(WorkbookWriter::new("photos").map_err(|error| told(&error))?)
                }
                DeliveryTable::Csv | DeliveryTable::Tab => None,
            },
            // The fields of a DBF file have their names in its header.
            dbf: None,
            errors: with(Delimiter::Comma)?,
            removed: with(Delimiter::Comma)?,
        };
        let headings = profile.headings();
        let cells: Vec<_> = headings.iter().map(|&heading| heading.to_owned()).collect();
        tables.list(&cells)?;
        tables.dbf = settings.has_dbf.then(|| DbfWriter::new(&headings));
        let errors = ["XH", "XM", "CODE", "REASON", "WHAT_TO_DO", "DELIVERED"];
        tables.errors.write(errors.map(str::to_owned).to_vec())?;
        tables.removed.write(vec!["PHOTO_FILE".to_owned()])?;
        Ok(tables)
    }

    /// Lists a photo, and says what of its texts a table cannot hold.
    pub(super) fn list(&mut self, cells: &[String]) -> Result<Vec<DeliveryFault>, Failure> {
        if let Some(workbook) = &mut self.workbook {
            workbook.write(cells).map_err(|error| told(&error))?;
        }
        let loss = self.dbf.as_mut().map(|dbf| dbf.write(cells));
        let loss = loss.unwrap_or_default();
        let faults = [
            (self.manifest.write(cells.to_vec())?, DeliveryFault::Charset),
            (loss.is_replaced, DeliveryFault::DbfCharset),
            (loss.is_cut, DeliveryFault::DbfLength),
        ];
        let faults = faults.into_iter().filter(|(is_there, _)| *is_there);
        Ok(faults.map(|(_, fault)| fault).collect())
    }

    /// Lists why a photo is not in the package, or not quite as it should be.
    pub(super) fn complain(
        &mut self,
        student: &ListedStudent,
        fault: DeliveryFault,
    ) -> Result<(), Failure> {
        let delivered = if fault.is_delivered() { "1" } else { "0" };
        self.errors.write(vec![
            student.student_no.clone().unwrap_or_default(),
            student.name.clone(),
            fault.as_str().to_owned(),
            fault.label().zh.to_owned(),
            fault.sentence().zh.to_owned(),
            delivered.to_owned(),
        ])?;
        Ok(())
    }

    /// Lists a file that counts no more.
    pub(super) fn remove(&mut self, path: &str) -> Result<(), Failure> {
        self.removed.write(vec![path.to_owned()])?;
        Ok(())
    }

    /// The tables as files of a day.
    pub(super) fn finish(self, day: NaiveDate) -> Result<Vec<TableFile>, Failure> {
        let mut files = vec![
            TableFile {
                name: self.manifest_name,
                content: self.manifest.finish()?,
            },
            TableFile {
                name: "errors.csv",
                content: self.errors.finish()?,
            },
            TableFile {
                name: "removed.csv",
                content: self.removed.finish()?,
            },
        ];
        if let Some(workbook) = self.workbook {
            let mut content = Cursor::new(Vec::new());
            workbook
                .finish(&mut content)
                .map_err(|error| told(&error))?;
            files.push(TableFile {
                name: "manifest.xlsx",
                content: content.into_inner(),
            });
        }
        if let Some(dbf) = self.dbf {
            let content = dbf.finish(dbf_day(day)).map_err(|error| told(&error))?;
            let name = "manifest.dbf";
            files.push(TableFile { name, content });
        }
        Ok(files)
    }
}

fn dbf_day(day: NaiveDate) -> DbfDay {
    let small = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
    DbfDay {
        year: u16::try_from(day.year()).unwrap_or(u16::MAX),
        month: small(day.month()),
        day: small(day.day()),
    }
}
