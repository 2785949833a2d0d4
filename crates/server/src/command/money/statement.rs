//! `gradphoto statement`: a school's month.

use std::path::PathBuf;

use anyhow::{Result, ensure};
use chrono::{Months, NaiveDate};
use clap::Args;
use domain::day_in_china;
use service::statement::{self, EntryKind};

use super::{CHINESE_CSV, say, told, write};
use crate::command::context::open;
use crate::config::{Basics, Config};

/// Which school and month, and where it goes.
#[derive(Debug, Args)]
pub(crate) struct Statement {
    #[command(flatten)]
    basics: Basics,
    /// The school's name, alias or code.
    #[arg(long)]
    school: String,
    /// The month in China, such as 2026-06; by default the last one that is over.
    #[arg(long, value_parser = month)]
    month: Option<NaiveDate>,
    /// Write every order into this CSV file too.
    #[arg(long)]
    csv: Option<PathBuf>,
}

fn month(typed: &str) -> Result<NaiveDate, String> {
    let first = NaiveDate::parse_from_str(&format!("{typed}-01"), "%Y-%m-%d").ok();
    first
        .filter(|_| typed.len() == "2026-06".len())
        .ok_or_else(|| "a month is written like 2026-06".to_owned())
}

/// Prints the sums; writes every order into a CSV file too, where one is named.
#[tokio::main]
pub(crate) async fn tell(asked: Statement) -> Result<()> {
    let context = open(&Config::read(asked.basics)?).await?;
    let last = day_in_china(context.now()) - Months::new(1);
    let month = asked.month.unwrap_or(last);
    let all = statement::of_month(&context, &asked.school, month).await;
    let all = all.map_err(told)?;
    ensure!(!all.is_empty(), "没有这所学校：{}", asked.school);
    for one in &all {
        let [charged, voided, free] =
            [EntryKind::Charged, EntryKind::Voided, EntryKind::Free].map(|kind| one.sum(kind));
        say!(
            "{}  {} {}  应付 {}：由学校支付 {} 笔 {}，作废 {} 笔 {}，免费 {} 笔",
            one.month.format("%Y-%m"),
            one.school_code,
            one.school_name,
            one.due(),
            charged.0,
            charged.1,
            voided.0,
            voided.1,
            free.0,
        )?;
    }
    match asked.csv {
        Some(path) => write(&path, &statement::statement_table(&all, CHINESE_CSV)?.bytes),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::empty("")]
    #[case::year("2026")]
    #[case::short_year("26-06")]
    #[case::month_13("2026-13")]
    #[case::name("June")]
    #[case::day("2026-06-02")]
    fn what_is_no_month_is_refused(#[case] wrong: &str) {
        assert!(month(wrong).is_err(), "{wrong}");
    }

    #[test]
    fn a_month_is_typed_with_all_its_digits() {
        let june = NaiveDate::from_ymd_opt(2026, 6, 1);
        assert_eq!(month("2026-06").ok(), june);
    }
}
