//! What happened, what happens now and what is to come, from top to bottom.

use yew::{Html, classes, html};

/// How a station of the way stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// It is behind.
    Done,
    /// One is here.
    Now,
    /// One is here, and something is wrong.
    Bad,
    /// It is ahead.
    Ahead,
}

impl Stage {
    fn class(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Now => "now",
            Self::Bad => "bad",
            Self::Ahead => "ahead",
        }
    }

    /// A shape, so that the colour is not alone.
    fn mark(self) -> &'static str {
        match self {
            Self::Done => "✓",
            Self::Now => "◐",
            Self::Bad => "!",
            Self::Ahead => "○",
        }
    }
}

/// A station of the way.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Station {
    /// How it stands.
    pub(crate) stage: Stage,
    /// What it is.
    pub(crate) title: String,
    /// When, or what is to be known.
    pub(crate) detail: Option<String>,
}

/// The way.
pub(crate) fn timeline(stations: &[Station]) -> Html {
    let station = |station: &Station| {
        let is_here = matches!(station.stage, Stage::Now | Stage::Bad);
        html! {
            <li class={classes!("station", station.stage.class())} aria-current={is_here.then_some("step")}>
                <span class="station-mark" aria-hidden="true">{ station.stage.mark() }</span>
                <span class="station-text">
                    <span class="station-title">{ station.title.clone() }</span>
                    if let Some(detail) = &station.detail {
                        <span class="muted">{ detail.clone() }</span>
                    }
                </span>
            </li>
        }
    };
    html! { <ol class="timeline">{ for stations.iter().map(station) }</ol> }
}
