//! Many accepted photos at once, for tests and measurements of what comes afterwards: the way that students go takes longer
//! than what is measured.

use std::ops::Range;

use chrono::TimeDelta;
use domain::account::{Account, AccountState};
use domain::audit::AuditExemption;
use domain::enrolment::{Enrolment, EnrolmentState};
use domain::recognition::Proven;
use domain::submitted_photo::SubmittedPhoto;
use domain::task::Task;
use domain::{
    AccountId, DocumentType, EducationLevel, EnrolmentId, IdNumber, Lang, ProblemCode,
    RosterEntryId, TaskId, day_in_china,
};
use futures_util::{StreamExt, TryStreamExt, stream};
use store::Tx;

use crate::photo::accepted_alone;
use crate::roster::{Listed, RosterKeys, list_as};
use crate::vault::{Purpose, Scope, Sealer};
use crate::{Context, Failure};

/// How many students one transaction enters.
const BATCH: usize = 200;
/// How many files are written at once.
const AT_ONCE: usize = 8;
/// How many students a class has, and how many classes a college.
const CLASS: u32 = 40;
const CLASSES: u32 = 10;

/// Lists a student for each number, all of one account that nobody can log in to, and gives each an accepted photo: the
/// framed file alone, one of `files` in turn. The numbers must be new to the task.
///
/// # Errors
/// `task.unknown`; where the database or the object store fails.
pub async fn load_accepted(
    context: &Context,
    task: TaskId,
    numbers: Range<u32>,
    files: &[Vec<u8>],
) -> Result<(), Failure> {
    let found = store::task::get(context.store.reader(), task).await?;
    let task = found.ok_or(ProblemCode::TaskUnknown)?;
    let crowd = Crowd {
        context,
        keys: RosterKeys::of(context, task.id).await?,
        sealer: context.sealer(Scope::Task(task.id), Purpose::Photo).await?,
        account: account(context).await?,
        task,
        files,
    };
    let tx = context.store.begin().await?;
    store::account::insert(&tx, &crowd.account).await?;
    store::commit(tx, AuditExemption::SampleData).await?;
    let numbers: Vec<u32> = numbers.collect();
    for some in numbers.chunks(BATCH) {
        Box::pin(crowd.enter(some)).await?;
    }
    Ok(())
}

async fn account(context: &Context) -> Result<Account, Failure> {
    let sealer = context.sealer(Scope::Platform, Purpose::Person).await?;
    let id = context.new_id(AccountId::new);
    // As of nobody: reserved for fiction in North America.
    let phone = sealer.seal("accounts", "phone_sealed", id.0, b"+12025550123")?;
    Ok(Account {
        id,
        phone_index: Account::index_of_no_phone(id),
        phone_sealed: phone.into(),
        state: AccountState::Active,
        language: Lang::default(),
        email_sealed: None,
        address_sealed: None,
        created_at: context.now(),
        last_login_at: None,
        version: 1,
    })
}

struct Crowd<'a> {
    context: &'a Context,
    keys: RosterKeys,
    sealer: Sealer,
    account: Account,
    task: Task,
    files: &'a [Vec<u8>],
}

/// A student of whom everything but the roster entry is ready.
struct Ready {
    number: u32,
    enrolment: Enrolment,
    photo: SubmittedPhoto,
}

impl Crowd<'_> {
    /// Writes the files of some students, then enters them at once.
    async fn enter(&self, numbers: &[u32]) -> Result<(), Failure> {
        let ready: Vec<Ready> = stream::iter(numbers.iter().map(|number| self.ready(*number)))
            .buffered(AT_ONCE)
            .try_collect()
            .await?;
        let tx = self.context.store.begin().await?;
        for one in ready {
            let entry_id = self.list(&tx, one.number).await?;
            let enrolment = Enrolment {
                entry_id,
                ..one.enrolment
            };
            store::enrolment::insert(&tx, &enrolment).await?;
            store::photo::insert(&tx, &one.photo).await?;
        }
        Ok(store::commit(tx, AuditExemption::SampleData).await?)
    }

    async fn ready(&self, number: u32) -> Result<Ready, Failure> {
        let context = self.context;
        let file = self.files.get(number as usize % self.files.len().max(1));
        let file = file.ok_or(Failure::Fault("a crowd needs a picture"))?;
        let enrolment = Enrolment {
            id: context.new_id(EnrolmentId::new),
            school_id: self.task.school_id,
            task_id: self.task.id,
            entry_id: context.new_id(RosterEntryId::new),
            account_id: self.account.id,
            state: EnrolmentState::Live,
            created_at: context.now() - TimeDelta::minutes(1),
            proven: Proven::default(),
        };
        let photo = accepted_alone(context, &self.sealer, &enrolment, file).await?;
        Ok(Ready {
            number,
            enrolment,
            photo,
        })
    }

    async fn list(&self, tx: &Tx, number: u32) -> Result<RosterEntryId, Failure> {
        let today = day_in_china(self.context.now());
        let passport = format!("E{number:08}");
        let passport = IdNumber::parse(DocumentType::Passport, &passport, today);
        let (class, college) = (number / CLASS, number / CLASS / CLASSES);
        let student = Listed {
            number: passport.map_err(|_| Failure::Fault("an invented number is none"))?,
            level: EducationLevel::Ba,
            name: &format!("众{number}"),
            student_no: Some(&format!("77{number:08}")),
            college: Some(&format!("第{college}学院")),
            major: None,
            class_name: Some(&format!("{class}班")),
        };
        let state = domain::roster::RosterEntryState::Listed;
        list_as(self.context, tx, &self.keys, &self.task, &student, state).await
    }
}
