//! The roles of staff.

use crate::word::words;

words! {
    /// What an account may do besides its own things; a student has none of these.
    Role {
        /// Runs the platform, for every school.
        Operator = "operator", "平台运营", "operator";
        /// Approves and rejects photos for the bureau, of every school.
        BureauReviewer = "bureau_reviewer", "中心审核员", "bureau reviewer";
        /// Refunds and reconciles, for every school.
        Finance = "finance", "财务", "finance";
        /// Runs a school's tasks and rosters.
        Officer = "officer", "学校管理员", "school officer";
        /// Approves and rejects photos for a school.
        SchoolReviewer = "school_reviewer", "学校审核员", "school reviewer";
    }
}

impl Role {
    /// Whether the role is held for one school; the others are held for all of them.
    pub fn is_of_school(self) -> bool {
        match self {
            Self::Operator | Self::BureauReviewer | Self::Finance => false,
            Self::Officer | Self::SchoolReviewer => true,
        }
    }
}
