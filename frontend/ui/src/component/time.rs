//! Times as a person says them. The collections run by China's clock, wherever the student is.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, TimeDelta, Timelike, Utc};
use domain::{Lang, wait_text};

use crate::clock;
use crate::text::fill;
use crate::text::{CommonTexts, TextTable};

/// China's offset from UTC: eight hours, the whole year.
const CHINA_OFFSET_S: i32 = 8 * 3600;
/// Months in English.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// Up to here, hours say more than days.
const HOURS_SAY_MORE: TimeDelta = TimeDelta::hours(48);

/// `今天 23:59`, `5月7日 24:00`, `2027年1月3日 08:00`.
pub fn moment_text(moment: DateTime<Utc>, lang: Lang) -> String {
    said(moment, clock::now(), lang)
}

/// The day alone: `5月7日`, `7 May`; with the year where it is another.
pub fn date_text(moment: DateTime<Utc>, lang: Lang) -> String {
    let (moment, now) = (in_china(moment), in_china(clock::now()));
    day(moment.date_naive(), now.year(), lang)
}

/// The last day of a window; one that closes at midnight ends on the day before.
pub fn last_day_text(closes_at: DateTime<Utc>, lang: Lang) -> String {
    date_text(closes_at - TimeDelta::seconds(1), lang)
}

/// `今天 24:00 截止（还剩 3 小时）`.
pub fn deadline_text(until: DateTime<Utc>, lang: Lang) -> String {
    let deadline = end_of_day(until, clock::now(), lang);
    fill(CommonTexts::of(lang).until, &[("time", &deadline)]) + &left_text(until, lang)
}

/// `今天 24:00（还剩 3 小时）`, where a word before it says that it is a deadline.
pub fn due_text(until: DateTime<Utc>, lang: Lang) -> String {
    end_of_day(until, clock::now(), lang) + &left_text(until, lang)
}

/// `（还剩 3 小时）`; nothing where none is left.
fn left_text(until: DateTime<Utc>, lang: Lang) -> String {
    let texts = CommonTexts::of(lang);
    let left = until - clock::now();
    if left <= TimeDelta::zero() {
        return String::new();
    }
    let left = match left.num_days() {
        _ if left < HOURS_SAY_MORE => wait_text(left.num_seconds(), lang),
        1 => texts.one_day.to_owned(),
        count => fill(texts.days, &[("count", &count)]),
    };
    fill(texts.time_left, &[("left", &left)])
}

/// A window that closes at midnight closes at 24:00 of the day before, as people say it.
fn end_of_day(until: DateTime<Utc>, now: DateTime<Utc>, lang: Lang) -> String {
    let local = in_china(until);
    if local.hour() == 0 && local.minute() == 0 {
        said(until - TimeDelta::seconds(1), now, lang).replace("23:59", "24:00")
    } else {
        said(until, now, lang)
    }
}

fn said(moment: DateTime<Utc>, now: DateTime<Utc>, lang: Lang) -> String {
    let texts = CommonTexts::of(lang);
    let (moment, now) = (in_china(moment), in_china(now));
    let time = format!("{:02}:{:02}", moment.hour(), moment.minute());
    match (moment.date_naive() - now.date_naive()).num_days() {
        0 => format!("{} {time}", texts.today),
        1 => format!("{} {time}", texts.tomorrow),
        _ => format!("{} {time}", day(moment.date_naive(), now.year(), lang)),
    }
}

fn day(date: NaiveDate, this_year: i32, lang: Lang) -> String {
    let (year, month, day) = (date.year(), date.month(), date.day());
    let named = usize::try_from(date.month0())
        .ok()
        .and_then(|index| MONTHS.get(index));
    let name = named.copied().unwrap_or_default();
    match (lang, year == this_year) {
        (Lang::Zh, true) => format!("{month}月{day}日"),
        (Lang::Zh, false) => format!("{year}年{month}月{day}日"),
        (Lang::En, true) => format!("{day} {name}"),
        (Lang::En, false) => format!("{day} {name} {year}"),
    }
}

fn in_china(moment: DateTime<Utc>) -> DateTime<FixedOffset> {
    match FixedOffset::east_opt(CHINA_OFFSET_S) {
        Some(china) => moment.with_timezone(&china),
        None => moment.fixed_offset(),
    }
}
