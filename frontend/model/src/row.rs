//! Which row of a table the keyboard comes to.

/// A step through the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// To the row above.
    Up,
    /// To the row below.
    Down,
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

impl Step {
    /// The step that a key means; `None` for every other key.
    pub fn of_key(key: &str) -> Option<Self> {
        match key {
            "ArrowUp" => Some(Self::Up),
            "ArrowDown" => Some(Self::Down),
            "Home" => Some(Self::First),
            "End" => Some(Self::Last),
            _ => None,
        }
    }
}

/// The row after a step in a table of `count` rows; it stops at both ends. `None` where there is no row.
pub fn stepped(row: usize, step: Step, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    Some(match step {
        Step::Up => row.saturating_sub(1).min(last),
        Step::Down => (row + 1).min(last),
        Step::First => 0,
        Step::Last => last,
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::down(0, "ArrowDown", 3, Some(1))]
    #[case::down_at_the_end(2, "ArrowDown", 3, Some(2))]
    #[case::up_at_the_start(0, "ArrowUp", 3, Some(0))]
    #[case::up_from_beyond_the_end(9, "ArrowUp", 3, Some(2))]
    #[case::home(1, "Home", 3, Some(0))]
    #[case::end(1, "End", 3, Some(2))]
    #[case::no_rows(0, "ArrowDown", 0, None)]
    fn the_keyboard_stops_at_both_ends(
        #[case] row: usize,
        #[case] key: &str,
        #[case] count: usize,
        #[case] expected: Option<usize>,
    ) {
        let step = Step::of_key(key).unwrap();
        assert_eq!(stepped(row, step, count), expected, "{row} {key} {count}");
    }

    #[test]
    fn another_key_is_no_step() {
        assert_eq!(Step::of_key("a"), None);
    }
}
