//! Second looks: a share of the photos is decided by two reviewers who do not know of each other.

use domain::role::Role;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::review::{SCHOOL, UNDO_S, decide, hire, reviewing, take, waiting};

/// The log of decisions about the task of a photo, the newest first.
async fn reviews_of(officer: &Browser, photo: &Value) -> Vec<Value> {
    let task = photo["task_id"].as_str().unwrap();
    let log = officer.get(&format!("/api/v1/tasks/{task}/reviews")).await;
    log.json()["items"].as_array().unwrap().clone()
}

/// Two reviewers of a school that has every photo looked at twice.
#[actix_web::test]
pub(crate) async fn a_share_is_looked_at_twice_and_passed_on_where_two_disagree() {
    let case = reviewing().await;
    case.app
        .change_task(SCHOOL, |settings| {
            settings["second_share"] = 100.into();
            settings["max_photos"] = 4.into();
        })
        .await;
    let (first, app) = (&case.school, &case.app);
    let second = hire(app, "13800138213", Role::SchoolReviewer, Some(SCHOOL)).await;
    let officer = hire(app, "13800138214", Role::Officer, Some(SCHOOL)).await;
    let in_force = async || {
        app.advance(UNDO_S).await;
        app.work().await;
    };
    let rejection = |reason: &str| json!({ "outcome": "rejected", "reasons": [reason] });

    // One reviewer alone is compared with nobody.
    let photo = case.submit(1).await;
    let taken = take(first, 1).await.remove(0);
    assert_eq!(taken["are_findings_hidden"], false);
    assert_eq!(decide(first, &taken, rejection("blur")).await.status, 201);
    in_force().await;
    assert_eq!(case.photo(&photo).await["state"], "rejected");
    let quality = officer.get("/api/v1/review-quality").await.json();
    let place = |quality: &Value| quality["places"][0].clone();
    assert_eq!(place(&quality)["is_alone"], true, "{quality}");
    assert_eq!(place(&quality)["school"], SCHOOL, "{quality}");

    // The second's decision waits for the first's, who sees neither it nor what was found.
    let photo = case.submit(2).await;
    let taken = take(&second, 1).await.remove(0);
    assert_eq!(decide(&second, &taken, rejection("hair")).await.status, 201);
    in_force().await;
    assert_eq!(case.photo(&photo).await["state"], "pending_review");
    assert_eq!(take(&second, 1).await.len(), 0, "nobody looks twice");
    assert_eq!(waiting(&second).await.1, 0);
    let taken = take(first, 1).await.remove(0);
    assert_eq!(taken["are_findings_hidden"], true);
    assert_eq!(taken["findings"], json!([]));
    assert_eq!(decide(first, &taken, rejection("hair")).await.status, 201);
    in_force().await;
    assert_eq!(case.photo(&photo).await["state"], "rejected");

    // They disagree, and there is no third.
    let photo = case.submit(3).await;
    let taken = take(first, 1).await.remove(0);
    let approval = json!({ "outcome": "approved" });
    assert_eq!(decide(first, &taken, approval).await.status, 201);
    in_force().await;
    let taken = take(&second, 1).await.remove(0);
    assert_eq!(decide(&second, &taken, rejection("blur")).await.status, 201);
    in_force().await;
    assert_eq!(case.photo(&photo).await["state"], "pending_review");
    let queue = second.get("/api/v1/reviews/queue").await.json();
    assert_eq!(queue["escalated"]["photos"], 1, "{queue}");

    let quality = officer.get("/api/v1/review-quality").await.json();
    assert_eq!(place(&quality)["is_alone"], false);
    assert_eq!(place(&quality)["reviewers"], 2);
    let log = reviews_of(&officer, &taken).await;
    let hidden: Vec<&Value> = log.iter().map(|one| &one["findings_hidden"]).collect();
    assert_eq!(hidden, [true, true, true, false, false], "{log:?}");
    let own = first.get("/api/v1/reviews/latest").await.json();
    assert_eq!(own["items"][0]["findings_hidden"], true, "{own}");
    let reviewers = quality["reviewers"].as_array().unwrap();
    assert_eq!(reviewers.len(), 2, "{quality}");
    for one in reviewers {
        let agreement = &one["agreement"];
        assert_eq!(
            (&agreement["of"], &agreement["permille"]),
            (&json!(2), &json!(500))
        );
        let hair = one["reasons"].as_array().unwrap().iter();
        let mut hair = hair.filter(|row| row["reason"] == "hair");
        assert_eq!(hair.next().unwrap()["kappa_permille"], 1000, "{one}");
    }
    let theirs = first.get("/api/v1/review-quality").await;
    assert_eq!(theirs.status, 403, "{theirs:?}");

    // Once somebody else reviews too, a third decides where two disagree.
    let third = hire(app, "13800138215", Role::SchoolReviewer, Some(SCHOOL)).await;
    let taken = third.post(
        "/api/v1/reviews/take",
        json!({ "count": 1, "is_escalated": true }),
    );
    let taken = taken.await.json()["items"][0].clone();
    assert_eq!(decide(&third, &taken, rejection("blur")).await.status, 201);
    in_force().await;
    let photo = case.submit(4).await;
    for (reviewer, decision) in [
        (first, json!({ "outcome": "approved" })),
        (&second, rejection("hair")),
        (&third, rejection("hair")),
    ] {
        assert_eq!(case.photo(&photo).await["state"], "pending_review");
        let taken = take(reviewer, 1).await.remove(0);
        assert_eq!(decide(reviewer, &taken, decision).await.status, 201);
        in_force().await;
        assert_eq!(take(reviewer, 1).await.len(), 0, "nobody looks twice");
    }
    assert_eq!(case.photo(&photo).await["state"], "rejected");
}
