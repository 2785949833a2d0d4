//! Background work: its kinds, the lanes that keep them apart, and when what failed is tried again.

use chrono::{DateTime, TimeDelta, Utc};

use crate::JobId;
use crate::word::words;

/// For how long a worker has a job unless it says that it still works on it.
pub const LEASE: TimeDelta = TimeDelta::seconds(15);
/// How often a worker says so: a third of the lease, so that one lost heartbeat loses no job.
pub const HEARTBEAT: TimeDelta = TimeDelta::seconds(5);
/// How long a failed job waits the first time; every further failure doubles it.
pub const FIRST_BACKOFF: TimeDelta = TimeDelta::minutes(1);
/// The longest wait.
pub const LONGEST_BACKOFF: TimeDelta = TimeDelta::hours(1);
/// A job that failed so often is dead: nothing tries it again but a person. With the waits above that is two days.
pub const MOST_FAILURES: i32 = 54;

words! {
    /// What keeps kinds of work apart: a job waits only for others of its lane.
    JobLane {
        /// Money: notices, payments, refunds, orders.
        Money = "money", "款项", "money";
        /// Messages to people and to integrators.
        Messages = "messages", "消息", "messages";
        /// Events and webhooks: a slow receiver holds up no message to a person.
        Events = "events", "事件", "events";
        /// What may take long.
        Bulk = "bulk", "批量", "bulk";
    }
}

impl JobLane {
    /// How many jobs of the lane one server copy does at once.
    pub const fn slots(self) -> usize {
        match self {
            Self::Money => 4,
            Self::Messages | Self::Events | Self::Bulk => 2,
        }
    }
}

words! {
    /// What there is to do.
    JobKind {
        /// Acts on notices that were stored and not acted on.
        Notices = "notices", "处理支付通知", "act on stored notices";
        /// Asks about payments that are due.
        Payments = "payments", "查询支付", "poll payments";
        /// Hands refunds in and asks about them.
        Refunds = "refunds", "处理退款", "carry refunds on";
        /// Ends orders whose task has ended.
        Orders = "orders", "关闭到期订单", "end orders";
        /// Puts decisions of reviewers into force that can no longer be undone.
        Reviews = "reviews", "审核结果生效", "put reviews into force";
        /// Puts events into the order in which they are read.
        Events = "events", "事件排序", "order events";
        /// Sends webhooks that are due.
        Webhooks = "webhooks", "推送事件", "send webhooks";
        /// Sends a text message to a student.
        StudentMessage = "student_message", "发送短信通知", "text a student";
        /// Gives an account the new number of an approved report of a lost phone.
        LostPhone = "lost_phone", "挂失换号生效", "change a lost number";
        /// Reminds students who have not finished.
        Reminders = "reminders", "发送催办短信", "remind students";
        /// Compares the bills of days.
        Reconciliation = "reconciliation", "对账", "compare bills";
        /// Deletes what is too old.
        Retention = "retention", "清理过期数据", "delete what is too old";
        /// Deletes the personal data of tasks whose time has come.
        TaskPurges = "task.purges", "清除到期任务的数据", "delete the data of old tasks";
        /// Puts entries of the audit log into the chains of their schools.
        AuditChain = "audit.chain", "审计日志成链", "chain the audit log";
        /// Forgets captchas that cannot be used again.
        Captchas = "captchas", "清理验证记录", "forget spent captchas";
        /// Forgets browsers and wrong codes that do not count any more.
        Logins = "logins", "清理登录记录", "forget old logins";
        /// Deletes the files of an erased photo.
        BlobsDelete = "blobs.delete", "删除照片文件", "delete erased files";
        /// Looks for the files of an upload that was never entered.
        PhotoLeftover = "photo.leftover", "检查遗留文件", "look for left-over files";
        /// Checks, takes or undoes a roster file.
        RosterImport = "roster.import", "处理名单文件", "work on a roster file";
        /// Makes a package of photos, or hands its photos over.
        Delivery = "delivery", "生成照片包", "make a package of photos";
    }
}

impl JobKind {
    /// Its lane.
    pub const fn lane(self) -> JobLane {
        match self {
            Self::Notices | Self::Payments | Self::Refunds | Self::Orders => JobLane::Money,
            Self::Reviews | Self::StudentMessage | Self::LostPhone | Self::Reminders => {
                JobLane::Messages
            }
            Self::Events | Self::Webhooks => JobLane::Events,
            Self::Reconciliation
            | Self::Retention
            | Self::TaskPurges
            | Self::AuditChain
            | Self::Captchas
            | Self::Logins
            | Self::BlobsDelete
            | Self::PhotoLeftover
            | Self::RosterImport
            | Self::Delivery => JobLane::Bulk,
        }
    }

    /// How often work that never ends is done; `None` for work that is done once.
    pub const fn period(self) -> Option<TimeDelta> {
        match self {
            Self::Notices | Self::Payments | Self::Refunds | Self::Reviews => {
                Some(TimeDelta::seconds(3))
            }
            Self::Events | Self::Webhooks => Some(TimeDelta::seconds(1)),
            Self::Orders | Self::AuditChain => Some(TimeDelta::seconds(15)),
            Self::Reconciliation | Self::Captchas => Some(TimeDelta::minutes(1)),
            Self::Logins => Some(TimeDelta::minutes(10)),
            Self::Retention | Self::TaskPurges => Some(TimeDelta::hours(1)),
            Self::StudentMessage
            | Self::LostPhone
            | Self::Reminders
            | Self::BlobsDelete
            | Self::PhotoLeftover
            | Self::RosterImport
            | Self::Delivery => None,
        }
    }

    /// When a job that has failed so often is tried again; `None` where it is dead. Work that never ends is tried again at
    /// its next turn and never dies.
    pub fn retry_at(self, failures: i32, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if let Some(period) = self.period() {
            return Some(now + period.min(FIRST_BACKOFF));
        }
        if failures >= MOST_FAILURES {
            return None;
        }
        let doublings = u32::try_from(failures - 1).unwrap_or(0).min(6);
        let wait = FIRST_BACKOFF * 2_i32.pow(doublings);
        Some(now + wait.min(LONGEST_BACKOFF))
    }
}

words! {
    /// Where a job is.
    JobState {
        /// It waits for its turn.
        Waiting = "waiting", "等待中", "waiting";
        /// A worker has it.
        Running = "running", "执行中", "running";
        /// It is done.
        Done = "done", "已完成", "done";
        /// A person ended it.
        Cancelled = "cancelled", "已取消", "cancelled";
        /// It failed too often; a person decides.
        Dead = "dead", "已失败", "dead";
    }
}

/// How far a job is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct JobProgress {
    /// How much is done.
    pub done: i64,
    /// Of how much; `None` where that is not known.
    pub total: Option<i64>,
}

/// Who has a job, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// The worker.
    pub owner: String,
    /// Until when it has it without a further sign of life.
    pub until: DateTime<Utc>,
}

/// Work to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// The key.
    pub id: JobId,
    /// What to do.
    pub kind: JobKind,
    /// What to do it to; one job a kind and key.
    pub key: String,
    /// What the work needs to know.
    pub payload: serde_json::Value,
    /// Not before this time.
    pub available_at: DateTime<Utc>,
    /// How often it was started; also names one start, so that a worker that lost its lease can change nothing.
    pub attempts: i32,
    /// How often it failed since it last succeeded.
    pub failures: i32,
    /// Who has it.
    pub lease: Option<Lease>,
    /// How far it is.
    pub progress: JobProgress,
    /// Whether a person wants it to end.
    pub is_cancel_requested: bool,
    /// What came of it, once it is done.
    pub result: Option<serde_json::Value>,
    /// When it was done or cancelled.
    pub done_at: Option<DateTime<Utc>>,
    /// When it was given up.
    pub dead_at: Option<DateTime<Utc>>,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

impl Job {
    /// A job that nobody has taken up yet.
    pub fn new(
        id: JobId,
        kind: JobKind,
        key: String,
        payload: serde_json::Value,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            id,
            kind,
            key,
            payload,
            available_at: now,
            attempts: 0,
            failures: 0,
            lease: None,
            progress: JobProgress::default(),
            is_cancel_requested: false,
            result: None,
            done_at: None,
            dead_at: None,
            last_error: None,
            created_at: now,
        }
    }

    /// Where it is.
    pub fn state(&self, now: DateTime<Utc>) -> JobState {
        if self.dead_at.is_some() {
            JobState::Dead
        } else if self.done_at.is_some() && self.is_cancel_requested {
            JobState::Cancelled
        } else if self.done_at.is_some() {
            JobState::Done
        } else if self.lease.as_ref().is_some_and(|lease| lease.until > now) {
            JobState::Running
        } else {
            JobState::Waiting
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    #[test]
    fn waits_grow_to_an_hour_and_end_after_two_days() {
        let kind = JobKind::BlobsDelete;
        let wait = |failures| kind.retry_at(failures, at(0)).map(|at| at.timestamp());
        assert_eq!(
            (wait(1), wait(2), wait(3)),
            (Some(60), Some(120), Some(240))
        );
        assert_eq!((wait(7), wait(53)), (Some(3600), Some(3600)));
        assert_eq!(wait(MOST_FAILURES), None);
        let all: i64 = (1..MOST_FAILURES).filter_map(wait).sum();
        assert_eq!(all / 3600, 48, "two days");
    }

    #[test]
    fn work_that_never_ends_never_dies() {
        for &kind in JobKind::ALL {
            let is_dead = kind.retry_at(i32::MAX, at(0)).is_none();
            assert_eq!(is_dead, kind.period().is_none(), "{kind}");
        }
    }

    #[test]
    fn nothing_but_money_is_in_the_lane_of_money() {
        let of_money = JobKind::ALL
            .iter()
            .filter(|kind| kind.lane() == JobLane::Money);
        let words: Vec<_> = of_money.map(|kind| kind.as_str()).collect();
        assert_eq!(words, ["notices", "payments", "refunds", "orders"]);
    }

    #[test]
    fn a_job_is_where_its_times_say() {
        let id = JobId(Uuid::from_u128(1));
        let job = Job::new(
            id,
            JobKind::Retention,
            String::new(),
            serde_json::json!({}),
            at(0),
        );
        assert_eq!(job.state(at(1)), JobState::Waiting);
        let leased = Job {
            lease: Some(Lease {
                owner: "one".to_owned(),
                until: at(10),
            }),
            ..job.clone()
        };
        assert_eq!(leased.state(at(9)), JobState::Running);
        assert_eq!(
            leased.state(at(10)),
            JobState::Waiting,
            "its worker is gone"
        );
        let done = Job {
            done_at: Some(at(5)),
            ..leased
        };
        assert_eq!(done.state(at(9)), JobState::Done);
        let cancelled = Job {
            is_cancel_requested: true,
            ..done
        };
        assert_eq!(cancelled.state(at(9)), JobState::Cancelled);
        let dead = Job {
            dead_at: Some(at(5)),
            ..job
        };
        assert_eq!(dead.state(at(9)), JobState::Dead);
    }
}
