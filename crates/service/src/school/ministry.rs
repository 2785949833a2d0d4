//! The Ministry's list of schools from a file: what is missing is made, and what is there stays as it is. Every file is first
//! looked at; taking it names how many schools are made.

use std::collections::{BTreeMap, HashSet};

use domain::access::{Actor, Permission};
use domain::school::SchoolDraft;
use domain::school_list::{MOST_SCHOOL_ROWS, SchoolColumn, SchoolVerdict, read_school};
use domain::{ProblemCode, Refusal, fold};
use store::school::KnownSchools;
use table::{HEADING_ROWS, Heading, Row};

use super::manage::add;
use crate::sheet::{FileBounds, read_rows};
use crate::{Context, Failure};

/// The most bytes of a file.
pub const SCHOOL_FILE_MAX: u64 = 2_000_000;
/// The most rows that are listed with what becomes of them; the others are counted.
const MOST_LISTED_SCHOOLS: usize = 200;
/// So many schools are made in one transaction, so that others can write in between.
const AT_ONCE: usize = 50;

/// The list, as it was sent.
#[derive(Debug)]
pub struct SchoolFile {
    /// The file.
    pub content: Vec<u8>,
    /// How many schools it is to make, as a person saw it; `None` where they have not looked yet.
    pub schools: Option<u64>,
}

/// What becomes of a row, or became.
#[derive(Debug, Clone)]
pub struct SchoolRow {
    /// The row of the file.
    pub number: u64,
    /// The name as the file has it.
    pub name: String,
    /// The code as the file has it.
    pub code: String,
    /// What.
    pub verdict: SchoolVerdict,
}

/// What a file comes to.
#[derive(Debug, Clone)]
pub struct SchoolListReport {
    /// Whether the schools were made.
    pub is_applied: bool,
    /// How many rows came to what.
    pub counts: BTreeMap<SchoolVerdict, u64>,
    /// The rows that somebody should look at, in the order of the file, at most 200.
    pub rows: Vec<SchoolRow>,
}

/// Looks at the Ministry's list and, where it says how many schools are made, makes them. A school of a code that is there
/// stays as it is; so sending a file again goes on where it ended.
///
/// # Errors
/// `school_list.file_unreadable`; `school_list.columns_missing`; `request.version_conflict` where other schools would be made
/// than a person saw.
pub async fn take_list(
    context: &Context,
    actor: &Actor,
    file: SchoolFile,
) -> Result<SchoolListReport, Failure> {
    actor.require(Permission::ManageSchools)?;
    let rows = read(file.content).await?;
    let read: Vec<_> = rows
        .iter()
        .map(|row| read_school(&row.name, &row.code))
        .collect();
    let drafts = read.iter().flatten();
    let codes: Vec<&str> = drafts.clone().map(|draft| draft.code.as_str()).collect();
    let names: Vec<String> = drafts.map(|draft| fold(&draft.name)).collect();
    let on = context.store.reader();
    let known = store::school::known(on, &codes, &names).await?;
    let (rows, missing) = judge(rows, read, known);
    if let Some(seen) = file.schools {
        if u64::try_from(missing.len()) != Ok(seen) {
            return Err(ProblemCode::VersionConflict.into());
        }
        for some in missing.chunks(AT_ONCE) {
            make(context, actor, some).await?;
        }
    }
    Ok(report(rows, file.schools.is_some()))
}

/// The rows of a file below its heading that name a school or a code: those of provinces name neither.
async fn read(content: Vec<u8>) -> Result<Vec<SchoolRow>, Failure> {
    let bounds = FileBounds {
        bytes: SCHOOL_FILE_MAX,
        rows: MOST_SCHOOL_ROWS,
    };
    let rows = read_rows(content, bounds).await.map_err(|_| {
        Refusal::from(ProblemCode::SchoolListFile)
            .with("max_mb", SCHOOL_FILE_MAX / 1_000_000)
            .with("max_rows", MOST_SCHOOL_ROWS)
    })?;
    let first = &rows[..rows.len().min(HEADING_ROWS + 1)];
    let heading = Heading::find(first, |name| SchoolColumn::recognise(name).is_some());
    let heading = heading.ok_or(ProblemCode::SchoolListColumns)?;
    let place = |column| {
        let mut names = heading.names.iter();
        let place = names.position(|name| SchoolColumn::recognise(name) == Some(column));
        place.ok_or(ProblemCode::SchoolListColumns)
    };
    let (name, code) = (place(SchoolColumn::Name)?, place(SchoolColumn::Code)?);
    let cell = |row: &Row, place: usize| {
        let cell = row.cells.get(place);
        cell.map(|cell| cell.trim().to_owned()).unwrap_or_default()
    };
    let below = rows.iter().filter(|row| row.number > heading.row);
    let read = below.map(|row| SchoolRow {
        number: row.number,
        name: cell(row, name),
        code: cell(row, code),
        verdict: SchoolVerdict::Created,
    });
    Ok(read
        .filter(|row| !(row.name.is_empty() && row.code.is_empty()))
        .collect())
}

/// Says of every row what becomes of it, and which schools are made.
fn judge(
    mut rows: Vec<SchoolRow>,
    read: Vec<Result<SchoolDraft, SchoolVerdict>>,
    mut known: KnownSchools,
) -> (Vec<SchoolRow>, Vec<SchoolDraft>) {
    let (mut missing, mut seen) = (Vec::new(), HashSet::new());
    for (row, read) in rows.iter_mut().zip(read) {
        let draft = match read {
            Ok(draft) => draft,
            Err(verdict) => {
                row.verdict = verdict;
                continue;
            }
        };
        let name = fold(&draft.name);
        row.verdict = if !seen.insert(draft.code.clone()) {
            SchoolVerdict::Duplicate
        } else if known.codes.contains(&draft.code) {
            SchoolVerdict::Known
        } else if known.names.contains(&name) {
            SchoolVerdict::NameTaken
        } else {
            SchoolVerdict::Created
        };
        if row.verdict == SchoolVerdict::Created {
            known.names.insert(name);
            missing.push(draft);
        }
    }
    (rows, missing)
}

/// Makes some schools together.
async fn make(context: &Context, actor: &Actor, drafts: &[SchoolDraft]) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    let mut noted = None;
    for draft in drafts {
        let (_, audited) = match add(context, &tx, actor, draft.clone()).await {
            // Somebody made a school of the name since the file was looked through.
            Err(Failure::Refused(refusal)) if refusal.code == ProblemCode::SchoolNameTaken => {
                return Err(ProblemCode::VersionConflict.into());
            }
            added => added?,
        };
        noted = Some(audited);
    }
    match noted {
        Some(audited) => Ok(store::commit(tx, audited).await?),
        None => Ok(()),
    }
}

fn report(rows: Vec<SchoolRow>, is_applied: bool) -> SchoolListReport {
    let mut counts = BTreeMap::new();
    for row in &rows {
        *counts.entry(row.verdict).or_default() += 1;
    }
    let is_told = |row: &SchoolRow| match row.verdict {
        SchoolVerdict::Created | SchoolVerdict::Known => false,
        SchoolVerdict::NameTaken
        | SchoolVerdict::Duplicate
        | SchoolVerdict::BadCode
        | SchoolVerdict::BadName => true,
    };
    let told = rows.into_iter().filter(is_told);
    SchoolListReport {
        is_applied,
        counts,
        rows: told.take(MOST_LISTED_SCHOOLS).collect(),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn draft(code: &str, name: &str) -> SchoolDraft {
        SchoolDraft {
            code: code.to_owned(),
            name: name.to_owned(),
            ..SchoolDraft::default()
        }
    }

    /// What becomes of a school of this code and name after `before`, where 10001 北京大学 is known.
    fn verdict(before: &[(&str, &str)], code: &str, name: &str) -> SchoolVerdict {
        let known = KnownSchools {
            codes: HashSet::from(["10001".to_owned()]),
            names: HashSet::from([fold("北京大学")]),
        };
        let before = before.iter().map(|(code, name)| draft(code, name));
        let drafts: Vec<_> = before.chain([draft(code, name)]).collect();
        let row = |(number, draft): (u64, &SchoolDraft)| SchoolRow {
            number,
            name: draft.name.clone(),
            code: draft.code.clone(),
            verdict: SchoolVerdict::Created,
        };
        let rows = (2..).zip(&drafts).map(row).collect();
        let (rows, made) = judge(rows, drafts.into_iter().map(Ok).collect(), known);
        let created = rows
            .iter()
            .filter(|row| row.verdict == SchoolVerdict::Created);
        assert_eq!(created.count(), made.len());
        rows.last().unwrap().verdict
    }

    #[rstest]
    #[case::new(&[], "10002", "中国人民大学", SchoolVerdict::Created)]
    #[case::known_code(&[], "10001", "北京大学", SchoolVerdict::Known)]
    #[case::known_code_with_another_name(&[], "10001", "北大", SchoolVerdict::Known)]
    #[case::known_name(&[], "10002", "北京大学", SchoolVerdict::NameTaken)]
    #[case::known_name_with_blanks(&[], "10002", "北京 大学", SchoolVerdict::NameTaken)]
    #[case::code_twice(&[("10002", "甲")], "10002", "乙", SchoolVerdict::Duplicate)]
    #[case::known_code_twice(&[("10001", "甲")], "10001", "乙", SchoolVerdict::Duplicate)]
    #[case::name_twice(&[("10002", "甲")], "10003", "甲", SchoolVerdict::NameTaken)]
    #[case::name_of_a_row_that_is_not_made(&[("10001", "甲")], "10003", "甲", SchoolVerdict::Created)]
    fn a_school_is_made_only_where_code_and_name_are_new(
        #[case] before: &[(&str, &str)],
        #[case] code: &str,
        #[case] name: &str,
        #[case] expected: SchoolVerdict,
    ) {
        assert_eq!(verdict(before, code, name), expected);
    }
}
