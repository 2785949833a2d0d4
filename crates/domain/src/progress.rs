//! How far the students of a task are.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::photo_state::PhotoState;
use crate::word::words;

/// The most groups that are shown of one kind; the smaller ones are one group together.
pub const PROGRESS_GROUPS_MAX: usize = 300;
/// Over how many days the progress is shown.
pub const PROGRESS_DAYS: u64 = 60;
/// The progress of so many students at most is counted at each look, where nothing else is configured.
pub const LIVE_PROGRESS_STUDENTS: u64 = 5_000;
/// The progress of more students is counted again after this time at the earliest.
pub const PROGRESS_KEPT_FOR: TimeDelta = TimeDelta::minutes(1);

words! {
    /// How far a student is.
    StudentProgress {
        /// Nobody has verified as the student.
        NotVerified = "not_verified", "未核验", "not verified";
        /// Verified, without a photo that counts.
        Verified = "verified", "已核验未交照片", "verified, no photo";
        /// A photo was sent, and is to be paid.
        PhotoSent = "photo_sent", "已交照片未支付", "photo sent, not paid";
        /// The photo is settled and waits for its review.
        Paid = "paid", "已支付待审核", "paid, in review";
        /// The photo was accepted.
        Approved = "approved", "已通过", "approved";
        /// The photo was not accepted, and no other was sent.
        Rejected = "rejected", "已驳回", "rejected";
    }
}

impl StudentProgress {
    /// How far a student is by their latest photo.
    pub const fn of(is_verified: bool, latest: Option<PhotoState>) -> Self {
        match (is_verified, latest) {
            (false, _) => Self::NotVerified,
            (true, None | Some(PhotoState::Withdrawn | PhotoState::Replaced)) => Self::Verified,
            (true, Some(PhotoState::Checked)) => Self::PhotoSent,
            (true, Some(PhotoState::PendingReview)) => Self::Paid,
            (true, Some(PhotoState::Approved | PhotoState::HandedOver)) => Self::Approved,
            (true, Some(PhotoState::Rejected | PhotoState::Refused)) => Self::Rejected,
        }
    }

    /// The states of a verified student's latest photo that come to this; a student without a photo is `Verified` besides.
    pub const fn photo_states(self) -> &'static [PhotoState] {
        match self {
            Self::NotVerified => &[],
            Self::Verified => &[PhotoState::Withdrawn, PhotoState::Replaced],
            Self::PhotoSent => &[PhotoState::Checked],
            Self::Paid => &[PhotoState::PendingReview],
            Self::Approved => &[PhotoState::Approved, PhotoState::HandedOver],
            Self::Rejected => &[PhotoState::Rejected, PhotoState::Refused],
        }
    }

    /// Whether the student still has something to do.
    pub const fn is_missing(self) -> bool {
        match self {
            Self::NotVerified | Self::Verified | Self::PhotoSent | Self::Rejected => true,
            Self::Paid | Self::Approved => false,
        }
    }
}

/// How many students are how far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ProgressCounts {
    /// Nobody has verified as them.
    pub not_verified: u64,
    /// Verified, without a photo that counts.
    pub verified: u64,
    /// Their photo is to be paid.
    pub photo_sent: u64,
    /// Their photo waits for its review.
    pub paid: u64,
    /// Their photo was accepted.
    pub approved: u64,
    /// Their photo was not accepted.
    pub rejected: u64,
}

impl ProgressCounts {
    /// Counts some students.
    pub fn add(&mut self, progress: StudentProgress, count: u64) {
        *self.of_mut(progress) += count;
    }

    /// How many are so far.
    pub const fn of(&self, progress: StudentProgress) -> u64 {
        match progress {
            StudentProgress::NotVerified => self.not_verified,
            StudentProgress::Verified => self.verified,
            StudentProgress::PhotoSent => self.photo_sent,
            StudentProgress::Paid => self.paid,
            StudentProgress::Approved => self.approved,
            StudentProgress::Rejected => self.rejected,
        }
    }

    fn of_mut(&mut self, progress: StudentProgress) -> &mut u64 {
        match progress {
            StudentProgress::NotVerified => &mut self.not_verified,
            StudentProgress::Verified => &mut self.verified,
            StudentProgress::PhotoSent => &mut self.photo_sent,
            StudentProgress::Paid => &mut self.paid,
            StudentProgress::Approved => &mut self.approved,
            StudentProgress::Rejected => &mut self.rejected,
        }
    }

    /// All of them.
    pub fn total(&self) -> u64 {
        let all = StudentProgress::ALL.iter();
        all.map(|progress| self.of(*progress)).sum()
    }

    fn join(&mut self, other: &Self) {
        for progress in StudentProgress::ALL {
            self.add(*progress, other.of(*progress));
        }
    }
}

/// Some students who are alike in college, major, class and how far they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressRow {
    /// The college.
    pub college: Option<String>,
    /// The major.
    pub major: Option<String>,
    /// The class.
    pub class_name: Option<String>,
    /// How far they are.
    pub progress: StudentProgress,
    /// How many.
    pub count: u64,
}

/// Students of one college, major or class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressGroup {
    /// Its name; none for students of whom the roster names none, and for the rest.
    pub name: Option<String>,
    /// Whether it is the rest: the groups that are too small to be shown.
    pub is_rest: bool,
    /// How far its students are.
    pub counts: ProgressCounts,
}

/// How far the students of a task are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProgressSums {
    /// All.
    pub total: ProgressCounts,
    /// By college, the largest first.
    pub colleges: Vec<ProgressGroup>,
    /// By major, the largest first.
    pub majors: Vec<ProgressGroup>,
    /// By class, the largest first.
    pub classes: Vec<ProgressGroup>,
}

impl ProgressSums {
    /// The sums of some rows.
    pub fn of(rows: &[ProgressRow]) -> Self {
        let mut total = ProgressCounts::default();
        for row in rows {
            total.add(row.progress, row.count);
        }
        Self {
            total,
            colleges: grouped(rows, |row| row.college.as_ref()),
            majors: grouped(rows, |row| row.major.as_ref()),
            classes: grouped(rows, |row| row.class_name.as_ref()),
        }
    }
}

fn grouped(
    rows: &[ProgressRow],
    name: impl Fn(&ProgressRow) -> Option<&String>,
) -> Vec<ProgressGroup> {
    let mut counts: BTreeMap<Option<&String>, ProgressCounts> = BTreeMap::new();
    for row in rows {
        let group = counts.entry(name(row)).or_default();
        group.add(row.progress, row.count);
    }
    let group = |(name, counts): (Option<&String>, ProgressCounts)| ProgressGroup {
        name: name.cloned(),
        is_rest: false,
        counts,
    };
    let mut groups: Vec<_> = counts.into_iter().map(group).collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.counts.total()));
    if groups.len() > PROGRESS_GROUPS_MAX {
        let mut rest = ProgressCounts::default();
        for small in groups.drain(PROGRESS_GROUPS_MAX - 1..) {
            rest.join(&small.counts);
        }
        groups.push(ProgressGroup {
            name: None,
            is_rest: true,
            counts: rest,
        });
    }
    groups
}

/// What happened on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProgressDay {
    /// The day in China.
    pub day: NaiveDate,
    /// How many verified.
    pub verified: u64,
    /// How many photos were sent.
    pub photo_sent: u64,
    /// How many orders were paid.
    pub paid: u64,
    /// How many photos were accepted, and are still.
    pub approved: u64,
    /// How many photos were not accepted.
    pub rejected: u64,
}

/// How far the students of a task are, as it was counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskProgress {
    /// The sums.
    pub sums: ProgressSums,
    /// What happened on the latest days.
    pub days: Vec<ProgressDay>,
    /// When it was counted.
    pub counted_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(
        college: Option<&str>,
        class: &str,
        progress: StudentProgress,
        count: u64,
    ) -> ProgressRow {
        ProgressRow {
            college: college.map(str::to_owned),
            major: None,
            class_name: Some(class.to_owned()),
            progress,
            count,
        }
    }

    #[test]
    fn the_latest_photo_says_how_far_a_student_is() {
        for state in PhotoState::ALL.iter().copied() {
            assert_eq!(
                StudentProgress::of(false, Some(state)),
                StudentProgress::NotVerified
            );
            let progress = StudentProgress::of(true, Some(state));
            assert!(progress.photo_states().contains(&state), "{state}");
        }
        assert_eq!(StudentProgress::of(true, None), StudentProgress::Verified);
        let missing = StudentProgress::ALL.iter().filter(|it| it.is_missing());
        let missing: Vec<_> = missing.map(|it| it.as_str()).collect();
        assert_eq!(
            missing,
            ["not_verified", "verified", "photo_sent", "rejected"]
        );
    }

    #[test]
    fn groups_are_sums_and_the_largest_come_first() {
        use StudentProgress as S;
        let progress = ProgressSums::of(&[
            row(Some("药学院"), "1", S::Approved, 2),
            row(Some("法学院"), "2", S::NotVerified, 3),
            row(Some("法学院"), "3", S::Rejected, 1),
            row(None, "3", S::Paid, 1),
        ]);
        assert_eq!(progress.total.total(), 7);
        let names: Vec<_> = progress
            .colleges
            .iter()
            .map(|it| it.name.as_deref())
            .collect();
        assert_eq!(names, [Some("法学院"), Some("药学院"), None]);
        assert_eq!(progress.colleges[0].counts.not_verified, 3);
        assert_eq!(progress.classes[0].name.as_deref(), Some("2"));
        assert_eq!(
            (progress.majors.len(), progress.majors[0].counts.total()),
            (1, 7)
        );
    }

    #[test]
    fn what_is_too_small_to_be_shown_is_one_group() {
        let rows: Vec<_> = (0..PROGRESS_GROUPS_MAX + 5)
            .map(|class| row(None, &class.to_string(), StudentProgress::Paid, 1))
            .collect();
        let progress = ProgressSums::of(&rows);
        assert_eq!(progress.classes.len(), PROGRESS_GROUPS_MAX);
        let last = progress.classes.last().unwrap();
        assert!(last.is_rest);
        assert_eq!(last.counts.paid, 6);
    }
}
