//! How a long piece of work goes on: rows, speed and time left, and a way to stop it.

use domain::{Lang, wait_text};
use model::{JobState, Pace};
use yew::{AttrValue, Callback, Html, Properties, component, html};

use super::{Button, Look, Shape, status_pill};
use crate::lang::use_lang;
use crate::text::{TextTable, fill};

crate::texts! {
    /// Texts of a piece of work.
    struct JobTexts {
        waiting: "排队中", "Waiting";
        running: "进行中", "Running";
        done: "已完成", "Done";
        cancelled: "已停止", "Stopped";
        failed: "未完成", "Failed";
        rows: "{done} / {total} 行", "{done} of {total} rows";
        rows_so_far: "{done} 行", "{done} rows";
        speed: "每秒 {speed} 行", "{speed} rows a second";
        left: "约剩 {left}", "about {left} left";
        leave: "可以离开本页，完成后再回来查看。", "You can leave this page and come back.";
        stop: "停止", "Stop";
    }
}

/// What a [`JobProgress`] needs.
#[derive(Properties, PartialEq)]
pub struct JobProgressProps {
    /// What is done.
    pub label: AttrValue,
    /// Where it is.
    pub state: JobState,
    /// How far it has come.
    pub pace: Pace,
    /// Stops it; without it, it cannot be stopped.
    #[prop_or_default]
    pub oncancel: Option<Callback<()>>,
}

/// The progress.
#[component]
pub fn JobProgress(props: &JobProgressProps) -> Html {
    let lang = use_lang();
    let texts = JobTexts::of(lang);
    let (shape, word) = match props.state {
        JobState::Waiting => (Shape::Waiting, texts.waiting),
        JobState::Running => (Shape::Waiting, texts.running),
        JobState::Done => (Shape::Good, texts.done),
        JobState::Cancelled => (Shape::Over, texts.cancelled),
        JobState::Failed => (Shape::Bad, texts.failed),
    };
    let pace = props.pace;
    let max = pace.total.max(1).to_string();
    html! {
        <section class="card stack job" aria-label={props.label.clone()}>
            <div class="between">
                <h2>{ props.label.clone() }</h2>
                { status_pill(shape, word) }
            </div>
            if props.state.is_over() {
                <p class="figures">{ rows_text(pace, texts) }</p>
            } else {
                <progress class="job-bar" aria-label={props.label.clone()} {max}
                    value={pace.percent().map(|_| pace.done.to_string())} />
                <p class="figures" role="status">{ told(pace, lang) }</p>
                <p class="hint">{ texts.leave }</p>
                if let Some(stop) = &props.oncancel {
                    <Button look={Look::Second} onclick={stop.clone()}>{ texts.stop }</Button>
                }
            }
        </section>
    }
}

fn rows_text(pace: Pace, texts: &JobTexts) -> String {
    let (done, total) = (pace.done, pace.total);
    if total > 0 {
        fill(texts.rows, &[("done", &done), ("total", &total)])
    } else {
        fill(texts.rows_so_far, &[("done", &done)])
    }
}

/// `1200 / 5000 行 · 每秒 600 行 · 约剩 7 秒`, as far as it is known.
fn told(pace: Pace, lang: Lang) -> String {
    let texts = JobTexts::of(lang);
    let speed = pace.rows_per_second();
    let left = pace
        .seconds_left()
        .and_then(|left| i64::try_from(left).ok());
    let parts = [
        Some(rows_text(pace, texts)),
        speed.map(|speed| fill(texts.speed, &[("speed", &speed)])),
        left.map(|left| fill(texts.left, &[("left", &wait_text(left, lang))])),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}
