//! A status: a word and a shape, never a colour alone.

use yew::{Html, classes, html};

/// What a status comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Something is to be done: an open ring.
    Open,
    /// Somebody works at it: a half-filled ring.
    Waiting,
    /// It went well: a tick.
    Good,
    /// It needs attention: an exclamation mark.
    Bad,
    /// It is over: a dash.
    Over,
}

impl Shape {
    fn class(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Waiting => "waiting",
            Self::Good => "good",
            Self::Bad => "bad",
            Self::Over => "over",
        }
    }

    fn mark(self) -> &'static str {
        match self {
            Self::Open => "○",
            Self::Waiting => "◐",
            Self::Good => "✓",
            Self::Bad => "!",
            Self::Over => "–",
        }
    }
}

/// The status as a pill.
pub fn status_pill(shape: Shape, label: &str) -> Html {
    html! {
        <span class={classes!("status", shape.class())}>
            <span class="status-mark" aria-hidden="true">{ shape.mark() }</span>
            <span class="status-label">{ label.to_owned() }</span>
        </span>
    }
}
