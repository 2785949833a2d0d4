//! Sample data for demonstrations and tests: invented students of schools in every state. Never in production.

mod crowd;
mod drawing;
mod people;
mod places;
mod staff;
mod waiting;

use domain::audit::AuditExemption;
use std::fmt;

use chrono::{Datelike, TimeDelta};
use domain::school::{School, SchoolAlias, SchoolState};
use domain::task::{BothLanguages, IdentityMode, Task, TaskSettings, TaskState, USUAL_PURGE_DAYS};
use domain::{
    DocumentType, EducationLevel, IdNumber, SchoolAliasId, SchoolId, TaskId, day_in_china, fold,
};
use store::Tx;

use crate::roster::{self, Listed, RosterKeys};
use crate::school::initials;
use crate::{Context, Failure};
pub use crowd::load_accepted;
use people::{PEOPLE, Person};
use places::{PLACES, Place};
pub use staff::{Held, SampleStaff, code_now, confirm_session, hold, load_reviewers, load_staff};
pub use waiting::{WAITING_PHOTOS, load_waiting_photos};

/// A sample student: what to type to be verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleStudent {
    /// The school's name.
    pub school_name: &'static str,
    /// The kind of document.
    pub document_type: DocumentType,
    /// Its number, invented.
    pub document_number: &'static str,
    /// The level.
    pub level: EducationLevel,
    /// The name.
    pub name: &'static str,
    /// The student number.
    pub student_no: &'static str,
}

/// As the command line lists it.
impl fmt::Display for SampleStudent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} · {} {} · {} · {} {}",
            self.school_name,
            self.document_type.label().zh,
            self.document_number,
            self.level.label().zh,
            self.name,
            self.student_no,
        )
    }
}

/// Loads the sample schools, tasks and students and tells who can be verified. Loading again adds what is missing and
/// turns the windows of the tasks around the present day.
pub async fn load(context: &Context) -> Result<Vec<SampleStudent>, Failure> {
    for place in PLACES {
        let school = school_of(context, place).await?;
        let tx = context.store.begin().await?;
        let task = task_of(context, &tx, &school, place).await?;
        store::commit(tx, AuditExemption::SampleData).await?;
        let keys = RosterKeys::of(context, task.id).await?;
        let tx = context.store.begin().await?;
        for person in PEOPLE.iter().filter(|person| person.school == place.name) {
            roster::list(context, &tx, &keys, &task, &listed(context, person)?).await?;
        }
        store::commit(tx, AuditExemption::SampleData).await?;
    }
    Ok(PEOPLE.iter().map(SampleStudent::from).collect())
}

/// Whether the sample schools are in the database, of which all but one are invented.
///
/// # Errors
/// Where the database fails.
pub async fn is_loaded(context: &Context) -> Result<bool, Failure> {
    for place in PLACES.iter().filter(|place| place.is_invented()) {
        let folded = fold(place.name);
        let found = store::school::ever_called(context.store.reader(), &folded).await?;
        if found.iter().any(|row| row.code == place.code) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A drawn portrait, and its part that counts.
#[derive(Debug)]
pub(crate) struct DrawnPortrait {
    /// The file, a JPEG.
    pub(crate) file: Vec<u8>,
    /// The frame of a photo of it.
    pub(crate) frame: photo::Crop,
}

/// Draws one of the portraits.
pub(crate) fn drawn_portrait(number: u8) -> Result<DrawnPortrait, Failure> {
    let file = drawing::portrait(number);
    Ok(DrawnPortrait {
        file: file.map_err(|_| Failure::Fault("a portrait could not be written"))?,
        frame: photo::Crop {
            x: 0,
            y: 0,
            width: drawing::WIDTH.into(),
            height: drawing::HEIGHT.into(),
        },
    })
}

async fn school_of(context: &Context, place: &Place) -> Result<School, Failure> {
    let tx = context.store.begin().await?;
    let folded = fold(place.name);
    let found = store::school::called(&tx, &folded).await?;
    if let Some(school) = found.into_iter().find(|one| one.name_folded == folded) {
        return Ok(school);
    }
    let school = School {
        id: context.new_id(SchoolId::new),
        code: place.code.to_owned(),
        name: place.name.to_owned(),
        name_folded: folded,
        state: SchoolState::Active,
        contact: String::new(),
        created_at: context.now(),
        version: 1,
        is_test: false,
        clock_offset: TimeDelta::zero(),
    };
    store::school::insert(&tx, &school).await?;
    let aliases = place.aliases.iter().map(|alias| (*alias).to_owned());
    for alias in aliases.chain(initials(place.name)) {
        let alias = SchoolAlias {
            id: context.new_id(SchoolAliasId::new),
            school_id: school.id,
            alias_folded: fold(&alias),
            alias,
        };
        store::school::insert_alias(&tx, &alias).await?;
    }
    store::commit(tx, AuditExemption::SampleData).await?;
    Ok(school)
}

async fn task_of(
    context: &Context,
    tx: &Tx,
    school: &School,
    place: &Place,
) -> Result<Task, Failure> {
    let year = day_in_china(context.now()).year();
    let (opens_at, closes_at) = place.window.around(context.now());
    let published = store::task::published(tx, &[school.id]).await?;
    let found = published
        .into_iter()
        .find(|task| task.name.ends_with(place.task));
    let is_new = found.is_none();
    let task = Task {
        id: found
            .as_ref()
            .map_or_else(|| context.new_id(TaskId::new), |task| task.id),
        school_id: school.id,
        name: format!("{year}{}", place.task),
        state: TaskState::Open,
        opens_at,
        closes_at,
        ended_at: None,
        settings: settings(place, year),
        version: found.as_ref().map_or(1, |task| task.version + 1),
        created_at: found.map_or_else(|| context.now(), |task| task.created_at),
    };
    if is_new {
        store::task::insert(tx, &task).await?;
    } else {
        store::task::save(tx, &task).await?;
    }
    Ok(task)
}

fn settings(place: &Place, year: i32) -> TaskSettings {
    TaskSettings {
        version: 1,
        fees: place.fees.to_vec(),
        payer: place.payer,
        identity: IdentityMode::Roster,
        extra_proofs: place.extra_proofs.to_vec(),
        photo: photo::Rules::default(),
        camera_only: place.camera_only,
        review: place.review,
        originals: place.originals,
        max_photos: 3,
        resubmit_days: 2,
        second_share: 0,
        seeded_share: 0,
        catch_limit: 0,
        purge_days: USUAL_PURGE_DAYS,
        audience: BothLanguages {
            zh: format!(
                "{year} 年 6 月、8 月毕业的学生；延期至 {} 年毕业的不参加本次采集。",
                year + 1
            ),
            en: format!(
                "Students who graduate in June or August {year}, not those deferred to {}.",
                year + 1
            ),
        },
        contact: "研究生院学籍办公室 010-00000000".to_owned(),
    }
}

fn listed(context: &Context, person: &'static Person) -> Result<Listed<'static>, Failure> {
    let today = day_in_china(context.now());
    let number = IdNumber::parse(person.document_type, person.document_number, today);
    Ok(Listed {
        number: number.map_err(|_| Failure::Fault("a sample student has no valid number"))?,
        level: person.level,
        name: person.name,
        student_no: Some(person.student_no),
        college: Some(person.college),
        major: Some(person.major),
        class_name: None,
    })
}

impl From<&Person> for SampleStudent {
    fn from(person: &Person) -> Self {
        Self {
            school_name: person.school,
            document_type: person.document_type,
            document_number: person.document_number,
            level: person.level,
            name: person.name,
            student_no: person.student_no,
        }
    }
}
