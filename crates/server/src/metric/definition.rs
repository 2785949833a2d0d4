//! What a metric is.

use super::label::{Label, answers};

/// One metric.
#[derive(Debug, Clone, Copy)]
pub struct Metric {
    /// Its name in `/metrics`, with its unit at the end.
    pub name: &'static str,
    /// What it does over time.
    pub kind: Kind,
    /// Its labels.
    pub labels: &'static [Label],
    /// Which of its time series are there from the start.
    pub start: Start,
    /// What it says, for `/metrics` and for docs/operations.md.
    pub help: &'static str,
}

/// What a metric does over time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// It only grows, and begins at 0 with the process.
    Counter,
    /// It goes up and down.
    Gauge,
    /// It counts observations up to each of these bounds.
    Histogram(&'static [f64]),
}

impl Kind {
    /// The word of `/metrics`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram(_) => "histogram",
        }
    }
}

/// Which time series of a metric are there from the start, so that a first event is seen as growth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// All that the values of its labels permit.
    All,
    /// One for each answer that the API document lists.
    Answers,
    /// None: its value is not known before something happened.
    WhenKnown,
}

impl Metric {
    /// The labels of each time series that is there from the start.
    pub fn at_start(&self) -> Vec<Vec<(&'static str, String)>> {
        match self.start {
            Start::WhenKnown => vec![],
            Start::All => self.labels.iter().fold(vec![vec![]], |series, label| {
                let more = |labels: &Vec<(&'static str, String)>| {
                    let with = |value| [labels.as_slice(), &[(label.name, value)]].concat();
                    label.values().into_iter().map(with).collect::<Vec<_>>()
                };
                series.iter().flat_map(more).collect()
            }),
            Start::Answers => self.of_answers(),
        }
    }

    fn of_answers(&self) -> Vec<Vec<(&'static str, String)>> {
        let mut series = Vec::new();
        for answer in answers() {
            let labels = self.labels.iter();
            let labels: Vec<_> = labels
                .filter_map(|label| Some((label.name, answer.get(label.name)?.clone())))
                .collect();
            if !series.contains(&labels) {
                series.push(labels);
            }
        }
        series
    }

    /// Its row in docs/operations.md.
    pub fn row(&self) -> String {
        let labels: Vec<_> = self.labels.iter().map(Label::described).collect();
        let (name, kind, labels) = (self.name, self.kind.as_str(), labels.join("; "));
        format!("| `{name}` | {kind} | {labels} | {} |", self.help)
    }

    /// Describes it and makes its first time series.
    pub(super) fn register(&self) {
        let (name, help) = (self.name, self.help);
        match self.kind {
            Kind::Counter => metrics::describe_counter!(name, help),
            Kind::Gauge => metrics::describe_gauge!(name, help),
            Kind::Histogram(_) => metrics::describe_histogram!(name, help),
        }
        for labels in self.at_start() {
            let labels: Vec<_> = labels
                .into_iter()
                .map(|(name, value)| metrics::Label::new(name, value))
                .collect();
            match self.kind {
                Kind::Counter => metrics::counter!(name, labels).increment(0),
                Kind::Gauge => metrics::gauge!(name, labels).set(0.0),
                Kind::Histogram(_) => drop(metrics::histogram!(name, labels)),
            }
        }
    }
}
