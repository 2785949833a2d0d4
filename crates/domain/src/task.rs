//! A collection task: one school, one window, its fee, its rules.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::photo_state::PhotoState;
use crate::review::ReviewOrder;
use crate::second_look::USUAL_SECOND_SHARE;
use crate::word::words;
use crate::{Fen, SchoolId, TaskId};

words! {
    /// Where a task is in its life.
    TaskState {
        /// Being prepared; students do not see it.
        Draft = "draft", "草稿", "draft";
        /// Published; its window decides whether photos are taken.
        Open = "open", "已发布", "published";
        /// Ended by the school.
        Closed = "closed", "已结束", "closed";
        /// The accepted photos are with the school.
        HandedOver = "handed_over", "已交付", "handed over";
        /// The personal data are deleted.
        Purged = "purged", "已清除", "purged";
    }
}

impl TaskState {
    /// The states in which students see a task.
    pub const PUBLISHED: [Self; 3] = [Self::Open, Self::Closed, Self::HandedOver];
}

words! {
    /// Who pays the fee of a task.
    Payer {
        /// Each student.
        Student = "student", "学生支付", "the student";
        /// The school, by statement.
        School = "school", "学校支付", "the school";
        /// Nobody: there is no fee.
        Free = "free", "免费", "nobody";
    }
}

words! {
    /// What a fee line is for.
    FeeCode {
        /// Taking in and checking the image.
        Collection = "collection", "图像采集费", "image collection";
        /// A sheet of prints.
        Prints = "prints", "照片制作费", "prints";
        /// Sending by post.
        Postage = "postage", "邮寄费", "postage";
    }
}

words! {
    /// How a task proves who a student is.
    IdentityMode {
        /// By the school's roster.
        Roster = "roster", "学校名单", "school roster";
        /// By CHSI's image collection code.
        CaptureCode = "capture_code", "图像采集码", "image collection code";
    }
}

words! {
    /// What a task asks for beside document and level.
    ExtraProof {
        /// The student's name.
        Name = "name", "姓名", "name";
        /// The student number.
        StudentNo = "student_no", "学号", "student number";
    }
}

/// The longest note to the reviewer that comes with a photo, in characters.
pub const PHOTO_NOTE_MAX: usize = 200;

words! {
    /// How the student came by the photo.
    PhotoSource {
        /// Taken with the camera on the photo page.
        Camera = "camera", "现场拍摄", "camera";
        /// Chosen from the device's files.
        File = "file", "文件", "file";
    }
}

words! {
    /// Whether a student can hand in a photo for a task now, in the order in which tasks are listed.
    Availability {
        /// The window is open.
        Open = "open", "进行中", "open";
        /// The window has not begun.
        Upcoming = "upcoming", "未开始", "not yet open";
        /// The window has ended, or the school ended the task.
        Closed = "closed", "已结束", "closed";
    }
}

/// One line of a fee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeLine {
    /// What it is for.
    pub code: FeeCode,
    /// How much, never negative.
    pub amount_fen: Fen,
}

/// The settings of a task: one document, versioned, stored whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaskSettings {
    /// The shape of this document; 1.
    pub version: u16,
    /// What is charged.
    pub fees: Vec<FeeLine>,
    /// Who pays it.
    pub payer: Payer,
    /// How students are recognised.
    pub identity: IdentityMode,
    /// What is asked for besides. A document that does not say asks for the name; an empty list is the school's decision to
    /// verify by number and level alone, as the original notice did.
    #[serde(default = "default_proofs")]
    pub extra_proofs: Vec<ExtraProof>,
    /// The photo rules; the national standard unless the school says otherwise.
    pub photo: photo::Rules,
    /// Whether photos must be taken with the camera on the photo page. A browser only claims that, so it is a help against
    /// old pictures and no proof.
    #[serde(default)]
    pub camera_only: bool,
    /// Which reviews a photo needs; that of the bureau alone where the document does not say.
    #[serde(default = "default_review")]
    pub review: ReviewOrder,
    /// Whether browsers send the file as it was chosen or taken. Otherwise they send one no larger than the standard can
    /// use, which is quicker on a weak network.
    #[serde(default)]
    pub originals: bool,
    /// How many photos a student may submit in all.
    pub max_photos: i32,
    /// Days in which a rejected photo can be replaced.
    pub resubmit_days: u16,
    /// Of how many photos in a hundred a second reviewer decides without knowing of the first.
    #[serde(default = "default_second_share")]
    pub second_share: u8,
    /// Beside how many photos in a hundred a known item is put.
    #[serde(default)]
    pub seeded_share: u8,
    /// A reviewer who catches fewer known faults in a hundred than this has their approvals in doubt; 0 for never.
    #[serde(default)]
    pub catch_limit: u8,
    /// Days after the end after which photos, names and numbers are deleted.
    #[serde(default = "default_purge_days")]
    pub purge_days: u16,
    /// Who must take part, in both languages.
    pub audience: BothLanguages,
    /// Whom students can ask.
    pub contact: String,
}

/// Number and level alone are known to many people, for example from a list of a class; a name must come with them.
fn default_proofs() -> Vec<ExtraProof> {
    vec![ExtraProof::Name]
}

const fn default_second_share() -> u8 {
    USUAL_SECOND_SHARE
}

/// For tasks from before schools could choose.
const fn default_purge_days() -> u16 {
    USUAL_PURGE_DAYS
}

/// What was so for every task before schools could review.
fn default_review() -> ReviewOrder {
    ReviewOrder::Bureau
}

/// The days after its end after which a task is purged that does not say: a year, within which a collection and what follows
/// it are over.
pub const USUAL_PURGE_DAYS: u16 = 365;

/// A text that the school wrote, in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BothLanguages {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl TaskSettings {
    /// The list price: the sum of the fee lines.
    pub fn list_fen(&self) -> Fen {
        Fen(self.fees.iter().map(|line| line.amount_fen.0).sum())
    }

    /// What a student owes: nothing where the school pays or there is no fee.
    pub fn due_fen(&self) -> Fen {
        match self.payer {
            Payer::Student => self.list_fen(),
            Payer::School | Payer::Free => Fen::ZERO,
        }
    }

    /// Who settles an order of this task; a fee of 0 is free, whoever was to pay it.
    pub fn settling_payer(&self) -> Payer {
        if self.list_fen() == Fen::ZERO {
            Payer::Free
        } else {
            self.payer
        }
    }
}

/// A collection task.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// Whose it is.
    pub school_id: SchoolId,
    /// Its name, as the school gave it.
    pub name: String,
    /// Where it is in its life.
    pub state: TaskState,
    /// From when photos are taken.
    pub opens_at: DateTime<Utc>,
    /// Until when, not including this moment.
    pub closes_at: DateTime<Utc>,
    /// When the school ended it, where it did.
    pub ended_at: Option<DateTime<Utc>>,
    /// Its settings.
    pub settings: TaskSettings,
    /// Counts its changes.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

impl Task {
    /// Whether students can take part now; `None` where they must not even see the task.
    pub fn availability(&self, now: DateTime<Utc>) -> Option<Availability> {
        match self.state {
            TaskState::Draft | TaskState::Purged => None,
            TaskState::Open if now < self.opens_at => Some(Availability::Upcoming),
            TaskState::Open if now < self.closes_at => Some(Availability::Open),
            TaskState::Open | TaskState::Closed | TaskState::HandedOver => {
                Some(Availability::Closed)
            }
        }
    }

    /// Where the task stands among those of its school, the least first: open ones by their end, then those to come by
    /// their beginning, then those that ended, the latest first. `None` where students must not see it.
    pub fn rank(&self, now: DateTime<Utc>) -> Option<(Availability, i64)> {
        let availability = self.availability(now)?;
        let second = match availability {
            Availability::Open => self.closes_at.timestamp(),
            Availability::Upcoming => self.opens_at.timestamp(),
            Availability::Closed => -self.closes_at.timestamp(),
        };
        Some((availability, second))
    }

    /// Whether a photo is taken now: while the task is open, and later where the student's latest photo was not
    /// accepted and the days to replace it have not passed. `latest` is its state and since when it is in it.
    pub fn takes_photo(
        &self,
        latest: Option<(PhotoState, DateTime<Utc>)>,
        now: DateTime<Utc>,
    ) -> bool {
        let may_replace = match latest {
            Some((PhotoState::Rejected | PhotoState::Refused, since)) => {
                now < since + self.resubmission_period()
            }
            Some(_) | None => false,
        };
        match self.availability(now) {
            Some(Availability::Open) => true,
            Some(Availability::Closed) => may_replace,
            Some(Availability::Upcoming) | None => false,
        }
    }

    fn resubmission_period(&self) -> TimeDelta {
        TimeDelta::days(self.settings.resubmit_days.into())
    }

    /// When a photo that was rejected at the end of the window can no longer be replaced.
    pub fn resubmission_ends_at(&self) -> DateTime<Utc> {
        self.closes_at + self.resubmission_period()
    }

    /// Whether the task's data may be destroyed: the school ended the task, or the window and the days to replace a
    /// rejected photo have passed.
    pub fn is_over(&self, now: DateTime<Utc>) -> bool {
        match self.state {
            TaskState::Draft | TaskState::Open => now >= self.resubmission_ends_at(),
            TaskState::Closed | TaskState::HandedOver | TaskState::Purged => true,
        }
    }

    /// Whether photos are taken now.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.availability(now) == Some(Availability::Open)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use rstest::rstest;

    use super::*;

    const DAY: i64 = 86_400;

    pub(crate) fn settings(payer: Payer, fees: &[i64]) -> TaskSettings {
        TaskSettings {
            version: 1,
            fees: fees
                .iter()
                .map(|&fen| FeeLine {
                    code: FeeCode::Collection,
                    amount_fen: Fen(fen),
                })
                .collect(),
            payer,
            identity: IdentityMode::Roster,
            extra_proofs: vec![],
            photo: photo::Rules::default(),
            camera_only: false,
            review: ReviewOrder::Bureau,
            originals: false,
            max_photos: 3,
            resubmit_days: 2,
            second_share: 0,
            seeded_share: 0,
            catch_limit: 0,
            purge_days: 30,
            audience: BothLanguages::default(),
            contact: String::new(),
        }
    }

    #[rstest]
    #[case::draft(TaskState::Draft, 150, None)]
    #[case::before_it_opens(TaskState::Open, 99, Some(Availability::Upcoming))]
    #[case::as_it_opens(TaskState::Open, 100, Some(Availability::Open))]
    #[case::in_its_last_second(TaskState::Open, 199, Some(Availability::Open))]
    #[case::as_it_closes(TaskState::Open, 200, Some(Availability::Closed))]
    #[case::closed_early(TaskState::Closed, 150, Some(Availability::Closed))]
    #[case::handed_over(TaskState::HandedOver, 150, Some(Availability::Closed))]
    #[case::purged(TaskState::Purged, 150, None)]
    fn the_window_and_the_state_decide_together(
        #[case] state: TaskState,
        #[case] now: i64,
        #[case] expected: Option<Availability>,
    ) {
        let task = task(state, 100, 200);
        assert_eq!(task.availability(at(now)), expected, "{state} at {now}");
    }

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    fn task(state: TaskState, opens_s: i64, closes_s: i64) -> Task {
        Task {
            id: TaskId(uuid::Uuid::nil()),
            school_id: SchoolId(uuid::Uuid::nil()),
            name: format!("{opens_s}"),
            state,
            opens_at: at(opens_s),
            closes_at: at(closes_s),
            ended_at: None,
            settings: settings(Payer::Student, &[2000]),
            version: 1,
            created_at: at(0),
        }
    }

    #[rstest]
    #[case::a_draft_with_a_day_left(TaskState::Draft, 11 * DAY, false)]
    #[case::a_draft_after_the_last_day(TaskState::Draft, 12 * DAY, true)]
    #[case::open_at_first(TaskState::Open, 0, false)]
    #[case::open_for_a_last_second(TaskState::Open, 12 * DAY - 1, false)]
    #[case::open_after_the_last_day(TaskState::Open, 12 * DAY, true)]
    #[case::closed(TaskState::Closed, 0, true)]
    #[case::handed_over(TaskState::HandedOver, 0, true)]
    #[case::purged(TaskState::Purged, 0, true)]
    fn a_published_task_is_over_when_no_photo_can_be_replaced_any_more(
        #[case] state: TaskState,
        #[case] now: i64,
        #[case] expected: bool,
    ) {
        let task = task(state, DAY, 10 * DAY);
        assert_eq!(task.is_over(at(now)), expected, "{state} at {now}");
    }

    #[test]
    fn open_tasks_come_first_and_old_ones_last() {
        let mut tasks = [
            task(TaskState::Open, 1, 20),
            task(TaskState::Open, 2, 90),
            task(TaskState::Open, 300, 400),
            task(TaskState::Open, 3, 200),
            task(TaskState::Closed, 4, 500),
            task(TaskState::Open, 250, 260),
            task(TaskState::Open, 5, 150),
        ];
        tasks.sort_by_key(|task| task.rank(at(100)));
        let order: Vec<_> = tasks.iter().map(|task| task.name.as_str()).collect();
        assert_eq!(order, ["5", "3", "250", "300", "4", "2", "1"]);
        assert_eq!(task(TaskState::Draft, 1, 200).rank(at(100)), None);
        for state in TaskState::ALL {
            let is_seen = task(*state, 1, 200).availability(at(100)).is_some();
            assert_eq!(is_seen, TaskState::PUBLISHED.contains(state), "{state}");
        }
    }

    #[rstest]
    #[case::before_the_window(TaskState::Open, None, 0, false)]
    #[case::as_it_opens(TaskState::Open, None, DAY, true)]
    #[case::as_it_closes(TaskState::Open, None, 10 * DAY, false)]
    #[case::rejected_after_the_window(TaskState::Open, Some(PhotoState::Rejected), 10 * DAY, true)]
    #[case::rejected_and_closed_by_hand(
        TaskState::Closed,
        Some(PhotoState::Rejected),
        10 * DAY,
        true,
    )]
    #[case::refused_after_the_handover(
        TaskState::HandedOver,
        Some(PhotoState::Refused),
        10 * DAY,
        true,
    )]
    #[case::two_days_after_the_rejection(
        TaskState::Open,
        Some(PhotoState::Rejected),
        11 * DAY,
        false,
    )]
    #[case::withdrawn_after_the_window(
        TaskState::Open,
        Some(PhotoState::Withdrawn),
        10 * DAY,
        false,
    )]
    #[case::purged(TaskState::Purged, Some(PhotoState::Rejected), 10 * DAY, false)]
    fn a_photo_that_was_not_accepted_can_be_replaced_after_the_window(
        #[case] state: TaskState,
        #[case] photo: Option<PhotoState>,
        #[case] now: i64,
        #[case] takes: bool,
    ) {
        let photo = photo.map(|state| (state, at(9 * DAY)));
        let task = task(state, DAY, 10 * DAY);
        assert_eq!(
            task.takes_photo(photo, at(now)),
            takes,
            "{state} {photo:?} {now}"
        );
    }

    #[rstest]
    #[case::two_fees(Payer::Student, &[1500, 500], 2000, Payer::Student)]
    #[case::no_fee(Payer::Student, &[], 0, Payer::Free)]
    #[case::a_fee_of_nothing(Payer::Student, &[0], 0, Payer::Free)]
    #[case::the_school_pays(Payer::School, &[1500], 0, Payer::School)]
    #[case::free(Payer::Free, &[], 0, Payer::Free)]
    fn a_student_owes_only_what_no_one_else_pays(
        #[case] payer: Payer,
        #[case] fees: &[i64],
        #[case] due: i64,
        #[case] settles: Payer,
    ) {
        let settings = settings(payer, fees);
        assert_eq!(
            (settings.due_fen(), settings.settling_payer()),
            (Fen(due), settles)
        );
    }

    #[test]
    fn settings_that_do_not_say_ask_for_the_name() {
        let mut document = serde_json::to_value(settings(Payer::Free, &[])).unwrap();
        document["extra_proofs"] = serde_json::json!([]);
        let read: TaskSettings = serde_json::from_value(document.clone()).unwrap();
        assert_eq!(read.extra_proofs, [], "a school may opt out");
        document.as_object_mut().unwrap().remove("extra_proofs");
        let read: TaskSettings = serde_json::from_value(document).unwrap();
        assert_eq!(read.extra_proofs, [ExtraProof::Name]);
    }
}
