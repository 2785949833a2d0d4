//! Sample schools, each with one task. All but the first are invented.

use chrono::{DateTime, TimeDelta, Utc};
use domain::Fen;
use domain::review::ReviewOrder;
use domain::task::{ExtraProof, FeeCode, FeeLine, Payer};

/// When a sample task takes photos, in days from now.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    opens_in: i64,
    closes_in: i64,
}

impl Window {
    /// Open for two months.
    pub(super) const OPEN: Self = Self {
        opens_in: -1,
        closes_in: 60,
    };
    const UPCOMING: Self = Self {
        opens_in: 7,
        closes_in: 60,
    };
    const ENDED: Self = Self {
        opens_in: -60,
        closes_in: -1,
    };

    /// The window as seen from a moment.
    pub(super) fn around(self, now: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
        let days = |count| now + TimeDelta::days(count);
        (days(self.opens_in), days(self.closes_in))
    }
}

/// A sample school with its task.
#[derive(Debug)]
pub(super) struct Place {
    /// The unit's name.
    pub(super) name: &'static str,
    /// The Ministry's code; invented ones begin with 999.
    pub(super) code: &'static str,
    /// Its other names.
    pub(super) aliases: &'static [&'static str],
    /// The task's name, after the year.
    pub(super) task: &'static str,
    /// When it takes photos.
    pub(super) window: Window,
    /// What it charges.
    pub(super) fees: &'static [FeeLine],
    /// Who pays.
    pub(super) payer: Payer,
    /// What it asks for beside document and level.
    pub(super) extra_proofs: &'static [ExtraProof],
    /// Whether it wants photos as they were taken.
    pub(super) originals: bool,
    /// Whether it wants photos from the camera of the page alone.
    pub(super) camera_only: bool,
    /// Who reviews, and in which order.
    pub(super) review: ReviewOrder,
}

impl Place {
    /// Whether there is no such school.
    pub(super) fn is_invented(&self) -> bool {
        self.code.starts_with("999")
    }
}

const fn collection(fen: i64) -> FeeLine {
    FeeLine {
        code: FeeCode::Collection,
        amount_fen: Fen(fen),
    }
}

const fn prints(fen: i64) -> FeeLine {
    FeeLine {
        code: FeeCode::Prints,
        amount_fen: Fen(fen),
    }
}

/// What follows the year in a task's name.
pub(super) const TASK: &str = " 年毕业生图像采集";

/// The sample schools.
pub(super) const PLACES: &[Place] = &[
    Place {
        name: "北京大学医学部",
        code: "10001",
        aliases: &[
            "北医",
            "北大医学部",
            "Peking University Health Science Center",
            "PKUHSC",
        ],
        task: TASK,
        window: Window::OPEN,
        fees: &[collection(2000)],
        payer: Payer::Student,
        // As the original notice: number and level alone.
        extra_proofs: &[],
        originals: false,
        camera_only: false,
        review: ReviewOrder::Bureau,
    },
    Place {
        name: "示例大学",
        code: "99901",
        aliases: &["示大", "Example University"],
        task: TASK,
        window: Window::OPEN,
        fees: &[],
        payer: Payer::Free,
        extra_proofs: &[ExtraProof::Name],
        originals: false,
        camera_only: false,
        review: ReviewOrder::Bureau,
    },
    Place {
        name: "示例大学（南校区）",
        code: "99901",
        aliases: &["示大南校", "Example University South Campus"],
        task: TASK,
        window: Window::OPEN,
        fees: &[collection(1000), prints(500)],
        payer: Payer::School,
        extra_proofs: &[ExtraProof::Name, ExtraProof::StudentNo],
        originals: true,
        camera_only: false,
        review: ReviewOrder::Bureau,
    },
    Place {
        name: "示例理工大学",
        code: "99902",
        aliases: &["示理工", "Example University of Technology"],
        task: TASK,
        window: Window::UPCOMING,
        fees: &[collection(2000)],
        payer: Payer::Student,
        extra_proofs: &[ExtraProof::Name],
        originals: false,
        camera_only: false,
        review: ReviewOrder::Bureau,
    },
    Place {
        name: "示例医学院",
        code: "99903",
        aliases: &["Example Medical College"],
        task: TASK,
        window: Window::ENDED,
        fees: &[collection(2000)],
        payer: Payer::Student,
        extra_proofs: &[ExtraProof::Name],
        originals: false,
        camera_only: false,
        review: ReviewOrder::Bureau,
    },
    // In the demo it takes the money on accounts of its own.
    Place {
        name: "样例艺术学院",
        code: "99904",
        aliases: &["Sample Academy of Arts"],
        task: TASK,
        window: Window::OPEN,
        fees: &[collection(2500)],
        payer: Payer::Student,
        extra_proofs: &[ExtraProof::Name],
        originals: false,
        camera_only: true,
        review: ReviewOrder::Bureau,
    },
];
