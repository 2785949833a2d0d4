//! How far the students of a task are: sums, and the students who still have something to do.

use chrono::{DateTime, NaiveDate, Utc};
use domain::AccountId;
use domain::RosterEntryId;
use domain::access::StudentReach;
use domain::page::{Page, PageRequest};
use domain::photo_state::PhotoState;
use domain::progress::{ProgressDay, ProgressRow, StudentProgress};
use domain::roster::{RosterEntry, RosterEntryState};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func, JoinType, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryResult,
    QueryTrait,
};
use std::collections::BTreeMap;

use crate::enrolment::is_live;
use crate::entity::{enrolment, order, photo, roster_entry, student_reminder};
use crate::joined::row;
use crate::roster::RosterKey;
use crate::word::optional_word;
use crate::{StoreError, keyset};

/// Which students of a task are meant.
#[derive(Debug, Clone)]
pub struct StudentFilter {
    /// The list.
    pub roster: RosterKey,
    /// The students within reach.
    pub reach: StudentReach,
    /// Of this college.
    pub college: Option<String>,
    /// Of this class.
    pub class_name: Option<String>,
}

impl StudentFilter {
    /// A condition on those who are listed.
    fn condition(&self) -> Condition {
        use roster_entry::Column;
        let mut condition = Condition::all()
            .add(Column::SchoolId.eq(self.roster.school_id.0))
            .add(Column::TaskId.eq(self.roster.task_id.0))
            .add(Column::State.eq(RosterEntryState::Listed.as_str()))
            .add(crate::reach::students(&self.reach));
        if let Some(college) = &self.college {
            condition = condition.add(Column::College.eq(college));
        }
        if let Some(class_name) = &self.class_name {
            condition = condition.add(Column::ClassName.eq(class_name));
        }
        condition
    }
}

fn entry(column: roster_entry::Column) -> Expr {
    Expr::col((roster_entry::Entity, column))
}

/// Joins the enrolment of who holds an entry.
fn join_enrolment(query: &mut SelectStatement, join: JoinType) {
    use enrolment::Column;
    let own = Expr::col((enrolment::Entity, Column::SchoolId))
        .equals((roster_entry::Entity, roster_entry::Column::SchoolId))
        .and(
            Expr::col((enrolment::Entity, Column::EntryId))
                .equals((roster_entry::Entity, roster_entry::Column::Id)),
        )
        .and(is_live());
    query.join(join, enrolment::Entity, own);
}

/// Joins the enrolment's latest photo: the one that counts is always the latest.
fn join_latest_photo(query: &mut SelectStatement) {
    use photo::Column;
    let own = |table: &str| {
        Expr::col((Alias::new(table), Column::SchoolId))
            .equals((enrolment::Entity, enrolment::Column::SchoolId))
            .and(
                Expr::col((Alias::new(table), Column::EnrolmentId))
                    .equals((enrolment::Entity, enrolment::Column::Id)),
            )
    };
    let newest = Query::select()
        .expr(Func::max(Expr::col((Alias::new("newest"), Column::Number))))
        .from_as(photo::Entity, Alias::new("newest"))
        .and_where(own("newest"))
        .to_owned();
    let number = Expr::col((Alias::new("photos"), Column::Number)).eq(newest);
    query.join(JoinType::LeftJoin, photo::Entity, own("photos").and(number));
}

fn count(found: &QueryResult) -> Result<u64, StoreError> {
    let count: i64 = found.try_get("", "students")?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// The groups of students who are alike in college, major and class.
const GROUP: [roster_entry::Column; 3] = [
    roster_entry::Column::College,
    roster_entry::Column::Major,
    roster_entry::Column::ClassName,
];

fn grouped(filter: &StudentFilter) -> SelectStatement {
    let mut query = Query::select();
    query
        .from(roster_entry::Entity)
        .cond_where(filter.condition())
        .expr_as(Func::count(entry(roster_entry::Column::Id)), "students");
    for column in GROUP {
        query
            .column((roster_entry::Entity, column))
            .add_group_by([entry(column)]);
    }
    query
}

type Group = [Option<String>; 3];

fn group(found: &QueryResult) -> Result<Group, StoreError> {
    Ok([
        found.try_get("", "college")?,
        found.try_get("", "major")?,
        found.try_get("", "class_name")?,
    ])
}

/// The sums of the students who are meant, in two statements.
pub async fn progress_sums(
    on: &impl ConnectionTrait,
    filter: &StudentFilter,
) -> Result<Vec<ProgressRow>, StoreError> {
    let mut listed: BTreeMap<Group, u64> = BTreeMap::new();
    for found in on.query_all(&grouped(filter)).await? {
        listed.insert(group(&found)?, count(&found)?);
    }
    let mut query = grouped(filter);
    join_enrolment(&mut query, JoinType::InnerJoin);
    join_latest_photo(&mut query);
    let state = || Expr::col((photo::Entity, photo::Column::State));
    query
        .expr_as(state(), "photo_state")
        .add_group_by([state()]);
    let mut rows = Vec::new();
    for found in on.query_all(&query).await? {
        let (group, count) = (group(&found)?, count(&found)?);
        if let Some(left) = listed.get_mut(&group) {
            *left = left.saturating_sub(count);
        }
        rows.push(progress_row(group, true, photo_state(&found)?, count));
    }
    let left = listed.into_iter().filter(|(_, count)| *count > 0);
    rows.extend(left.map(|(group, count)| progress_row(group, false, None, count)));
    Ok(rows)
}

fn photo_state(found: &QueryResult) -> Result<Option<PhotoState>, StoreError> {
    let state: Option<String> = found.try_get("", "photo_state")?;
    optional_word("photos.state", state.as_deref())
}

fn progress_row(
    [college, major, class_name]: Group,
    is_verified: bool,
    latest: Option<PhotoState>,
    count: u64,
) -> ProgressRow {
    ProgressRow {
        college,
        major,
        class_name,
        progress: StudentProgress::of(is_verified, latest),
        count,
    }
}

/// What happens on a day.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Verified,
    PhotoSent,
    Paid,
    Approved,
    Rejected,
}

impl Deed {
    const ALL: [Self; 5] = [
        Self::Verified,
        Self::PhotoSent,
        Self::Paid,
        Self::Approved,
        Self::Rejected,
    ];

    /// Joins what tells when it happened; the column, as SQL, that does.
    fn join(self, query: &mut SelectStatement) -> &'static str {
        join_enrolment(query, JoinType::InnerJoin);
        let own_photo = Expr::col((photo::Entity, photo::Column::SchoolId))
            .equals((enrolment::Entity, enrolment::Column::SchoolId))
            .and(
                Expr::col((photo::Entity, photo::Column::EnrolmentId))
                    .equals((enrolment::Entity, enrolment::Column::Id)),
            );
        let in_states = |progress: StudentProgress| {
            let states = progress.photo_states().iter();
            photo::Column::State.is_in(states.map(|state| state.as_str()))
        };
        match self {
            Self::Verified => "enrolments.created_at",
            Self::PhotoSent => {
                query.join(JoinType::InnerJoin, photo::Entity, own_photo);
                "photos.created_at"
            }
            Self::Paid => {
                let own = Expr::col((order::Entity, order::Column::SchoolId))
                    .equals((enrolment::Entity, enrolment::Column::SchoolId))
                    .and(
                        Expr::col((order::Entity, order::Column::EnrolmentId))
                            .equals((enrolment::Entity, enrolment::Column::Id)),
                    );
                query.join(JoinType::InnerJoin, order::Entity, own);
                "orders.paid_at"
            }
            Self::Approved | Self::Rejected => {
                let progress = if matches!(self, Self::Approved) {
                    StudentProgress::Approved
                } else {
                    StudentProgress::Rejected
                };
                query.join(JoinType::InnerJoin, photo::Entity, own_photo);
                query.and_where(in_states(progress));
                "photos.state_at"
            }
        }
    }

    fn count(self, day: &mut ProgressDay) -> &mut u64 {
        match self {
            Self::Verified => &mut day.verified,
            Self::PhotoSent => &mut day.photo_sent,
            Self::Paid => &mut day.paid,
            Self::Approved => &mut day.approved,
            Self::Rejected => &mut day.rejected,
        }
    }
}

/// What happened on each day since a moment, in five statements; days on which nothing did are left out.
pub async fn progress_days(
    on: &impl ConnectionTrait,
    filter: &StudentFilter,
    since: DateTime<Utc>,
) -> Result<Vec<ProgressDay>, StoreError> {
    let mut days: BTreeMap<NaiveDate, ProgressDay> = BTreeMap::new();
    for deed in Deed::ALL {
        let mut query = Query::select();
        query
            .from(roster_entry::Entity)
            .cond_where(filter.condition());
        let column = deed.join(&mut query);
        let day = || Expr::cust(day_of(on.get_database_backend(), column));
        query
            .expr_as(day(), "day")
            .expr_as(Func::count(entry(roster_entry::Column::Id)), "students")
            .and_where(moment(column).gte(since))
            .add_group_by([day()]);
        for found in on.query_all(&query).await? {
            let text: String = found.try_get("", "day")?;
            let day: NaiveDate = text.parse().map_err(|_| StoreError::Corrupt {
                what: "a day of the progress".to_owned(),
            })?;
            let empty = ProgressDay {
                day,
                verified: 0,
                photo_sent: 0,
                paid: 0,
                approved: 0,
                rejected: 0,
            };
            *deed.count(days.entry(day).or_insert(empty)) += count(&found)?;
        }
    }
    Ok(days.into_values().collect())
}

fn moment(column: &'static str) -> Expr {
    Expr::cust(column)
}

/// The day in China of a moment.
fn day_of(backend: DbBackend, column: &str) -> String {
    if backend == DbBackend::Postgres {
        format!("to_char({column} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD')")
    } else {
        format!("strftime('%Y-%m-%d', {column}, '+8 hours')")
    }
}

/// A student who still has something to do.
#[derive(Debug, Clone)]
pub struct MissingRow {
    /// The student.
    pub entry: RosterEntry,
    /// How far they are.
    pub progress: StudentProgress,
    /// The account that verified as them.
    pub account_id: Option<AccountId>,
    /// When they were reminded last.
    pub reminded_at: Option<DateTime<Utc>>,
}

/// Who is missing, of those who are meant.
fn missing(filter: &StudentFilter, progress: Option<StudentProgress>) -> Condition {
    let state = || Expr::col((photo::Entity, photo::Column::State));
    let enrolment = || Expr::col((enrolment::Entity, enrolment::Column::Id));
    let words = |progress: StudentProgress| {
        let states = progress.photo_states().iter();
        states.map(|state| state.as_str()).collect::<Vec<_>>()
    };
    let of = |progress: StudentProgress| match progress {
        StudentProgress::NotVerified => Condition::all().add(enrolment().is_null()),
        StudentProgress::Verified => Condition::all().add(enrolment().is_not_null()).add(
            Condition::any()
                .add(state().is_null())
                .add(state().is_in(words(progress))),
        ),
        StudentProgress::PhotoSent
        | StudentProgress::Paid
        | StudentProgress::Approved
        | StudentProgress::Rejected => Condition::all().add(state().is_in(words(progress))),
    };
    let wanted = match progress {
        Some(progress) => of(progress),
        None => StudentProgress::ALL
            .iter()
            .filter(|progress| progress.is_missing())
            .fold(Condition::any(), |all, progress| all.add(of(*progress))),
    };
    filter.condition().add(wanted)
}

fn join_reminder(query: &mut SelectStatement) {
    use student_reminder::Column;
    let own = Expr::col((student_reminder::Entity, Column::EntryId))
        .equals((roster_entry::Entity, roster_entry::Column::Id));
    query.join(JoinType::LeftJoin, student_reminder::Entity, own);
}

/// Joins what tells how far a student of the roster is, and when they were reminded.
fn join_progress(query: &mut SelectStatement) {
    join_enrolment(query, JoinType::LeftJoin);
    join_latest_photo(query);
    join_reminder(query);
}

/// A statement over the missing students who are meant, still without columns.
pub(crate) fn missing_query(
    filter: &StudentFilter,
    progress: Option<StudentProgress>,
) -> SelectStatement {
    let mut query = Query::select();
    query
        .from(roster_entry::Entity)
        .cond_where(missing(filter, progress));
    join_progress(&mut query);
    query
}

/// A page of the students who still have something to do, newest first; of those who are so far where that is given.
pub async fn missing_students(
    on: &impl ConnectionTrait,
    filter: &StudentFilter,
    progress: Option<StudentProgress>,
    page: &PageRequest<RosterEntryId>,
) -> Result<Page<MissingRow>, StoreError> {
    let query = roster_entry::Entity::find().filter(missing(filter, progress));
    let mut query = keyset::newest_first(query, roster_entry::Column::Id, page);
    let select = QueryTrait::query(&mut query);
    join_progress(select);
    let state = Expr::col((photo::Entity, photo::Column::State));
    let account = Expr::col((enrolment::Entity, enrolment::Column::AccountId));
    let reminded = Expr::col((
        student_reminder::Entity,
        student_reminder::Column::RemindedAt,
    ));
    select
        .expr_as(state, "photo_state")
        .expr_as(account, "holder")
        .expr_as(reminded, "reminded_at");
    let found = on.query_all(&query.into_query()).await?;
    let rows = found.iter().map(missing_row);
    let rows = rows.collect::<Result<Vec<_>, StoreError>>()?;
    Ok(page.page(rows, |row: &MissingRow| row.entry.id))
}

fn missing_row(found: &QueryResult) -> Result<MissingRow, StoreError> {
    let holder: Option<uuid::Uuid> = found.try_get("", "holder")?;
    Ok(MissingRow {
        entry: crate::roster::read(row(found, "")?)?,
        progress: StudentProgress::of(holder.is_some(), photo_state(found)?),
        account_id: holder.map(AccountId),
        reminded_at: found.try_get("", "reminded_at")?,
    })
}
