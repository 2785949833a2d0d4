//! Profiles: what a package for one purpose looks like, as data. Sources: docs/sources.md#delivery.

use crate::Text;
use crate::word::words;

words! {
    /// By what a photo's file is named.
    FileNameKey {
        /// The student number.
        StudentNo = "student_no", "学号", "student number";
        /// The number of an identity card of the mainland or of a residence permit, with 18 digits.
        IdentityCard = "identity_card", "身份证号", "identity card number";
        /// The number of whichever document the roster has first.
        Document = "document", "证件号码", "document number";
    }
}

words! {
    /// The form of a table.
    DeliveryTable {
        /// Comma-separated.
        Csv = "csv", "CSV", "CSV";
        /// Tab-separated.
        Tab = "tab", "制表符分隔文本", "tab-separated text";
        /// A workbook.
        Xlsx = "xlsx", "Excel", "Excel";
    }
}

words! {
    /// How the characters of a table are written.
    DeliveryCharset {
        /// UTF-8 with a byte order mark.
        Utf8 = "utf-8", "UTF-8（带 BOM）", "UTF-8 with BOM";
        /// GB18030.
        Gb18030 = "gb18030", "GB18030", "GB18030";
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnValue {
    /// The name.
    Name,
    /// The student number.
    StudentNo,
    /// The kind of document, as a code of SFZJLX.
    DocumentCode,
    /// The kind of document in two digits, as degree data have it; 01 alone is known.
    DocumentTwoDigits,
    /// The kind of document in words.
    DocumentLabel,
    /// The number that names the document.
    DocumentNumber,
    /// 男 or 女, where the number says so.
    Gender,
    /// The day of birth as yyyyMMdd, where the number says so.
    BirthDay,
    /// The level, as CHSI writes it.
    Level,
    /// The college.
    College,
    /// The major.
    Major,
    /// The class.
    ClassName,
    /// The expected day of graduation as yyyyMMdd.
    GraduationDay,
    /// The expected month of graduation as yyyyMM.
    GraduationMonth,
    /// The photo's name without its folder.
    PhotoName,
    /// The photo's name with its folder.
    PhotoPath,
    /// SHA-256 of the photo's file.
    Sha256,
    /// The length of the photo's file.
    Bytes,
    /// The photo's width in pixels.
    Width,
    /// The photo's height in pixels.
    Height,
    /// The photo's density.
    Dpi,
    /// When the photo was accepted, in China's time.
    ReviewedAt,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeliveryColumn {
    /// Its heading.
    pub heading: &'static str,
    /// What it holds.
    pub value: ColumnValue,
}

/// The size of photos in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhotoSize {
    /// The width.
    pub width: u16,
    /// The height.
    pub height: u16,
}

/// What a package for one purpose looks like.
#[derive(Debug, Clone, Copy)]
pub struct DeliveryProfile {
    /// Its name for programs, and in names of files.
    pub id: &'static str,
    /// Its name.
    pub name: Text,
    /// What it is for.
    pub about: Text,
    /// By what photos are named.
    pub key: FileNameKey,
    /// The columns of the table.
    pub columns: &'static [DeliveryColumn],
    /// The form of the table; a CSV table is always there besides a workbook.
    pub table: DeliveryTable,
    /// The charset of CSV and text, unless another is chosen.
    pub charset: DeliveryCharset,
    /// The least and the most kilobytes of a photo, unless others are chosen; none is limited.
    pub min_kb: Option<u32>,
    /// The most.
    pub max_kb: Option<u32>,
    /// The size in pixels that photos must have.
    pub size: PhotoSize,
    /// Whether it holds the photos alone whose orders are settled and have prints, with sheets to print. Acknowledging such
    /// a package hands no photo over.
    pub is_for_prints: bool,
}

const fn column(heading: &'static str, value: ColumnValue) -> DeliveryColumn {
    DeliveryColumn { heading, value }
}

/// What the national standard demands.
const STANDARD: PhotoSize = PhotoSize {
    width: 480,
    height: 640,
};

/// The names of today's student records (XLSX), as far as the roster has them, and facts about the photo.
const RECORD_COLUMNS: &[DeliveryColumn] = &[
    column("XH", ColumnValue::StudentNo),
    column("XM", ColumnValue::Name),
    column("XB", ColumnValue::Gender),
    column("CSRQ", ColumnValue::BirthDay),
    column("ZJLX", ColumnValue::DocumentLabel),
    column("ZJHM", ColumnValue::DocumentNumber),
    column("ZYMC", ColumnValue::Major),
    column("FY", ColumnValue::College),
    column("BH", ColumnValue::ClassName),
    column("CC", ColumnValue::Level),
    column("YJBYRQ", ColumnValue::GraduationDay),
    column("PHOTO_FILE", ColumnValue::PhotoPath),
    column("SHA256", ColumnValue::Sha256),
    column("BYTES", ColumnValue::Bytes),
    column("W", ColumnValue::Width),
    column("H", ColumnValue::Height),
    column("DPI", ColumnValue::Dpi),
    column("REVIEWED_AT", ColumnValue::ReviewedAt),
];

const DEGREE_COLUMNS: &[DeliveryColumn] = &[
    column("XM", ColumnValue::Name),
    column("XB", ColumnValue::Gender),
    column("CSRQ", ColumnValue::BirthDay),
    column("ZJLXM", ColumnValue::DocumentTwoDigits),
    column("ZJHM", ColumnValue::DocumentNumber),
    column("XH", ColumnValue::StudentNo),
    column("BYNY", ColumnValue::GraduationMonth),
    column("ZP", ColumnValue::PhotoName),
];

const INDEX_COLUMNS: &[DeliveryColumn] = &[
    column("NUMBER", ColumnValue::StudentNo),
    column("FILE", ColumnValue::PhotoPath),
];

const PRINT_COLUMNS: &[DeliveryColumn] = &[
    column("XH", ColumnValue::StudentNo),
    column("XM", ColumnValue::Name),
    column("FY", ColumnValue::College),
    column("BH", ColumnValue::ClassName),
    column("PHOTO_FILE", ColumnValue::PhotoPath),
];

/// The profiles that come with gradphoto.
pub const SHIPPED_PROFILES: &[DeliveryProfile] = &[
    DeliveryProfile {
        id: "student-record",
        name: Text::new("学籍照片（XLSX）", "Student records (XLSX)"),
        about: Text::new(
            "照片以学号命名，附学信网学籍字段的 Excel 和 CSV 表。20–40 KB。",
            "Photos named by student number, with a workbook and a CSV of CHSI's student-record columns. 20–40 KB.",
        ),
        key: FileNameKey::StudentNo,
        columns: RECORD_COLUMNS,
        table: DeliveryTable::Xlsx,
        charset: DeliveryCharset::Utf8,
        min_kb: Some(20),
        max_kb: Some(40),
        size: STANDARD,
        is_for_prints: false,
    },
    DeliveryProfile {
        id: "degree",
        name: Text::new("学位网", "Degree net"),
        about: Text::new(
            "照片以证件号码命名，附含 ZP（照片文件名）和两位 ZJLXM 的表。",
            "Photos named by document number, with a table that has ZP (the file name) and a two-digit ZJLXM.",
        ),
        key: FileNameKey::Document,
        columns: DEGREE_COLUMNS,
        table: DeliveryTable::Csv,
        charset: DeliveryCharset::Gb18030,
        min_kb: None,
        max_kb: None,
        size: STANDARD,
        is_for_prints: false,
    },
    DeliveryProfile {
        id: "student-number",
        name: Text::new("学号.jpg", "Student number.jpg"),
        about: Text::new(
            "照片以学号命名，附 CSV 表。多数教务系统使用。",
            "Photos named by student number, with a CSV. What most academic systems take.",
        ),
        key: FileNameKey::StudentNo,
        columns: RECORD_COLUMNS,
        table: DeliveryTable::Csv,
        charset: DeliveryCharset::Utf8,
        min_kb: None,
        max_kb: None,
        size: STANDARD,
        is_for_prints: false,
    },
    DeliveryProfile {
        id: "id-number",
        name: Text::new("身份证号.jpg", "Identity card number.jpg"),
        about: Text::new(
            "照片以身份证号命名，附 CSV 表。使用其他证件的学生列入 errors.csv。",
            "Photos named by identity card number, with a CSV. Students with other documents are listed in errors.csv.",
        ),
        key: FileNameKey::IdentityCard,
        columns: RECORD_COLUMNS,
        table: DeliveryTable::Csv,
        charset: DeliveryCharset::Utf8,
        min_kb: None,
        max_kb: None,
        size: STANDARD,
        is_for_prints: false,
    },
    DeliveryProfile {
        id: "tab-index",
        name: Text::new("制表符索引", "Tab-separated index"),
        about: Text::new(
            "照片以学号命名，附“学号、文件名”两列的制表符分隔文本。",
            "Photos named by student number, with a tab-separated text of number and file name.",
        ),
        key: FileNameKey::StudentNo,
        columns: INDEX_COLUMNS,
        table: DeliveryTable::Tab,
        charset: DeliveryCharset::Utf8,
        min_kb: None,
        max_kb: None,
        size: STANDARD,
        is_for_prints: false,
    },
    DeliveryProfile {
        id: "prints",
        name: Text::new("照片冲印", "Prints"),
        about: Text::new(
            "只含已支付照片制作费的照片，附按学院、班级、学号排列的打印页（A4，每页 16 张，300 dpi）和签收表。",
            "Only photos whose prints are paid for, with sheets to print (A4, 16 photos each, 300 dpi) and lists to sign, by college, class and student number.",
        ),
        key: FileNameKey::StudentNo,
        columns: PRINT_COLUMNS,
        table: DeliveryTable::Csv,
        charset: DeliveryCharset::Utf8,
        min_kb: None,
        max_kb: None,
        size: STANDARD,
        is_for_prints: true,
    },
];

impl DeliveryProfile {
    /// The profile of a name; `None` where there is none.
    pub fn find(id: &str) -> Option<&'static Self> {
        SHIPPED_PROFILES.iter().find(|profile| profile.id == id)
    }

    /// The headings of the table.
    pub fn headings(&self) -> Vec<&'static str> {
        self.columns.iter().map(|column| column.heading).collect()
    }
}
