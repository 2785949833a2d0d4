//! Delivery: packages of accepted photos for a school, by profiles that are data.
//!
//! A package is full, or holds what changed since an earlier one. Who applies all packages in the order in which they were
//! made has what a full one of the last moment would hold: [`PackageBase`] decides what of a photo is new.

mod base;
mod fault;
mod file_name;
mod part;
mod prints;
mod profile;
mod row;
mod settings;
mod sheet;

pub use base::{PackageBase, PackageChange};
pub use fault::{DeliveryFailure, DeliveryFault};
pub use part::{DeliveryPart, MOST_PARTS};
pub use prints::{PrintCaption, PrintStage, PrintStep};
pub use profile::{
    ColumnValue, DeliveryCharset, DeliveryColumn, DeliveryProfile, DeliveryTable, FileNameKey,
    PhotoSize, SHIPPED_PROFILES,
};
pub use row::{DeliveredFile, delivery_cells};
pub use settings::{
    DeliverySettings, DeliverySettingsInput, DeliverySplit, KILOBYTE, MEGABYTE, MOST_KB,
    MOST_PART_MB,
};
pub use sheet::{PrintSheets, PrintedStudent};

use std::ops::Range;

use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};

use crate::word::words;
use crate::{AccountId, DeliveryId, SchoolId, TaskId};

/// How long a link to a package can be used: 15 minutes, also to go on with a download.
pub const LINK_LIFETIME: TimeDelta = TimeDelta::minutes(15);
/// How long the file of a package is kept: 30 days. Afterwards it is made anew from the photos.
pub const PACKAGE_KEPT: TimeDelta = TimeDelta::days(30);

words! {
    /// What a package holds.
    DeliveryKind {
        /// Every accepted photo.
        Full = "full", "全部照片", "all photos";
        /// What changed since the package before.
        Incremental = "incremental", "新增和变更", "changes only";
    }
}

words! {
    /// Where a package is.
    DeliveryState {
        /// It is being made.
        Building = "building", "生成中", "being made";
        /// It can be downloaded.
        Ready = "ready", "可下载", "ready";
        /// It could not be made.
        Failed = "failed", "未能生成", "could not be made";
        /// The school has it; its photos are handed over.
        Acknowledged = "acknowledged", "已签收", "acknowledged";
        /// A person ended it before it was made.
        Cancelled = "cancelled", "已取消", "cancelled";
    }
}

impl DeliveryState {
    /// Whether the package was made, so that it can be downloaded while its file is kept, and a later one can go on from it.
    pub const fn is_made(self) -> bool {
        matches!(self, Self::Ready | Self::Acknowledged)
    }

    /// Whether a person may end it.
    pub const fn may_cancel(self) -> bool {
        matches!(self, Self::Building)
    }

    /// Whether the school may say that it has it.
    pub const fn may_acknowledge(self) -> bool {
        matches!(self, Self::Ready)
    }
}

/// What is in a package.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeliveryCounts {
    /// Photos in it.
    pub added: u64,
    /// Photos that the receiver has from earlier packages.
    pub kept: u64,
    /// Files of earlier packages that count no more.
    pub removed: u64,
    /// Photos that the profile does not take; `errors.csv` says why.
    pub left_out: u64,
    /// Photos in it whose row of the DBF file lacks characters, or was cut; `errors.csv` lists them.
    pub dbf_losses: u64,
    /// Photos of it that are handed over.
    pub handed_over: u64,
    /// Prints of it that their students signed for.
    pub signed: u64,
}

impl DeliveryCounts {
    /// What came to these counts since they were `before`.
    #[must_use]
    pub const fn since(&self, before: &Self) -> Self {
        Self {
            added: self.added.saturating_sub(before.added),
            kept: self.kept.saturating_sub(before.kept),
            removed: self.removed.saturating_sub(before.removed),
            left_out: self.left_out.saturating_sub(before.left_out),
            dbf_losses: self.dbf_losses.saturating_sub(before.dbf_losses),
            handed_over: self.handed_over.saturating_sub(before.handed_over),
            signed: self.signed.saturating_sub(before.signed),
        }
    }

    /// Whether a package would say nothing, not even what does not fit.
    pub const fn is_empty(&self) -> bool {
        self.added == 0 && self.removed == 0 && self.left_out == 0
    }
}

/// How far the delivery of a task is, in students.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DeliveryFigures {
    /// On the roster.
    pub listed: u64,
    /// Without an accepted photo.
    pub missing: u64,
    /// With an accepted photo that is not handed over.
    pub undelivered: u64,
    /// With a photo that is handed over.
    pub handed_over: u64,
}

/// A package.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    /// Its id.
    pub id: DeliveryId,
    /// The school.
    pub school_id: SchoolId,
    /// The task.
    pub task_id: TaskId,
    /// What it holds.
    pub kind: DeliveryKind,
    /// Where it is.
    pub state: DeliveryState,
    /// How it is made.
    pub settings: DeliverySettings,
    /// The package on which it builds; none of a full one.
    pub base_id: Option<DeliveryId>,
    /// What is in it.
    pub counts: DeliveryCounts,
    /// How many photos were looked at.
    pub photos_done: u64,
    /// Of how many.
    pub photos_total: u64,
    /// The file in the object store; none before it is written and after it was deleted.
    pub object_key: Option<String>,
    /// The file's length.
    pub object_bytes: u64,
    /// SHA-256 of the file; empty until it is made.
    pub object_sha256: Vec<u8>,
    /// The archives of which the file is made up, one behind the other; none where it is a single one.
    pub parts: Vec<DeliveryPart>,
    /// Why it could not be made.
    pub failure: Option<DeliveryFailure>,
    /// Who made it; none for a system of the school.
    pub account_id: Option<AccountId>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// When it was made.
    pub ready_at: Option<DateTime<Utc>>,
    /// When the school said that it has it.
    pub acknowledged_at: Option<DateTime<Utc>>,
    /// When its photos were printed; of a package for prints alone.
    pub printed_at: Option<DateTime<Utc>>,
    /// When the school had the prints.
    pub prints_received_at: Option<DateTime<Utc>>,
}

impl Delivery {
    /// Whether a file is there to be downloaded.
    pub fn has_file(&self) -> bool {
        self.state.is_made() && self.object_key.is_some()
    }

    /// The name under which the file is saved: ASCII, so that no system changes it.
    pub fn download_name(&self) -> String {
        let day = crate::day_in_china(self.ready_at.unwrap_or(self.created_at));
        let (profile, kind, day) = (self.settings.profile_id(), self.kind, day.format("%Y%m%d"));
        let id = self.id.to_string();
        let tail = id.get(id.len().saturating_sub(6)..).unwrap_or_default();
        format!("photos-{profile}-{kind}-{day}-{tail}.zip")
    }

    /// The name under which a part is saved, the first being 1; the whole file's where there is but one.
    pub fn part_name(&self, number: usize) -> String {
        let name = self.download_name();
        if self.parts.len() < 2 {
            return name;
        }
        let name = name.strip_suffix(".zip").unwrap_or(&name);
        format!("{name}-part{number:03}.zip")
    }

    /// Which bytes of the file a part is, the first being 1, and the part itself; `None` where there is no such part.
    pub fn part(&self, number: usize) -> Option<(Range<u64>, DeliveryPart)> {
        let parts = self.archives();
        let before = number.checked_sub(1)?;
        let part = parts.get(before)?.clone();
        let begin: u64 = parts.iter().take(before).map(|part| part.bytes).sum();
        Some((begin..begin + part.bytes, part))
    }

    /// The archives of the file: the file itself where it is a single one.
    pub fn archives(&self) -> Vec<DeliveryPart> {
        if self.parts.is_empty() {
            return vec![DeliveryPart {
                bytes: self.object_bytes,
                sha256: HEXLOWER.encode(&self.object_sha256),
            }];
        }
        self.parts.clone()
    }

    /// How far the prints of the package are; `None` of one that is not for prints, or not made.
    pub fn print_stage(&self) -> Option<PrintStage> {
        let is_one = self.settings.is_for_prints() && self.state.is_made();
        is_one.then_some(match (self.printed_at, self.prints_received_at) {
            (_, Some(_)) => PrintStage::Received,
            (Some(_), None) => PrintStage::Printed,
            (None, None) => PrintStage::Ordered,
        })
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_may_be_done_in_a_state_is_a_table() {
        let of = |may: fn(DeliveryState) -> bool| {
            let all = DeliveryState::ALL.iter();
            all.filter(|state| may(**state))
                .map(|state| state.as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(of(DeliveryState::is_made), ["ready", "acknowledged"]);
        assert_eq!(of(DeliveryState::may_cancel), ["building"]);
        assert_eq!(of(DeliveryState::may_acknowledge), ["ready"]);
    }

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_776_301_200 + second, 0).unwrap()
    }

    fn package(profile: &str) -> Delivery {
        let input = DeliverySettingsInput {
            profile: profile.to_owned(),
            ..DeliverySettingsInput::default()
        };
        Delivery {
            id: DeliveryId(Uuid::from_u128(1)),
            school_id: SchoolId(Uuid::nil()),
            task_id: TaskId(Uuid::nil()),
            kind: DeliveryKind::Full,
            state: DeliveryState::Ready,
            settings: DeliverySettings::read(&input).unwrap(),
            base_id: None,
            counts: DeliveryCounts::default(),
            photos_done: 0,
            photos_total: 0,
            object_key: Some("file".to_owned()),
            object_bytes: 30,
            object_sha256: vec![0xAB, 0x01],
            parts: Vec::new(),
            failure: None,
            account_id: None,
            created_at: at(0),
            updated_at: at(0),
            ready_at: Some(at(0)),
            acknowledged_at: None,
            printed_at: None,
            prints_received_at: None,
        }
    }

    fn in_two_parts() -> Delivery {
        let part = |bytes, sha256: &str| DeliveryPart {
            bytes,
            sha256: sha256.to_owned(),
        };
        Delivery {
            parts: vec![part(10, "aa"), part(20, "bb")],
            ..package("degree")
        }
    }

    #[rstest]
    #[case::being_made(DeliveryState::Building, true, false)]
    #[case::ready(DeliveryState::Ready, true, true)]
    #[case::ready_and_deleted(DeliveryState::Ready, false, false)]
    #[case::acknowledged(DeliveryState::Acknowledged, true, true)]
    #[case::failed(DeliveryState::Failed, true, false)]
    #[case::cancelled(DeliveryState::Cancelled, true, false)]
    fn a_file_is_there_while_it_is_kept(
        #[case] state: DeliveryState,
        #[case] is_kept: bool,
        #[case] has_file: bool,
    ) {
        let package = Delivery {
            state,
            object_key: is_kept.then(|| "file".to_owned()),
            ..package("degree")
        };
        assert_eq!(package.has_file(), has_file);
    }

    #[test]
    fn a_file_is_saved_under_its_profile_day_and_number() {
        let name = package("degree").download_name();
        assert_eq!(name, "photos-degree-full-20260416-000001.zip");
        let unready = Delivery {
            ready_at: None,
            kind: DeliveryKind::Incremental,
            created_at: at(86_400),
            ..package("id-number")
        };
        let name = unready.download_name();
        assert_eq!(name, "photos-id-number-incremental-20260417-000001.zip");
    }

    #[test]
    fn a_part_is_saved_under_its_number_and_a_single_file_is_not() {
        let name = in_two_parts().part_name(2);
        assert_eq!(name, "photos-degree-full-20260416-000001-part002.zip");
        let single = package("degree");
        assert_eq!(single.part_name(1), single.download_name());
    }

    #[rstest]
    #[case::there_is_no_part_before_the_first(0, None)]
    #[case::the_first(1, Some(0..10))]
    #[case::the_second(2, Some(10..30))]
    #[case::there_is_no_third(3, None)]
    fn parts_lie_one_behind_the_other(#[case] number: usize, #[case] bytes: Option<Range<u64>>) {
        let part = in_two_parts().part(number);
        assert_eq!(part.map(|(bytes, _)| bytes), bytes);
    }

    #[test]
    fn a_file_without_parts_is_its_only_part() {
        let whole = DeliveryPart {
            bytes: 30,
            sha256: "ab01".to_owned(),
        };
        let package = package("degree");
        assert_eq!(package.part(1), Some((0..30, whole)));
        assert_eq!(package.part(2), None);
    }

    fn profile_for_prints() -> &'static str {
        let all = SHIPPED_PROFILES.iter();
        let found = all.filter(|profile| profile.is_for_prints);
        found.map(|profile| profile.id).next().unwrap()
    }

    #[rstest]
    #[case::ordered(None, None, PrintStage::Ordered)]
    #[case::printed(Some(at(1)), None, PrintStage::Printed)]
    #[case::received(Some(at(1)), Some(at(2)), PrintStage::Received)]
    fn prints_are_as_far_as_their_times_say(
        #[case] printed_at: Option<DateTime<Utc>>,
        #[case] prints_received_at: Option<DateTime<Utc>>,
        #[case] stage: PrintStage,
    ) {
        let prints = Delivery {
            printed_at,
            prints_received_at,
            ..package(profile_for_prints())
        };
        assert_eq!(prints.print_stage(), Some(stage));
    }

    #[test]
    fn a_package_without_prints_or_that_is_not_made_has_no_stage_of_prints() {
        assert_eq!(package("degree").print_stage(), None);
        let building = Delivery {
            state: DeliveryState::Building,
            ..package(profile_for_prints())
        };
        assert_eq!(building.print_stage(), None);
    }

    #[rstest]
    #[case::nothing(DeliveryCounts::default(), true)]
    #[case::photos_of_before(DeliveryCounts { kept: 5, ..DeliveryCounts::default() }, true)]
    #[case::a_photo(DeliveryCounts { added: 1, ..DeliveryCounts::default() }, false)]
    #[case::a_removal(DeliveryCounts { removed: 1, ..DeliveryCounts::default() }, false)]
    #[case::one_that_does_not_fit(
        DeliveryCounts { left_out: 1, ..DeliveryCounts::default() },
        false,
    )]
    fn a_package_is_empty_where_it_would_say_nothing(
        #[case] counts: DeliveryCounts,
        #[case] is_empty: bool,
    ) {
        assert_eq!(counts.is_empty(), is_empty);
    }

    #[test]
    fn counts_since_an_earlier_moment_are_never_negative() {
        let before = DeliveryCounts {
            added: 3,
            signed: 4,
            ..DeliveryCounts::default()
        };
        let now = DeliveryCounts {
            added: 5,
            signed: 1,
            handed_over: 2,
            ..DeliveryCounts::default()
        };
        let expected = DeliveryCounts {
            added: 2,
            handed_over: 2,
            ..DeliveryCounts::default()
        };
        assert_eq!(now.since(&before), expected);
    }
}
