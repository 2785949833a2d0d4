//! The server's books as the reference model wants to see them, and several students who pay side by side.

use std::collections::BTreeMap;

use domain::event::{EventKind, EventObject};
use domain::ledger::LedgerAccount;
use domain::order::OrderState;
use domain::payment::Disposition;
use domain::refund::{RefundRequester, RefundState};
use reqwest::Method;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::buyer::Buyer;
use crate::journey::{LI, Who, ZHANG};
use crate::model::{Account, Attempt, Line, Moved, Picture, Refund};

/// Everybody at the sample school where students pay.
pub(crate) const PEOPLE: [Who; 9] = [
    ZHANG,
    LI,
    other("cn_id", "310104200112039031", "msc", "王小雨", "2310301003"),
    other(
        "cn_id",
        "653101200108089046",
        "msc",
        "古丽米热·艾比布力",
        "2310301004",
    ),
    other("cn_id", "440306200303019052", "ba", "陈䶮", "2110301005"),
    other("cn_id", "33010220040704906X", "ba", "周可可", "2110301006"),
    other("passport", "E99990001", "msc", "ANNA EXAMPLE", "2310301007"),
    other("hkmo_permit", "H99990002", "msc", "何示例", "2310301008"),
    other("tw_permit", "99990003", "phd", "林示例", "2110301009"),
];

const fn other(
    document_type: &'static str,
    document_number: &'static str,
    level: &'static str,
    name: &'static str,
    student_no: &'static str,
) -> Who {
    Who {
        school: ZHANG.school,
        document_type,
        document_number,
        level,
        name,
        student_no,
    }
}

/// So many students with an unpaid order each.
pub(crate) async fn buyers(app: &TestApp, people: &[Who]) -> Vec<Buyer> {
    let mut buyers = Vec::new();
    for (number, who) in people.iter().enumerate() {
        buyers.push(Buyer::with_order(app, &phone(number), *who).await);
    }
    buyers
}

/// The phone of one of them.
pub(crate) fn phone(number: usize) -> String {
    format!("138001380{number:02}")
}

/// Moves the clock and keeps the sessions alive.
pub(crate) async fn jump(app: &TestApp, buyers: &[Buyer], seconds: i64) {
    app.advance(seconds).await;
    for buyer in buyers {
        buyer.renew().await;
    }
}

/// Tells the sandbox something that it may refuse.
pub(crate) async fn try_control(app: &TestApp, what: &str, body: Value) {
    let address = format!("{}/_ctl/{what}", app.sandbox.addresses().pages);
    let request = reqwest::Client::new().post(address).json(&body);
    let status = request.send().await.unwrap().status();
    assert!(!status.is_server_error(), "{what} {body}: {status}");
}

/// Ends all faults, and lets time pass and work be done until nothing is under way.
pub(crate) async fn settle(app: &TestApp, buyers: &[Buyer]) {
    let faults = format!("{}/_ctl/faults", app.sandbox.addresses().pages);
    let request = reqwest::Client::new().request(Method::DELETE, faults);
    assert!(request.send().await.unwrap().status().is_success());
    for refund in app.outside().await["refunds"].as_array().unwrap() {
        // What Alipay left undone stays so until somebody there looks at it.
        if refund["provider"] == "alipay" && refund["status"] == "processing" {
            let decision = json!({ "out_refund_no": refund["out_refund_no"], "to": "success" });
            app.control("refund", decision).await;
        }
    }
    for seconds in [5, 60, 60, 300, 600, 1300, 700, 3600, 3600, 7200, 100, 100] {
        jump(app, buyers, seconds).await;
        app.work().await;
    }
}

/// What the books say of an order now, read under its lock: money moves only there, so that nothing moves meanwhile.
pub(crate) async fn picture(app: &TestApp, buyer: &Buyer) -> Picture {
    let row = buyer.row(app).await;
    let (school, id) = (row.school_id, row.id);
    let tx = app.context.store.begin().await.unwrap();
    let order = store::order::lock(&tx, school, id).await.unwrap().unwrap();
    let attempts = store::payment::of_order(&tx, &order).await.unwrap();
    let refunds = store::refund::of_order(&tx, &order).await.unwrap();
    let lines = store::ledger::of_order(&tx, order.id).await.unwrap();
    let events = store::event::of(&tx, school, EventObject::Order(order.id))
        .await
        .unwrap();
    store::commit(tx, domain::audit::AuditExemption::SampleData)
        .await
        .unwrap();
    let attempts = attempts.into_iter().map(|row| Attempt {
        id: row.id.0.as_u128(),
        state: row.state,
        disposition: row.disposition,
        paid: row.paid.map(|paid| paid.0),
    });
    let refunds = refunds.into_iter().map(|row| Refund {
        id: row.id.0.as_u128(),
        attempt: row.attempt_id.0.as_u128(),
        state: row.state,
        amount: row.amount.0,
        is_ours: row.requested_by != RefundRequester::Console,
    });
    let lines = lines.into_iter().map(|row| Line {
        event: row.event_id.0.as_u128(),
        attempt: row.attempt_id.unwrap().0.as_u128(),
        account: match row.account {
            LedgerAccount::Orders => Account::Kind(Disposition::Applied),
            LedgerAccount::Surplus => Account::Kind(Disposition::Surplus),
            LedgerAccount::Review => Account::Kind(Disposition::Conflict),
            LedgerAccount::School(_) | LedgerAccount::Merchant { .. } => Account::Merchant,
        },
        delta: row.delta.0,
    });
    Picture {
        order: order.state,
        due: order.due.0,
        refunded: order.refunded.0,
        told_paid: events
            .iter()
            .filter(|event| event.kind == EventKind::OrderPaid)
            .count(),
        attempts: attempts.collect(),
        refunds: refunds.collect(),
        lines: lines.collect(),
    }
}

/// What really moved of an order's attempts, by the provider's books.
async fn moved(app: &TestApp, buyer: &Buyer, outside: &Value) -> BTreeMap<u128, Moved> {
    let mut moved = BTreeMap::new();
    for attempt in buyer.attempts(app).await {
        let is_its = |one: &&Value| one["out_trade_no"] == attempt.out_trade_no;
        let paid = outside["orders"].as_array().unwrap().iter();
        let paid = paid.filter(is_its).filter(|one| !one["paid_at"].is_null());
        let back = outside["refunds"].as_array().unwrap().iter();
        let back = back
            .filter(is_its)
            .filter(|one| one["status"].as_str().unwrap().starts_with("succe"));
        let sum = |amounts: &mut dyn Iterator<Item = &Value>| {
            amounts.map(|one| one["amount_fen"].as_i64().unwrap()).sum()
        };
        let real = Moved {
            came: sum(&mut paid.into_iter()),
            back: sum(&mut back.into_iter()),
        };
        moved.insert(attempt.id.0.as_u128(), real);
    }
    moved
}

/// Holds the books of all to the model, beside an earlier moment and beside what really moved; gives them.
pub(crate) async fn check(app: &TestApp, buyers: &[Buyer], before: &[Picture]) -> Vec<Picture> {
    let mut pictures = Vec::new();
    for (buyer, before) in buyers.iter().zip(before) {
        let now = picture(app, buyer).await;
        let moved = moved(app, buyer, &app.outside().await).await;
        let sound = now.check().and_then(|()| now.check_after(before));
        let sound = sound.and_then(|()| now.check_beside(&moved));
        assert_eq!(sound, Ok(()), "{now:#?} after {before:#?} beside {moved:?}");
        pictures.push(now);
    }
    pictures
}

/// Whether every order is paid and no provider has anything left to say.
pub(crate) async fn are_settled(app: &TestApp, buyers: &[Buyer]) -> bool {
    for buyer in buyers {
        let now = picture(app, buyer).await;
        let waits = now.attempts.iter().any(|one| one.state.is_waiting());
        let returns = now.refunds.iter().any(|one| one.state.is_under_way());
        if waits || returns || now.order == OrderState::Unpaid {
            return false;
        }
    }
    true
}

/// Holds the books of all to what must be true when nothing is under way: nothing is lost, and nothing waits.
pub(crate) async fn check_at_rest(app: &TestApp, buyers: &[Buyer]) {
    let outside = app.outside().await;
    for buyer in buyers {
        let now = picture(app, buyer).await;
        let moved = moved(app, buyer, &outside).await;
        let order_no = &buyer.order_no;
        let refunds = buyer.refunds(app).await;
        let seen = format!("{order_no}: {now:#?} beside {moved:?}, refunds {refunds:#?}");
        assert_eq!(now.check_at_rest(&moved), Ok(()), "{seen}");
        let is_paid = moved.values().any(|real| real.came > 0);
        assert!(!is_paid || now.order != OrderState::Unpaid, "{seen}");
        let waits = now.attempts.iter().any(|one| one.state.is_waiting());
        assert!(!waits, "an attempt still waits: {seen}");
        let under_way = [RefundState::Requested, RefundState::Submitted];
        let mut refunds = now.refunds.iter();
        assert!(!refunds.any(|one| under_way.contains(&one.state)), "{seen}");
    }
}
