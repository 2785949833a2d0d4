//! What lies before a reviewer who looks at many photos, and how long each was on the screen.

use std::collections::HashMap;
use std::rc::Rc;

use client::{DecisionView, Failure, PhotoToReviewView};
use domain::review_queue::LEAST_LOOK_MS;
use yew::Reducible;

use super::look::Seen;

/// A page of photos.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Wall {
    /// The photos, those that wait longest first.
    pub(super) photos: Vec<PhotoToReviewView>,
    /// What went wrong last.
    pub(super) failure: Option<Failure>,
    /// The latest decisions, the latest first.
    pub(super) made: Vec<DecisionView>,
    /// Whether the queue was asked.
    pub(super) is_loaded: bool,
    /// Whether an approval is on its way.
    pub(super) is_sending: bool,
    /// Whether somebody wanted to undo what cannot be undone.
    pub(super) has_nothing_to_undo: bool,
    /// For how long each was looked at, in milliseconds.
    looked_ms: HashMap<String, u32>,
}

/// What happens.
#[derive(Debug)]
pub(super) enum Step {
    /// The server says which photos the reviewer has.
    Taken(Vec<PhotoToReviewView>),
    /// The server says which decisions were made last.
    Made(Vec<DecisionView>),
    /// Photos were on the screen.
    Seen(Seen),
    /// An approval is on its way.
    Send,
    /// There is nothing to undo.
    NothingToUndo,
    /// Something went wrong.
    Failed(Failure),
}

impl Wall {
    /// The photos that were looked at for long enough.
    pub(super) fn looked(&self) -> Vec<&PhotoToReviewView> {
        let mut looked = self.photos.iter().collect::<Vec<_>>();
        looked.retain(|photo| self.was_looked_at(&photo.photo_id));
        looked
    }

    /// Whether a photo was looked at for long enough.
    pub(super) fn was_looked_at(&self, id: &str) -> bool {
        self.looked_ms.get(id).copied().unwrap_or_default() >= LEAST_LOOK_MS
    }

    fn apply(&mut self, step: Step) {
        match step {
            // Those that stay are taken anew as well, and the server counts from then.
            Step::Taken(photos) => {
                self.photos = photos;
                self.looked_ms.clear();
                self.is_loaded = true;
                self.is_sending = false;
                self.has_nothing_to_undo = false;
            }
            Step::Made(made) => self.made = made,
            Step::Seen(Seen { photos, each_ms }) => {
                for id in photos {
                    *self.looked_ms.entry(id).or_default() += each_ms;
                }
            }
            Step::Send => {
                self.is_sending = true;
                self.failure = None;
                self.has_nothing_to_undo = false;
            }
            Step::NothingToUndo => self.has_nothing_to_undo = true,
            Step::Failed(failure) => {
                self.failure = Some(failure);
                self.is_loaded = true;
                self.is_sending = false;
            }
        }
    }
}

impl Reducible for Wall {
    type Action = Step;

    fn reduce(self: Rc<Self>, step: Step) -> Rc<Self> {
        let mut wall = Rc::unwrap_or_clone(self);
        wall.apply(step);
        Rc::new(wall)
    }
}
