//! Finding the row with the names of the columns, which often stands under a title.

use crate::Row;

/// The names of the columns stand in one of so many first rows.
pub const HEADING_ROWS: usize = 20;

/// The names of the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The last row that belongs to it; the rows behind it are data.
    pub row: u64,
    /// The name of each column; empty where it has none.
    pub names: Vec<String>,
}

impl Heading {
    /// The row of the first [`HEADING_ROWS`] that has most names which `is_known` knows, and at least one; with the row
    /// behind it where that names further columns and no cell of it looks like data.
    pub fn find(rows: &[Row], is_known: impl Fn(&str) -> bool) -> Option<Self> {
        let known = |row: &Row| {
            row.cells
                .iter()
                .filter(|cell| is_known(cell.trim()))
                .count()
        };
        let mut best: Option<(usize, usize)> = None;
        for (index, row) in rows.iter().take(HEADING_ROWS).enumerate() {
            let count = known(row);
            if count > best.map_or(0, |(_, most)| most) {
                best = Some((index, count));
            }
        }
        let (index, _) = best?;
        let mut heading = Self {
            row: rows[index].number,
            names: trimmed(&rows[index]),
        };
        // In two rows: the second names what the first spans. Or the first spans what the second, which names more, tells apart.
        if let Some(second) = rows.get(index + 1)
            && known(second) > 0
        {
            heading.row = second.number;
            heading.fill(&trimmed(second), true);
        } else if let Some(above) = index.checked_sub(1).map(|above| &rows[above])
            && known(above) > 0
        {
            heading.fill(&trimmed(above), false);
        }
        Some(heading)
    }

    fn fill(&mut self, other: &[String], is_finer: bool) {
        if self.names.len() < other.len() {
            self.names.resize(other.len(), String::new());
        }
        for (name, other) in self.names.iter_mut().zip(other) {
            if !other.is_empty() && (name.is_empty() || is_finer) {
                name.clone_from(other);
            }
        }
    }

    /// The names that stand over more than one column.
    pub fn duplicates(&self) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        for (index, name) in self.names.iter().enumerate() {
            let is_repeated = self.names[..index].contains(name);
            if !name.is_empty() && is_repeated && !found.contains(&name.as_str()) {
                found.push(name);
            }
        }
        found
    }
}

fn trimmed(row: &Row) -> Vec<String> {
    let cells = row.cells.iter();
    cells.map(|cell| cell.trim().to_owned()).collect()
}
