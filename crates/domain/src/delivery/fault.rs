//! Why a photo is not in a package, and why a package could not be made.

use crate::Text;
use crate::word::words;

words! {
    /// Why a photo is not in a package, or not quite as the profile wants it.
    DeliveryFault {
        /// The student has no student number.
        NoStudentNo = "no_student_no", "没有学号", "no student number";
        /// The student has no document of the kind that names the file.
        NoDocument = "no_document", "没有相应的证件号码", "no number of such a document";
        /// The number has characters that file names cannot hold everywhere.
        FileNameCharacters = "file_name_characters", "号码不能作为文件名", "a number that cannot be a file name";
        /// Another student's photo has the same file name.
        FileNameTaken = "file_name_taken", "文件名重复", "the file name is taken";
        /// The photo would have to be enlarged, or has another shape.
        PhotoPixels = "photo_pixels", "照片像素不足或比例不符", "too few pixels, or another shape";
        /// The photo is too large even at the lowest quality.
        PhotoTooLarge = "photo_too_large", "照片文件过大", "the file is too large";
        /// The photo is too small even at the highest quality.
        PhotoTooSmall = "photo_too_small", "照片文件过小", "the file is too small";
        /// The photo was deleted while the package was made.
        PhotoGone = "photo_gone", "照片已删除", "the photo was deleted";
        /// The profile has no code for the student's document; the photo is delivered.
        DocumentCode = "document_code", "证件类型没有对应代码", "no code for the kind of document";
        /// The charset lacks a character of the row; the photo is delivered.
        Charset = "charset", "字符集缺字", "a character that the charset lacks";
        /// CP936, in which the DBF file is, lacks a character of the row; the photo is delivered.
        DbfCharset = "dbf_charset", "DBF 缺字", "a character that the DBF file lacks";
        /// A text is longer than a field of a DBF file can be; the photo is delivered.
        DbfLength = "dbf_length", "DBF 内容过长", "a text too long for the DBF file";
    }
}

/// What lacks something.
enum Lacking {
    /// The package: the photo is not in it.
    Photo,
    /// The photo's row in every table.
    Row,
    /// Its row in the DBF file alone.
    DbfRow,
}

impl DeliveryFault {
    const fn lacking(self) -> Lacking {
        match self {
            Self::NoStudentNo
            | Self::NoDocument
            | Self::FileNameCharacters
            | Self::FileNameTaken
            | Self::PhotoPixels
            | Self::PhotoTooLarge
            | Self::PhotoTooSmall
            | Self::PhotoGone => Lacking::Photo,
            Self::DocumentCode | Self::Charset => Lacking::Row,
            Self::DbfCharset | Self::DbfLength => Lacking::DbfRow,
        }
    }

    /// Whether the photo is in the package all the same.
    pub const fn is_delivered(self) -> bool {
        matches!(self.lacking(), Lacking::Row | Lacking::DbfRow)
    }

    /// Whether it is about the row of the DBF file alone.
    pub const fn is_of_dbf(self) -> bool {
        matches!(self.lacking(), Lacking::DbfRow)
    }

    /// What happened and what to do.
    pub const fn sentence(self) -> Text {
        match self {
            Self::NoStudentNo => Text::new(
                "请在名单中补上学号，再生成一次。",
                "Add the student number on the roster, then make another package.",
            ),
            Self::NoDocument => Text::new(
                "请换一种以其他号码命名的格式，或在名单中补上证件号码。",
                "Use a profile that names files by another number, or add the number on the roster.",
            ),
            Self::FileNameCharacters => Text::new(
                "号码中有文件名不能使用的字符。请核对名单中的号码。",
                "The number has characters that file names can't have. Check it on the roster.",
            ),
            Self::FileNameTaken => Text::new(
                "已有另一条记录使用这个号码，例如同一人有两个学历层次。请换一种格式或分别交付。",
                "Another entry has this number, such as the same person with two levels. Use another profile.",
            ),
            Self::PhotoPixels => Text::new(
                "照片不会被放大或拉伸。请换一种格式。",
                "Photos are never enlarged or stretched. Use another profile.",
            ),
            Self::PhotoTooLarge => Text::new(
                "质量因子为 60 时仍超过上限。请放宽文件大小。",
                "It exceeds the limit even at quality 60. Raise the limit.",
            ),
            Self::PhotoTooSmall => Text::new(
                "质量因子为 95 时仍不足下限，不会为凑大小而放大。请放宽文件大小。",
                "It is below the limit even at quality 95, and nothing is blown up. Lower the limit.",
            ),
            Self::PhotoGone => Text::new(
                "学生撤回了同意或注销了账号。",
                "The student withdrew consent or closed the account.",
            ),
            Self::DocumentCode => Text::new(
                "照片已交付，证件类型一栏留空。请手工填写。",
                "The photo is delivered and the code left empty. Fill it in by hand.",
            ),
            Self::Charset => Text::new(
                "照片已交付，缺字以 ?? 代替。请手工填写，或改用 UTF-8。",
                "The photo is delivered; ?? stands for what is missing. Fill it in by hand, or use UTF-8.",
            ),
            Self::DbfCharset => Text::new(
                "照片已交付，manifest.dbf 中的缺字以 ?? 代替。请手工填写，或改用其他表格文件。",
                "The photo is delivered; ?? stands for what manifest.dbf lacks. Fill it in by hand, or use another table.",
            ),
            Self::DbfLength => Text::new(
                "照片已交付，manifest.dbf 中超过 254 字节的内容已截断。请以其他表格文件为准。",
                "The photo is delivered; manifest.dbf has the first 254 bytes of the text. Use another table for it.",
            ),
        }
    }
}

words! {
    /// Why a package could not be made.
    DeliveryFailure {
        /// There is nothing to deliver.
        Empty = "empty", "没有可交付的照片", "nothing to deliver";
        /// The task's keys were destroyed.
        KeysDestroyed = "keys_destroyed", "任务数据已销毁", "the task's data were destroyed";
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(DeliveryFault::NoStudentNo, false, false)]
    #[case(DeliveryFault::NoDocument, false, false)]
    #[case(DeliveryFault::FileNameCharacters, false, false)]
    #[case(DeliveryFault::FileNameTaken, false, false)]
    #[case(DeliveryFault::PhotoPixels, false, false)]
    #[case(DeliveryFault::PhotoTooLarge, false, false)]
    #[case(DeliveryFault::PhotoTooSmall, false, false)]
    #[case(DeliveryFault::PhotoGone, false, false)]
    #[case(DeliveryFault::DocumentCode, true, false)]
    #[case(DeliveryFault::Charset, true, false)]
    #[case(DeliveryFault::DbfCharset, true, true)]
    #[case(DeliveryFault::DbfLength, true, true)]
    fn a_photo_is_delivered_where_only_its_row_lacks_something(
        #[case] fault: DeliveryFault,
        #[case] is_delivered: bool,
        #[case] is_of_dbf: bool,
    ) {
        assert_eq!(fault.is_delivered(), is_delivered);
        assert_eq!(fault.is_of_dbf(), is_of_dbf);
    }

    #[test]
    fn every_fault_says_what_to_do() {
        for fault in DeliveryFault::ALL {
            let sentence = fault.sentence();
            let ends = sentence.zh.ends_with('。') && sentence.en.ends_with('.');
            assert!(ends, "{fault}");
        }
    }
}
