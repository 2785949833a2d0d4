//! Image-capture codes in our own format: what one says about a student, and whether it counts for a task.
//!
//! The format of CHSI's own codes is not public; docs/decisions/0067.

use chrono::{DateTime, Datelike, Utc};
use serde::{Deserialize, Serialize};

use crate::task::Task;
use crate::{DocumentType, EducationLevel, IdNumber, ProblemCode, Refusal, day_in_china};

/// The most characters of a code as text. One with the longest name and number has about 700.
pub const CAPTURE_CODE_MAX: usize = 1_024;
/// The most bytes of a picture of a code.
pub const CAPTURE_PICTURE_MAX: usize = 1_400_000;
/// The most characters of a name or a student number in a code.
const TEXT_MAX: usize = 100;

/// What a code says, after its signature was verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaptureCode {
    /// The five-digit code of the school.
    pub school: String,
    /// The student number; empty where the student has none.
    pub student_no: String,
    /// The name.
    pub name: String,
    /// The level, as the API writes it.
    pub level: String,
    /// The kind of document, as the API writes it.
    pub id_type: String,
    /// The document's number.
    pub id_number: String,
    /// The year of graduation.
    pub year: i32,
    /// The second since 1970 from which the code counts no more.
    pub expires: i64,
    /// What makes each code differ from every other, also of the same student.
    pub nonce: String,
}

/// The student that a code names, in the forms of a roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapturedStudent {
    /// The document.
    pub number: IdNumber,
    /// The level.
    pub level: EducationLevel,
    /// The name.
    pub name: String,
    /// The student number, where the student has one.
    pub student_no: Option<String>,
}

impl CaptureCode {
    /// The student, where the code counts for a task of this school now.
    ///
    /// A code of a year counts for tasks that run in that year or the year before it, in which many collections begin.
    ///
    /// # Errors
    /// `capture_code.other_school`, `capture_code.expired`, `capture_code.other_year`; `capture_code.malformed` where
    /// the signer put in what no student has.
    pub fn student(
        &self,
        task: &Task,
        school_code: &str,
        now: DateTime<Utc>,
    ) -> Result<CapturedStudent, Refusal> {
        if self.school != school_code {
            let refusal = Refusal::from(ProblemCode::CaptureSchool);
            return Err(refusal.with("school_code", &self.school));
        }
        if now.timestamp() >= self.expires {
            return Err(ProblemCode::CaptureExpired.into());
        }
        let first = day_in_china(task.opens_at).year();
        let last = day_in_china(task.closes_at).year() + 1;
        if !(first..=last).contains(&self.year) {
            let refusal = Refusal::from(ProblemCode::CaptureYear);
            return Err(refusal.with("year", self.year));
        }
        self.read(now)
            .ok_or_else(|| ProblemCode::CaptureMalformed.into())
    }

    fn read(&self, now: DateTime<Utc>) -> Option<CapturedStudent> {
        let kind = DocumentType::parse(&self.id_type)?;
        let number = IdNumber::parse(kind, &self.id_number, day_in_china(now)).ok()?;
        let text = |text: &str| {
            let text = text.trim();
            let is_short = text.chars().count() <= TEXT_MAX && !text.contains('\0');
            is_short.then(|| text.to_owned())
        };
        Some(CapturedStudent {
            number,
            level: EducationLevel::parse(&self.level)?,
            name: text(&self.name).filter(|name| !name.is_empty())?,
            student_no: Some(text(&self.student_no)?).filter(|number| !number.is_empty()),
        })
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::task::tests::settings;
    use crate::task::{Payer, TaskState};
    use crate::{SchoolId, TaskId};

    fn code() -> CaptureCode {
        CaptureCode {
            school: "99901".to_owned(),
            student_no: "2210401001".to_owned(),
            name: " 赵一帆 ".to_owned(),
            level: "ba".to_owned(),
            id_type: "cn_id".to_owned(),
            id_number: "11010519491231002x".to_owned(),
            year: 2026,
            expires: 1_777_000_000,
            nonce: "n".to_owned(),
        }
    }

    fn task_in_2026() -> Task {
        let at = |second| DateTime::from_timestamp(second, 0).unwrap();
        Task {
            id: TaskId(uuid::Uuid::nil()),
            school_id: SchoolId(uuid::Uuid::nil()),
            name: String::new(),
            state: TaskState::Open,
            opens_at: at(1_767_225_600),
            closes_at: at(1_782_864_000),
            ended_at: None,
            settings: settings(Payer::Free, &[]),
            version: 1,
            created_at: at(0),
        }
    }

    #[rstest]
    #[case::unchanged(|_: &mut CaptureCode| {}, None)]
    #[case::of_the_next_year(|code: &mut CaptureCode| code.year = 2027, None)]
    #[case::without_a_student_number(|code: &mut CaptureCode| code.student_no.clear(), None)]
    #[case::of_the_last_year(
        |code: &mut CaptureCode| code.year = 2025,
        Some(ProblemCode::CaptureYear),
    )]
    #[case::of_the_year_after_next(
        |code: &mut CaptureCode| code.year = 2028,
        Some(ProblemCode::CaptureYear),
    )]
    #[case::expired(|code: &mut CaptureCode| code.expires -= 1, Some(ProblemCode::CaptureExpired))]
    #[case::expired_for_ever(
        |code: &mut CaptureCode| code.expires = i64::MIN,
        Some(ProblemCode::CaptureExpired),
    )]
    #[case::of_another_school(
        |code: &mut CaptureCode| code.school = "99902".to_owned(),
        Some(ProblemCode::CaptureSchool),
    )]
    #[case::of_no_school(
        |code: &mut CaptureCode| code.school.clear(),
        Some(ProblemCode::CaptureSchool),
    )]
    #[case::a_name_of_blanks(
        |code: &mut CaptureCode| code.name = " ".to_owned(),
        Some(ProblemCode::CaptureMalformed),
    )]
    #[case::a_name_too_long(
        |code: &mut CaptureCode| code.name = "长".repeat(101),
        Some(ProblemCode::CaptureMalformed),
    )]
    #[case::a_control_character(
        |code: &mut CaptureCode| code.student_no = "1\0".to_owned(),
        Some(ProblemCode::CaptureMalformed),
    )]
    #[case::an_unknown_level(
        |code: &mut CaptureCode| code.level = "BA".to_owned(),
        Some(ProblemCode::CaptureMalformed),
    )]
    #[case::an_unknown_document(
        |code: &mut CaptureCode| code.id_type = "card".to_owned(),
        Some(ProblemCode::CaptureMalformed),
    )]
    #[case::a_wrong_check_character(
        |code: &mut CaptureCode| code.id_number = "110105194912310021".to_owned(),
        Some(ProblemCode::CaptureMalformed),
    )]
    fn a_code_counts_at_its_school_in_its_year_until_it_expires(
        #[case] change: fn(&mut CaptureCode),
        #[case] expected: Option<ProblemCode>,
    ) {
        let now = DateTime::from_timestamp(1_776_999_999, 0).unwrap();
        let task = task_in_2026();
        let mut changed = code();
        change(&mut changed);
        let read = changed.student(&task, "99901", now);
        assert_eq!(read.err().map(|refusal| refusal.code), expected);
    }

    #[test]
    fn the_student_has_the_forms_of_a_roster() {
        let now = DateTime::from_timestamp(1_776_000_000, 0).unwrap();
        let student = code().student(&task_in_2026(), "99901", now).unwrap();
        assert_eq!(student.name, "赵一帆");
        assert_eq!(student.level, EducationLevel::parse("ba").unwrap());
        assert_eq!(student.student_no.as_deref(), Some("2210401001"));
        assert_eq!(student.number.canonical().expose(), "11010519491231002X");
    }
}
