//! Rosters: importing them from files, listing single students.

mod add;
mod batches;
mod entry;
mod file;
mod import;
mod keys;
mod known;
mod list;
mod listed;
mod moved;
mod page;
mod put;
mod report;
mod step;
mod survey;
mod take;
mod task;
mod undo;
mod work;

pub use add::{NewEntry, add_entry};
pub(crate) use entry::Correcting;
pub use entry::{EntryChanges, change_entry, get_entry, reveal_numbers, set_entry_state};
pub use file::FILE_MAX;
pub(crate) use import::discard_old;
pub use import::{
    ImportPage, ImportView, Preview, PreviewRow, ReportRow, create, get, list as list_imports,
    preview, rows,
};
pub(crate) use keys::RosterKeys;
pub(crate) use list::{Listed, list, list_as};
pub(crate) use listed::opened;
pub(crate) use page::nearest;
pub use page::{EntrySearch, EntryView, NEAREST_MAX, ShownNumber, list_entries};
pub(crate) use put::Putting;
pub use put::{OTHER_NUMBERS_MAX, ROWS_MAX, SentOutcome, SentStudent, SentStudents, put_students};
pub use report::report;
pub use step::{Choices, StartOptions, cancel, change, start, undo};
pub(crate) use work::work;
