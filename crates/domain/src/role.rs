//! Who may do what.

use crate::word::words;

words! {
    /// What an account may do besides its own things; a student has none of these.
    Role {
        /// Approves and rejects photos.
        Reviewer = "reviewer", "审核员", "reviewer";
        /// Runs a school's tasks and rosters.
        Officer = "officer", "学校管理员", "school officer";
        /// Refunds and reconciles.
        Finance = "finance", "财务", "finance";
        /// Runs the platform.
        Operator = "operator", "平台运营", "operator";
    }
}
