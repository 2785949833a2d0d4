//! Why a roster file is not read, and what to do.

use crate::Text;
use crate::word::words;

words! {
    /// Why a roster file is not read.
    RosterFileError {
        /// An old workbook.
        OldWorkbook = "old_workbook", "旧版 .xls 文件", "an old .xls workbook";
        /// A workbook with a password.
        ProtectedWorkbook = "protected_workbook", "文件有密码", "a workbook with a password";
        /// A web page.
        Html = "html", "网页文件", "a web page";
        /// XML.
        Xml = "xml", "XML 文件", "an XML file";
        /// An archive.
        Archive = "archive", "压缩包", "an archive";
        /// Something else.
        OtherFormat = "other_format", "不是表格文件", "no table";
        /// Nothing in it.
        Empty = "empty", "空表", "an empty table";
        /// Damaged.
        Damaged = "damaged", "文件损坏", "a damaged file";
        /// A workbook that unpacks to too much.
        Unpacked = "unpacked", "解压后过大", "too large when unpacked";
        /// Too many different texts.
        TooManyTexts = "too_many_texts", "工作簿过大", "too large a workbook";
        /// Fields in a memo file.
        Memo = "memo", "含备注字段", "a memo field";
        /// A quote that is not closed.
        UnclosedQuote = "unclosed_quote", "引号不成对", "a quote that is not closed";
        /// An unknown encoding.
        Encoding = "encoding", "编码无法识别", "an unknown encoding";
        /// Too many bytes.
        TooManyBytes = "too_many_bytes", "文件过大", "too large a file";
        /// Too many rows.
        TooManyRows = "too_many_rows", "行数过多", "too many rows";
        /// A row that is too long.
        RowTooLong = "row_too_long", "某一行过长", "too long a row";
        /// Too many columns.
        TooManyColumns = "too_many_columns", "列数过多", "too many columns";
        /// A cell that is too long.
        CellTooLong = "cell_too_long", "单元格过长", "too long a cell";
        /// No row names the columns.
        NoHeading = "no_heading", "找不到表头", "no heading";
        /// Two columns hold the same.
        ColumnTwice = "column_twice", "两列含义相同", "two columns of one meaning";
        /// A column that is needed is missing.
        ColumnMissing = "column_missing", "缺少必需的列", "a missing column";
        /// The file is not there any more.
        FileGone = "file_gone", "文件已删除", "the file is gone";
    }
}

impl RosterFileError {
    /// What to do, for an officer.
    pub fn sentence(self) -> Text {
        let found = SENTENCES.iter().find(|(error, _)| *error == self);
        found.map_or_else(|| self.label(), |&(_, sentence)| sentence)
    }
}

/// What to do.
const SENTENCES: [(RosterFileError, Text); 22] = [
    (
        RosterFileError::OldWorkbook,
        Text::new(
            "这是 Excel 97–2003 的 .xls 文件。请在表格软件中另存为 .xlsx 或 CSV 后上传。",
            "This is an .xls file of Excel 97 to 2003. Save it as .xlsx or CSV and upload that.",
        ),
    ),
    (
        RosterFileError::ProtectedWorkbook,
        Text::new(
            "文件有打开密码。请去掉密码后重新上传。",
            "The file needs a password. Remove the password and upload it again.",
        ),
    ),
    (
        RosterFileError::Html,
        Text::new(
            "这是网页文件，只是扩展名为 .xls。请用表格软件打开并另存为 .xlsx 后上传。",
            "This is a web page with another name. Open it in a spreadsheet, save it as .xlsx and upload that.",
        ),
    ),
    (
        RosterFileError::Xml,
        Text::new(
            "这是 XML 文件。请用表格软件打开并另存为 .xlsx 后上传。",
            "This is an XML file. Open it in a spreadsheet, save it as .xlsx and upload that.",
        ),
    ),
    (
        RosterFileError::Archive,
        Text::new(
            "这是压缩包或其他表格格式。请上传 .xlsx、CSV 或 DBF 文件本身。",
            "This is an archive or another kind of workbook. Upload the .xlsx, CSV or DBF file itself.",
        ),
    ),
    (
        RosterFileError::OtherFormat,
        Text::new(
            "文件不是表格。请上传 .xlsx、CSV 或 DBF 文件。",
            "The file is no table. Upload an .xlsx, CSV or DBF file.",
        ),
    ),
    (
        RosterFileError::Empty,
        Text::new(
            "文件中没有任何数据。请检查是否选错了文件或工作表被隐藏。",
            "There is nothing in the file. Is it the right one, and is its sheet visible?",
        ),
    ),
    (
        RosterFileError::Damaged,
        Text::new(
            "文件不完整或已损坏。请重新导出后上传。",
            "The file is incomplete or damaged. Export it again.",
        ),
    ),
    (
        RosterFileError::Unpacked,
        Text::new(
            "工作簿解压后过大。请另存为 CSV 后上传。",
            "The workbook is too large when it is unpacked. Save it as CSV and upload that.",
        ),
    ),
    (
        RosterFileError::TooManyTexts,
        Text::new(
            "工作簿内容过多。请另存为 CSV，或拆分成几个文件后上传。",
            "The workbook holds too much. Save it as CSV, or split it into several files.",
        ),
    ),
    (
        RosterFileError::Memo,
        Text::new(
            "DBF 文件含有备注（memo）字段。请删除该字段或导出为 CSV 后上传。",
            "The DBF file has a memo field. Remove the field, or export the table as CSV.",
        ),
    ),
    (
        RosterFileError::UnclosedQuote,
        Text::new(
            "该行的引号没有成对。请改正后上传。",
            "A quote of this row is not closed. Correct it and upload the file again.",
        ),
    ),
    (
        RosterFileError::Encoding,
        Text::new(
            "该行不是所选编码的文字。请选择正确的编码，或另存为 UTF-8 后上传。",
            "This line is not in the encoding. Choose another encoding, or save the file as UTF-8.",
        ),
    ),
    (
        RosterFileError::TooManyBytes,
        Text::new(
            "文件超过上限。请拆分成几个文件后上传。",
            "The file is larger than is read. Split it into several files.",
        ),
    ),
    (
        RosterFileError::TooManyRows,
        Text::new(
            "行数超过上限。请拆分成几个文件后上传。",
            "There are more rows than are read. Split the file into several.",
        ),
    ),
    (
        RosterFileError::RowTooLong,
        Text::new(
            "该行过长，可能缺少一个引号或换行。请改正后上传。",
            "This row is too long; perhaps a quote or an end of line is missing.",
        ),
    ),
    (
        RosterFileError::TooManyColumns,
        Text::new(
            "该行的列数超过上限。请只保留需要的列。",
            "This row has more columns than are read. Keep those that are needed.",
        ),
    ),
    (
        RosterFileError::CellTooLong,
        Text::new(
            "该单元格的文字过长。请改正后上传。",
            "The text of this cell is too long. Correct it and upload the file again.",
        ),
    ),
    (
        RosterFileError::NoHeading,
        Text::new(
            "前 20 行中没有找到列名。请在第一行写上姓名、证件号码、学历层次等列名。",
            "None of the first 20 rows names the columns. Put names such as 姓名, 证件号码 and 学历层次 into the first row.",
        ),
    ),
    (
        RosterFileError::ColumnTwice,
        Text::new(
            "有两列对应同一内容。请在列对应中选择使用哪一列。",
            "Two columns hold the same. Choose which of them is used.",
        ),
    ),
    (
        RosterFileError::ColumnMissing,
        Text::new(
            "没有找到姓名或证件号码列。请在列对应中指定。",
            "No column holds the name or the document number. Say which one does.",
        ),
    ),
    (
        RosterFileError::FileGone,
        Text::new(
            "上传的文件已不在。请重新上传。",
            "The uploaded file is gone. Upload it again.",
        ),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_says_what_to_do() {
        for error in RosterFileError::ALL {
            let sentence = error.sentence();
            let ends = |text: &str| text.ends_with(['。', '.', '?']);
            assert!(ends(sentence.zh) && ends(sentence.en), "{error}");
        }
    }
}
