//! Imports of rosters: a file is looked through, taken, and taken back; a worker that dies or meets another does nothing twice.

use domain::access::{Actor, IntegratorClient, Reach};
use domain::page::PageRequest;
use domain::roster::{
    HeadingChoice, RosterColumn, RosterFileError, RosterImportState, RosterVerdict,
};
use domain::task::Task;
use domain::{
    EducationLevel, IntegratorId, ProblemCode, RosterEntryId, SchoolId, Scope, indexed_name,
};
use futures_util::stream;
use service::Failure;
use service::idempotency::KeyedRequest;
use service::roster::{self, Choices, ImportView, StartOptions};
use store::roster::RosterKey;
use store::roster::page::{EntryFilter, entries};

use crate::app::TestApp;

const SCHOOL: &str = "北京大学医学部";
/// A title, then a heading whose names come from the Ministry and from schools.
const HEAD: &str = "2026 届毕业生名单\nXM,SFZJLX,身份证件号码,CC,XH,FY,ZYMC\n";

/// A system that a school lets do everything.
fn system_of(school: SchoolId) -> Actor {
    Actor::Integrator(IntegratorClient {
        id: IntegratorId(uuid::Uuid::nil()),
        school_ids: vec![school],
        scopes: Scope::ALL.to_vec(),
    })
}

/// A school's system, its task, and the product.
struct Office {
    app: TestApp,
    actor: Actor,
    task: Task,
}

impl Office {
    async fn open() -> Self {
        let app = TestApp::with_sample().await;
        let on = app.context.store.reader();
        let schools = store::school::called(on, &domain::fold(SCHOOL))
            .await
            .unwrap();
        let school = schools.iter().find(|one| one.name == SCHOOL).unwrap().id;
        let tasks = store::task::published(on, &[school]).await.unwrap();
        Self {
            actor: system_of(school),
            task: tasks.into_iter().next().unwrap(),
            app,
        }
    }

    async fn send(&self, file: &[u8]) -> ImportView {
        let pieces = file.chunks(100).map(|piece| Ok(piece.to_vec().into()));
        let pieces: Vec<Result<_, Failure>> = pieces.collect();
        let (context, task) = (&self.app.context, self.task.id.to_string());
        let keyless = KeyedRequest::default();
        let pieces = stream::iter(pieces);
        let sent = roster::create(context, &self.actor, &keyless, &task, pieces);
        sent.await.unwrap().value
    }

    /// Sends a file and has it looked through.
    async fn check(&self, file: &[u8]) -> ImportView {
        let sent = self.send(file).await;
        assert_eq!(sent.import.state, RosterImportState::Checking);
        self.worked(&sent).await
    }

    async fn worked(&self, view: &ImportView) -> ImportView {
        service::worker::run_due(&self.app.context).await.unwrap();
        let id = view.import.id.to_string();
        roster::get(&self.app.context, &self.actor, &id)
            .await
            .unwrap()
    }

    async fn start(&self, view: &ImportView, options: StartOptions) -> Result<ImportView, Failure> {
        let id = view.import.id.to_string();
        let (context, keyless) = (&self.app.context, KeyedRequest::default());
        let started = roster::start(context, &self.actor, &keyless, &id, options).await?;
        Ok(self.worked(&started.value).await)
    }

    async fn import(&self, rows: &str) -> ImportView {
        let checked = self.check(format!("{HEAD}{rows}").as_bytes()).await;
        let confirmed = StartOptions {
            confirm_identity_changes: true,
            ..StartOptions::default()
        };
        self.start(&checked, confirmed).await.unwrap()
    }

    fn roster(&self) -> RosterKey {
        RosterKey {
            school_id: self.task.school_id,
            task_id: self.task.id,
        }
    }

    /// How many entries the roster has, and the one with a name.
    async fn named(&self, name: &str) -> (usize, Option<domain::roster::RosterEntry>) {
        let context = &self.app.context;
        let (on, page) = (context.store.reader(), PageRequest::whole());
        let everybody = EntryFilter::default();
        let all = entries(on, self.roster(), &everybody, &page).await;
        let count = all.unwrap().items.len();
        let index = context.task_index(self.task.id).await.unwrap();
        let filter = EntryFilter {
            indexes: Some(vec![index.to_write(&indexed_name(name)).into()]),
            ..EntryFilter::default()
        };
        let page = PageRequest::<RosterEntryId>::whole();
        let found = entries(on, self.roster(), &filter, &page).await.unwrap();
        (count, found.items.into_iter().next())
    }
}

fn counts(view: &ImportView) -> Vec<(&'static str, u64)> {
    let counts = view.import.outcome.counts.iter();
    counts
        .map(|(verdict, count)| (verdict.as_str(), *count))
        .collect()
}

async fn report(office: &Office, view: &ImportView) -> Vec<(u64, &'static str)> {
    let id = view.import.id.to_string();
    let page = PageRequest::whole();
    let rows = roster::rows(&office.app.context, &office.actor, &id, None, &page);
    let rows = rows.await.unwrap().items.into_iter();
    rows.map(|row| (row.row_number.unwrap_or_default(), row.verdict.as_str()))
        .collect()
}

fn refused<T: std::fmt::Debug>(result: Result<T, Failure>) -> ProblemCode {
    let failure = result.unwrap_err();
    let Failure::Refused(refusal) = failure else {
        panic!("{failure:?}");
    };
    refusal.code
}

const MIXED: &str = "\
张晓明,1,110105200101019018,硕士研究生,2310301001,基础医学院,免疫学
李若水,1,110105199906159020,博士,2110301002,药学院,
赵　六,,11010519491231002x,本科,2210301001,,
赵六,,110105491231002,本科,2210301001,,
赵七,,11010519491231002X,本科,2210301002,,
钱??,护照,E12345678,硕士,2310301009,,
孙八,,110105194912310021,本科,,,
,,4.20106E+17,研究生,,,
";

#[actix_web::test]
async fn a_file_is_looked_through_then_taken_and_taken_back() {
    let office = Office::open().await;
    let (before, none) = office.named("赵六").await;
    assert!(none.is_none());
    let (encoded, ..) = encoding_rs::GB18030.encode(MIXED);
    let (head, ..) = encoding_rs::GB18030.encode(HEAD);
    let checked = office.check(&[head, encoded].concat()).await;
    let expected = [
        ("created", 2),
        ("updated", 1),
        ("unchanged", 1),
        ("name_missing_glyph", 1),
        ("duplicate_in_file", 1),
        ("conflict_in_file", 1),
        ("id_lost_digits", 1),
        ("bad_id_checksum", 1),
        ("unknown_level", 1),
        ("name_missing", 1),
    ];
    let missing = before as u64 - 2;
    let with_missing = [&expected[..], &[("missing_in_file", missing)]].concat();
    assert_eq!(counts(&checked), with_missing);
    let outcome = &checked.import.outcome;
    assert_eq!(checked.import.state, RosterImportState::Checked);
    assert_eq!(outcome.encoding.as_deref(), Some("gb18030"));
    assert_eq!((outcome.rows, outcome.heading_row), (Some(8), Some(2)));
    assert_eq!(
        office.named("赵六").await,
        (before, None),
        "nothing is changed yet"
    );

    let taken = office
        .start(&checked, StartOptions::default())
        .await
        .unwrap();
    assert_eq!(taken.import.state, RosterImportState::Imported);
    assert_eq!(taken.import.file_key, "", "the file is not kept");
    // Who was added is listed now and in the file.
    assert_eq!(counts(&taken), with_missing);
    let listed: Vec<_> = report(&office, &taken).await;
    assert_eq!(
        listed[..3],
        [
            (4, "updated"),
            (6, "duplicate_in_file"),
            (7, "conflict_in_file")
        ]
    );
    assert_eq!(listed[3], (8, "name_missing_glyph"));
    let (after, zhao) = office.named("赵 六").await;
    assert_eq!(after, before + 2);
    assert_eq!(zhao.unwrap().level, EducationLevel::Ba);
    let (_, li) = office.named("李若水").await;
    assert_eq!(li.unwrap().college.as_deref(), Some("药学院"));

    let id = taken.import.id.to_string();
    let context = &office.app.context;
    let keyless = KeyedRequest::default();
    let undoing = roster::undo(context, &office.actor, &keyless, &id).await;
    let undone = office.worked(&undoing.unwrap().value).await;
    assert_eq!(undone.import.state, RosterImportState::Undone);
    assert_eq!(office.named("赵六").await, (before, None));
    let (_, li) = office.named("李若水").await;
    assert_eq!(li.unwrap().college.as_deref(), Some("公共卫生学院"));
    let again = roster::undo(context, &office.actor, &keyless, &id).await;
    assert_eq!(refused(again), ProblemCode::RosterImportState);
    let other = system_of(SchoolId(uuid::Uuid::nil()));
    let foreign = roster::get(context, &other, &id).await;
    assert_eq!(refused(foreign), ProblemCode::RosterImportUnknown);
}

#[actix_web::test]
async fn corrections_stay_identities_are_confirmed_and_columns_are_remembered() {
    let office = Office::open().await;
    let context = &office.app.context;
    let (_, li) = office.named("李若水").await;
    let mut li = li.unwrap();
    li.corrected = vec![RosterColumn::College];
    let tx = context.store.begin().await.unwrap();
    store::roster::save(&tx, li).await.unwrap();
    let exempt = domain::audit::AuditExemption::SampleData;
    store::commit(tx, exempt).await.unwrap();
    // Another number for the student number of 张晓明, and a college that a person corrected.
    let rows = "张晓明,,11010519491231002X,硕士研究生,2310301001,,\n李若水,1,110105199906159020,博士,,药学院,\n";
    let checked = office.check(format!("{HEAD}{rows}").as_bytes()).await;
    assert_eq!(checked.import.outcome.identity_changes, 1);
    let unconfirmed = office.start(&checked, StartOptions::default()).await;
    assert_eq!(refused(unconfirmed), ProblemCode::RosterIdentityChanges);
    let confirmed = StartOptions {
        confirm_identity_changes: true,
        ..StartOptions::default()
    };
    let taken = office.start(&checked, confirmed).await.unwrap();
    assert_eq!(
        counts(&taken)[..2],
        [("updated", 1), ("kept_correction", 1)]
    );
    let (_, li) = office.named("李若水").await;
    assert_eq!(li.unwrap().college.as_deref(), Some("公共卫生学院"));

    // A heading that says nothing: chosen once, and known the next time.
    let file = "姓名,编号,CC\n周九,E7654321,本科\n";
    let stopped = office.check(file.as_bytes()).await;
    assert_eq!(stopped.import.state, RosterImportState::Stopped);
    let fault = stopped.import.outcome.fault.unwrap();
    assert_eq!(fault.error, RosterFileError::ColumnMissing);
    let choice = |heading: &str, column| HeadingChoice {
        heading: heading.to_owned(),
        column: Some(column),
    };
    let choices = Choices {
        columns: Some(vec![
            choice("姓名", RosterColumn::Name),
            choice("编号", RosterColumn::DocumentNumber),
            choice("CC", RosterColumn::Level),
        ]),
        ..Choices::default()
    };
    let id = stopped.import.id.to_string();
    let keyless = KeyedRequest::default();
    let changed = roster::change(context, &office.actor, &keyless, &id, choices).await;
    let checked = office.worked(&changed.unwrap().value).await;
    assert_eq!(checked.import.state, RosterImportState::Checked);
    let again = office.check(file.as_bytes()).await;
    assert_eq!(again.import.state, RosterImportState::Checked, "{again:?}");
    let cancelled = roster::cancel(context, &office.actor, &keyless, &id).await;
    assert_eq!(
        cancelled.unwrap().value.import.state,
        RosterImportState::Cancelled
    );
}

#[actix_web::test]
async fn what_is_no_roster_is_told_and_changes_nothing() {
    let office = Office::open().await;
    let (before, _) = office.named("赵六").await;
    for (file, expected) in [
        (
            &b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..],
            RosterFileError::OldWorkbook,
        ),
        (b"<html><table>", RosterFileError::Html),
        (b"%PDF-1.7", RosterFileError::OtherFormat),
        (b"", RosterFileError::Empty),
        ("学习,生活\n".as_bytes(), RosterFileError::NoHeading),
        (
            "姓名,姓名,证件号码\n".as_bytes(),
            RosterFileError::ColumnTwice,
        ),
        (
            "姓名,证件号码\n\"张三,1\n".as_bytes(),
            RosterFileError::UnclosedQuote,
        ),
        (b"XM,SFZH\n\xff\xff,1\n", RosterFileError::Encoding),
    ] {
        let stopped = office.check(file).await;
        assert_eq!(
            stopped.import.state,
            RosterImportState::Stopped,
            "{expected}"
        );
        assert_eq!(stopped.import.outcome.fault.unwrap().error, expected);
    }
    assert_eq!(office.named("赵六").await.0, before);
}

#[actix_web::test]
async fn a_worker_that_is_cut_off_goes_on_and_two_do_nothing_twice() {
    let office = Office::open().await;
    let context = &office.app.context;
    let row = |number: u64| format!("学生{number},护照,E{number:07},本科,{number:08},,\n");
    let rows: String = (1..=1_050).map(row).collect();
    let checked = office.check(format!("{HEAD}{rows}").as_bytes()).await;
    assert_eq!(counts(&checked)[0], ("created", 1_050));
    let id = checked.import.id.to_string();
    let options = StartOptions::default();
    let keyless = KeyedRequest::default();
    roster::start(context, &office.actor, &keyless, &id, options)
        .await
        .unwrap();
    // The first batch is taken, and the worker dies.
    let on = context.store.reader();
    let progress = async || {
        let import = store::roster_import::get(on, &Reach::AllSchools, checked.import.id);
        import.await.unwrap().unwrap().rows_done
    };
    tokio::select! {
        _ = service::worker::run_due(context) => panic!("it ended too soon"),
        () = async { while progress().await == 0 { tokio::task::yield_now().await } } => {}
    }
    service::worker::free_leases_of_the_dead(context)
        .await
        .unwrap();
    office.app.advance(20).await;
    let (one, other) = tokio::join!(
        service::worker::run_due(context),
        service::worker::run_due(context),
    );
    one.and(other).unwrap();
    let taken = roster::get(context, &office.actor, &id).await.unwrap();
    assert_eq!(taken.import.state, RosterImportState::Imported);
    let created = taken.import.outcome.counts[&RosterVerdict::Created];
    assert_eq!((created, taken.import.rows_done), (1_050, 1_050));
    let added = store::roster::batch::added_by(on, office.roster(), taken.import.id, None, 5_000);
    assert_eq!(added.await.unwrap().len(), 1_050);
    let again = office.import("学生1,护照,E0000001,本科,00000001,,\n").await;
    assert_eq!(counts(&again)[0], ("unchanged", 1));
}
