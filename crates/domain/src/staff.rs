//! Staff: people with roles, who prove themselves with a second factor besides the code to their phone.

use chrono::{DateTime, TimeDelta, Utc};

use crate::access::{GrantPlace, Reach, SchoolStudents, StaffGrant, StudentLimits};
use crate::role::Role;
use crate::word::words;
use crate::{AccountId, KeyedHash, RecoveryCodeId, SchoolId, Sealed, SessionId, StaffRoleId};

/// How long a session of staff lasts without a request.
pub const IDLE_LIMIT: TimeDelta = TimeDelta::minutes(30);
/// How exactly the last request of a session is kept: the database is written at most once in this time, so that a session
/// ends after 29 to 30 idle minutes.
pub const SEEN_RESOLUTION: TimeDelta = TimeDelta::minutes(1);
/// How long a confirmed second factor counts as fresh.
pub const FRESH_FOR: TimeDelta = TimeDelta::minutes(10);
/// How long an invitation can be accepted: by logging in and setting up the second factor.
pub const INVITATION_LIFETIME: TimeDelta = TimeDelta::days(14);
/// How many recovery codes a person has.
pub const RECOVERY_CODES: usize = 10;
/// How many characters a recovery code has without its dash; each of 32, so that a code has 50 random bits.
pub const RECOVERY_CODE_LENGTH: usize = 10;
/// The most characters of a member of staff's name.
pub const NAME_LENGTH: usize = 40;
/// The most colleges and the most classes to which a role can be limited.
pub const MOST_LIMITS: usize = 100;

/// A member of staff: what belongs to the person, whichever roles they hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffMember {
    /// Their account.
    pub account_id: AccountId,
    /// How colleagues call them.
    pub name_sealed: Sealed,
    /// When they were last invited.
    pub invited_at: DateTime<Utc>,
    /// The device that shows their codes.
    pub device: Option<TotpDevice>,
    /// When all tries of a second factor are there again; `None` where none was used up.
    pub tries_full_at: Option<DateTime<Utc>>,
    /// Counts the changes.
    pub version: i32,
}

impl StaffMember {
    /// Whether the person has taken up the invitation.
    pub fn invitation(&self, now: DateTime<Utc>) -> InvitationState {
        if self.confirmed_device().is_some() {
            InvitationState::Accepted
        } else if self.may_enrol(now) {
            InvitationState::Invited
        } else {
            InvitationState::Expired
        }
    }

    /// The device, where it was set up to the end.
    pub fn confirmed_device(&self) -> Option<&TotpDevice> {
        self.device
            .as_ref()
            .filter(|device| device.confirmed_at.is_some())
    }

    /// Whether a first device may be set up now with a code to the phone alone.
    pub fn may_enrol(&self, now: DateTime<Utc>) -> bool {
        self.confirmed_device().is_none() && now < self.invited_at + INVITATION_LIFETIME
    }
}

words! {
    /// Whether somebody who was invited has set up their second factor.
    InvitationState {
        /// Not yet.
        Invited = "invited", "已邀请", "invited";
        /// They have.
        Accepted = "accepted", "已启用", "active";
        /// Not within the time of the invitation: they must be invited again.
        Expired = "expired", "邀请已过期", "invitation expired";
    }
}

/// Whether who has the permission to manage staff in these schools may manage roles of this one; `None` means roles for every
/// school, which only those manage who reach all of them.
pub fn may_manage(reach: &Reach, school: Option<SchoolId>) -> bool {
    match school {
        Some(school) => reach.includes(school),
        None => *reach == Reach::AllSchools,
    }
}

/// A device or app that shows codes by time (RFC 6238).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotpDevice {
    /// What it shares with us.
    pub secret_sealed: Sealed,
    /// When a code of it was first right; until then it proves nothing.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// The time step of the last code that was accepted: no code of this step or an earlier one is accepted again.
    pub last_step: Option<i64>,
}

impl TotpDevice {
    /// Whether a right code of this time step is accepted: each works once, and none after a later one.
    pub fn accepts(&self, step: i64) -> bool {
        self.last_step.is_none_or(|last| step > last)
    }
}

/// A code that stands in for the device once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoveryCode {
    /// Its id.
    pub id: RecoveryCodeId,
    /// Whose it is.
    pub account_id: AccountId,
    /// Its keyed hash.
    pub code_hash: KeyedHash,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was used.
    pub used_at: Option<DateTime<Utc>>,
}

/// What of a recovery code counts: its letters and digits in capitals, whatever stands between them; `None` where it cannot
/// be one.
pub fn read_recovery_code(typed: &str) -> Option<String> {
    let code: String = typed
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .map(|letter| letter.to_ascii_uppercase())
        .collect();
    let is_one = code.len() == RECOVERY_CODE_LENGTH
        && code.chars().all(|letter| letter.is_ascii_alphanumeric());
    is_one.then_some(code)
}

/// A role of an account beyond being a student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffRole {
    /// Its id.
    pub id: StaffRoleId,
    /// Who has it.
    pub account_id: AccountId,
    /// What it allows.
    pub role: Role,
    /// The school it holds for; `None` means every school.
    pub school_id: Option<SchoolId>,
    /// To which students of the school it is limited.
    pub limits: StudentLimits,
    /// When it was given.
    pub created_at: DateTime<Utc>,
    /// Counts the changes.
    pub version: i32,
}

impl StaffRole {
    /// The role as a grant.
    pub fn grant(&self) -> StaffGrant {
        StaffGrant {
            role: self.role,
            place: match self.school_id {
                Some(school_id) => GrantPlace::School(SchoolStudents {
                    school_id,
                    limits: self.limits.clone(),
                }),
                None => GrantPlace::AllSchools,
            },
        }
    }
}

/// What is kept of a session in which the second factor was confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StaffSession {
    /// The session.
    pub family_id: SessionId,
    /// Whose it is.
    pub account_id: AccountId,
    /// When the second factor was last confirmed.
    pub confirmed_at: DateTime<Utc>,
    /// When the last request came, to within [`SEEN_RESOLUTION`].
    pub last_seen_at: DateTime<Utc>,
}

impl StaffSession {
    /// Whether nothing came for so long that the session is over.
    pub fn is_idle(&self, now: DateTime<Utc>) -> bool {
        now >= self.last_seen_at + IDLE_LIMIT
    }

    /// Until when what needs a fresh second factor is allowed.
    pub fn fresh_until(&self) -> DateTime<Utc> {
        self.confirmed_at + FRESH_FOR
    }

    /// Whether what needs a fresh second factor is allowed now.
    pub fn is_fresh(&self, now: DateTime<Utc>) -> bool {
        now < self.fresh_until()
    }

    /// Whether the last request must be noted.
    pub fn must_be_seen(&self, now: DateTime<Utc>) -> bool {
        now >= self.last_seen_at + SEEN_RESOLUTION
    }
}

words! {
    /// How far a session of staff is.
    SecondFactorState {
        /// The person has no device yet and must set one up.
        NotEnrolled = "not_enrolled", "未设置", "not set up";
        /// A code of the device is wanted.
        Required = "required", "待验证", "required";
        /// The session is complete.
        Confirmed = "confirmed", "已验证", "confirmed";
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    fn device(confirmed_at: Option<DateTime<Utc>>, last_step: Option<i64>) -> TotpDevice {
        TotpDevice {
            secret_sealed: vec![1].into(),
            confirmed_at,
            last_step,
        }
    }

    #[rstest]
    #[case::the_first(None, 5, true)]
    #[case::a_later_one(Some(4), 5, true)]
    #[case::the_same(Some(5), 5, false)]
    #[case::an_earlier_one(Some(6), 5, false)]
    fn a_code_of_an_accepted_or_earlier_step_is_refused(
        #[case] last: Option<i64>,
        #[case] step: i64,
        #[case] expected: bool,
    ) {
        assert_eq!(device(None, last).accepts(step), expected, "{last:?}");
    }

    #[rstest]
    #[case::no_device(None, 0, true)]
    #[case::an_unconfirmed_device(Some(device(None, None)), 0, true)]
    #[case::in_the_last_second(None, 14 * 86_400 - 1, true)]
    #[case::after_the_invitation(None, 14 * 86_400, false)]
    #[case::a_confirmed_device(Some(device(Some(at(1)), None)), 2, false)]
    fn a_first_device_is_set_up_within_the_invitation_only(
        #[case] device: Option<TotpDevice>,
        #[case] now: i64,
        #[case] expected: bool,
    ) {
        let member = StaffMember {
            account_id: AccountId(uuid::Uuid::nil()),
            name_sealed: vec![].into(),
            invited_at: at(0),
            device,
            tries_full_at: None,
            version: 1,
        };
        assert_eq!(member.may_enrol(at(now)), expected, "{now}");
    }

    #[rstest]
    #[case::fresh(599, false, true, false)]
    #[case::no_longer_fresh(600, false, false, false)]
    #[case::seen_a_minute_ago(1_059, false, false, false)]
    #[case::a_minute_since_it_was_seen(1_060, false, false, true)]
    #[case::almost_idle(2_799, false, false, true)]
    #[case::idle(2_800, true, false, true)]
    fn a_session_is_idle_after_half_an_hour_and_fresh_for_ten_minutes(
        #[case] now: i64,
        #[case] idle: bool,
        #[case] fresh: bool,
        #[case] seen: bool,
    ) {
        let session = StaffSession {
            family_id: SessionId(uuid::Uuid::nil()),
            account_id: AccountId(uuid::Uuid::nil()),
            confirmed_at: at(0),
            last_seen_at: at(1_000),
        };
        let now = at(now);
        let told = (session.is_idle(now), session.is_fresh(now));
        assert_eq!(told, (idle, fresh), "{now}");
        assert_eq!(session.must_be_seen(now), seen, "{now}");
    }

    #[rstest]
    #[case::empty("")]
    #[case::a_character_short("7K3M9-QXT4")]
    #[case::a_character_long("7K3M9-QXT421")]
    #[case::a_wide_comma("7K3M9-QXT4，")]
    #[case::six_digits("123456")]
    fn another_text_is_no_recovery_code(#[case] bad: &str) {
        let read = |typed| read_recovery_code(typed);
        assert_eq!(read(bad), None, "{bad}");
    }

    #[test]
    fn a_recovery_code_is_read_however_it_is_typed() {
        let read = |typed| read_recovery_code(typed);
        assert_eq!(read("7k3m9-qxt42").as_deref(), Some("7K3M9QXT42"));
        assert_eq!(read(" 7K3M9 QXT42 ").as_deref(), Some("7K3M9QXT42"));
    }

    fn member(device: Option<TotpDevice>) -> StaffMember {
        StaffMember {
            account_id: AccountId(uuid::Uuid::nil()),
            name_sealed: vec![].into(),
            invited_at: at(0),
            device,
            tries_full_at: None,
            version: 1,
        }
    }

    #[rstest]
    #[case::just_invited(None, 0, InvitationState::Invited)]
    #[case::a_device_half_set_up(Some(device(None, None)), 1, InvitationState::Invited)]
    #[case::too_late(None, 14 * 86_400, InvitationState::Expired)]
    #[case::half_set_up_and_too_late(
        Some(device(None, None)),
        14 * 86_400,
        InvitationState::Expired
    )]
    #[case::long_accepted(Some(device(Some(at(1)), None)), 99 * 86_400, InvitationState::Accepted)]
    fn an_invitation_is_accepted_by_a_device_that_was_set_up(
        #[case] device: Option<TotpDevice>,
        #[case] now: i64,
        #[case] expected: InvitationState,
    ) {
        assert_eq!(member(device).invitation(at(now)), expected);
    }

    const SCHOOL: SchoolId = SchoolId(uuid::Uuid::from_u128(1));

    #[rstest]
    #[case::a_role_of_its_school(Reach::Schools(vec![SCHOOL]), Some(SCHOOL), true)]
    #[case::a_role_of_another_school(Reach::Schools(vec![]), Some(SCHOOL), false)]
    #[case::a_role_for_every_school(Reach::Schools(vec![SCHOOL]), None, false)]
    #[case::every_school(Reach::AllSchools, Some(SCHOOL), true)]
    #[case::every_school_and_a_role_for_all(Reach::AllSchools, None, true)]
    fn roles_are_managed_where_one_may_manage(
        #[case] reach: Reach,
        #[case] school: Option<SchoolId>,
        #[case] expected: bool,
    ) {
        assert_eq!(may_manage(&reach, school), expected);
    }

    #[rstest]
    #[case::of_a_school(
        Some(SCHOOL),
        GrantPlace::School(SchoolStudents { school_id: SCHOOL, limits: law() }),
    )]
    #[case::of_every_school(None, GrantPlace::AllSchools)]
    fn a_role_holds_at_its_place(#[case] school_id: Option<SchoolId>, #[case] place: GrantPlace) {
        let role = StaffRole {
            id: StaffRoleId(uuid::Uuid::nil()),
            account_id: AccountId(uuid::Uuid::nil()),
            role: Role::Officer,
            school_id,
            limits: law(),
            created_at: at(0),
            version: 1,
        };
        let expected = StaffGrant {
            role: Role::Officer,
            place,
        };
        assert_eq!(role.grant(), expected);
    }

    fn law() -> StudentLimits {
        StudentLimits {
            colleges: vec!["法学院".to_owned()],
            classes: Vec::new(),
        }
    }
}
