//! How many photos are examined, at once and within an hour.

use domain::{AccountId, EnrolmentId};
use service::Context;
use service::photo::QueuePlace;

use crate::journey::{portrait, ready, upload_id};

/// Takes all places of the queue that these accounts can take.
fn crowd(context: &Context, accounts: impl Iterator<Item = AccountId>) -> Vec<QueuePlace> {
    let places = accounts.map_while(|account| context.photo_queue.place(account).ok());
    places.collect()
}

/// Whose an enrolment at the sample school is.
async fn owner(context: &Context, enrolment: &str) -> AccountId {
    let on = context.store.reader();
    let schools = store::school::called(on, "北医").await.unwrap();
    let (school, id): (_, EnrolmentId) = (schools[0].id, enrolment.parse().unwrap());
    let row = store::enrolment::by_id_for_system(on, school, id).await;
    row.unwrap().unwrap().account_id
}

#[actix_web::test]
pub(crate) async fn files_that_lead_to_no_photo_are_examined_twenty_times_an_hour() {
    let (app, student, enrolment) = ready().await;
    let good = portrait(480, 640, 160);
    let [one, two] = [1, 2].map(upload_id);
    let sent = student.submit(&enrolment, &one, good.clone()).await;
    assert_eq!(sent.status, 201);
    for _ in 0..20 {
        let bad = b"hello".to_vec();
        let reply = student.submit(&enrolment, &two, bad).await;
        assert_eq!(reply.problem(), (422, "photo.file_unknown".to_owned()));
    }
    let refused = student.submit(&enrolment, &two, good.clone()).await;
    assert_eq!(refused.problem(), (429, "photo.too_many_checks".to_owned()));
    let wait: i64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=3600).contains(&wait), "{wait}");
    assert!(refused.text("detail").contains("已有 20 张"), "{refused:?}");
    // What is a photo already is not examined.
    let known = student.submit(&enrolment, &one, good.clone()).await;
    assert_eq!(known.status, 201);

    app.advance(wait).await;
    let student = app.student("13800138000").await;
    let sent = student.submit(&enrolment, &two, good).await;
    assert_eq!(sent.status, 201);
}

#[actix_web::test]
pub(crate) async fn where_too_many_wait_the_next_is_told_when_to_come_again() {
    let (app, student, enrolment) = ready().await;
    let others = (0..).map(|_| app.context.new_id(AccountId::new));
    let crowd = crowd(&app.context, others);
    let (upload, file) = (upload_id(1), portrait(480, 640, 160));
    let submit = || student.submit(&enrolment, &upload, file.clone());
    let reply = submit().await;
    assert_eq!(reply.problem(), (503, "server.unavailable".to_owned()));
    assert_eq!(reply.header("retry-after"), "5");
    drop(crowd);
    assert_eq!(submit().await.status, 201);
}

#[actix_web::test]
pub(crate) async fn one_account_does_not_fill_the_queue() {
    let (app, student, enrolment) = ready().await;
    let owner = owner(&app.context, &enrolment).await;
    let crowd = crowd(&app.context, std::iter::repeat(owner));
    assert_eq!(crowd.len(), 2);
    let (upload, file) = (upload_id(1), portrait(480, 640, 160));
    let submit = || student.submit(&enrolment, &upload, file.clone());
    let reply = submit().await;
    assert_eq!(reply.problem(), (409, "photo.being_checked".to_owned()));
    assert_eq!(reply.header("retry-after"), "5");
    drop(crowd);
    assert_eq!(submit().await.status, 201);
}
