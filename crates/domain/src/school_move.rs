//! Moving a school from one installation to another. docs/decisions/0072.

use chrono::{DateTime, Utc};

use crate::word::words;
use crate::{SchoolId, TaskId};

words! {
    /// Where the move of a school is.
    SchoolMoveState {
        /// It is shut here, and its file is made or on its way.
        Moving = "moving", "迁出中", "on its way";
        /// The other installation has it.
        Moved = "moved", "已迁出", "moved away";
        /// It came from the other installation.
        Arrived = "arrived", "已迁入", "arrived";
    }
}

/// The move of a school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolMove {
    /// The school.
    pub school_id: SchoolId,
    /// Where it is.
    pub state: SchoolMoveState,
    /// The origin of the other installation.
    pub address: String,
    /// The tasks whose links are answered with that address.
    pub task_ids: Vec<TaskId>,
    /// The hash of the receipt that the other installation gives; empty where none is waited for.
    pub receipt_hash: Vec<u8>,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When the state changed last.
    pub updated_at: DateTime<Utc>,
}

words! {
    /// What must be over before a school can be moved.
    OpenWork {
        /// Payments that a provider may still take.
        Payments = "payments", "进行中的支付", "payments that may still arrive";
        /// Refunds that wait for approval or are on their way.
        Refunds = "refunds", "进行中的退款", "refunds that are not finished";
        /// Cases about money that nobody resolved.
        MoneyCases = "money_cases", "未结案的资金问题", "open cases about money";
        /// Roster files that are read, taken or wait for a decision.
        RosterImports = "roster_imports", "未完成的名单导入", "roster imports that are not finished";
        /// Packages of photos that are being made.
        Deliveries = "deliveries", "生成中的照片包", "packages that are being made";
        /// Decisions about photos that can still be undone.
        Reviews = "reviews", "可撤销的审核决定", "decisions that can still be undone";
        /// Data of tasks that are being deleted.
        TaskPurges = "task_purges", "进行中的数据清除", "deletions of a task's data";
        /// Integrators of the school that are not shut off.
        Integrators = "integrators", "未停用的对接系统", "integrators that are not shut off";
        /// Addresses that are told what happens.
        WebhookEndpoints = "webhook_endpoints", "启用的事件推送地址", "active webhook endpoints";
        /// Reminders of students that are being sent.
        Reminders = "reminders", "发送中的催办短信", "rounds of reminders that are being sent";
        /// Reports of lost phones about accounts of the school.
        LostPhones = "lost_phones", "未结案的手机号挂失", "open reports of lost phones";
    }
}
