//! How a long piece of work goes on.

/// Where a piece of work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    /// It waits for its turn.
    Waiting,
    /// It goes on.
    Running,
    /// It ended well.
    Done,
    /// Somebody stopped it.
    Cancelled,
    /// It ended badly.
    Failed,
}

impl JobState {
    /// Whether nothing more will happen.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled | Self::Failed)
    }
}

/// How far work has come, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// How many rows are done.
    pub done: u64,
    /// How many there are; 0 where nobody knows yet.
    pub total: u64,
    /// For how many seconds it has gone on.
    pub seconds: u64,
}

impl Pace {
    /// Whole percents, never above 100; `None` where the total is not known.
    pub fn percent(self) -> Option<u64> {
        (self.total > 0).then(|| (self.done.min(self.total)) * 100 / self.total)
    }

    /// Rows in a second; `None` before the first second is over.
    pub fn rows_per_second(self) -> Option<u64> {
        (self.seconds > 0 && self.done > 0).then(|| self.done / self.seconds)
    }

    /// How many seconds it will still take at this speed, rounded up; `None` where nobody can say.
    pub fn seconds_left(self) -> Option<u64> {
        let left = self.total.checked_sub(self.done)?;
        let speed = self.rows_per_second().filter(|speed| *speed > 0)?;
        (self.total > 0).then(|| left.div_ceil(speed))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::nothing_known(0, 0, 0, None, None, None)]
    #[case::not_begun(0, 5_000, 3, Some(0), None, None)]
    #[case::under_way(1_000, 5_000, 2, Some(20), Some(500), Some(8))]
    #[case::done(5_000, 5_000, 9, Some(100), Some(555), Some(0))]
    #[case::total_unknown(700, 0, 7, None, Some(100), None)]
    #[case::slower_than_a_row_a_second(1, 9, 3, Some(11), Some(0), None)]
    fn the_pace_says_what_can_be_known(
        #[case] done: u64,
        #[case] total: u64,
        #[case] seconds: u64,
        #[case] percent: Option<u64>,
        #[case] speed: Option<u64>,
        #[case] left: Option<u64>,
    ) {
        let pace = Pace {
            done,
            total,
            seconds,
        };
        let told = (pace.percent(), pace.rows_per_second(), pace.seconds_left());
        assert_eq!(told, (percent, speed, left), "{pace:?}");
    }
}
