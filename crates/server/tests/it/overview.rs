//! How many statements a page takes: the number does not depend on the number of rows.

use domain::access::{Actor, GrantPlace, StaffGrant};
use domain::audit::AuditExemption;
use domain::enrolment::Enrolment;
use domain::money_case::{CaseKind, CaseOrder, MoneyCase};
use domain::order::{Order, OrderLine};
use domain::page::PageRequest;
use domain::payment::{Attempt, Provider};
use domain::reconciliation::RunState;
use domain::refund::{Refund, RefundReason, RefundRequester, RefundState};
use domain::role::Role;
use domain::roster::{RosterEntry, RosterNumber};
use domain::submitted_photo::SubmittedPhoto;
use domain::{
    AccountId, DataKeyPurpose, DataKeyScope, EnrolmentId, Fen, MoneyCaseId, OrderId, OrderLineId,
    PhotoId, ReconciliationId, RefundId, RosterEntryId, RosterNumberId, UploadId,
};
use serde_json::json;
use service::vault::Sealer;
use store::Tx;
use store::money_case::Again;
use store::reconciliation::{BillSum, Run};

use crate::app::TestApp;
use crate::browser::Browser;
use crate::buyer::Buyer;
use crate::journey::ZHANG;

const PHONE: &str = "13800138000";
/// How many more orders, enrolments and photos the student gets.
const COPIES: usize = 49;

/// Pages, and the most statements that each may take.
const PAGES: &[(&str, u64)] = &[
    ("/api/v1/me", 1),
    ("/api/v1/me/orders?limit=100", 1),
    ("/api/v1/me/enrolments?limit=100", 1),
    ("/api/v1/me/roster-tickets?limit=100", 1),
    ("/api/v1/me/access-log?limit=100", 1),
    ("/api/v1/me/sessions", 1),
    ("/api/v1/orders/{order_no}", 1),
    ("/api/v1/orders/{order_no}/payment-status", 1),
    ("/api/v1/enrolments/{enrolment_id}", 1),
    ("/api/v1/photos/{photo_id}", 1),
    ("/api/v1/tasks/{task_id}", 3),
];

/// The lists of money, as finance sees them.
const MONEY: &[(&str, u64)] = &[
    ("/api/v1/staff/orders?limit=100", 3),
    ("/api/v1/staff/refunds?limit=100", 2),
    ("/api/v1/staff/money-cases?limit=100", 2),
    ("/api/v1/staff/reconciliations?limit=100", 2),
];

/// The statements of a page that was asked for before, so that keys are in memory; the least of three, since what runs
/// beside it may make some too.
pub(crate) async fn statements(app: &TestApp, browser: &Browser, path: &str) -> u64 {
    assert_eq!(browser.get(path).await.status, 200, "{path}");
    let mut least = u64::MAX;
    for _ in 0..3 {
        let before = app.context.store.statements();
        browser.get(path).await;
        least = least.min(app.context.store.statements() - before);
    }
    least
}

#[actix_web::test]
async fn who_sends_a_request_of_staff_is_asked_in_one_statement() {
    let app = TestApp::with_sample().await;
    let browser = app.student(PHONE).await;
    app.make_staff(&browser, Role::BureauReviewer, None).await;
    // The queue itself takes as many as its use case; roles and session were two more, in each request of staff.
    let through_http = statements(&app, &browser, "/api/v1/reviews/queue").await;
    let actor = Actor::Staff {
        account_id: AccountId(uuid::Uuid::nil()),
        grants: vec![StaffGrant {
            role: Role::BureauReviewer,
            place: GrantPlace::AllSchools,
        }],
    };
    let before = app.context.store.statements();
    let queue = service::review::queue(&app.context, &actor, None).await;
    queue.unwrap();
    let of_the_queue = app.context.store.statements() - before;
    assert_eq!(through_http, of_the_queue + 1);
}

#[actix_web::test]
async fn the_number_of_statements_does_not_depend_on_the_number_of_rows() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    assert_eq!(buyer.begin("alipay", "key").await.status, 201);
    let task = buyer.browser.task(ZHANG.school).await;
    let paths = PAGES.iter().map(|(path, most)| {
        let path = path
            .replace("{order_no}", &buyer.order_no)
            .replace("{enrolment_id}", &buyer.enrolment_id)
            .replace("{photo_id}", &buyer.photo_id)
            .replace("{task_id}", task["id"].as_str().unwrap());
        (path, *most)
    });
    let paths: Vec<_> = paths.collect();
    let mut with_one = Vec::new();
    for (path, _) in &paths {
        with_one.push(statements(&app, &buyer.browser, path).await);
    }
    let finance = app.student("13800138009").await;
    app.make_staff(&finance, Role::Finance, None).await;
    add_money(&app, buyer.account_id, 0..1).await;
    for (path, _) in MONEY {
        with_one.push(statements(&app, &finance, path).await);
    }
    copy_all(&app, buyer.account_id).await;
    add_money(&app, buyer.account_id, 1..COPIES + 1).await;
    let orders = buyer
        .browser
        .get("/api/v1/me/orders?limit=100")
        .await
        .json();
    assert_eq!(orders["items"].as_array().unwrap().len(), COPIES + 1);
    let mut faults = Vec::new();
    for (path, _) in MONEY {
        let list = finance.get(path).await.json();
        assert_eq!(
            list["items"].as_array().unwrap().len(),
            COPIES + 1,
            "{path}"
        );
    }
    let money = MONEY.iter().map(|&(path, most)| (path.to_owned(), most));
    let pages = paths.iter().map(|page| (page, &buyer.browser));
    let money: Vec<_> = money.collect();
    let pages = pages.chain(money.iter().map(|page| (page, &finance)));
    for (((path, most), browser), one) in pages.zip(with_one) {
        let fifty = statements(&app, browser, path).await;
        println!("{path}: {one} with one row, {fifty} with fifty, {most} allowed");
        if one != fifty || fifty > *most {
            faults.push(format!("{path}: {one}, {fifty}, {most} allowed"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Adds a refund, a case and a reconciled day for each of these numbers, about the student's orders in turn.
async fn add_money(app: &TestApp, owner: AccountId, numbers: std::ops::Range<usize>) {
    let context = &app.context;
    let on = context.store.reader();
    let rows = store::overview::enrolments(on, owner, &PageRequest::whole()).await;
    let orders: Vec<Order> = rows
        .unwrap()
        .items
        .into_iter()
        .filter_map(|row| row.order)
        .collect();
    let mut attempts = Vec::new();
    for order in &orders {
        attempts.extend(store::payment::of_order(on, order).await.unwrap());
    }
    let attempt = &attempts[0];
    let tx = context.store.begin().await.unwrap();
    for number in numbers {
        let refund = refund(app, attempt, number);
        store::refund::insert(&tx, &refund).await.unwrap();
        let case = case(app, &orders[number % orders.len()], number);
        let opened = store::money_case::open(&tx, &case, Again::StaysResolved);
        opened.await.unwrap();
        let run = run(app, &case, number);
        store::reconciliation::plan(&tx, &run).await.unwrap();
    }
    store::commit(tx, AuditExemption::Housekeeping)
        .await
        .unwrap();
}

fn refund(app: &TestApp, attempt: &Attempt, number: usize) -> Refund {
    Refund {
        id: app.context.new_id(RefundId::new),
        school_id: attempt.school_id,
        order_id: attempt.order_id,
        attempt_id: attempt.id,
        out_refund_no: format!("R{number}"),
        amount: Fen(1),
        reason: RefundReason::Service,
        note: String::new(),
        requested_by: RefundRequester::Console,
        request_key: None,
        needs_approval: false,
        approval: None,
        state: RefundState::Rejected,
        provider_refund_id: None,
        submitted_at: None,
        succeeded_at: None,
        next_poll_at: None,
        polls: 0,
        last_error: None,
        created_at: app.context.now(),
    }
}

fn case(app: &TestApp, order: &Order, number: usize) -> MoneyCase {
    MoneyCase {
        id: app.context.new_id(MoneyCaseId::new),
        kind: CaseKind::WrongAmount,
        key: number.to_string(),
        provider: Provider::Alipay,
        merchant_account: "common".to_owned(),
        order: Some(CaseOrder {
            school_id: order.school_id,
            order_id: order.id,
        }),
        amount: Some(Fen(1)),
        facts: json!({}),
        seen_count: 1,
        opened_at: app.context.now(),
        resolution: None,
    }
}

/// A day of the account of a case that waits for its bill.
fn run(app: &TestApp, case: &MoneyCase, number: usize) -> Run {
    let days = chrono::Days::new(u64::try_from(number).unwrap() + 100);
    Run {
        id: app.context.new_id(ReconciliationId::new),
        provider: case.provider,
        merchant_account: case.merchant_account.clone(),
        day: app.context.now().date_naive() - days,
        state: RunState::Waiting,
        bill: None,
        paid: BillSum::default(),
        refunded: BillSum::default(),
        differences: 0,
        tries: 0,
        next_try_at: None,
        last_error: None,
        findings: None,
        created_at: app.context.now(),
        finished_at: None,
    }
}

/// What the student has, to be made again under other ids.
struct Original {
    enrolment: Enrolment,
    entry: RosterEntry,
    number: RosterNumber,
    photo: SubmittedPhoto,
    order: Order,
    lines: Vec<OrderLine>,
    of_task: Sealer,
    of_school: Sealer,
}

/// Gives the student as many more enrolments, each with photo and order.
async fn copy_all(app: &TestApp, owner: AccountId) {
    let context = &app.context;
    let on = context.store.reader();
    let enrolments = store::overview::enrolments(on, owner, &PageRequest::whole()).await;
    let row = enrolments.unwrap().items.remove(0);
    let order = row.order.unwrap();
    let (school_id, enrolment_id) = (row.enrolment.school_id, row.enrolment.id);
    let photo = store::photo::current(on, school_id, enrolment_id).await;
    let purpose = DataKeyPurpose::Person;
    let task = context.sealer(DataKeyScope::Task(row.task.id), purpose);
    let school = context.sealer(DataKeyScope::School(row.school.id), purpose);
    let original = Original {
        enrolment: row.enrolment,
        entry: row.entry,
        number: row.document.unwrap(),
        photo: photo.unwrap().unwrap(),
        lines: row.money.lines,
        order,
        of_task: task.await.unwrap(),
        of_school: school.await.unwrap(),
    };
    let tx = context.store.begin().await.unwrap();
    for index in 0..COPIES {
        copy(app, &tx, &original, index).await;
    }
    store::commit(tx, AuditExemption::Housekeeping)
        .await
        .unwrap();
}

async fn copy(app: &TestApp, tx: &Tx, original: &Original, index: usize) {
    let context = &app.context;
    let enrolment_id = context.new_id(EnrolmentId::new);
    let entry = entry(app, original);
    let entry_id = entry.id;
    let number_id = context.new_id(RosterNumberId::new);
    let number = format!("E{index:08}");
    let number = RosterNumber {
        id: number_id,
        entry_id,
        id_index: [u8::try_from(index).unwrap(); 16].to_vec().into(),
        number_sealed: seal(
            &original.of_task,
            ("roster_ids", "number_sealed"),
            number_id.0,
            &number,
        ),
        ..original.number.clone()
    };
    let inserted = store::roster::batch::insert(tx, vec![entry], vec![number]);
    inserted.await.unwrap();
    let enrolment = Enrolment {
        id: enrolment_id,
        entry_id,
        ..original.enrolment.clone()
    };
    store::enrolment::insert(tx, &enrolment).await.unwrap();
    let photo = SubmittedPhoto {
        id: context.new_id(PhotoId::new),
        enrolment_id,
        upload_id: context.new_id(UploadId::new),
        ..original.photo.clone()
    };
    store::photo::insert(tx, &photo).await.unwrap();
    let id = context.new_id(OrderId::new);
    let contact = json!({ "phone": format!("+86{PHONE}"), "email": null, "address": null });
    let order = Order {
        id,
        order_no: format!("10001-260420-{index:08}").parse().unwrap(),
        enrolment_id,
        contact: seal(
            &original.of_school,
            ("orders", "contact_sealed"),
            id.0,
            &contact.to_string(),
        ),
        ..original.order.clone()
    };
    store::order::insert(tx, &order).await.unwrap();
    for line in &original.lines {
        let line = OrderLine {
            id: context.new_id(OrderLineId::new),
            order_id: order.id,
            ..*line
        };
        store::order::insert_line(tx, &line).await.unwrap();
    }
}

fn entry(app: &TestApp, original: &Original) -> RosterEntry {
    let id = app.context.new_id(RosterEntryId::new);
    let seal = |column, text| seal(&original.of_task, ("roster_entries", column), id.0, text);
    RosterEntry {
        id,
        name_sealed: seal("name_sealed", "某某"),
        student_no_sealed: Some(seal("student_no_sealed", "1")),
        ..original.entry.clone()
    }
}

fn seal(
    sealer: &Sealer,
    (table, column): (&str, &str),
    row: uuid::Uuid,
    text: &str,
) -> domain::Sealed {
    sealer
        .seal(table, column, row, text.as_bytes())
        .unwrap()
        .into()
}
