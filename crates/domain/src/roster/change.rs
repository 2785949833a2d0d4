//! What a row changes of a student who is listed already.

use serde::{Deserialize, Serialize};

use super::{RosterColumn, RosterEntryState, RosterRow, RosterVerdict};
use crate::{DocumentType, EducationLevel};

/// A number that leads to a listed student.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedNumber {
    /// The kind of document.
    pub kind: DocumentType,
    /// The canonical form.
    pub number: String,
}

/// A student as they are listed, in the clear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedStudent {
    /// The numbers that lead to them, the first one first.
    pub numbers: Vec<ListedNumber>,
    /// The level.
    pub level: EducationLevel,
    /// The name.
    pub name: String,
    /// The student number.
    pub student_no: Option<String>,
    /// The college.
    pub college: Option<String>,
    /// The major.
    pub major: Option<String>,
    /// The class.
    pub class_name: Option<String>,
    /// The expected day of graduation.
    pub expected_graduation: Option<String>,
    /// Whether they are listed.
    pub state: RosterEntryState,
}

/// What becomes of what a person corrected by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Corrections {
    /// It stays.
    Keep,
    /// The row counts.
    Overwrite,
}

/// What a row changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RosterChange {
    /// What differs and is changed.
    pub changed: Vec<RosterColumn>,
    /// What differs and stays, because a person corrected it.
    pub kept: Vec<RosterColumn>,
    /// Whether a student who was taken off the list comes back.
    pub is_restored: bool,
    /// Whether a student who was taken off the list by a person stays off.
    pub stays_withdrawn: bool,
}

impl RosterChange {
    /// What a row changes. What it leaves empty is not erased.
    pub fn of(
        listed: &ListedStudent,
        corrected: &[RosterColumn],
        row: &RosterRow,
        corrections: Corrections,
    ) -> Self {
        use RosterColumn as C;
        let has = |number: &str| listed.numbers.iter().any(|one| one.number == number);
        let other = |ours: &Option<String>, theirs: &Option<String>| {
            theirs.is_some() && ours.as_deref() != theirs.as_deref()
        };
        let differs = [
            (C::Name, listed.name != row.name),
            (C::DocumentNumber, !has(row.number.canonical().expose())),
            (
                C::OtherNumber,
                row.other_numbers
                    .iter()
                    .any(|number| !has(number.canonical().expose())),
            ),
            (C::Level, listed.level != row.level),
            (C::StudentNo, other(&listed.student_no, &row.student_no)),
            (C::College, other(&listed.college, &row.college)),
            (C::Major, other(&listed.major, &row.major)),
            (C::ClassName, other(&listed.class_name, &row.class_name)),
            (
                C::ExpectedGraduation,
                other(&listed.expected_graduation, &row.expected_graduation),
            ),
        ];
        let differing = differs
            .into_iter()
            .filter(|&(_, is_different)| is_different)
            .map(|(column, _)| column);
        let (kept, changed) = differing
            .partition(|column| corrections == Corrections::Keep && corrected.contains(column));
        let is_withdrawn = listed.state == RosterEntryState::Withdrawn;
        Self {
            changed,
            kept,
            is_restored: is_withdrawn && corrections == Corrections::Overwrite,
            stays_withdrawn: is_withdrawn && corrections == Corrections::Keep,
        }
    }

    /// Whether anything is written.
    pub fn is_any(&self) -> bool {
        !self.changed.is_empty() || self.is_restored
    }

    /// Whether the student would be somebody else to the one who verifies.
    pub fn is_of_identity(&self) -> bool {
        let identity = [RosterColumn::DocumentNumber, RosterColumn::Level];
        self.changed.iter().any(|column| identity.contains(column))
    }

    /// What is reported.
    pub fn verdicts(&self) -> Vec<RosterVerdict> {
        let keeps = !self.kept.is_empty() || self.stays_withdrawn;
        match (self.is_any(), keeps) {
            (true, true) => vec![RosterVerdict::Updated, RosterVerdict::KeptCorrection],
            (true, false) => vec![RosterVerdict::Updated],
            (false, true) => vec![RosterVerdict::KeptCorrection],
            (false, false) => vec![RosterVerdict::Unchanged],
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::IdNumber;

    const NUMBER: &str = "11010519491231002X";

    fn listed() -> ListedStudent {
        ListedStudent {
            numbers: vec![ListedNumber {
                kind: DocumentType::CnId,
                number: NUMBER.to_owned(),
            }],
            level: EducationLevel::Ba,
            name: "张三".to_owned(),
            student_no: Some("1".to_owned()),
            college: None,
            major: Some("数学".to_owned()),
            class_name: None,
            expected_graduation: None,
            state: RosterEntryState::Listed,
        }
    }

    fn row() -> RosterRow {
        RosterRow {
            number: IdNumber::from_canonical(DocumentType::CnId, NUMBER.to_owned()),
            other_numbers: Vec::new(),
            level: EducationLevel::Ba,
            name: "张三".to_owned(),
            student_no: Some("1".to_owned()),
            college: None,
            major: None,
            class_name: None,
            expected_graduation: None,
        }
    }

    #[test]
    fn a_row_changes_what_differs_and_erases_nothing() {
        let of = |row: &RosterRow| RosterChange::of(&listed(), &[], row, Corrections::Keep);
        assert_eq!(of(&row()).verdicts(), [RosterVerdict::Unchanged]);
        let renamed = RosterRow {
            name: "张叁".to_owned(),
            college: Some("理学院".to_owned()),
            ..row()
        };
        let change = of(&renamed);
        assert_eq!(change.changed, [RosterColumn::Name, RosterColumn::College]);
        assert!(!change.is_of_identity());
        assert_eq!(change.verdicts(), [RosterVerdict::Updated]);
        let moved = RosterRow {
            level: EducationLevel::Ja,
            ..row()
        };
        assert!(of(&moved).is_of_identity());
    }

    #[test]
    fn what_was_corrected_by_hand_stays_unless_it_is_overwritten() {
        let renamed = RosterRow {
            name: "张叁".to_owned(),
            ..row()
        };
        let corrected = [RosterColumn::Name];
        let of = |corrections| RosterChange::of(&listed(), &corrected, &renamed, corrections);
        assert_eq!(
            of(Corrections::Keep).verdicts(),
            [RosterVerdict::KeptCorrection]
        );
        assert_eq!(
            of(Corrections::Overwrite).verdicts(),
            [RosterVerdict::Updated]
        );
        let withdrawn = ListedStudent {
            state: RosterEntryState::Withdrawn,
            ..listed()
        };
        let of = |corrections| RosterChange::of(&withdrawn, &[], &renamed, corrections);
        assert_eq!(
            of(Corrections::Keep).verdicts(),
            [RosterVerdict::Updated, RosterVerdict::KeptCorrection]
        );
        assert!(of(Corrections::Overwrite).is_restored);
    }

    #[rstest]
    #[case::nothing(&[], &[], false, RosterVerdict::Unchanged)]
    #[case::something(&[RosterColumn::Name], &[], true, RosterVerdict::Updated)]
    #[case::a_correction(&[], &[RosterColumn::Name], false, RosterVerdict::KeptCorrection)]
    fn what_is_written_is_what_changed(
        #[case] changed: &[RosterColumn],
        #[case] kept: &[RosterColumn],
        #[case] is_any: bool,
        #[case] verdict: RosterVerdict,
    ) {
        let change = RosterChange {
            changed: changed.to_vec(),
            kept: kept.to_vec(),
            ..RosterChange::default()
        };
        assert_eq!(change.is_any(), is_any);
        assert_eq!(change.verdicts(), [verdict]);
    }

    #[rstest]
    #[case::student_number(
        RosterColumn::StudentNo,
        &RosterRow { student_no: Some("2".to_owned()), ..row() },
    )]
    #[case::college(
        RosterColumn::College,
        &RosterRow { college: Some("理学院".to_owned()), ..row() },
    )]
    #[case::major(RosterColumn::Major, &RosterRow { major: Some("物理".to_owned()), ..row() })]
    #[case::class(
        RosterColumn::ClassName,
        &RosterRow { class_name: Some("1".to_owned()), ..row() },
    )]
    #[case::day(
        RosterColumn::ExpectedGraduation,
        &RosterRow { expected_graduation: Some("2026-06-30".to_owned()), ..row() },
    )]
    #[case::number(RosterColumn::DocumentNumber, &RosterRow { number: passport(), ..row() })]
    #[case::other_number(
        RosterColumn::OtherNumber,
        &RosterRow { other_numbers: vec![passport()], ..row() },
    )]
    #[case::level(RosterColumn::Level, &RosterRow { level: EducationLevel::Ja, ..row() })]
    fn each_column_is_compared(#[case] column: RosterColumn, #[case] row: &RosterRow) {
        let change = RosterChange::of(&listed(), &[], row, Corrections::Keep);
        assert_eq!(change.changed, [column]);
    }

    fn passport() -> IdNumber {
        IdNumber::from_canonical(DocumentType::Passport, "E12345678".to_owned())
    }
}
