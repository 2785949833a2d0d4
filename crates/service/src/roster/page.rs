//! Pages of a roster, and searching it, for staff.

use std::collections::HashSet;

use domain::access::Actor;
use domain::id_document::normalise;
use domain::page::{Page, PageRequest};
use domain::roster::{ListedNumber, RosterEntry, RosterEntryState, RosterNumber};
use domain::task::Task;
use domain::{DocumentType, EducationLevel, Masked, RosterEntryId, SchoolId, indexed_name};
use store::roster::page::{self, EntryFilter};
use store::roster::{RosterKey, batch};

use super::listed::opened;
use super::task::readable_task;
use crate::{Context, Failure};

/// A student of a roster, as staff see them.
#[derive(Debug, Clone)]
pub struct EntryView {
    /// The entry.
    pub entry: RosterEntry,
    /// The name.
    pub name: String,
    /// The student number.
    pub student_no: Option<String>,
    /// The document numbers, masked.
    pub numbers: Vec<ShownNumber>,
    /// Whether an account has verified as this student.
    pub is_verified: bool,
}

/// A document number, as staff see it.
#[derive(Debug, Clone)]
pub struct ShownNumber {
    /// The kind of document.
    pub kind: DocumentType,
    /// The number, masked unless it was revealed.
    pub number: String,
}

/// Which students are wanted; what is none does not matter.
#[derive(Debug, Clone, Default)]
pub struct EntrySearch {
    /// The whole name, student number or document number.
    pub text: Option<String>,
    /// The level.
    pub level: Option<EducationLevel>,
    /// The college, whole.
    pub college: Option<String>,
    /// The class, whole.
    pub class_name: Option<String>,
    /// Whether they are listed.
    pub state: Option<RosterEntryState>,
}

/// A page of a roster, the latest first.
///
/// # Errors
/// `task.unknown`.
pub async fn list_entries(
    context: &Context,
    actor: &Actor,
    task_id: &str,
    search: EntrySearch,
    request: &PageRequest<RosterEntryId>,
) -> Result<Page<EntryView>, Failure> {
    let task = readable_task(context, actor, task_id).await?;
    let indexes = match search.text.as_deref().map(str::trim) {
        None | Some("") => None,
        Some(text) => {
            let index = context.task_index(task.id).await?;
            let hashes = [indexed_name(text), normalise(text)];
            let found = hashes.iter().flat_map(|hash| index.to_find(hash));
            Some(found.map(Into::into).collect())
        }
    };
    let filter = EntryFilter {
        level: search.level,
        college: search.college,
        class_name: search.class_name,
        state: search.state,
        indexes,
    };
    let roster = RosterKey {
        school_id: task.school_id,
        task_id: task.id,
    };
    let on = context.store.reader();
    let found = page::entries(on, roster, &filter, request).await?;
    let (first, last) = (found.items.last(), found.items.first());
    // A page without a filter leaves out none between its first and its last student.
    let whole = first.zip(last).filter(|_| filter == EntryFilter::default());
    let views = match whole {
        Some((first, last)) => {
            let entries = first.id..=last.id;
            let numbers = batch::numbers_between(on, roster, &entries).await?;
            let held = batch::held_between(on, roster, &entries).await?;
            views_of(context, &found.items, &numbers, &held).await?
        }
        None => views(context, task.school_id, &found.items).await?,
    };
    Ok(found.with_items(|_| views))
}

async fn views(
    context: &Context,
    school: SchoolId,
    entries: &[RosterEntry],
) -> Result<Vec<EntryView>, Failure> {
    let on = context.store.reader();
    let ids: Vec<_> = entries.iter().map(|entry| entry.id).collect();
    let numbers = batch::numbers_of_entries(on, school, &ids).await?;
    let held = batch::held(on, school, &ids).await?;
    views_of(context, entries, &numbers, &held).await
}

async fn views_of(
    context: &Context,
    entries: &[RosterEntry],
    numbers: &[RosterNumber],
    held: &HashSet<RosterEntryId>,
) -> Result<Vec<EntryView>, Failure> {
    let mut views = Vec::with_capacity(entries.len());
    for entry in entries.iter().cloned() {
        views.push(view(context, entry, numbers, held).await?);
    }
    Ok(views)
}

/// The most students who may be meant by a question.
pub const NEAREST_MAX: u64 = 10;

/// The students of a task with a document number, of any level, or a name; at most [`NEAREST_MAX`].
pub(crate) async fn nearest(
    context: &Context,
    task: &Task,
    number: &str,
    name: Option<&str>,
) -> Result<Vec<EntryView>, Failure> {
    let index = context.task_index(task.id).await?;
    let texts = [Some(normalise(number)), name.map(indexed_name)];
    let hashes = texts.iter().flatten().flat_map(|text| index.to_find(text));
    let filter = EntryFilter {
        indexes: Some(hashes.map(Into::into).collect()),
        ..EntryFilter::default()
    };
    let roster = RosterKey {
        school_id: task.school_id,
        task_id: task.id,
    };
    let page = PageRequest::first(NEAREST_MAX);
    let found = page::entries(context.store.reader(), roster, &filter, &page).await?;
    views(context, task.school_id, &found.items).await
}

async fn view(
    context: &Context,
    entry: RosterEntry,
    numbers: &[RosterNumber],
    held: &HashSet<RosterEntryId>,
) -> Result<EntryView, Failure> {
    let own = numbers.iter().filter(|number| number.entry_id == entry.id);
    let student = opened(context, &entry, &own.cloned().collect::<Vec<_>>()).await?;
    let masked = |number: ListedNumber| ShownNumber {
        kind: number.kind,
        number: Masked::new(number.number).to_string(),
    };
    Ok(EntryView {
        name: student.name,
        student_no: student.student_no,
        numbers: student.numbers.into_iter().map(masked).collect(),
        is_verified: held.contains(&entry.id),
        entry,
    })
}

pub(super) async fn shown(context: &Context, entry: RosterEntry) -> Result<EntryView, Failure> {
    let (on, school, ids) = (context.store.reader(), entry.school_id, [entry.id]);
    let numbers = batch::numbers_of_entries(on, school, &ids).await?;
    let held = batch::held(on, school, &ids).await?;
    view(context, entry, &numbers, &held).await
}
