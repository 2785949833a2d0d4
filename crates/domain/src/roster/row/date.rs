//! Days as schools write them.

use chrono::{Days, NaiveDate};

use crate::nfkc::nfkc;

/// Day 0 of spreadsheets, as it counts after their 29 February 1900.
const SPREADSHEET_EPOCH: Option<NaiveDate> = NaiveDate::from_ymd_opt(1899, 12, 30);

/// The day of `20260630`, `2026-06-30`, `2026/6/30`, `2026.06.30`, `2026年6月30日`, the first day of `202606`, `2026-06` and
/// `2026年6月`, and of a spreadsheet's number of days; what follows behind a space is the time of day.
pub(super) fn read(text: &str) -> Option<NaiveDate> {
    let text = nfkc(text);
    let text = text.trim();
    let first_word = text.split([' ', 'T']).next().unwrap_or(text);
    let is_digits = first_word.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<u32> = if is_digits {
        match first_word.len() {
            8 | 6 => {
                let bounds = [0..4, 4..6, 6..first_word.len()];
                let parts = bounds.into_iter().filter(|bound| !bound.is_empty());
                parts
                    .filter_map(|bound| first_word[bound].parse().ok())
                    .collect()
            }
            5 => return of_spreadsheet(first_word.parse().ok()?),
            _ => return None,
        }
    } else {
        let parts = first_word.split(['-', '/', '.', '年', '月', '日']);
        let parts = parts.filter(|part| !part.is_empty());
        parts.map(|part| part.parse().ok()).collect::<Option<_>>()?
    };
    let (&[year, month], day) = match parts.as_slice() {
        [start @ .., day] if start.len() == 2 => (<&[u32; 2]>::try_from(start).ok()?, *day),
        both => (<&[u32; 2]>::try_from(both).ok()?, 1),
    };
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    (1900..2100).contains(&year).then_some(date)
}

fn of_spreadsheet(days: u64) -> Option<NaiveDate> {
    SPREADSHEET_EPOCH?.checked_add_days(Days::new(days))
}
