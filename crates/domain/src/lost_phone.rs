//! Reports of a lost phone: a student who can receive no more codes asks the operator for help.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, TimeDelta, Utc};

use crate::word::words;
use crate::{AccountId, SchoolId, code_characters};

/// In so many working days an operator calls back; pages and the operations guide promise it.
pub const ANSWER_WORKING_DAYS: u32 = 3;
/// How long after its second approval a new number takes effect, so that whoever has the old one can refuse it.
pub const TAKES_EFFECT_AFTER: TimeDelta = TimeDelta::hours(24);
/// What every reference begins with.
const PREFIX: &str = "LP-";

/// The number of a report, by which its writer and an operator name it: `LP-7K3M9QXT`. It cannot be guessed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct LostPhoneReference(String);

/// A text that is no reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the reference of a report of a lost phone")]
pub struct LostPhoneReferenceError;

impl LostPhoneReference {
    /// A reference of 40 random bits.
    pub fn new(random: [u8; 5]) -> Self {
        Self(format!("{PREFIX}{}", code_characters::encode(random)))
    }

    /// The reference as people see it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for LostPhoneReference {
    type Err = LostPhoneReferenceError;

    /// Reads a reference as people type it: small letters and blanks around are forgiven.
    fn from_str(text: &str) -> Result<Self, LostPhoneReferenceError> {
        let text = text.trim().to_ascii_uppercase();
        match text.strip_prefix(PREFIX) {
            Some(code) if code_characters::is_code(code) => Ok(Self(text)),
            Some(_) | None => Err(LostPhoneReferenceError),
        }
    }
}

impl fmt::Display for LostPhoneReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

words! {
    /// Where a report is, in a word.
    LostPhoneStage {
        /// Nobody has approved it.
        Open = "open", "待处理", "waiting";
        /// One person has approved it; a second one has to.
        Confirmed = "confirmed", "待第二人批准", "needs a second approval";
        /// Two have approved it; it takes effect when its time has come.
        Approved = "approved", "已批准，等待生效", "approved, takes effect soon";
        /// The account has its new number.
        Changed = "changed", "已换号", "number changed";
        /// It was refused, cancelled or dealt with otherwise.
        Closed = "closed", "已结案", "closed";
    }
}

/// One person's approval of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LostPhoneApproval {
    /// The member of staff.
    pub by: AccountId,
    /// When.
    pub at: DateTime<Utc>,
}

/// The account that an approved report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LostPhoneAccount {
    /// The account.
    pub account_id: AccountId,
    /// The school at which it has verified with the document that the report names.
    pub school_id: SchoolId,
}

/// What became of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LostPhoneState {
    /// It waits for an operator.
    Open,
    /// One person has approved it.
    Confirmed {
        /// Who, and when.
        first: LostPhoneApproval,
    },
    /// Two people have approved it.
    Approved {
        /// Who was first.
        first: LostPhoneApproval,
        /// Who was second.
        second: LostPhoneApproval,
        /// When the new number takes effect.
        effective_at: DateTime<Utc>,
    },
    /// The account has its new number.
    Changed {
        /// Since when.
        at: DateTime<Utc>,
    },
    /// It was refused, cancelled or dealt with otherwise.
    Closed {
        /// When.
        at: DateTime<Utc>,
        /// The name of who did it, or [`CLOSED_BY_OWNER`], or [`CLOSED_BY_SYSTEM`].
        by: String,
        /// How, in their words; else the word of a [`LostPhoneEnd`].
        outcome: String,
    },
}

words! {
    /// How a report ended where no member of staff ended it.
    LostPhoneEnd {
        /// Whoever has the old number refused the new one.
        RefusedByOwner = "refused_by_owner", "旧号码的持有人登录后拒绝了换号", "whoever has the old number refused the new one";
        /// The account has another number than the lost one by now.
        OldNumberGone = "old_number_gone", "到期时账号已不使用旧号码", "the account no longer has the old number";
        /// The new number got an account that is in use by now.
        NewNumberUsed = "new_number_used", "到期时新号码已有在使用的账号", "the new number has an account in use by now";
    }
}

/// Who closed a report where the account's owner refused the new number.
pub const CLOSED_BY_OWNER: &str = "self";
/// Who ended a report where no person did.
pub const CLOSED_BY_SYSTEM: &str = "system";

/// A member of staff who approves a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LostPhoneApprover {
    /// Their account.
    pub account_id: AccountId,
    /// Whether they are an operator; otherwise an officer of the account's school.
    pub is_operator: bool,
}

/// Why somebody cannot approve a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LostPhoneRefusal {
    /// The second approval must come from another person.
    #[error("the same person approved it first")]
    SamePerson,
    /// There are several operators, so that a second one approves.
    #[error("another operator has to approve it")]
    OperatorNeeded,
    /// Two have approved it.
    #[error("it is approved already")]
    Approved,
    /// It has ended.
    #[error("it has ended")]
    Ended,
}

impl LostPhoneState {
    /// The word for it.
    pub fn stage(&self) -> LostPhoneStage {
        match self {
            Self::Open => LostPhoneStage::Open,
            Self::Confirmed { .. } => LostPhoneStage::Confirmed,
            Self::Approved { .. } => LostPhoneStage::Approved,
            Self::Changed { .. } => LostPhoneStage::Changed,
            Self::Closed { .. } => LostPhoneStage::Closed,
        }
    }

    /// Whether something can still come of it.
    pub fn is_pending(&self) -> bool {
        match self {
            Self::Open | Self::Confirmed { .. } | Self::Approved { .. } => true,
            Self::Changed { .. } | Self::Closed { .. } => false,
        }
    }

    /// The state after one more approval. Two different people approve: an operator first, then another operator; an officer
    /// of the account's school is the second person where `operators`, the number of operators, is one.
    ///
    /// # Errors
    /// [`LostPhoneRefusal`].
    pub fn approve(
        &self,
        approver: LostPhoneApprover,
        operators: usize,
        now: DateTime<Utc>,
    ) -> Result<Self, LostPhoneRefusal> {
        let approval = LostPhoneApproval {
            by: approver.account_id,
            at: now,
        };
        match self {
            Self::Open if !approver.is_operator => Err(LostPhoneRefusal::OperatorNeeded),
            Self::Open => Ok(Self::Confirmed { first: approval }),
            Self::Confirmed { first } if first.by == approval.by => {
                Err(LostPhoneRefusal::SamePerson)
            }
            Self::Confirmed { .. } if !approver.is_operator && operators > 1 => {
                Err(LostPhoneRefusal::OperatorNeeded)
            }
            Self::Confirmed { first } => Ok(Self::Approved {
                first: *first,
                second: approval,
                effective_at: now + TAKES_EFFECT_AFTER,
            }),
            Self::Approved { .. } => Err(LostPhoneRefusal::Approved),
            Self::Changed { .. } | Self::Closed { .. } => Err(LostPhoneRefusal::Ended),
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use LostPhoneRefusal as Refusal;

    #[rstest]
    #[case::empty("")]
    #[case::the_prefix_alone("LP-")]
    #[case::no_prefix("773M9QST")]
    #[case::too_short("LP-773M9QS")]
    #[case::another_check_character("LP-773M9QSU")]
    fn another_text_is_no_reference(#[case] other: &str) {
        assert_eq!(
            other.parse::<LostPhoneReference>(),
            Err(LostPhoneReferenceError),
            "{other}"
        );
    }

    #[test]
    fn a_reference_reads_as_it_was_written_and_typed() {
        let reference = LostPhoneReference::new([0x39, 0xC7, 0x44, 0xDF, 0x3A]);
        assert_eq!(reference.as_str(), "LP-773M9QST");
        assert_eq!(" lp-773m9qst ".parse(), Ok(reference));
    }

    fn person(number: u8, is_operator: bool) -> LostPhoneApprover {
        LostPhoneApprover {
            account_id: AccountId::new(DateTime::UNIX_EPOCH, [number; 10]),
            is_operator,
        }
    }

    const OPERATOR: u8 = 1;
    const OTHER_OPERATOR: u8 = 2;
    const OFFICER: u8 = 3;

    fn approver(number: u8) -> LostPhoneApprover {
        person(number, number != OFFICER)
    }

    fn by(number: u8) -> LostPhoneApproval {
        LostPhoneApproval {
            by: approver(number).account_id,
            at: DateTime::UNIX_EPOCH,
        }
    }

    fn confirmed() -> LostPhoneState {
        LostPhoneState::Confirmed {
            first: by(OPERATOR),
        }
    }

    fn approved(second: u8) -> LostPhoneState {
        LostPhoneState::Approved {
            first: by(OPERATOR),
            second: by(second),
            effective_at: DateTime::UNIX_EPOCH + TimeDelta::hours(24),
        }
    }

    fn changed() -> LostPhoneState {
        LostPhoneState::Changed {
            at: DateTime::UNIX_EPOCH,
        }
    }

    fn closed() -> LostPhoneState {
        LostPhoneState::Closed {
            at: DateTime::UNIX_EPOCH,
            by: CLOSED_BY_OWNER.to_owned(),
            outcome: "-".to_owned(),
        }
    }

    #[rstest]
    #[case::an_operator_first(&LostPhoneState::Open, OPERATOR, 1, Ok(confirmed()))]
    #[case::an_officer_first(&LostPhoneState::Open, OFFICER, 1, Err(Refusal::OperatorNeeded))]
    #[case::a_second_operator(&confirmed(), OTHER_OPERATOR, 2, Ok(approved(OTHER_OPERATOR)))]
    #[case::an_officer_beside_one_operator(&confirmed(), OFFICER, 1, Ok(approved(OFFICER)))]
    #[case::an_officer_beside_two(&confirmed(), OFFICER, 2, Err(Refusal::OperatorNeeded))]
    #[case::the_same_of_two(&confirmed(), OPERATOR, 2, Err(Refusal::SamePerson))]
    #[case::the_same_and_only_one(&confirmed(), OPERATOR, 1, Err(Refusal::SamePerson))]
    #[case::a_third_person(&approved(OTHER_OPERATOR), OFFICER, 1, Err(Refusal::Approved))]
    #[case::closed(&closed(), OPERATOR, 2, Err(Refusal::Ended))]
    #[case::changed(&changed(), OTHER_OPERATOR, 2, Err(Refusal::Ended))]
    fn two_different_people_approve_and_an_officer_only_beside_a_single_operator(
        #[case] state: &LostPhoneState,
        #[case] number: u8,
        #[case] operators: usize,
        #[case] expected: Result<LostPhoneState, Refusal>,
    ) {
        let found = state.approve(approver(number), operators, DateTime::UNIX_EPOCH);
        assert_eq!(found, expected, "{state:?}");
    }
}
