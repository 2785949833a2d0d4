//! Kinds of files that are recognised and not read.

/// A kind of file that is recognised and not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForeignFormat {
    /// A workbook of Excel 97 to 2003.
    OldWorkbook,
    /// A workbook that needs a password.
    ProtectedWorkbook,
    /// A web page, which many systems name `.xls`.
    Html,
    /// XML, such as a workbook of Excel 2003 in XML.
    Xml,
    /// An archive that is no workbook of Excel: ODS, XLSB, a ZIP of files.
    Archive,
    /// A picture, a PDF or something else that is no table.
    Other,
}
