//! The rows of a file in the batches in which they are handled. A thread of its own reads and seals the
//! next ones meanwhile.

use std::sync::Arc;

use domain::roster::{RosterImport, RosterImportState};
use table::Row;

use super::file::{FileFailure, PIECE, Pieces, RosterFile};
use super::keys::RosterKeys;
use super::listed::List;
use super::survey::{FirstRows, Seen, Survey};
use super::take::{listed_of, roster_of};
use crate::clock::Clock;
use crate::{Context, Failure};

/// How many rows a batch has on `PostgreSQL`, where it keeps nobody else from writing.
const LARGE: usize = 1_000;

/// The rows of a file that was surveyed.
pub(super) struct Batches {
    survey: Arc<Survey>,
    pieces: Pieces<Result<Vec<Seen>, Failure>>,
    size: usize,
    /// What was read beyond the latest batch.
    waiting: Vec<Seen>,
}

/// Seals students ahead, as if none of them were listed yet.
struct Ahead {
    keys: RosterKeys,
    list: List,
    clock: Arc<dyn Clock>,
}

impl Ahead {
    fn seal(&self, seen: &mut Seen) -> Result<(), Failure> {
        if let Some(found) = &mut seen.found {
            let (now, student) = (self.clock.now(), listed_of(&found.student));
            found.new = Some(self.list.new_student(&self.keys, now, &student)?);
        }
        Ok(())
    }
}

impl Batches {
    /// The rows of a file, sealed ahead where the import takes them.
    pub(super) fn of(
        context: &Context,
        import: &RosterImport,
        file: &RosterFile,
        keys: &RosterKeys,
        survey: &Arc<Survey>,
    ) -> Result<Self, Failure> {
        let list = List {
            roster: roster_of(import),
            import: Some(import.id),
        };
        let ahead = (import.state == RosterImportState::Importing).then(|| Ahead {
            keys: keys.clone(),
            list,
            clock: Arc::clone(&context.clock),
        });
        let view = Arc::clone(survey);
        let mut handled = import.rows_done;
        let mut see = move |row: &Row| {
            let mut seen = view.see(row);
            if handled > 0 {
                handled -= 1;
            } else if let Some(ahead) = &ahead {
                ahead.seal(&mut seen)?;
            }
            Ok(seen)
        };
        Ok(Self {
            survey: Arc::clone(survey),
            pieces: file.pieces(move |rows| rows.iter().map(&mut see).collect())?,
            size: if context.store.is_postgres() {
                LARGE
            } else {
                PIECE
            },
            waiting: Vec::new(),
        })
    }

    /// The next rows; none behind the last.
    pub(super) async fn next(&mut self) -> Result<Vec<Seen>, FileFailure> {
        let mut batch = std::mem::take(&mut self.waiting);
        while batch.len() < self.size {
            let Some(piece) = self.pieces.next().await? else {
                break;
            };
            batch.extend(piece?);
        }
        self.waiting = batch.split_off(batch.len().min(self.size));
        Ok(batch)
    }

    /// Leaves out the first rows, which were handled, and keeps of them what later ones may repeat.
    pub(super) async fn skip(&mut self, rows: u64) -> Result<FirstRows, FileFailure> {
        let mut first_rows = FirstRows::of(&self.survey);
        let mut left = usize::try_from(rows).unwrap_or(usize::MAX);
        while left > 0 {
            let mut batch = self.next().await?;
            if batch.is_empty() {
                break;
            }
            let mut later = batch.split_off(batch.len().min(left));
            left -= batch.len();
            for found in batch.iter().filter_map(|seen| seen.found.as_ref()) {
                first_rows.check(&self.survey, found);
            }
            later.append(&mut self.waiting);
            self.waiting = later;
        }
        Ok(first_rows)
    }
}
