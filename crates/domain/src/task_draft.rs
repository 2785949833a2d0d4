//! Making and changing tasks: what can be written, what may change after a task was opened, and what a task lacks to be opened.

use chrono::{DateTime, Utc};

use crate::known_item::{MOST_CATCH_LIMIT, MOST_SEEDED_SHARE};
use crate::school::{School, SchoolState};
use crate::second_look::MOST_SECOND_SHARE;
use crate::task::{FeeLine, IdentityMode, Payer, Task, TaskSettings, TaskState};
use crate::word::words;
use crate::{Fen, FieldError, ProblemCode};

/// The most characters of a task's name.
pub const NAME_LENGTH: usize = 60;
/// The most characters of the text that says who takes part, in each language.
pub const AUDIENCE_LENGTH: usize = 200;
/// The most characters of whom students can ask.
pub const CONTACT_LENGTH: usize = 100;
/// The most that one line of a fee can be: 1,000 yuan. A larger one is a slip of the keyboard.
pub const LARGEST_FEE: Fen = Fen(100_000);
/// How many lines a fee has at most: one of each kind.
pub const MOST_FEES: usize = 3;
/// The most photos that a student may be allowed.
pub const MOST_PHOTOS: u16 = 20;
/// The most days in which a rejected photo can be replaced.
pub const MOST_RESUBMIT_DAYS: u16 = 60;
/// The fewest days after its end after which a task is purged: a decision is disputed within a month.
pub const FEWEST_PURGE_DAYS: u16 = 30;
/// The most: five years.
pub const MOST_PURGE_DAYS: u16 = 1825;

words! {
    /// A setting of a task.
    TaskField {
        /// The name.
        Name = "name", "任务名称", "name";
        /// From when photos are taken.
        OpensAt = "opens_at", "开始时间", "start";
        /// Until when.
        ClosesAt = "closes_at", "截止时间", "end";
        /// What is charged.
        Fees = "fees", "费用", "fees";
        /// Who pays it.
        Payer = "payer", "付款方", "who pays";
        /// How students are recognised.
        Identity = "identity", "身份核验方式", "how students are verified";
        /// What is asked for besides.
        ExtraProofs = "extra_proofs", "附加核验项", "further proofs";
        /// Which reviews a photo needs.
        Review = "review", "审核环节", "reviews";
        /// The photo rules.
        Photo = "photo", "照片标准", "photo rules";
        /// Whether photos must be taken with the camera.
        CameraOnly = "camera_only", "仅限现场拍摄", "camera only";
        /// Whether files are sent as they are.
        Originals = "originals", "上传原图", "original files";
        /// How many photos a student may submit.
        MaxPhotos = "max_photos", "照片提交次数", "photos for each student";
        /// In how many days a rejected photo can be replaced.
        ResubmitDays = "resubmit_days", "重新提交天数", "days to replace a photo";
        /// Of which share of the photos a second reviewer decides too.
        SecondShare = "second_share", "复核比例", "share of second looks";
        /// Beside which share of the photos a known item is put.
        SeededShare = "seeded_share", "已知照片比例", "share of known items";
        /// Below which share of caught faults a reviewer's approvals are in doubt.
        CatchLimit = "catch_limit", "发现率下限", "limit of the catch rate";
        /// After how many days photos, names and numbers are deleted.
        PurgeDays = "purge_days", "数据保存天数", "days to keep the data";
        /// Who takes part.
        Audience = "audience", "参加对象", "who takes part";
        /// Whom students can ask.
        Contact = "contact", "联系方式", "contact";
    }
}

/// How a setting may change once students could take part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterOpening {
    /// As before.
    Free,
    /// It may grow, so that nobody loses what they were promised.
    OnlyMore,
    /// Not any more: students acted on it.
    Fixed,
}

impl TaskField {
    /// How the setting may change after the task was opened.
    pub fn after_opening(self) -> AfterOpening {
        match self {
            // Unpaid orders follow a new price; paid ones keep theirs.
            Self::Name
            | Self::ClosesAt
            | Self::Fees
            | Self::ExtraProofs
            | Self::CameraOnly
            | Self::Originals
            | Self::SecondShare
            | Self::SeededShare
            | Self::CatchLimit
            | Self::PurgeDays
            | Self::Audience
            | Self::Contact => AfterOpening::Free,
            Self::MaxPhotos | Self::ResubmitDays => AfterOpening::OnlyMore,
            Self::OpensAt | Self::Payer | Self::Identity | Self::Review | Self::Photo => {
                AfterOpening::Fixed
            }
        }
    }

    fn pointer(self) -> &'static str {
        match self {
            Self::Name => "/name",
            Self::OpensAt => "/opens_at",
            Self::ClosesAt => "/closes_at",
            Self::Fees => "/fees",
            Self::Payer => "/payer",
            Self::Identity => "/identity",
            Self::ExtraProofs => "/extra_proofs",
            Self::Review => "/review",
            Self::Photo => "/photo",
            Self::CameraOnly => "/camera_only",
            Self::Originals => "/originals",
            Self::MaxPhotos => "/max_photos",
            Self::ResubmitDays => "/resubmit_days",
            Self::SecondShare => "/second_share",
            Self::SeededShare => "/seeded_share",
            Self::CatchLimit => "/catch_limit",
            Self::PurgeDays => "/purge_days",
            Self::Audience => "/audience",
            Self::Contact => "/contact",
        }
    }

    fn error(self, code: ProblemCode) -> FieldError {
        FieldError::new(self.pointer(), code)
    }

    fn number_error(self, min: u16, max: u16) -> FieldError {
        let error = self.error(ProblemCode::TaskNumber);
        error.with("min", min).with("max", max)
    }

    /// What to tell an officer where the setting is missing, cannot be read, or is none of those that are allowed.
    pub fn fault(self) -> FieldError {
        match self {
            Self::Name => self.error(ProblemCode::TaskName).with("max", NAME_LENGTH),
            Self::OpensAt | Self::ClosesAt => self.error(ProblemCode::TaskWindow),
            Self::Fees => {
                let error = self.error(ProblemCode::TaskFees);
                error.with("max_yuan", LARGEST_FEE.0 / 100)
            }
            Self::MaxPhotos => self.number_error(1, MOST_PHOTOS),
            Self::ResubmitDays => self.number_error(0, MOST_RESUBMIT_DAYS),
            Self::SecondShare => self.number_error(0, MOST_SECOND_SHARE.into()),
            Self::SeededShare => self.number_error(0, MOST_SEEDED_SHARE.into()),
            Self::CatchLimit => self.number_error(0, MOST_CATCH_LIMIT.into()),
            Self::PurgeDays => self.number_error(FEWEST_PURGE_DAYS, MOST_PURGE_DAYS),
            Self::Audience => {
                let error = self.error(ProblemCode::TaskText);
                error.with("max", AUDIENCE_LENGTH)
            }
            Self::Contact => self
                .error(ProblemCode::TaskText)
                .with("max", CONTACT_LENGTH),
            Self::Payer
            | Self::Identity
            | Self::ExtraProofs
            | Self::Review
            | Self::Photo
            | Self::CameraOnly
            | Self::Originals => {
                let error = self.error(ProblemCode::RequestFieldUnreadable);
                error.with("field", self.as_str())
            }
        }
    }
}

/// What of a task an officer writes.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskDraft {
    /// The name.
    pub name: String,
    /// From when photos are taken.
    pub opens_at: DateTime<Utc>,
    /// Until when, not including this moment.
    pub closes_at: DateTime<Utc>,
    /// The settings.
    pub settings: TaskSettings,
}

impl TaskDraft {
    /// What is wrong with it by itself, whether or not the task is open; nothing where it can be kept.
    pub fn errors(&self) -> Vec<FieldError> {
        let settings = &self.settings;
        let characters = self.name.trim().chars().count();
        let is_name =
            (1..=NAME_LENGTH).contains(&characters) && !self.name.chars().any(char::is_control);
        let audience = &settings.audience;
        let is_longer = |text: &str, most: usize| text.chars().count() > most;
        let photos = u16::try_from(settings.max_photos).unwrap_or_default();
        let wrong = [
            (TaskField::Name, !is_name),
            (TaskField::ClosesAt, self.opens_at >= self.closes_at),
            (TaskField::Fees, !are_fees(&settings.fees)),
            (TaskField::MaxPhotos, !(1..=MOST_PHOTOS).contains(&photos)),
            (
                TaskField::ResubmitDays,
                settings.resubmit_days > MOST_RESUBMIT_DAYS,
            ),
            (
                TaskField::SecondShare,
                settings.second_share > MOST_SECOND_SHARE,
            ),
            (
                TaskField::SeededShare,
                settings.seeded_share > MOST_SEEDED_SHARE,
            ),
            (
                TaskField::CatchLimit,
                settings.catch_limit > MOST_CATCH_LIMIT,
            ),
            (
                TaskField::PurgeDays,
                !(FEWEST_PURGE_DAYS..=MOST_PURGE_DAYS).contains(&settings.purge_days),
            ),
            (
                TaskField::Audience,
                is_longer(&audience.zh, AUDIENCE_LENGTH),
            ),
            (
                TaskField::Audience,
                is_longer(&audience.en, AUDIENCE_LENGTH),
            ),
            (
                TaskField::Contact,
                is_longer(&settings.contact, CONTACT_LENGTH),
            ),
        ];
        let wrong = wrong.into_iter().filter(|(_, is_wrong)| *is_wrong);
        wrong.map(|(field, _)| field.fault()).collect()
    }
}

/// Whether each kind of fee stands there at most once, with an amount that somebody can mean.
fn are_fees(fees: &[FeeLine]) -> bool {
    let is_amount = |line: &FeeLine| (Fen::ZERO..=LARGEST_FEE).contains(&line.amount_fen);
    let is_once = |line: &FeeLine| {
        let same = fees.iter().filter(|other| other.code == line.code);
        same.count() == 1
    };
    fees.iter().all(|line| is_amount(line) && is_once(line))
}

/// What of a draft may not take the place of what the task has, because of the table above.
pub fn refused_changes(task: &Task, draft: &TaskDraft) -> Vec<FieldError> {
    if task.state == TaskState::Draft {
        return Vec::new();
    }
    let refused = |field: &TaskField| {
        let code = match field.after_opening() {
            AfterOpening::Free => return None,
            AfterOpening::Fixed if is_same(*field, task, draft) => return None,
            AfterOpening::Fixed => ProblemCode::TaskFixed,
            AfterOpening::OnlyMore if is_more(*field, task, draft) => return None,
            AfterOpening::OnlyMore => ProblemCode::TaskOnlyMore,
        };
        Some(field.error(code))
    };
    TaskField::ALL.iter().filter_map(refused).collect()
}

fn is_same(field: TaskField, task: &Task, draft: &TaskDraft) -> bool {
    let (old, new) = (&task.settings, &draft.settings);
    match field {
        TaskField::Name => task.name == draft.name,
        TaskField::OpensAt => task.opens_at == draft.opens_at,
        TaskField::ClosesAt => task.closes_at == draft.closes_at,
        TaskField::Fees => old.fees == new.fees,
        TaskField::Payer => old.payer == new.payer,
        TaskField::Identity => old.identity == new.identity,
        TaskField::ExtraProofs => old.extra_proofs == new.extra_proofs,
        TaskField::Review => old.review == new.review,
        TaskField::Photo => old.photo == new.photo,
        TaskField::CameraOnly => old.camera_only == new.camera_only,
        TaskField::Originals => old.originals == new.originals,
        TaskField::MaxPhotos => old.max_photos == new.max_photos,
        TaskField::ResubmitDays => old.resubmit_days == new.resubmit_days,
        TaskField::SecondShare => old.second_share == new.second_share,
        TaskField::SeededShare => old.seeded_share == new.seeded_share,
        TaskField::CatchLimit => old.catch_limit == new.catch_limit,
        TaskField::PurgeDays => old.purge_days == new.purge_days,
        TaskField::Audience => old.audience == new.audience,
        TaskField::Contact => old.contact == new.contact,
    }
}

/// Whether a number did not become smaller; whatever is no number did not change.
fn is_more(field: TaskField, task: &Task, draft: &TaskDraft) -> bool {
    let (old, new) = (&task.settings, &draft.settings);
    if field == TaskField::MaxPhotos {
        new.max_photos >= old.max_photos
    } else if field == TaskField::ResubmitDays {
        new.resubmit_days >= old.resubmit_days
    } else {
        is_same(field, task, draft)
    }
}

/// What an installation has for the tasks of a school.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaskMeans {
    /// Whether students of the school can pay anywhere.
    pub has_payment: bool,
    /// Whether image-capture codes can be verified.
    pub reads_codes: bool,
}

/// Everything that a task lacks to be opened now, each with its field; nothing where it can be.
pub fn opening_faults(
    task: &Task,
    school: &School,
    means: TaskMeans,
    now: DateTime<Utc>,
) -> Vec<FieldError> {
    let settings = &task.settings;
    let is_due = settings.due_fen() > Fen::ZERO;
    let faults = [
        (
            school.state == SchoolState::Suspended,
            FieldError::new("", ProblemCode::SchoolSuspended),
        ),
        (
            task.closes_at <= now,
            TaskField::ClosesAt.error(ProblemCode::TaskWindowOver),
        ),
        (
            settings.audience.zh.trim().is_empty() || settings.audience.en.trim().is_empty(),
            TaskField::Audience.error(ProblemCode::TaskAudience),
        ),
        (
            settings.contact.trim().is_empty(),
            TaskField::Contact.error(ProblemCode::TaskContact),
        ),
        (
            settings.payer != Payer::Free && settings.list_fen() == Fen::ZERO,
            TaskField::Fees.error(ProblemCode::TaskFeeMissing),
        ),
        (
            is_due && !means.has_payment,
            TaskField::Payer.error(ProblemCode::TaskPayment),
        ),
    ];
    let present = faults.into_iter().filter(|(is_there, _)| *is_there);
    let present = present.map(|(_, fault)| fault);
    present
        .chain(identity_fault(settings.identity, means.reads_codes))
        .collect()
}

/// What is wrong with a way to recognise students; `reads_codes` says whether this installation can verify image-capture
/// codes.
pub fn identity_fault(identity: IdentityMode, reads_codes: bool) -> Option<FieldError> {
    match identity {
        IdentityMode::CaptureCode if !reads_codes => {
            Some(TaskField::Identity.error(ProblemCode::TaskIdentity))
        }
        IdentityMode::Roster | IdentityMode::CaptureCode => None,
    }
}

/// The state of a task that is opened: a draft, or one that was closed; `None` where it cannot be.
pub fn opened(state: TaskState) -> Option<TaskState> {
    match state {
        TaskState::Draft | TaskState::Closed => Some(TaskState::Open),
        TaskState::Open | TaskState::HandedOver | TaskState::Purged => None,
    }
}

/// The state of a task that is closed; `None` where it is not open.
pub fn closed(state: TaskState) -> Option<TaskState> {
    match state {
        TaskState::Open => Some(TaskState::Closed),
        TaskState::Draft | TaskState::Closed | TaskState::HandedOver | TaskState::Purged => None,
    }
}

/// The state of a task whose school has all that it will get; `None` where it still takes photos or was handed over before.
pub fn handed_over(task: &Task, now: DateTime<Utc>) -> Option<TaskState> {
    match task.state {
        TaskState::Open | TaskState::Closed if task.is_over(now) => Some(TaskState::HandedOver),
        TaskState::Draft
        | TaskState::Open
        | TaskState::Closed
        | TaskState::HandedOver
        | TaskState::Purged => None,
    }
}

/// Whether the settings of a task can be changed at all.
pub fn is_editable(state: TaskState) -> bool {
    match state {
        TaskState::Draft | TaskState::Open | TaskState::Closed => true,
        TaskState::HandedOver | TaskState::Purged => false,
    }
}

#[cfg(test)]
mod tests;
