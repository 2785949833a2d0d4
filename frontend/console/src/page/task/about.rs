//! What each collection has of its own: its name and its dates.

use chrono::{DateTime, Utc};
use client::TaskInput;
use domain::task_draft::TaskField;
use model::{moment_typed, read_moment};
use ui::{Form, TextField};
use yew::{Html, html};

use super::text::TaskTexts;

/// Name and dates as they are typed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct FilledAbout {
    name: String,
    opens_at: String,
    closes_at: String,
}

impl FilledAbout {
    /// Those of a collection, to be changed.
    pub(super) fn of(settings: &TaskInput) -> Self {
        Self {
            name: settings.name.clone(),
            opens_at: moment_typed(settings.opens_at),
            closes_at: moment_typed(settings.closes_at),
        }
    }

    /// The fields, and whether each is wrong.
    pub(super) fn faults(&self) -> [(TaskField, bool); 3] {
        [
            (TaskField::Name, self.name.trim().is_empty()),
            (TaskField::OpensAt, read_moment(&self.opens_at).is_none()),
            (TaskField::ClosesAt, read_moment(&self.closes_at).is_none()),
        ]
    }

    /// The name as it is sent.
    pub(super) fn name(&self) -> String {
        self.name.trim().to_owned()
    }

    /// The start as it is sent.
    pub(super) fn opens_at(&self) -> DateTime<Utc> {
        read_moment(&self.opens_at).unwrap_or_default()
    }

    /// The end as it is sent.
    pub(super) fn closes_at(&self) -> DateTime<Utc> {
        read_moment(&self.closes_at).unwrap_or_default()
    }
}

/// The three fields of a form; their ids begin with `prefix`, and `part` is where the form keeps them.
pub(super) fn about_fields<M: Clone + 'static>(
    form: &Form<M>,
    prefix: &'static str,
    texts: &TaskTexts,
    filled: &FilledAbout,
    part: fn(&mut M) -> &mut FilledAbout,
) -> Html {
    html! {
        <>
            <TextField id={format!("{prefix}-name")} label={texts.name} hint={texts.name_hint} value={filled.name.clone()}
                oninput={form.takes(move |model, name| part(model).name = name)} error={form.error("/name")} />
            <TextField id={format!("{prefix}-opens-at")} label={texts.opens_at} hint={texts.opens_at_hint} kind="datetime-local"
                value={filled.opens_at.clone()} oninput={form.takes(move |model, at| part(model).opens_at = at)} error={form.error("/opens_at")} />
            <TextField id={format!("{prefix}-closes-at")} label={texts.closes_at} hint={texts.closes_at_hint} kind="datetime-local"
                value={filled.closes_at.clone()} oninput={form.takes(move |model, at| part(model).closes_at = at)} error={form.error("/closes_at")} />
        </>
    }
}
