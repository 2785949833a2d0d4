//! The end of a task with known items.

use domain::role::Role;
use serde_json::json;

use super::{Case, FAULTS, add, one_more_waits};
use crate::delivering::unpacked;
use crate::purge::{DAY, GONE, rows};
use crate::review::hire;

/// The end of a task takes its known items with it: the one that waits, those that were decided about, and what came of
/// them. The certificate counts none of them, and the library stays.
pub(super) async fn purged(case: &Case, task: &str) {
    for number in 0..FAULTS {
        let added = add(&case.operator, number, &["blur"]).await;
        assert_eq!(added.status, 201, "{added:?}");
    }
    one_more_waits(case, task).await;
    let known = rows(&case.app, "seeded_items", task).await;
    assert_eq!(known, case.known.len() as u64 + 1);
    assert!(rows(&case.app, "photo_recalls", task).await > 0);
    let (photos, path) = (
        rows(&case.app, "photos", task).await,
        format!("/api/v1/tasks/{task}"),
    );
    let closed = case.officer.act(&format!("{path}/close")).await;
    assert_eq!(closed.status, 200, "{closed:?}");
    let figures = case.officer.get(&format!("{path}/delivery-figures")).await;
    let figures = figures.json();
    let seen = json!({ "missing": figures["missing"], "undelivered": figures["undelivered"] });
    let handed = case.officer.post(&format!("{path}/hand-over"), seen).await;
    assert_eq!(handed.status, 200, "{handed:?}");
    case.app.advance(366 * DAY).await;
    case.app.work().await;
    for table in GONE {
        assert_eq!(rows(&case.app, table, task).await, 0, "{table}");
    }
    // The search for schools finds none whose task is over.
    let officer = case.app.student("13800138316").await;
    let on = case.app.context.store.reader();
    let found = store::task::get(on, task.parse().unwrap()).await;
    let school = found.unwrap().unwrap().school_id;
    case.app
        .make_staff(&officer, Role::Officer, Some(school))
        .await;
    let purge = officer.get(&format!("{path}/purge")).await.json();
    let deleted = purge["deleted"].as_array().unwrap();
    let of_photos = deleted.iter().find(|one| one["part"] == "photos").unwrap();
    assert_eq!(of_photos["count"], photos, "{purge}");
    let certificate = officer.get(&format!("{path}/deletion-certificate")).await;
    assert_eq!(certificate.status, 200, "{certificate:?}");
    let files = unpacked(&certificate.bytes);
    let text = String::from_utf8_lossy(&files["certificate.txt"]);
    assert!(text.contains(&format!("\nphotos: {photos} (")), "{text}");
    let operator = hire(&case.app, "13800138317", Role::Operator, None).await;
    let library = operator.get("/api/v1/known-photos?limit=100").await.json();
    let library = library["items"].as_array().unwrap();
    assert_eq!(library.len(), usize::from(FAULTS));
}
