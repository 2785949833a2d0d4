//! The progress of many students, kept as it was counted for everybody who may see the same ones. docs/decisions/0070.

use chrono::{DateTime, NaiveDate, Utc};
use domain::TaskId;
use domain::progress::{
    ProgressCounts, ProgressDay, ProgressGroup, ProgressSums, StudentProgress, TaskProgress,
};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::entity::task_progress::{Column, Entity, Model};
use crate::roster::RosterKey;
use crate::{StoreError, Tx};

/// Which students' progress is kept.
#[derive(Debug, Clone)]
pub struct ProgressKey {
    /// The list.
    pub roster: RosterKey,
    /// A hash of what says which of its students are meant.
    pub view_hash: [u8; 32],
}

impl ProgressKey {
    fn primary(&self) -> (Uuid, Uuid, Vec<u8>) {
        let RosterKey { school_id, task_id } = self.roster;
        (school_id.0, task_id.0, self.view_hash.to_vec())
    }
}

/// What is kept.
#[derive(Debug, Clone)]
pub struct KeptProgress {
    /// The progress.
    pub progress: TaskProgress,
    /// When it is counted again at the earliest.
    pub due_at: DateTime<Utc>,
}

/// What is kept of some students; none where nothing is, or where another version wrote it in a form that this one cannot
/// read.
pub async fn get(
    on: &impl ConnectionTrait,
    key: &ProgressKey,
) -> Result<Option<KeptProgress>, StoreError> {
    let found = Entity::find_by_id(key.primary()).one(on).await?;
    Ok(found.and_then(|row| {
        let counts: StoredCounts = serde_json::from_str(&row.counts).ok()?;
        Some(KeptProgress {
            progress: counts.read(row.counted_at),
            due_at: row.due_at,
        })
    }))
}

/// Takes on to count what is due at a moment; it is then due at another one. Whether nobody else has taken it on.
pub async fn claim(
    tx: &Tx,
    key: &ProgressKey,
    now: DateTime<Utc>,
    due_at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let claimed = Entity::update_many()
        .col_expr(Column::DueAt, Expr::value(due_at))
        .filter(Column::SchoolId.eq(key.roster.school_id.0))
        .filter(Column::TaskId.eq(key.roster.task_id.0))
        .filter(Column::ViewHash.eq(key.view_hash.to_vec()))
        .filter(Column::DueAt.lte(now))
        .exec(tx);
    Ok(claimed.await?.rows_affected > 0)
}

/// Keeps what was counted, in place of what was kept before. The caller holds the task's lock and knows that it is not
/// purged.
pub async fn keep(
    tx: &Tx,
    key: &ProgressKey,
    progress: &TaskProgress,
    due_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let counts = serde_json::to_string(&StoredCounts::of(progress));
    let (school_id, task_id, view_hash) = key.primary();
    let row = Model {
        school_id,
        task_id,
        view_hash,
        counts: counts.map_err(|_| StoreError::corrupt("task_progress.counts"))?,
        counted_at: progress.counted_at,
        due_at,
    };
    let again = OnConflict::columns([Column::SchoolId, Column::TaskId, Column::ViewHash])
        .update_columns([Column::Counts, Column::CountedAt, Column::DueAt])
        .to_owned();
    Entity::insert(row.into_active_model().reset_all())
        .on_conflict(again)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Forgets what is kept of some students.
pub async fn remove(tx: &Tx, key: &ProgressKey) -> Result<(), StoreError> {
    Entity::delete_by_id(key.primary()).exec(tx).await?;
    Ok(())
}

/// Forgets everything that is kept of a task.
pub async fn forget(tx: &Tx, task: TaskId) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(Column::TaskId.eq(task.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Counts in the order of [`StudentProgress::ALL`].
type StoredNumbers = [u64; StudentProgress::ALL.len()];

fn numbers(counts: &ProgressCounts) -> StoredNumbers {
    let mut numbers = StoredNumbers::default();
    for (number, progress) in numbers.iter_mut().zip(StudentProgress::ALL) {
        *number = counts.of(*progress);
    }
    numbers
}

fn counts(numbers: StoredNumbers) -> ProgressCounts {
    let mut counts = ProgressCounts::default();
    for (progress, number) in StudentProgress::ALL.iter().zip(numbers) {
        counts.add(*progress, number);
    }
    counts
}

/// How progress is stored: short, since it is read whole at each look.
#[derive(Debug, Serialize, Deserialize)]
struct StoredCounts {
    total: StoredNumbers,
    colleges: Vec<StoredGroup>,
    majors: Vec<StoredGroup>,
    classes: Vec<StoredGroup>,
    days: Vec<StoredDay>,
}

/// Name, whether it is the rest, numbers.
#[derive(Debug, Serialize, Deserialize)]
struct StoredGroup(Option<String>, bool, StoredNumbers);

/// The day, and how many verified, sent, paid, were approved and were rejected.
#[derive(Debug, Serialize, Deserialize)]
struct StoredDay(NaiveDate, [u64; 5]);

impl StoredCounts {
    fn of(progress: &TaskProgress) -> Self {
        let group = |group: &ProgressGroup| {
            StoredGroup(group.name.clone(), group.is_rest, numbers(&group.counts))
        };
        let groups = |groups: &[ProgressGroup]| groups.iter().map(group).collect();
        let day = |day: &ProgressDay| {
            let numbers = [
                day.verified,
                day.photo_sent,
                day.paid,
                day.approved,
                day.rejected,
            ];
            StoredDay(day.day, numbers)
        };
        let sums = &progress.sums;
        Self {
            total: numbers(&sums.total),
            colleges: groups(&sums.colleges),
            majors: groups(&sums.majors),
            classes: groups(&sums.classes),
            days: progress.days.iter().map(day).collect(),
        }
    }

    fn read(self, counted_at: DateTime<Utc>) -> TaskProgress {
        let group = |StoredGroup(name, is_rest, numbers)| ProgressGroup {
            name,
            is_rest,
            counts: counts(numbers),
        };
        let groups = |groups: Vec<StoredGroup>| groups.into_iter().map(group).collect();
        let day = |StoredDay(day, [verified, photo_sent, paid, approved, rejected])| ProgressDay {
            day,
            verified,
            photo_sent,
            paid,
            approved,
            rejected,
        };
        TaskProgress {
            sums: ProgressSums {
                total: counts(self.total),
                colleges: groups(self.colleges),
                majors: groups(self.majors),
                classes: groups(self.classes),
            },
            days: self.days.into_iter().map(day).collect(),
            counted_at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_stored_without_loss() {
        let mut counts = ProgressCounts::default();
        for (number, progress) in (1..).zip(StudentProgress::ALL) {
            counts.add(*progress, number);
        }
        let group = |name: Option<&str>, is_rest| ProgressGroup {
            name: name.map(str::to_owned),
            is_rest,
            counts,
        };
        let counted_at = DateTime::UNIX_EPOCH;
        let progress = TaskProgress {
            sums: ProgressSums {
                total: counts,
                colleges: vec![group(Some("法学院"), false)],
                majors: vec![group(None, false)],
                classes: vec![group(Some("1"), false), group(None, true)],
            },
            days: vec![ProgressDay {
                day: counted_at.date_naive(),
                verified: 1,
                photo_sent: 2,
                paid: 3,
                approved: 4,
                rejected: 5,
            }],
            counted_at,
        };
        let text = serde_json::to_string(&StoredCounts::of(&progress)).unwrap();
        assert!(text.contains(r#"["法学院",false,[1,2,3,4,5,6]]"#), "{text}");
        let back: StoredCounts = serde_json::from_str(&text).unwrap();
        assert_eq!(back.read(counted_at), progress);
    }
}
