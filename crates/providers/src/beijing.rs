//! UTC+8, in which both payment providers write their times.

use chrono::{DateTime, FixedOffset, LocalResult, NaiveDateTime, TimeZone, Utc};

const OFFSET: FixedOffset = match FixedOffset::east_opt(8 * 60 * 60) {
    Some(offset) => offset,
    None => panic!("eight hours are less than a day"),
};

/// The same moment on a clock in Beijing.
pub(crate) fn local(time: DateTime<Utc>) -> DateTime<FixedOffset> {
    time.with_timezone(&OFFSET)
}

/// Alipay's way to write a time.
pub(crate) fn format(time: DateTime<Utc>) -> String {
    local(time).format("%Y-%m-%d %H:%M:%S").to_string()
}

/// Reads Alipay's way to write a time, with or without a fraction of a second.
pub(crate) fn parse(text: &str) -> Option<DateTime<Utc>> {
    let naive = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f").ok()?;
    match OFFSET.from_local_datetime(&naive) {
        LocalResult::Single(time) => Some(time.with_timezone(&Utc)),
        LocalResult::None | LocalResult::Ambiguous(..) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{format, parse};
    use chrono::{TimeZone, Utc};

    #[test]
    fn times_are_eight_hours_ahead_of_utc() {
        let time = Utc.with_ymd_and_hms(2026, 6, 9, 18, 15, 20).unwrap();
        assert_eq!(format(time), "2026-06-10 02:15:20");
        assert_eq!(parse("2026-06-10 02:15:20"), Some(time));
        assert_eq!(parse("2026-06-10 02:15:20.000"), Some(time));
        assert_eq!(parse("2026-06-10T02:15:20"), None);
    }
}
