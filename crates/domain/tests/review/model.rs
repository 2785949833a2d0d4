//! The reference model: what must be true of the photos of a task, whoever keeps them. No I/O.

use std::collections::{BTreeMap, BTreeSet};

use domain::photo_state::PhotoState;
use domain::review::{ReviewOrder, ReviewOutcome, ReviewStage};

/// A photo as it is kept.
#[derive(Debug, Clone)]
pub(crate) struct Photo {
    pub(crate) student: u8,
    pub(crate) state: PhotoState,
    /// The outcomes that took effect, in their order.
    pub(crate) in_force: Vec<(ReviewStage, ReviewOutcome)>,
    /// How many decisions about it can still take effect.
    pub(crate) pending: usize,
    /// Whether it waits in the queue, and whether a decision is named there.
    pub(crate) queued: Option<bool>,
    /// How often its student was told of an outcome.
    pub(crate) told: usize,
    /// How often it was reviewed again after it had been accepted.
    pub(crate) returned: usize,
}

/// A package that was made.
#[derive(Debug, Clone)]
pub(crate) struct Package {
    pub(crate) is_full: bool,
    pub(crate) added: BTreeMap<u8, usize>,
    pub(crate) removed: BTreeSet<u8>,
    /// The accepted photo of each student when it was made.
    pub(crate) accepted: BTreeMap<u8, usize>,
}

/// Everything about the photos of a task at one moment.
#[derive(Debug, Clone)]
pub(crate) struct Picture {
    pub(crate) order: ReviewOrder,
    pub(crate) photos: BTreeMap<usize, Photo>,
    pub(crate) packages: Vec<Package>,
    /// The known items that were put among the photos.
    pub(crate) known: BTreeSet<usize>,
    /// Every photo that anybody but its reviewer is told of: students, packages and their receivers, counts.
    pub(crate) named: BTreeSet<usize>,
    /// How many decisions about known items took effect, of those that approve or reject.
    pub(crate) decided_known: u64,
    /// How many decisions the records of reviewers count.
    pub(crate) scored_known: u64,
    /// Photos whose every stage had approved them when they were packed.
    pub(crate) ever_approved: BTreeSet<usize>,
    /// How many orders there are; a purge leaves them.
    pub(crate) orders: usize,
    /// How many orders were ever made.
    pub(crate) orders_made: usize,
    pub(crate) is_purged: bool,
    /// Whether the certificate was issued.
    pub(crate) is_certified: bool,
}

fn hold(is_so: bool, rule: &str) -> Result<(), String> {
    if is_so { Ok(()) } else { Err(rule.to_owned()) }
}

impl Photo {
    /// Whether every stage approved it, in their order, after whatever was passed on.
    pub(crate) fn is_approved_by(&self, order: ReviewOrder) -> bool {
        let approved = self.in_force.iter();
        let approved: Vec<ReviewStage> = approved
            .filter(|(_, outcome)| *outcome == ReviewOutcome::Approved)
            .map(|(stage, _)| *stage)
            .collect();
        approved == order.stages()
    }

    fn check(&self, order: ReviewOrder) -> Result<(), String> {
        let waits = self.state == PhotoState::PendingReview;
        hold(
            self.queued.is_some() == waits,
            "a photo is in the queue exactly while it waits for a review",
        )?;
        hold(
            self.pending == usize::from(self.queued == Some(true)),
            "a photo has at most one decision to come, and the queue names it",
        )?;
        let is_accepted = matches!(self.state, PhotoState::Approved | PhotoState::HandedOver);
        let was_accepted = is_accepted || self.state == PhotoState::Refused;
        hold(
            !was_accepted || self.is_approved_by(order),
            "a photo counts as approved only after every stage approved it",
        )?;
        let is_rejected =
            |(_, outcome): &(ReviewStage, ReviewOutcome)| *outcome == ReviewOutcome::Rejected;
        hold(
            (self.state == PhotoState::Rejected) == self.in_force.iter().any(is_rejected),
            "a photo is rejected exactly by a rejection that took effect",
        )?;
        let refused = usize::from(self.state == PhotoState::Refused);
        let rejected = usize::from(self.state == PhotoState::Rejected);
        let approved = usize::from(self.is_approved_by(order));
        hold(
            self.told == approved + rejected + refused + self.returned,
            "a student is told of each outcome once, and of nothing that can be undone",
        )
    }
}

impl Picture {
    /// What holds at every moment.
    pub(crate) fn check(&self) -> Result<(), String> {
        let mut live = BTreeMap::new();
        for photo in self.photos.values() {
            if photo.state.is_live() {
                *live.entry(photo.student).or_insert(0) += 1;
            }
            if !self.is_purged {
                photo.check(self.order)?;
            }
        }
        hold(
            live.values().all(|count| *count == 1),
            "a student has one live photo",
        )?;
        let packed = self
            .packages
            .iter()
            .flat_map(|package| package.added.values());
        hold(
            packed
                .clone()
                .all(|photo| self.ever_approved.contains(photo)),
            "nothing is packed without its last approval",
        )?;
        hold(
            self.orders == self.orders_made,
            "no order disappears, also not by a purge",
        )?;
        hold(
            !self.is_certified || (self.is_purged && self.photos.is_empty()),
            "a certificate says that nothing is left",
        )?;
        hold(
            self.known.is_disjoint(&self.named),
            "a known item appears nowhere but before its reviewer",
        )?;
        hold(
            self.is_purged || self.decided_known == self.scored_known,
            "each decision about a known item counts once",
        )?;
        hold(
            !self.is_certified || self.known.is_empty(),
            "a purge leaves no known item",
        )?;
        self.check_packages()
    }

    /// Whoever applies all packages from a full one on has what was accepted when the last was made.
    fn check_packages(&self) -> Result<(), String> {
        let mut received = BTreeMap::new();
        for package in &self.packages {
            if package.is_full {
                received.clear();
            }
            received.retain(|student, _| !package.removed.contains(student));
            received.extend(package.added.clone());
            hold(
                received == package.accepted,
                "packages in their order add up to what was accepted",
            )?;
        }
        Ok(())
    }

    /// What holds besides once everything was done that was due.
    pub(crate) fn check_at_rest(&self) -> Result<(), String> {
        self.check()?;
        hold(
            self.photos.values().all(|photo| photo.pending == 0),
            "no decision is forgotten",
        )?;
        hold(
            self.is_purged == self.is_certified,
            "a purge that began comes to its end",
        )
    }
}
