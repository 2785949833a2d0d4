//! What comes of a row of a roster file, and what is wrong with it.

use crate::Text;
use crate::word::words;

words! {
    /// What comes of a row, and what is wrong with it.
    RosterVerdict {
        /// The student is new to the list.
        Created = "created", "新增", "added";
        /// The student was listed and is changed.
        Updated = "updated", "更新", "changed";
        /// The student is listed just so.
        Unchanged = "unchanged", "无变化", "unchanged";
        /// The student was listed; what a person corrected by hand stays.
        KeptCorrection = "kept_correction", "保留人工修改", "correction kept";
        /// The name has lost a character.
        NameMissingGlyph = "name_missing_glyph", "姓名缺字", "character missing in the name";
        /// A student number is shorter than the others.
        LeadingZerosLost = "leading_zeros_lost", "学号疑似丢失前导零", "leading zeros lost";
        /// The same student again.
        DuplicateInFile = "duplicate_in_file", "文件内重复", "twice in the file";
        /// The same number again, for somebody else.
        ConflictInFile = "conflict_in_file", "文件内证件号冲突", "contradiction in the file";
        /// A spreadsheet cut the number off.
        IdLostDigits = "id_lost_digits", "证件号丢失末位数字", "digits of the number lost";
        /// The check character of the number does not fit.
        BadIdChecksum = "bad_id_checksum", "证件号校验位错误", "wrong check character";
        /// The number does not look like one of its document.
        BadIdFormat = "bad_id_format", "证件号格式错误", "wrong form of the number";
        /// There is no such day.
        BadDate = "bad_date", "日期无效", "invalid date";
        /// The level is none that is known.
        UnknownLevel = "unknown_level", "学历层次无法识别", "unknown level";
        /// A character was lost when the file was converted.
        ReplacedCharacter = "replaced_character", "含乱码字符", "replaced character";
        /// The field is too short for its text.
        CutCharacter = "cut_character", "字段截断了汉字", "text cut off";
        /// A cell holds no usable value.
        BadCell = "bad_cell", "单元格无法使用", "unusable cell";
        /// There is no name.
        NameMissing = "name_missing", "缺少姓名", "name missing";
        /// There is no document number.
        NumberMissing = "number_missing", "缺少证件号", "document number missing";
        /// A listed student who is not in the file.
        MissingInFile = "missing_in_file", "名单有而文件无", "not in the file";
    }
}

/// What a verdict means for its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerdictEffect {
    /// It is what came of a row that was taken.
    Taken,
    /// The row is taken, and somebody should look at it.
    Warned,
    /// The row is not taken.
    Refused,
    /// It is about a student of the list whom no row of the file names; nothing is changed.
    Noted,
}

impl RosterVerdict {
    /// What it means for its row: the table that decides what an import takes.
    pub const fn effect(self) -> VerdictEffect {
        match self {
            Self::Created | Self::Updated | Self::Unchanged | Self::KeptCorrection => {
                VerdictEffect::Taken
            }
            Self::NameMissingGlyph | Self::LeadingZerosLost => VerdictEffect::Warned,
            Self::DuplicateInFile
            | Self::ConflictInFile
            | Self::IdLostDigits
            | Self::BadIdChecksum
            | Self::BadIdFormat
            | Self::BadDate
            | Self::UnknownLevel
            | Self::ReplacedCharacter
            | Self::CutCharacter
            | Self::BadCell
            | Self::NameMissing
            | Self::NumberMissing => VerdictEffect::Refused,
            Self::MissingInFile => VerdictEffect::Noted,
        }
    }

    /// Whether a report lists the row: everybody who was added or stays as they are would fill it up.
    pub const fn is_listed(self) -> bool {
        !matches!(self, Self::Created | Self::Unchanged)
    }

    /// What happened and what to do, for an officer.
    pub fn sentence(self) -> Text {
        let found = SENTENCES.iter().find(|(verdict, _)| *verdict == self);
        found.map_or_else(|| self.label(), |&(_, sentence)| sentence)
    }
}

/// What happened and what to do.
const SENTENCES: [(RosterVerdict, Text); 19] = [
    (
        RosterVerdict::Created,
        Text::new("该学生将加入名单。", "The student joins the list."),
    ),
    (
        RosterVerdict::Updated,
        Text::new(
            "名单中已有该学生，将按文件更新。",
            "The student is listed and is changed as the file says.",
        ),
    ),
    (
        RosterVerdict::Unchanged,
        Text::new(
            "名单中的信息与文件一致。",
            "The list says the same as the file.",
        ),
    ),
    (
        RosterVerdict::KeptCorrection,
        Text::new(
            "此前人工修改过的内容与文件不同，已保留人工修改。如应以文件为准，请勾选“覆盖人工修改”后重新导入。",
            "What was corrected by hand differs from the file and stays. To take the file's, import again with corrections overwritten.",
        ),
    ),
    (
        RosterVerdict::NameMissingGlyph,
        Text::new(
            "姓名中有无法显示的字（??、__ 或造字）。学生仍可核验，请尽快补正姓名。",
            "A character of the name was lost (??, __ or a private character). The student can be verified; please correct the name.",
        ),
    ),
    (
        RosterVerdict::LeadingZerosLost,
        Text::new(
            "学号比其他学生短，可能丢失了开头的 0。已按文件导入，请核对，并把该列设为文本格式。",
            "The student number is shorter than the others; zeros at its beginning may be lost. It was taken as it is: check it, and format the column as text.",
        ),
    ),
    (
        RosterVerdict::DuplicateInFile,
        Text::new(
            "文件前面已有同一名学生，本行未导入。",
            "An earlier row lists the same student; this row was not taken.",
        ),
    ),
    (
        RosterVerdict::ConflictInFile,
        Text::new(
            "文件前面有同一证件号或学号但信息不同的行，本行未导入。请确认哪一行正确。",
            "An earlier row has the same document or student number and says something else; this row was not taken. Find out which is right.",
        ),
    ),
    (
        RosterVerdict::IdLostDigits,
        Text::new(
            "表格软件只保留 15 位数字，号码末位已丢失，无法恢复。请把该列设为文本格式，从原始数据重新填写。",
            "Spreadsheets keep 15 digits of a number, and the last ones are lost for ever. Format the column as text and fill it in again from the source.",
        ),
    ),
    (
        RosterVerdict::BadIdChecksum,
        Text::new(
            "证件号最后一位与前面不符，号码中有一位有误。请核对。",
            "The last character does not go with the others: one of them is wrong. Check the number.",
        ),
    ),
    (
        RosterVerdict::BadIdFormat,
        Text::new(
            "号码的位数或字符不符合该证件类型。请核对证件类型和号码。",
            "Length or characters are not those of this kind of document. Check the kind and the number.",
        ),
    ),
    (
        RosterVerdict::BadDate,
        Text::new(
            "日期不存在或无法识别。请写成 20260630 或 2026-06-30。",
            "There is no such day, or it cannot be read. Write 20260630 or 2026-06-30.",
        ),
    ),
    (
        RosterVerdict::UnknownLevel,
        Text::new(
            "学历层次为空或无法识别。请填写博士研究生、硕士研究生、第二学士学位、本科、专科等。",
            "The level is empty or unknown. Write 博士研究生, 硕士研究生, 第二学士学位, 本科 or 专科.",
        ),
    ),
    (
        RosterVerdict::ReplacedCharacter,
        Text::new(
            "单元格中有转换时产生的乱码。请用正确的编码重新导出文件。",
            "The cell holds what is left of a character after a wrong conversion. Export the file again in the right encoding.",
        ),
    ),
    (
        RosterVerdict::CutCharacter,
        Text::new(
            "字段宽度不足，汉字被截成半个。请加宽字段后重新导出。",
            "The field is too short and ends in half a character. Export the file again with a wider field.",
        ),
    ),
    (
        RosterVerdict::BadCell,
        Text::new(
            "单元格是错误值（如 #N/A）、过长，或含有控制字符。请改正后重新导入。",
            "The cell holds an error such as #N/A, is too long, or has control characters. Correct it and import again.",
        ),
    ),
    (
        RosterVerdict::NameMissing,
        Text::new("请填写姓名。", "Fill in the name."),
    ),
    (
        RosterVerdict::NumberMissing,
        Text::new("请填写证件号码。", "Fill in the document number."),
    ),
    (
        RosterVerdict::MissingInFile,
        Text::new(
            "该学生在名单中，但文件里没有。名单未改动；如已不在册，请撤销该学生。",
            "The student is on the list and not in the file. Nothing was changed; take them off the list if they left.",
        ),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_taken_as_the_table_says() {
        let of = |effect| {
            let all = RosterVerdict::ALL.iter();
            all.filter(|verdict| verdict.effect() == effect)
                .map(|verdict| verdict.as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            of(VerdictEffect::Taken),
            ["created", "updated", "unchanged", "kept_correction"]
        );
        assert_eq!(
            of(VerdictEffect::Warned),
            ["name_missing_glyph", "leading_zeros_lost"]
        );
        assert_eq!(of(VerdictEffect::Noted), ["missing_in_file"]);
        assert_eq!(of(VerdictEffect::Refused).len(), 12);
        for verdict in RosterVerdict::ALL {
            let sentence = verdict.sentence();
            assert!(sentence.zh.ends_with('。') && sentence.en.ends_with('.'));
        }
    }

    #[test]
    fn a_report_lists_every_row_that_is_not_as_expected() {
        let all = RosterVerdict::ALL.iter();
        let unlisted: Vec<_> = all.filter(|verdict| !verdict.is_listed()).collect();
        assert_eq!(
            unlisted,
            [&RosterVerdict::Created, &RosterVerdict::Unchanged]
        );
    }
}
