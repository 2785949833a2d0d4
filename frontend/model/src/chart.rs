//! Bars of a chart: how long each segment is drawn.

/// A bar with a value for each series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// The values, in the order of the series.
    pub values: Vec<u64>,
    /// Where a click leads: the list behind the bar.
    pub href: Option<String>,
}

impl Bar {
    /// The sum of its values.
    pub fn total(&self) -> u64 {
        self.values.iter().sum()
    }
}

/// Where a segment is drawn, in thousandths of the chart's width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// Which series it is of.
    pub series: usize,
    /// Where it begins.
    pub from: u64,
    /// How wide it is, at least 1.
    pub width: u64,
}

/// The whole width.
const WHOLE: u64 = 1000;

/// The segments of a bar where the longest bar, with the sum `longest`, takes the whole width. Values of 0 have none.
pub fn segments(bar: &Bar, longest: u64) -> Vec<Segment> {
    let place = |value: u64| value.saturating_mul(WHOLE) / longest.max(1);
    let mut sum = 0;
    let mut segments = Vec::new();
    for (series, value) in bar.values.iter().enumerate() {
        let from = place(sum);
        sum += value;
        if *value > 0 {
            segments.push(Segment {
                series,
                from,
                width: place(sum).saturating_sub(from).max(1),
            });
        }
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_follow_each_other_without_gaps() {
        let bar = Bar {
            label: "法学院".to_owned(),
            values: vec![1, 0, 2],
            href: None,
        };
        assert_eq!(bar.total(), 3);
        let segment = |series, from, width| Segment {
            series,
            from,
            width,
        };
        assert_eq!(
            segments(&bar, 3),
            [segment(0, 0, 333), segment(2, 333, 667)]
        );
        assert_eq!(
            segments(&bar, 6),
            [segment(0, 0, 166), segment(2, 166, 334)]
        );
    }

    #[test]
    fn a_little_is_seen_beside_much_and_nothing_is_drawn_of_nothing() {
        let bar = |values: Vec<u64>| Bar {
            label: String::new(),
            values,
            href: None,
        };
        assert_eq!(segments(&bar(vec![1]), 1_000_000)[0].width, 1);
        assert!(segments(&bar(vec![0, 0]), 0).is_empty());
    }
}
