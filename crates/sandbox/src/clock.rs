//! The test clock: system time plus an offset that lives in a file shared with the product.

use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDateTime};

/// Seconds since the Unix epoch, on the test clock.
pub(crate) type Seconds = i64;

/// GMT+8, the time in which both payment providers speak.
const BEIJING_OFFSET_S: i64 = 8 * 3600;
const DAY_S: i64 = 86_400;

/// System time plus the offset; the one place that reads the system's time.
pub(crate) struct Clock {
    file: Option<PathBuf>,
    /// The offset last read, for the moment in which another program rewrites the file.
    offset_s: AtomicI64,
}

impl Clock {
    /// Takes the offset from `file`; without a file the offset is the sandbox's own and starts at 0.
    ///
    /// # Errors
    /// Where the file exists and holds something else than a whole number of seconds.
    pub(crate) fn open(file: Option<PathBuf>) -> io::Result<Self> {
        let clock = Self {
            file,
            offset_s: AtomicI64::new(0),
        };
        clock.read_offset().map(|_| clock)
    }

    /// The time now.
    pub(crate) fn now(&self) -> Seconds {
        let system = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default()
            .as_secs();
        system.cast_signed() + self.offset_s()
    }

    /// The offset in seconds.
    pub(crate) fn offset_s(&self) -> i64 {
        self.read_offset()
            .unwrap_or_else(|_| self.offset_s.load(Ordering::Relaxed))
    }

    /// Moves the clock for everybody who shares the file.
    pub(crate) fn advance(&self, by_s: i64) -> io::Result<()> {
        self.set_offset(self.offset_s().saturating_add(by_s))
    }

    /// Sets the offset. The file is replaced in one step, so that no reader sees half a number.
    pub(crate) fn set_offset(&self, offset_s: i64) -> io::Result<()> {
        if let Some(file) = &self.file {
            let next = file.with_extension("next");
            std::fs::write(&next, offset_s.to_string())?;
            std::fs::rename(&next, file)?;
        }
        self.offset_s.store(offset_s, Ordering::Relaxed);
        Ok(())
    }

    fn read_offset(&self) -> io::Result<i64> {
        let Some(file) = &self.file else {
            return Ok(self.offset_s.load(Ordering::Relaxed));
        };
        let offset_s = match std::fs::read_to_string(file) {
            Ok(text) if text.trim().is_empty() => 0,
            Ok(text) => text.trim().parse().map_err(io::Error::other)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
            Err(error) => return Err(error),
        };
        self.offset_s.store(offset_s, Ordering::Relaxed);
        Ok(offset_s)
    }
}

/// The form in which HTTP tells the time.
pub(crate) fn http_date(at: Seconds) -> String {
    let time = DateTime::from_timestamp(at, 0).unwrap_or_default();
    time.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// RFC 3339 in GMT+8, as `WeChat` Pay writes it.
pub(crate) fn rfc3339_beijing(at: Seconds) -> String {
    format_beijing(at, "%Y-%m-%dT%H:%M:%S+08:00")
}

/// `yyyy-MM-dd HH:mm:ss` in GMT+8, as Alipay and people write it.
pub(crate) fn naive_beijing(at: Seconds) -> String {
    format_beijing(at, "%Y-%m-%d %H:%M:%S")
}

/// `yyyyMMdd` in GMT+8, the front of a provider's numbers.
pub(crate) fn date_beijing(at: Seconds) -> String {
    format_beijing(at, "%Y%m%d")
}

/// Reads RFC 3339.
pub(crate) fn parse_rfc3339(text: &str) -> Option<Seconds> {
    DateTime::parse_from_rfc3339(text)
        .ok()
        .map(|time| time.timestamp())
}

/// Reads `yyyy-MM-dd HH:mm:ss` as GMT+8.
pub(crate) fn parse_naive_beijing(text: &str) -> Option<Seconds> {
    let naive = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").ok()?;
    Some(naive.and_utc().timestamp() - BEIJING_OFFSET_S)
}

/// The first second of the day in GMT+8.
pub(crate) fn midnight_beijing(at: Seconds) -> Seconds {
    (at + BEIJING_OFFSET_S).div_euclid(DAY_S) * DAY_S - BEIJING_OFFSET_S
}

/// The first second of the next day in GMT+8.
pub(crate) fn next_midnight_beijing(at: Seconds) -> Seconds {
    midnight_beijing(at) + DAY_S
}

/// Reads `yyyy-MM-dd` as the first second of that day in GMT+8.
pub(crate) fn parse_day_beijing(text: &str) -> Option<Seconds> {
    let day = chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    Some(day.and_hms_opt(0, 0, 0)?.and_utc().timestamp() - BEIJING_OFFSET_S)
}

/// A time in GMT+8 in the form that is asked for.
pub(crate) fn format_beijing(at: Seconds, format: &str) -> String {
    DateTime::from_timestamp(at.saturating_add(BEIJING_OFFSET_S), 0)
        .unwrap_or_default()
        .format(format)
        .to_string()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn the_file_holds_the_offset_and_is_shared() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("clock");
        let (ours, theirs) = (open(&file).unwrap(), open(&file).unwrap());
        assert_eq!(ours.offset_s(), 0, "a missing file is no offset");
        ours.advance(90).unwrap();
        assert_eq!(
            (theirs.offset_s(), std::fs::read_to_string(&file).unwrap()),
            (90, "90".into())
        );
        std::fs::write(&file, "\n").unwrap();
        assert_eq!(ours.offset_s(), 0, "an empty file is no offset");
        std::fs::write(&file, "soon").unwrap();
        assert!(open(&file).is_err());
        assert_eq!(
            ours.offset_s(),
            0,
            "a damaged file leaves the clock where it was"
        );
    }

    fn open(file: &std::path::Path) -> io::Result<Clock> {
        Clock::open(Some(file.to_owned()))
    }

    #[test]
    fn times_are_written_and_read_in_gmt_plus_8() {
        assert_eq!(rfc3339_beijing(1_781_000_000), "2026-06-09T18:13:20+08:00");
        assert_eq!(
            parse_rfc3339("2026-06-09T18:13:20+08:00"),
            Some(1_781_000_000)
        );
        assert_eq!(naive_beijing(1_781_000_000), "2026-06-09 18:13:20");
        assert_eq!(
            parse_naive_beijing("2026-06-09 18:13:20"),
            Some(1_781_000_000)
        );
        assert_eq!(parse_day_beijing("2026-06-09"), Some(1_780_934_400));
        assert_eq!(midnight_beijing(1_781_000_000), 1_780_934_400);
        assert_eq!(
            naive_beijing(next_midnight_beijing(1_781_000_000)),
            "2026-06-10 00:00:00"
        );
    }

    #[rstest]
    #[case::last_second_of_a_day(1_780_934_399, "2026-06-08 00:00:00")]
    #[case::first_second_of_a_day(1_780_934_400, "2026-06-09 00:00:00")]
    #[case::before_1970(-1, "1970-01-01 00:00:00")]
    #[case::long_before_1970(-28_801, "1969-12-31 00:00:00")]
    fn a_day_begins_at_midnight_in_gmt_plus_8(#[case] at: Seconds, #[case] expected: &str) {
        assert_eq!(naive_beijing(midnight_beijing(at)), expected);
        assert!((1..=DAY_S).contains(&(next_midnight_beijing(at) - at)));
    }

    #[rstest]
    #[case::empty("")]
    #[case::day("2026-06-09")]
    #[case::zone("2026-06-09T18:13:20+08:00")]
    #[case::no_such_day("2026-02-30 18:13:20")]
    #[case::no_such_hour("2026-06-09 24:00:00")]
    fn what_is_no_time_of_alipay_is_not_read(#[case] text: &str) {
        assert_eq!(parse_naive_beijing(text), None);
    }

    #[rstest]
    #[case::empty("")]
    #[case::without_a_zone("2026-06-09T18:13:20")]
    #[case::time_of_alipay("2026-06-09 18:13:20")]
    fn what_is_no_time_of_wechat_is_not_read(#[case] text: &str) {
        assert_eq!(parse_rfc3339(text), None);
    }

    #[rstest]
    #[case::empty("")]
    #[case::no_such_day("2026-02-30")]
    #[case::time("2026-06-09 18:13:20")]
    fn what_is_no_day_is_not_read(#[case] text: &str) {
        assert_eq!(parse_day_beijing(text), None);
    }

    #[rstest]
    #[case::one_digit_of_a_day(1_780_934_400, "Mon, 08 Jun 2026 16:00:00 GMT")]
    #[case::beginning(0, "Thu, 01 Jan 1970 00:00:00 GMT")]
    fn http_is_told_the_time_in_gmt(#[case] at: Seconds, #[case] expected: &str) {
        assert_eq!(http_date(at), expected);
    }

    #[test]
    fn a_number_begins_with_the_day_in_gmt_plus_8() {
        assert_eq!(date_beijing(1_780_934_399), "20260608");
        assert_eq!(date_beijing(1_780_934_400), "20260609");
    }
}
