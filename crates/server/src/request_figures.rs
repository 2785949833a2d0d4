//! Counting answers. What counts is kept for each route, method and status: to find it by its labels takes longer than all else
//! that is done around a handler.

use std::cell::RefCell;
use std::sync::Arc;
use std::time::{Duration, Instant};

use metrics::{Counter, Histogram, Label, SharedString};

/// An answer, as it is counted.
pub(crate) struct Answered<'a> {
    /// The method for metrics.
    pub(crate) method: &'static str,
    /// The route's pattern, or what stands for it.
    pub(crate) route: &'a Arc<str>,
    /// The route's place in the table of routes, where it has one.
    pub(crate) place: Option<usize>,
    /// The status.
    pub(crate) status: u16,
    /// How long it took.
    pub(crate) took: Duration,
    /// When it ended.
    pub(crate) ended: Instant,
}

/// What one thread counts with.
pub(crate) struct RequestFigures {
    /// A histogram that was not updated for this time is removed from the figures, and what is kept of it counts for nothing.
    idle: Duration,
    /// By the places of routes.
    kept: RefCell<Vec<Vec<Kept>>>,
}

/// What counts the answers of a route with one method and status.
struct Kept {
    method: &'static str,
    status: u16,
    figures: Figures,
    used: Instant,
}

/// What an answer is counted by.
struct Figures {
    answers: Counter,
    seconds: Histogram,
}

impl RequestFigures {
    /// Where histograms are removed that were not updated for so long.
    pub(crate) fn new(idle: Duration) -> Self {
        Self {
            idle,
            kept: RefCell::default(),
        }
    }

    /// Counts an answer.
    pub(crate) fn count(&self, answered: &Answered<'_>) {
        let Some(place) = answered.place else {
            Figures::of(answered).count(answered);
            return;
        };
        let mut kept = self.kept.borrow_mut();
        if kept.len() <= place {
            kept.resize_with(place + 1, Vec::new);
        }
        let kept = &mut kept[place];
        let mut known = kept.iter_mut();
        let known =
            known.find(|one| one.method == answered.method && one.status == answered.status);
        if let Some(known) = known {
            // It cannot have been removed if it was used since.
            if answered.ended.duration_since(known.used) >= self.idle {
                known.figures = Figures::of(answered);
            }
            known.used = answered.ended;
            known.figures.count(answered);
            return;
        }
        let figures = Figures::of(answered);
        figures.count(answered);
        kept.push(Kept {
            method: answered.method,
            status: answered.status,
            figures,
            used: answered.ended,
        });
    }
}

impl Figures {
    /// Finds them by their labels.
    fn of(answered: &Answered<'_>) -> Self {
        let by_method = Label::new("method", answered.method);
        let route = SharedString::from_shared(Arc::clone(answered.route));
        let by_route = Label::new("route", route);
        let by_status = Label::new("status", answered.status.to_string());
        let labels = vec![by_method.clone(), by_route.clone(), by_status];
        Self {
            answers: metrics::counter!("http_requests_total", labels),
            seconds: metrics::histogram!("http_request_seconds", vec![by_method, by_route]),
        }
    }

    fn count(&self, answered: &Answered<'_>) {
        self.answers.increment(1);
        self.seconds.record(answered.took.as_secs_f64());
    }
}
