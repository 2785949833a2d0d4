//! The background work: lanes, leases, retries and dead jobs.

use std::cell::RefCell;
use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::JobId;
use domain::job::{Job, JobKind, JobLane, JobProgress, JobState, LEASE, Lease, MOST_FAILURES};
use futures_util::future::{join_all, pending};
use serde_json::{Value, json};
use service::worker::{self, JobHandler, ProductJobs, Progress, Turn, Worker};
use service::{Context, Failure};
use store::job::{JobClaim, Which};
use tokio::sync::watch;

use crate::app::{TestApp, operator};
use crate::buyer::{Buyer, PHONE};
use crate::journey::ZHANG;

const MINUTE_S: i64 = 60;

fn deletion(app: &TestApp, payload: Value) -> Job {
    let (id, now) = (app.context.new_id(JobId::new), app.context.now());
    Job::new(id, JobKind::BlobsDelete, id.to_string(), payload, now)
}

async fn add(app: &TestApp, job: &Job) {
    let on = app.context.store.writer();
    store::job::insert(on, job).await.unwrap();
}

/// Takes up a due deletion for a worker of this name.
async fn claim(app: &TestApp, owner: &str) -> Vec<Job> {
    let now = app.context.now();
    let claim = JobClaim {
        kinds: &[JobKind::BlobsDelete],
        due_by: now,
        now,
        limit: 1,
    };
    let lease = Lease {
        owner: owner.to_owned(),
        until: now + LEASE,
    };
    let on = app.context.store.writer();
    store::job::claim(on, claim, &lease).await.unwrap()
}

/// Bulk work that never comes to its end, beside the product's other work.
struct EndlessBulk;

impl JobHandler for EndlessBulk {
    async fn work(
        &self,
        context: &Context,
        job: &Job,
        progress: &Progress,
    ) -> Result<Turn, Failure> {
        if job.kind.lane() == JobLane::Bulk {
            progress.set(1, 2);
            pending::<()>().await;
        }
        ProductJobs.work(context, job, progress).await
    }
}

#[actix_web::test]
async fn bulk_work_that_lasts_delays_no_payment_and_is_handed_back_at_a_stop() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    let number = buyer.begun(&app, "alipay").await;
    let lost = json!({ "do": "notify_drop", "times": 100 });
    app.control("fault", lost).await;
    app.pay(&number).await;
    app.advance(6).await;
    worker::plan(&app.context).await.unwrap();

    let worker = Worker::new(&app.context, EndlessBulk);
    let (_stop, stopped) = watch::channel(false);
    let lane = |lane: &JobLane| worker.run_lane(&app.context, *lane, stopped.clone());
    let lanes = join_all(JobLane::ALL.iter().map(lane));
    let paid = async { while buyer.row(&app).await.paid_at.is_none() {} };
    tokio::select! {
        _ = lanes => panic!("no lane was told to stop"),
        () = paid => {}
    }
    let running = async || {
        let jobs = worker::list(&app.context, Which::Open).await.unwrap();
        let now = app.context.now();
        let bulk = jobs
            .into_iter()
            .filter(|job| job.kind.lane() == JobLane::Bulk);
        bulk.filter(|job| job.state(now) == JobState::Running)
            .count()
    };
    assert_eq!(running().await, JobLane::Bulk.slots());
    worker.hand_back(&app.context).await.unwrap();
    assert_eq!(running().await, 0);
}

/// Counts how often each job runs, and that none runs twice at once.
#[derive(Default)]
struct Counting {
    running: RefCell<BTreeMap<JobId, u32>>,
    done: RefCell<BTreeMap<JobId, u32>>,
}

impl JobHandler for &Counting {
    async fn work(&self, context: &Context, job: &Job, _: &Progress) -> Result<Turn, Failure> {
        if job.kind != JobKind::BlobsDelete {
            return Ok(Turn::Again {
                payload: job.payload.clone(),
                at: context.now() + TimeDelta::hours(1),
            });
        }
        let before = *self.running.borrow().get(&job.id).unwrap_or(&0);
        assert_eq!(before, 0, "a job runs twice at once");
        self.running.borrow_mut().insert(job.id, 1);
        for _ in 0..5 {
            tokio::task::yield_now().await;
        }
        self.running.borrow_mut().insert(job.id, 0);
        *self.done.borrow_mut().entry(job.id).or_default() += 1;
        Ok(Turn::Forget)
    }
}

#[actix_web::test]
async fn of_several_copies_one_does_each_job() {
    const JOBS: usize = 40;
    let app = TestApp::start().await;
    for _ in 0..JOBS {
        add(&app, &deletion(&app, json!([]))).await;
    }
    let counting = Counting::default();
    let workers = [(); 4].map(|()| Worker::new(&app.context, &counting));
    let (_stop, stopped) = watch::channel(false);
    let lane = |worker| Worker::run_lane(worker, &app.context, JobLane::Bulk, stopped.clone());
    let all = join_all(workers.iter().map(lane));
    let on = app.context.store.reader();
    let far = app.context.now();
    let none_is_left = async {
        let left = async || {
            store::job::due(on, JobKind::BlobsDelete, far, 1)
                .await
                .unwrap()
        };
        while !left().await.is_empty() {}
    };
    tokio::select! {
        _ = all => panic!("no lane was told to stop"),
        () = none_is_left => {}
    }
    let done = counting.done.borrow();
    assert_eq!(done.len(), JOBS);
    assert!(done.values().all(|times| *times == 1), "{done:?}");
}

#[actix_web::test]
async fn a_job_whose_worker_died_is_taken_up_and_the_dead_worker_changes_nothing() {
    let app = TestApp::start().await;
    add(&app, &deletion(&app, json!([]))).await;
    let on = app.context.store.writer();
    let first = claim(&app, "first").await.remove(0);
    assert!(claim(&app, "second").await.is_empty(), "it is leased");
    let progress = JobProgress {
        done: 1,
        total: Some(3),
    };
    app.advance(10).await;
    let now = app.context.now();
    let beat = store::job::heartbeat(on, &first, progress, now, now + LEASE).await;
    let beat = beat.unwrap().unwrap();
    assert_eq!((beat.progress, beat.is_cancel_requested), (progress, false));
    app.advance(10).await;
    assert!(claim(&app, "second").await.is_empty(), "its worker lives");

    app.advance(6).await;
    let second = claim(&app, "second").await.remove(0);
    assert_eq!((second.id, second.attempts), (first.id, 2));
    let now = app.context.now();
    let late = store::job::heartbeat(on, &first, progress, now, now + LEASE).await;
    assert_eq!(late.unwrap(), None);
    store::job::finish(on, &first, None, now).await.unwrap();
    let job = worker::show(&app.context, first.id).await.unwrap();
    assert_eq!(job.state(now), JobState::Running);
    assert_eq!(job.lease.unwrap().owner, "second");
}

#[actix_web::test]
async fn a_job_that_fails_waits_longer_each_time_and_is_listed_when_it_is_dead() {
    let app = TestApp::start().await;
    let broken = deletion(&app, json!({ "not": "names" }));
    let dying = Job {
        failures: MOST_FAILURES - 1,
        ..deletion(&app, json!({ "not": "names" }))
    };
    add(&app, &broken).await;
    add(&app, &dying).await;
    worker::run_due(&app.context).await.unwrap_err();
    let show = async |job: &Job| worker::show(&app.context, job.id).await.unwrap();
    let failed = show(&broken).await;
    assert_eq!((failed.attempts, failed.failures), (1, 1));
    assert!(failed.last_error.is_some());
    app.advance(MINUTE_S / 2).await;
    worker::run_due(&app.context).await.unwrap();
    app.advance(MINUTE_S / 2).await;
    let before = app.context.now();
    worker::run_due(&app.context).await.unwrap_err();
    let failed = show(&broken).await;
    assert_eq!(failed.failures, 2);
    assert!(failed.available_at >= before + TimeDelta::minutes(2));

    let dead = worker::list(&app.context, Which::Dead).await.unwrap();
    assert_eq!(dead.len(), 1);
    assert_eq!((dead[0].id, dead[0].failures), (dying.id, MOST_FAILURES));
    let wang = operator("wang");
    worker::retry(&app.context, &wang, dying.id).await.unwrap();
    assert_eq!(
        show(&dying).await.state(app.context.now()),
        JobState::Waiting
    );
    worker::retry(&app.context, &wang, dying.id)
        .await
        .unwrap_err();
    worker::run_due(&app.context).await.unwrap_err();
    assert_eq!(
        show(&dying).await.failures,
        1,
        "it is tried again from the beginning"
    );

    for job in [&broken, &dying] {
        worker::cancel(&app.context, &wang, job.id).await.unwrap();
        let state = show(job).await.state(app.context.now());
        assert_eq!(state, JobState::Cancelled);
        worker::cancel(&app.context, &wang, job.id)
            .await
            .unwrap_err();
    }
}

#[actix_web::test]
async fn a_job_that_runs_is_told_that_it_is_cancelled() {
    let app = TestApp::start().await;
    add(&app, &deletion(&app, json!([]))).await;
    let held = claim(&app, "first").await.remove(0);
    let wang = operator("wang");
    worker::cancel(&app.context, &wang, held.id).await.unwrap();
    let (on, now) = (app.context.store.writer(), app.context.now());
    let progress = JobProgress::default();
    let beat = store::job::heartbeat(on, &held, progress, now, now + LEASE).await;
    assert!(beat.unwrap().unwrap().is_cancel_requested);
    store::job::finish(on, &held, None, now).await.unwrap();
    let job = worker::show(&app.context, held.id).await.unwrap();
    assert_eq!(job.state(now), JobState::Cancelled);
}

#[actix_web::test]
async fn work_that_never_ends_cannot_be_cancelled() {
    let app = TestApp::start().await;
    worker::run_due(&app.context).await.unwrap();
    let jobs = worker::list(&app.context, Which::Open).await.unwrap();
    let endless = JobKind::ALL.iter().filter(|kind| kind.period().is_some());
    assert_eq!(jobs.len(), endless.count());
    let wang = operator("wang");
    for job in jobs {
        worker::cancel(&app.context, &wang, job.id)
            .await
            .unwrap_err();
    }
}
