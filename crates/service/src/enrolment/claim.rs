//! What a student says, read and checked as far as that needs no roster: it is told exactly.

use chrono::{DateTime, Utc};
use domain::recognition::Proven;
use domain::task::{ExtraProof, Task};
use domain::{
    DocumentType, EducationLevel, FieldError, IdNumber, ProblemCode, Refusal, day_in_china,
};

/// A claim that can be looked up.
#[derive(Debug)]
pub(super) struct Readable<'a> {
    /// The document.
    pub(super) number: IdNumber,
    /// The level.
    pub(super) level: EducationLevel,
    /// The name, exactly where the task asks for it.
    pub(super) name: Option<&'a str>,
    /// The student number, exactly where the task asks for it.
    pub(super) student_no: Option<&'a str>,
}

impl Readable<'_> {
    /// What a right claim proves.
    pub(super) fn proves(&self) -> Proven {
        Proven {
            name: self.name.is_some(),
            student_no: self.student_no.is_some(),
        }
    }
}

/// Reads a claim for a task.
pub(super) fn read<'a>(
    claim: Claim<'a>,
    task: &Task,
    now: DateTime<Utc>,
) -> Result<Readable<'a>, Refusal> {
    let number = read_number(claim.document_type, claim.document_number, now);
    let level = read_level(claim.level);
    let name = asked_for(
        task,
        ExtraProof::Name,
        claim.name,
        FieldError::new("/name", ProblemCode::NameMissing),
    );
    let student_no = asked_for(
        task,
        ExtraProof::StudentNo,
        claim.student_no,
        FieldError::new("/student_no", ProblemCode::StudentNoMissing),
    );
    match (number, level, name, student_no) {
        (Ok(number), Ok(level), Ok(name), Ok(student_no)) => Ok(Readable {
            number,
            level,
            name,
            student_no,
        }),
        (number, level, name, student_no) => {
            let errors = [number.err(), level.err(), name.err(), student_no.err()];
            Err(Refusal::fields(errors.into_iter().flatten().collect()))
        }
    }
}

/// The proof that was given, where the task asks for it.
fn asked_for<'a>(
    task: &Task,
    proof: ExtraProof,
    given: Option<&'a str>,
    missing: FieldError,
) -> Result<Option<&'a str>, FieldError> {
    if !task.settings.extra_proofs.contains(&proof) {
        return Ok(None);
    }
    match given.map(str::trim) {
        Some("") | None => Err(missing),
        given => Ok(given),
    }
}

/// Reads the kind and number of a document; `now` bounds the date of birth.
pub(crate) fn read_number(
    kind: &str,
    number: &str,
    now: DateTime<Utc>,
) -> Result<IdNumber, FieldError> {
    let Some(kind) = DocumentType::parse(kind) else {
        return Err(FieldError::new("/document_type", ProblemCode::IdKind));
    };
    IdNumber::parse(kind, number, day_in_china(now))
        .map_err(|error| error.field(kind, "/document_number"))
}

/// Reads a level.
pub(crate) fn read_level(level: &str) -> Result<EducationLevel, FieldError> {
    EducationLevel::parse(level).ok_or_else(|| FieldError::new("/level", ProblemCode::LevelMissing))
}

/// Who a student says they are, as typed.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'a> {
    /// The task.
    pub task_id: &'a str,
    /// The kind of document.
    pub document_type: &'a str,
    /// Its number.
    pub document_number: &'a str,
    /// The level.
    pub level: &'a str,
    /// The name, where the task asks for it.
    pub name: Option<&'a str>,
    /// The student number, where the task asks for it.
    pub student_no: Option<&'a str>,
    /// The token of a captcha.
    pub captcha_token: Option<&'a str>,
}

#[cfg(test)]
mod tests {
    use domain::Lang;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::too_short(
        "cn_id",
        "1101051949123100",
        ProblemCode::IdLength,
        "16 位，应为 18 位"
    )]
    #[case::empty("cn_id", "", ProblemCode::IdLength, "0 位，应为 18 位")]
    #[case::first_generation(
        "cn_id",
        "110105491231002",
        ProblemCode::IdFirstGeneration,
        "18 位号码"
    )]
    #[case::letter_for_a_digit(
        "cn_id",
        "1101051949l231002X",
        ProblemCode::IdCharacter,
        "第 11 位“L”"
    )]
    #[case::no_such_day("cn_id", "110105194913310020", ProblemCode::IdDate, "7 至 14 位")]
    #[case::day_to_come("cn_id", "110105202704210020", ProblemCode::IdDate, "7 至 14 位")]
    #[case::wrong_check_digit("cn_id", "110105194912310021", ProblemCode::IdCheck, "逐位核对")]
    #[case::permit_too_short("hkmo_permit", "1234567", ProblemCode::IdLength, "7 位，应为 9 位")]
    #[case::permit_with_another_letter(
        "hkmo_permit",
        "A12345678",
        ProblemCode::IdCharacter,
        "第 1 位“A”"
    )]
    #[case::passport_too_short("passport", "E1", ProblemCode::IdFormat, "E12345678")]
    #[case::empty_other("other", "", ProblemCode::IdFormat, "K034178(2)")]
    #[case::no_kind("", "11010519491231002X", ProblemCode::IdKind, "证件类型")]
    #[case::kind_in_capitals("CN_ID", "11010519491231002X", ProblemCode::IdKind, "证件类型")]
    fn what_is_wrong_with_a_number_is_told_exactly(
        #[case] kind: &str,
        #[case] number: &str,
        #[case] code: ProblemCode,
        #[case] told: &str,
    ) {
        let now = DateTime::from_timestamp(1_776_650_400, 0).unwrap(); // 2026-04-20
        let error = read_number(kind, number, now).unwrap_err();
        assert_eq!(error.code, code, "{kind} {number}");
        let detail = error.detail(Lang::Zh);
        assert!(detail.contains(told), "{detail}");
    }
}
