//! What lies before a reviewer: the photos that they have, and what they are about to decide.

use std::rc::Rc;

use client::{DecisionView, Failure, PhotoToReviewView};
use domain::review::{MOST_REASONS, RejectReason, ReviewOutcome};
use yew::Reducible;

/// The photos that a reviewer has, and what they chose for the first of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Desk {
    /// The one on the screen, then those behind it.
    pub(super) photos: Vec<PhotoToReviewView>,
    /// The reasons that were chosen.
    pub(super) reasons: Vec<RejectReason>,
    /// What was written.
    pub(super) note: String,
    /// What cannot be decided yet, where it was tried.
    pub(super) incomplete: Option<ReviewOutcome>,
    /// What went wrong last.
    pub(super) failure: Option<Failure>,
    /// The latest decisions, the latest first.
    pub(super) made: Vec<DecisionView>,
    /// Whether the queue was asked.
    pub(super) is_loaded: bool,
    /// How many were decided about since the page was opened.
    pub(super) done: u32,
    /// Photos whose decision is on its way.
    leaving: Vec<String>,
    /// The photo that comes first, since its decision was undone.
    first: Option<String>,
}

/// What happens at the desk.
#[derive(Debug)]
pub(super) enum Step {
    /// The server says which photos the reviewer has.
    Taken(Vec<PhotoToReviewView>),
    /// It does not.
    NotTaken(Failure),
    /// The server says which decisions were made last.
    Made(Vec<DecisionView>),
    /// A reason was chosen, or is chosen no more.
    Toggle(RejectReason),
    /// Something was written.
    Write(String),
    /// A decision lacks something.
    Incomplete(ReviewOutcome),
    /// The photo on the screen is decided about.
    Leave,
    /// The server has the decision.
    Left(String),
    /// The server does not have it: the photo is on the screen again, as it was.
    Back {
        /// The photo.
        photo: Box<PhotoToReviewView>,
        /// The reasons that were chosen for it.
        reasons: Vec<RejectReason>,
        /// What was written.
        note: String,
        /// Why.
        failure: Failure,
    },
    /// This photo's decision was undone.
    First(String),
}

impl Desk {
    /// An empty desk, on which this photo will come first.
    pub(super) fn beginning_with(first: Option<String>) -> Self {
        Self {
            first,
            ..Self::default()
        }
    }

    /// Whether nothing is missing for a decision.
    pub(super) fn allows(&self, outcome: ReviewOutcome) -> bool {
        match outcome {
            ReviewOutcome::Approved => self.reasons.is_empty(),
            ReviewOutcome::Rejected => !self.reasons.is_empty(),
            ReviewOutcome::Escalated => !self.note.trim().is_empty() && self.reasons.is_empty(),
        }
    }

    fn toggle(&mut self, reason: RejectReason) {
        if let Some(at) = self.reasons.iter().position(|one| *one == reason) {
            self.reasons.remove(at);
        } else if self.reasons.len() < MOST_REASONS {
            self.reasons.push(reason);
        }
        self.incomplete = None;
    }

    fn clear(&mut self) {
        self.reasons.clear();
        self.note.clear();
        self.incomplete = None;
        self.failure = None;
    }

    /// Puts what the server gave in the order in which it is looked at; the photo on the screen stays there.
    fn take(&mut self, taken: Vec<PhotoToReviewView>) {
        let shown = self.first.take();
        let shown = shown.or_else(|| self.photos.first().map(|photo| photo.photo_id.clone()));
        let leaving = &self.leaving;
        let mut photos: Vec<_> = taken
            .into_iter()
            .filter(|photo| !leaving.contains(&photo.photo_id))
            .collect();
        photos.sort_by_key(|photo| shown.as_ref() != Some(&photo.photo_id));
        let is_same = photos.first().map(|photo| &photo.photo_id)
            == self.photos.first().map(|photo| &photo.photo_id);
        self.photos = photos;
        self.is_loaded = true;
        if !is_same {
            self.reasons.clear();
            self.note.clear();
            self.incomplete = None;
        }
    }

    fn apply(&mut self, step: Step) {
        match step {
            Step::Taken(photos) => self.take(photos),
            Step::NotTaken(failure) => {
                self.is_loaded = true;
                self.failure = Some(failure);
            }
            Step::Made(made) => self.made = made,
            Step::Toggle(reason) => self.toggle(reason),
            Step::Write(note) => self.note = note,
            Step::Incomplete(outcome) => self.incomplete = Some(outcome),
            Step::Leave => {
                if !self.photos.is_empty() {
                    self.leaving.push(self.photos.remove(0).photo_id);
                    self.done += 1;
                }
                self.clear();
            }
            Step::Left(id) => self.leaving.retain(|one| *one != id),
            Step::Back {
                photo,
                reasons,
                note,
                failure,
            } => {
                self.leaving.retain(|one| *one != photo.photo_id);
                self.done = self.done.saturating_sub(1);
                self.photos.insert(0, *photo);
                (self.reasons, self.note) = (reasons, note);
                self.failure = Some(failure);
            }
            Step::First(id) => {
                self.first = Some(id);
                self.done = self.done.saturating_sub(1);
                self.failure = None;
            }
        }
    }
}

impl Reducible for Desk {
    type Action = Step;

    fn reduce(self: Rc<Self>, step: Step) -> Rc<Self> {
        let mut desk = Rc::unwrap_or_clone(self);
        desk.apply(step);
        Rc::new(desk)
    }
}
