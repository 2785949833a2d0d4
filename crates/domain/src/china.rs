//! China's time, in which people are told days and hours; it has one offset and no summer time.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, TimeDelta, Utc};

/// How far China's clocks are ahead of UTC.
const AHEAD: TimeDelta = TimeDelta::hours(8);

fn clock_in_china(moment: DateTime<Utc>) -> NaiveDateTime {
    moment.naive_utc() + AHEAD
}

/// The day in China.
pub fn day_in_china(moment: DateTime<Utc>) -> NaiveDate {
    clock_in_china(moment).date()
}

/// When a day begins and ends in China.
pub fn day_bounds(day: NaiveDate) -> (DateTime<Utc>, DateTime<Utc>) {
    let begin = day.and_time(chrono::NaiveTime::MIN).and_utc() - AHEAD;
    (begin, begin + TimeDelta::days(1))
}

/// When a day's month begins and ends in China.
pub fn month_bounds(day: NaiveDate) -> (DateTime<Utc>, DateTime<Utc>) {
    let first = day - Days::new(day.day0().into());
    (day_bounds(first).0, day_bounds(first + Months::new(1)).0)
}

/// A moment as people say it, in either language: `2026-04-16 09:00`.
pub fn time_text(moment: DateTime<Utc>) -> String {
    clock_in_china(moment).format("%Y-%m-%d %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::in_the_morning(1_776_301_200, "2026-04-16 09:00")]
    #[case::the_last_second(1_776_268_799, "2026-04-15 23:59")]
    #[case::the_first_second(1_776_268_800, "2026-04-16 00:00")]
    fn a_day_begins_at_sixteen_utc(#[case] second: i64, #[case] text: &str) {
        let moment = DateTime::from_timestamp(second, 0).unwrap();
        assert_eq!(time_text(moment), text);
        let day = day_in_china(moment);
        assert_eq!(day.to_string(), text[..10]);
        let (begin, end) = day_bounds(day);
        assert!(begin <= moment && moment < end);
    }

    #[rstest]
    #[case::its_first_day("2026-06-01", "2026-06-01 00:00", "2026-07-01 00:00")]
    #[case::its_last_day("2026-06-30", "2026-06-01 00:00", "2026-07-01 00:00")]
    #[case::a_leap_day("2028-02-29", "2028-02-01 00:00", "2028-03-01 00:00")]
    #[case::the_last_of_a_year("2026-12-31", "2026-12-01 00:00", "2027-01-01 00:00")]
    fn a_month_is_of_all_its_days(#[case] day: &str, #[case] begin: &str, #[case] end: &str) {
        let bounds = month_bounds(day.parse().unwrap());
        assert_eq!([time_text(bounds.0), time_text(bounds.1)], [begin, end]);
    }
}
