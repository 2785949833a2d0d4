//! What the school or the Ministry's platform (学信网) says of delivered photos, as a file: which row means what.

use crate::fold::fold;
use crate::review::{MOST_REASONS, REVIEW_NOTE_MAX, RejectReason};
use crate::roster::RosterColumn;
use crate::word::words;

/// The most rows of such a file.
pub const MOST_RESULT_ROWS: u64 = 50_000;
/// The most rows of one file that send photos back: more is a wrong file, or one to be cut in parts.
pub const MOST_REFUSALS: usize = 1_000;
/// The most rows that are listed with what became of them; the others are counted.
pub const MOST_LISTED_ROWS: usize = 500;

words! {
    /// Whose results a file holds.
    ResultSource {
        /// The school looked at the photos itself.
        School = "school", "学校检查", "the school";
        /// The platform checked the quality of the files.
        ChsiQuality = "chsi_quality", "学信网图像质量检测", "CHSI's quality check";
        /// The platform compared each photo with the person's document.
        ChsiFace = "chsi_face", "学信网人像比对", "CHSI's comparison of faces";
    }
}

words! {
    /// What becomes of a row.
    ResultVerdict {
        /// The accepted photo goes back to its student.
        Refused = "refused", "退回，学生可重新提交", "sent back";
        /// Nothing is wrong with the photo.
        Passed = "passed", "通过，无需处理", "passed";
        /// The platform has a photo of the student already; ours stays as it is.
        Exists = "exists", "对方已有照片，无需处理", "they have a photo already";
        /// The photo does not count any more: it was sent back before, or replaced.
        NoPhoto = "no_photo", "没有已通过的照片", "no accepted photo";
        /// Nobody on the roster has the number.
        UnknownKey = "unknown_key", "名单中没有这个号码", "not on the roster";
        /// The row names nobody.
        NoKey = "no_key", "没有学号或证件号码", "no number";
        /// An earlier row of the file is about the same student.
        Duplicate = "duplicate", "与前面的行重复", "the same student again";
        /// The number leads to several students, for example of two levels.
        Ambiguous = "ambiguous", "号码对应多名学生，请用学号", "several students have the number";
        /// What the row says is neither good nor a reason.
        Unclear = "unclear", "无法识别结果，请填写原因", "the result is not clear";
    }
}

words! {
    /// A column of such a file.
    ResultColumn {
        /// The student number.
        StudentNo = "student_no", "学号", "student number";
        /// The document number.
        DocumentNumber = "document_number", "证件号码", "document number";
        /// What was found.
        Result = "result", "结果或原因", "result or reason";
    }
}

/// Headings of the last column.
const RESULT_HEADINGS: &[&str] = &[
    "原因",
    "结果",
    "不合格原因",
    "退回原因",
    "检测结果",
    "比对结果",
    "校验结果",
    "审核结果",
    "备注",
    "说明",
    "reason",
    "result",
    "JG",
    "YY",
];

impl ResultColumn {
    /// The column that a heading names.
    pub fn recognise(heading: &str) -> Option<Self> {
        match RosterColumn::recognise(heading) {
            Some(RosterColumn::StudentNo) => return Some(Self::StudentNo),
            Some(RosterColumn::DocumentNumber) => return Some(Self::DocumentNumber),
            Some(_) | None => {}
        }
        let name = fold(heading);
        let is_result = RESULT_HEADINGS.iter().any(|known| fold(known) == name);
        is_result.then_some(Self::Result)
    }
}

/// How many students are where: on the roster, with an accepted photo of ours, in the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ThreeWayComparison {
    /// On the roster, accepted here, and in the file.
    pub everywhere: u64,
    /// Accepted here and not in the file: the platform has nothing of them.
    pub not_in_file: u64,
    /// In the file and not accepted here.
    pub not_accepted: u64,
    /// On the roster and nowhere else.
    pub only_listed: u64,
    /// In the file and not on the roster.
    pub not_listed: u64,
}

/// What the text of a row means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResultMeaning {
    /// The photo is good.
    Passed,
    /// The platform has one already.
    Exists,
    /// The photo is not taken.
    Refused {
        /// Why, as the student reads it.
        reasons: Vec<RejectReason>,
        /// The row's own words, where they say more.
        note: Option<String>,
    },
    /// Neither.
    Unclear,
}

/// Words by which a text says that the platform has a photo.
const EXISTS: &[&str] = &["已存在", "已有照片", "照片已", "exists"];
/// Words by which it says no; looked for before those that say yes, which many of them hold.
const BAD: &[&str] = &[
    "不合格",
    "不通过",
    "未通过",
    "不一致",
    "不符",
    "失败",
    "非本人",
    "不是同一人",
    "退回",
    "fail",
    "reject",
];
/// Words by which it says yes.
const GOOD: &[&str] = &["合格", "通过", "一致", "同一人", "成功", "pass", "ok"];
/// What stands between a verdict and reasons, as it is after folding.
const MARKS: &[char] = &[';', ',', '、', '/', '|', ':', '(', ')'];

/// Reads what a row says. A reason is a word of the API or its name in Chinese or English; several may stand there, also behind
/// a verdict.
pub fn result_meaning(source: ResultSource, text: &str) -> ResultMeaning {
    let text = text.trim();
    let folded = fold(text);
    let says = |words: &[&str]| words.iter().any(|word| folded.contains(&fold(word)));
    if says(EXISTS) {
        return ResultMeaning::Exists;
    }
    let pieces = pieces_of(&folded);
    let mut reasons = Vec::new();
    for reason in pieces.iter().filter_map(|piece| piece.reason) {
        if !reasons.contains(&reason) && reasons.len() < MOST_REASONS {
            reasons.push(reason);
        }
    }
    let says_more = reasons.is_empty() || pieces.iter().any(Piece::says_more);
    if reasons.is_empty() {
        if !says(BAD) {
            return if says(GOOD) {
                ResultMeaning::Passed
            } else {
                ResultMeaning::Unclear
            };
        }
        match source {
            ResultSource::ChsiQuality => reasons.push(RejectReason::LowQuality),
            ResultSource::ChsiFace => reasons.push(RejectReason::NotSelf),
            // A school knows why.
            ResultSource::School => return ResultMeaning::Unclear,
        }
    }
    let note = says_more.then(|| format!("{}：{text}", source.label().zh));
    let note = note.map(|note| note.chars().take(REVIEW_NOTE_MAX).collect());
    ResultMeaning::Refused { reasons, note }
}

/// What stands between two marks.
#[derive(Debug)]
struct Piece<'a> {
    text: &'a str,
    /// The reason that it names.
    reason: Option<RejectReason>,
}

impl Piece<'_> {
    /// Whether it is more than a verdict or the name of a reason.
    fn says_more(&self) -> bool {
        self.reason.is_none() && !BAD.iter().any(|word| fold(word) == self.text)
    }
}

/// The pieces of a folded text. The names of some reasons have marks in them.
fn pieces_of(folded: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = folded.trim_start_matches(MARKS);
    while !rest.is_empty() {
        let named = reason_at(rest);
        let end = named.map_or_else(
            || rest.find(MARKS).unwrap_or(rest.len()),
            |(_, length)| length,
        );
        let (text, after) = rest.split_at(end);
        let reason = named.map(|(reason, _)| reason);
        pieces.push(Piece { text, reason });
        rest = after.trim_start_matches(MARKS);
    }
    pieces
}

/// The reason whose name a folded text begins with, up to a mark or the end, and the length of that name in bytes.
fn reason_at(folded: &str) -> Option<(RejectReason, usize)> {
    RejectReason::ALL.iter().copied().find_map(|reason| {
        let label = reason.label();
        let names = [reason.as_str(), label.zh, label.en].map(fold);
        let is_it = |name: &&String| {
            let after = folded.strip_prefix(name.as_str());
            after.is_some_and(|after| after.is_empty() || after.starts_with(MARKS))
        };
        let name = names.iter().find(is_it)?;
        Some((reason, name.len()))
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use RejectReason::{BgShadow, Blur, Hair, LowQuality, NotSelf};
    use ResultSource::{ChsiFace, ChsiQuality, School};

    fn refused(reasons: &[RejectReason], note: Option<&str>) -> ResultMeaning {
        ResultMeaning::Refused {
            reasons: reasons.to_vec(),
            note: note.map(str::to_owned),
        }
    }

    #[rstest]
    #[case::marks_within_a_name("头发遮挡眉、眼、耳、背景有阴影", refused(&[Hair, BgShadow], None))]
    #[case::the_english_name("Hair over eyes, eyebrows or ears", refused(&[Hair], None))]
    #[case::behind_a_verdict("不合格：背景有阴影", refused(&[BgShadow], None))]
    #[case::in_brackets_behind_a_verdict(
        "不合格（模糊，重新拍摄）",
        refused(&[Blur], Some("学信网图像质量检测：不合格（模糊，重新拍摄）")),
    )]
    fn reasons_may_stand_behind_a_verdict_and_have_marks_in_their_names(
        #[case] text: &str,
        #[case] expected: ResultMeaning,
    ) {
        assert_eq!(result_meaning(ChsiQuality, text), expected, "{text}");
    }

    #[rstest]
    #[case::one_reason(School, "模糊", refused(&[Blur], None))]
    #[case::two_reasons(School, "blur; bg_shadow", refused(&[Blur, BgShadow], None))]
    #[case::one_reason_twice(School, "模糊，模糊", refused(&[Blur], None))]
    #[case::a_reason_and_a_sentence(
        School,
        "模糊，请到摄影棚重拍",
        refused(&[Blur], Some("学校检查：模糊，请到摄影棚重拍")),
    )]
    #[case::refused_without_a_reason(School, "不合格", ResultMeaning::Unclear)]
    #[case::empty(School, "", ResultMeaning::Unclear)]
    #[case::passed(School, "合格", ResultMeaning::Passed)]
    #[case::passed_at_chsi(ChsiQuality, " 合格 ", ResultMeaning::Passed)]
    #[case::refused_by_chsi(
        ChsiQuality,
        "不合格",
        refused(&[LowQuality], Some("学信网图像质量检测：不合格")),
    )]
    #[case::exists_at_chsi(ChsiQuality, "照片已存在", ResultMeaning::Exists)]
    #[case::the_same_person(ChsiFace, "同一人", ResultMeaning::Passed)]
    #[case::not_the_same_person(
        ChsiFace,
        "不是同一人",
        refused(&[NotSelf], Some("学信网人像比对：不是同一人")),
    )]
    #[case::no_match(
        ChsiFace,
        "比对不一致",
        refused(&[NotSelf], Some("学信网人像比对：比对不一致")),
    )]
    #[case::another_person(ChsiFace, "非本人", refused(&[NotSelf], None))]
    #[case::not_compared_yet(ChsiFace, "待比对", ResultMeaning::Unclear)]
    fn what_a_row_says_is_read(
        #[case] source: ResultSource,
        #[case] text: &str,
        #[case] expected: ResultMeaning,
    ) {
        assert_eq!(result_meaning(source, text), expected, "{source} {text}");
    }

    #[test]
    fn a_long_note_is_cut() {
        let long = format!("不合格{}", "长".repeat(300));
        let ResultMeaning::Refused { note, .. } = result_meaning(ChsiQuality, &long) else {
            panic!("{long}");
        };
        assert_eq!(note.unwrap().chars().count(), REVIEW_NOTE_MAX);
    }

    #[rstest]
    #[case("学号", Some(ResultColumn::StudentNo))]
    #[case("XH", Some(ResultColumn::StudentNo))]
    #[case("ZJHM", Some(ResultColumn::DocumentNumber))]
    #[case("检测结果", Some(ResultColumn::Result))]
    #[case("Reason", Some(ResultColumn::Result))]
    #[case("姓名", None)]
    fn headings_of_schools_and_of_the_platform_are_known(
        #[case] heading: &str,
        #[case] expected: Option<ResultColumn>,
    ) {
        assert_eq!(ResultColumn::recognise(heading), expected, "{heading}");
    }
}
