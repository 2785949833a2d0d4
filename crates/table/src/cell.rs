//! Rows and what is wrong with single cells.

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Which, from 1: in workbooks as they count, elsewhere without empty lines.
    pub number: u64,
    /// Its cells. Rows of one table may have different numbers of them.
    pub cells: Vec<String>,
    /// What is wrong with single cells; their text is what could be read.
    pub faults: Vec<CellFault>,
}

impl Row {
    /// Whether nothing is in it.
    pub(crate) fn is_blank(&self) -> bool {
        self.faults.is_empty() && self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// What is wrong with a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellFault {
    /// The cell's column, from 0, as in [`Row::cells`].
    pub column: usize,
    /// What is wrong.
    pub kind: CellFaultKind,
}

/// What can be wrong with a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellFaultKind {
    /// A number of more than 15 digits, of which spreadsheets keep 15.
    LostDigits,
    /// An error of the spreadsheet, such as `#N/A`.
    ErrorValue,
    /// Bytes that are no character, such as half of one behind which the field ends.
    CutCharacter,
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::no_cell(&[], None, true)]
    #[case::blanks(&["", " ", "\u{3000}"], None, true)]
    #[case::a_text(&["", "a"], None, false)]
    #[case::a_fault_alone(&[""], Some(CellFaultKind::ErrorValue), false)]
    fn a_row_is_blank_where_nothing_is_in_it(
        #[case] cells: &[&str],
        #[case] fault: Option<CellFaultKind>,
        #[case] is_blank: bool,
    ) {
        let row = Row {
            number: 1,
            cells: cells.iter().map(|&cell| cell.to_owned()).collect(),
            faults: fault
                .map(|kind| CellFault { column: 0, kind })
                .into_iter()
                .collect(),
        };
        assert_eq!(row.is_blank(), is_blank);
    }
}
