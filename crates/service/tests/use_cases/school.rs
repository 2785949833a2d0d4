//! Schools: who makes them, and by which names they are found.

use domain::access::{Actor, GrantPlace, Reach, StaffGrant};
use domain::page::PageRequest;
use domain::role::Role;
use domain::school::SchoolDraft;
use domain::{AccountId, ProblemCode};
use service::{Failure, school};

use crate::fixture::{Fixture, operator, refused};

fn draft(code: &str, name: &str) -> SchoolDraft {
    SchoolDraft {
        code: code.to_owned(),
        name: name.to_owned(),
        aliases: vec!["Example University".to_owned()],
        contact: "010-12345678".to_owned(),
    }
}

#[tokio::test]
async fn a_school_is_made_once_by_who_may_make_it() {
    let product = Fixture::new().await;
    let context = &product.context;
    let made = school::create(context, &operator(), draft("10001", "示例大学"))
        .await
        .unwrap();
    assert_eq!(made.school.version, 1);
    let again = school::create(context, &operator(), draft("10002", "示例大学")).await;
    assert_eq!(refused(again), ProblemCode::SchoolNameTaken);

    let reviewer = Actor::Staff {
        account_id: context.new_id(AccountId::new),
        grants: vec![StaffGrant {
            role: Role::BureauReviewer,
            place: GrantPlace::AllSchools,
        }],
    };
    let refused_to = school::create(context, &reviewer, draft("10003", "另一大学")).await;
    assert_eq!(refused(refused_to), ProblemCode::SessionRole);
    let by_job = school::create(context, &Actor::BackgroundJob, draft("10003", "另一大学"));
    assert!(matches!(by_job.await, Err(Failure::Fault(_))));

    let page = PageRequest::first(10);
    let all = school::list(context, &Reach::AllSchools, None, &page)
        .await
        .unwrap();
    assert_eq!(all.items.len(), 1, "what was refused made nothing");
}

#[tokio::test]
async fn a_school_without_a_collection_is_told_to_be_not_open_and_not_suggested() {
    let product = Fixture::new().await;
    let context = &product.context;
    school::create(context, &operator(), draft("10001", "示例大学"))
        .await
        .unwrap();
    let found = school::find(context, "示例大学").await;
    assert_eq!(refused(found), ProblemCode::SchoolNotOpen);
    assert!(school::suggest(context, "示例").await.unwrap().is_empty());
}
