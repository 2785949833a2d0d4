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

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    /// Rows with a bar between two cells.
    fn rows(text: &str) -> Vec<Row> {
        let row = |(index, line): (usize, &str)| Row {
            number: index as u64 + 1,
            cells: line.split('|').map(str::to_owned).collect(),
            faults: Vec::new(),
        };
        text.lines().enumerate().map(row).collect()
    }

    fn is_known(name: &str) -> bool {
        ["姓名", "学号", "学院", "专业"].contains(&name)
    }

    #[rstest]
    #[case::in_the_first_row("姓名|学号\n张三|1", 1, &["姓名", "学号"])]
    #[case::under_a_title("名单|\n姓名| 学号 \n张三|1", 2, &["姓名", "学号"])]
    #[case::in_two_rows("姓名|就读|\n|学院|专业\n张三|理|数", 2, &["姓名", "学院", "专业"])]
    #[case::under_wider_names("学院||班\n专业|姓名|\n理|张三|1", 2, &["专业", "姓名", "班"])]
    #[case::a_column_without_a_name("姓名||学号\n张三||1", 1, &["姓名", "", "学号"])]
    fn the_names_of_the_columns_are_found(
        #[case] text: &str,
        #[case] row: u64,
        #[case] names: &[&str],
    ) {
        let heading = Heading::find(&rows(text), is_known).unwrap();
        assert_eq!(heading.row, row);
        assert_eq!(heading.names, names);
    }

    #[rstest]
    #[case::nothing("")]
    #[case::other_names("a|b\nc|d")]
    fn without_a_known_name_there_is_no_heading(#[case] text: &str) {
        assert_eq!(Heading::find(&rows(text), is_known), None);
    }

    #[test]
    fn a_heading_stands_in_one_of_the_first_rows() {
        let after = |count: usize| rows(&format!("{}姓名", "-\n".repeat(count)));
        assert_eq!(Heading::find(&after(HEADING_ROWS), is_known), None);
        let heading = Heading::find(&after(HEADING_ROWS - 1), is_known).unwrap();
        assert_eq!(heading.row, 20);
    }

    #[rstest]
    #[case::none(&["姓名", "学号", "", ""], &[])]
    #[case::twice(&["姓名", "学号", "姓名"], &["姓名"])]
    #[case::three_times(&["姓名", "姓名", "姓名"], &["姓名"])]
    fn a_name_over_two_columns_is_told_once(#[case] names: &[&str], #[case] expected: &[&str]) {
        let heading = Heading {
            row: 1,
            names: names.iter().map(|&name| name.to_owned()).collect(),
        };
        assert_eq!(heading.duplicates(), expected);
    }
}
