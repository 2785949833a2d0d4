//! Purging a task: when its personal data are deleted, what may stop that, and what the certificate of deletion says.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::task::{Task, TaskState};
use crate::word::words;
use crate::{SchoolId, TaskId};

words! {
    /// What a purge deletes, in the order in which it does.
    PurgePart {
        /// Photos with their files and reviews, and what packages say of them.
        Photos = "photos", "照片、照片文件及审核记录", "photos with their files and reviews";
        /// Packages of photos that still lay in the object store.
        Packages = "packages", "照片包文件", "files of packages";
        /// Rows of imports, with what they changed.
        ImportRows = "import_rows", "名单导入明细", "rows of roster imports";
        /// Imports, with their files.
        Imports = "imports", "名单导入记录及文件", "roster imports with their files";
        /// Questions of students about the roster.
        Questions = "questions", "学生对名单的咨询", "questions about the roster";
        /// Tries to be found on the roster.
        Attempts = "attempts", "身份核验记录", "tries to verify";
        /// When students were reminded.
        Reminders = "reminders", "催办记录", "records of reminders";
        /// Document numbers.
        Numbers = "numbers", "证件号码", "document numbers";
        /// Verifications that no order refers to.
        Enrolments = "enrolments", "无订单的身份核验", "verifications without an order";
        /// Students: the rows, or what names a person in those that an order refers to.
        Students = "students", "学生姓名、学号、院系班级", "names, student numbers, colleges and classes";
    }
}

words! {
    /// Why a task is not purged although its time has come.
    PurgeHold {
        /// A person must still look at money of one of its orders.
        MoneyCase = "money_case", "有未处理的资金问题", "a case about money is open";
        /// A refund is under way.
        Refund = "refund", "有未完成的退款", "a refund is under way";
        /// A payment may still come.
        Payment = "payment", "有未结束的支付", "a payment is under way";
    }
}

/// How much of each part was deleted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PurgeCounts(BTreeMap<PurgePart, u64>);

impl PurgeCounts {
    /// Counts what was deleted of a part.
    pub fn add(&mut self, part: PurgePart, count: u64) {
        if count > 0 {
            *self.0.entry(part).or_default() += count;
        }
    }

    /// How much of a part was deleted.
    pub fn of(&self, part: PurgePart) -> u64 {
        self.0.get(&part).copied().unwrap_or_default()
    }
}

/// A purge of a task, from when its keys were destroyed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskPurge {
    /// The task.
    pub task_id: TaskId,
    /// Its school.
    pub school_id: SchoolId,
    /// What was deleted so far.
    pub counts: PurgeCounts,
    /// When the keys were destroyed: nobody could read the data from then on.
    pub started_at: DateTime<Utc>,
    /// The certificate; `None` until everything is deleted.
    pub certificate: Option<DeletionCertificate>,
}

/// The signed statement that everything was deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletionCertificate {
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// What it says; the bytes that are signed.
    pub text: String,
    /// The key that signed it, as `/api/v1/delivery-keys` names it.
    pub signing_key_id: String,
    /// The Ed25519 signature of the text.
    pub signature: Vec<u8>,
}

/// When a task is purged; `None` for one that is purged already. A task that was not closed ends with the last day on
/// which a rejected photo can be replaced.
pub fn purge_due_at(task: &Task) -> Option<DateTime<Utc>> {
    let ended_at = match task.state {
        TaskState::Draft | TaskState::Open => task.resubmission_ends_at(),
        TaskState::Closed | TaskState::HandedOver => task.ended_at.unwrap_or(task.closes_at),
        TaskState::Purged => return None,
    };
    Some(ended_at + TimeDelta::days(task.settings.purge_days.into()))
}

/// Whether the time of a task has come. One that still takes photos is never due.
pub fn is_purge_due(task: &Task, now: DateTime<Utc>) -> bool {
    task.is_over(now) && purge_due_at(task).is_some_and(|due_at| now >= due_at)
}

/// What a certificate is about, besides the purge itself.
#[derive(Debug, Clone, Copy)]
pub struct CertificateFacts<'a> {
    /// The school's name.
    pub school: &'a str,
    /// The task's name.
    pub task: &'a str,
    /// Who states it.
    pub operator: &'a str,
    /// The key that signs it.
    pub signing_key_id: &'a str,
    /// When it is issued.
    pub issued_at: DateTime<Utc>,
}

/// What the certificate says: lines that programs can read and two sentences for people.
pub fn certificate_text(purge: &TaskPurge, facts: &CertificateFacts<'_>) -> String {
    let time = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let mut text = String::from("数据删除证明 CERTIFICATE OF DELETION\n\n");
    let lines = [
        ("certificate", "1".to_owned()),
        ("task_id", purge.task_id.to_string()),
        ("task", one_line(facts.task)),
        ("school_id", purge.school_id.to_string()),
        ("school", one_line(facts.school)),
        ("operator", one_line(facts.operator)),
        ("keys_destroyed_at", time(purge.started_at)),
        ("deleted_at", time(facts.issued_at)),
        ("signing_key_id", facts.signing_key_id.to_owned()),
    ];
    for (name, value) in lines {
        let _ = writeln!(text, "{name}: {value}");
    }
    text.push('\n');
    for part in PurgePart::ALL {
        let (label, count) = (part.label(), purge.counts.of(*part));
        let _ = writeln!(text, "{part}: {count} ({} {})", label.zh, label.en);
    }
    text.push_str(
        "\n本任务的数据密钥已销毁，上列个人信息已从数据库和对象存储中删除；依法保存的订单、支付与退款记录不含姓名、证件号码、学号和照片。\n\
         The keys of this task were destroyed and the personal data above were deleted from the database and the object store. \
         Orders, payments and refunds are kept as the law requires, without names, document numbers, student numbers and photos.\n",
    );
    text
}

/// A text that cannot look like another line.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|character| {
            if character.is_control() {
                ' '
            } else {
                character
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::task::Payer;
    use crate::task::tests::settings;

    const DAY: i64 = 86_400;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    fn task(state: TaskState, ended_at: Option<i64>) -> Task {
        Task {
            id: TaskId(uuid::Uuid::nil()),
            school_id: SchoolId(uuid::Uuid::nil()),
            name: "2026".to_owned(),
            state,
            opens_at: at(0),
            closes_at: at(10 * DAY),
            ended_at: ended_at.map(at),
            settings: settings(Payer::Free, &[]),
            version: 1,
            created_at: at(0),
        }
    }

    #[rstest]
    #[case::a_draft(TaskState::Draft, None, Some(42))]
    #[case::open(TaskState::Open, None, Some(42))]
    #[case::closed_early(TaskState::Closed, Some(5 * DAY), Some(35))]
    #[case::closed_by_the_clock(TaskState::Closed, None, Some(40))]
    #[case::handed_over(TaskState::HandedOver, Some(20 * DAY), Some(50))]
    #[case::purged(TaskState::Purged, Some(20 * DAY), None)]
    fn a_task_is_purged_its_days_after_it_ended(
        #[case] state: TaskState,
        #[case] ended_at: Option<i64>,
        #[case] due: Option<i64>,
    ) {
        let task = task(state, ended_at);
        let due = due.map(|days| at(days * DAY));
        assert_eq!(purge_due_at(&task), due, "{state}");
        if let Some(due) = due {
            assert!(!is_purge_due(&task, due - TimeDelta::seconds(1)), "{state}");
            assert!(is_purge_due(&task, due), "{state}");
        }
    }

    #[test]
    fn a_purged_task_is_never_due() {
        assert!(!is_purge_due(&task(TaskState::Purged, None), at(900 * DAY)));
    }

    #[test]
    fn a_certificate_lists_every_part_and_no_name_makes_a_line_of_its_own() {
        let mut counts = PurgeCounts::default();
        counts.add(PurgePart::Photos, 2);
        counts.add(PurgePart::Photos, 3);
        counts.add(PurgePart::Imports, 0);
        let stored = serde_json::to_string(&counts).unwrap();
        assert_eq!(stored, r#"{"photos":5}"#);
        assert_eq!(
            serde_json::from_str::<PurgeCounts>(&stored).unwrap(),
            counts
        );
        let purge = TaskPurge {
            task_id: TaskId(uuid::Uuid::nil()),
            school_id: SchoolId(uuid::Uuid::nil()),
            counts,
            started_at: at(DAY),
            certificate: None,
        };
        let facts = CertificateFacts {
            school: "示例大学",
            task: "2026\nphotos: 99",
            operator: "示例公司",
            signing_key_id: "k7w2m9",
            issued_at: at(2 * DAY),
        };
        let text = certificate_text(&purge, &facts);
        let starts = |start: &str| text.lines().filter(|line| line.starts_with(start)).count();
        for part in PurgePart::ALL {
            assert_eq!(starts(&format!("{part}: ")), 1, "{part}");
        }
        assert!(text.contains("\nphotos: 5 ("), "{text}");
        assert!(
            text.contains("\nkeys_destroyed_at: 1970-01-02T00:00:00Z\n"),
            "{text}"
        );
    }
}
