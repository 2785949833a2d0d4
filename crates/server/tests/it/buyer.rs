//! Students on the way to paying: verified, with a photo, with an order.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU8, Ordering};

use domain::AccountId;
use domain::event::{Event, EventObject};
use domain::ledger::LedgerLine;
use domain::order::{Order, OrderNo, OrderState};
use domain::payment::{Attempt, Disposition};
use domain::refund::{Refund, RefundState};
use reqwest::Method;
use serde_json::{Value, json};
use store::provider_call::ProviderCall;

use crate::app::TestApp;
use crate::browser::{Browser, Reply};
use crate::journey::{Who, ZHANG, portrait, upload_id};

/// The phone of the student whom [`start`] gives.
pub(crate) const PHONE: &str = "13800138000";

/// A product, and a student with an order that is to be paid.
pub(crate) async fn start() -> (TestApp, Buyer) {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    (app, buyer)
}

/// Has the sandbox fail at its next operation of that name.
pub(crate) async fn fault(app: &TestApp, fault: &str, operation: &str) {
    let body = json!({ "do": fault, "match": { "operation": operation } });
    app.control("fault", body).await;
}

/// A student with an order.
pub(crate) struct Buyer {
    pub(crate) browser: Browser,
    pub(crate) enrolment_id: String,
    pub(crate) photo_id: String,
    pub(crate) order_no: String,
    pub(crate) account_id: AccountId,
    photos: AtomicU8,
}

impl Buyer {
    /// Takes the journey up to the order.
    pub(crate) async fn with_order(app: &TestApp, phone: &str, who: Who) -> Self {
        Self::with_order_in(app, app.browser(), phone, who).await
    }

    /// A student whose order was paid with a provider.
    pub(crate) async fn who_paid(app: &TestApp, provider: &str) -> Self {
        let buyer = Self::with_order(app, PHONE, ZHANG).await;
        buyer.pay(app, provider).await;
        buyer
    }

    /// Begins a payment and makes it; our number of the attempt.
    pub(crate) async fn pay(&self, app: &TestApp, provider: &str) -> String {
        let number = self.begun(app, provider).await;
        app.pay(&number).await;
        number
    }

    /// As [`Self::with_order`], in this browser.
    pub(crate) async fn with_order_in(
        app: &TestApp,
        browser: Browser,
        phone: &str,
        who: Who,
    ) -> Self {
        let browser = app.student_in(browser, phone).await;
        let me = browser.get("/api/v1/me").await;
        let enrolment_id = browser.enrol(who).await;
        let mut buyer = Self {
            account_id: me.text("id").parse().unwrap(),
            photo_id: String::new(),
            order_no: String::new(),
            photos: AtomicU8::new(0),
            enrolment_id,
            browser,
        };
        let photo = buyer.submit().await;
        (buyer.photo_id, buyer.order_no) = (photo.text("id"), photo.text("order_no"));
        buyer
    }

    /// Hands in a photo, another one each time.
    pub(crate) async fn submit(&self) -> Reply {
        let number = self.photos.fetch_add(1, Ordering::Relaxed);
        let file = portrait(480, 640, number);
        let reply = self
            .browser
            .submit(&self.enrolment_id, &upload_id(number), file)
            .await;
        assert_eq!(reply.status, 201, "{reply:?}");
        reply
    }

    /// The address of the order, or of something below it.
    pub(crate) fn path(&self, below: &str) -> String {
        format!("/api/v1/orders/{}{below}", self.order_no)
    }

    /// The order, as the student sees it.
    pub(crate) async fn order(&self) -> Value {
        let reply = self.browser.get(&self.path("")).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        reply.json()
    }

    /// Whether the order is paid.
    pub(crate) async fn status(&self) -> Value {
        let reply = self.browser.get(&self.path("/payment-status")).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        reply.json()
    }

    /// Asks for a payment.
    pub(crate) async fn begin(&self, provider: &str, key: &str) -> Reply {
        begin(&self.browser, &self.order_no, provider, key).await
    }

    /// Begins a payment that must succeed; gives our number of it.
    pub(crate) async fn begun(&self, app: &TestApp, provider: &str) -> String {
        let key = format!("key-{}", self.attempts(app).await.len());
        let reply = self.begin(provider, &key).await;
        assert_eq!(reply.status, 201, "{reply:?}");
        self.attempts(app)
            .await
            .last()
            .unwrap()
            .out_trade_no
            .clone()
    }

    /// Renews the session after the clock was moved by more than ten minutes.
    pub(crate) async fn renew(&self) {
        let renewed = self.browser.act("/api/v1/auth/sessions/refresh").await;
        assert_eq!(renewed.status, 204, "{renewed:?}");
    }

    /// Logs in again after the clock was moved by days.
    pub(crate) async fn log_in_again(&mut self, app: &TestApp, phone: &str) {
        self.browser = app.student(phone).await;
    }

    /// The order, as it is stored.
    pub(crate) async fn row(&self, app: &TestApp) -> Order {
        let order_no: OrderNo = self.order_no.parse().unwrap();
        let on = app.context.store.reader();
        store::order::get(on, self.account_id, &order_no)
            .await
            .unwrap()
            .unwrap()
    }

    /// The attempts to pay it, oldest first.
    pub(crate) async fn attempts(&self, app: &TestApp) -> Vec<Attempt> {
        let on = app.context.store.reader();
        store::payment::of_order(on, &self.row(app).await)
            .await
            .unwrap()
    }

    /// The calls about an attempt, oldest first.
    pub(crate) async fn calls(&self, app: &TestApp, attempt: &Attempt) -> Vec<ProviderCall> {
        let (on, account) = (app.context.store.reader(), &attempt.merchant_account);
        store::provider_call::about(on, account, &attempt.out_trade_no)
            .await
            .unwrap()
    }

    /// Its lines in the ledger, losses first.
    pub(crate) async fn ledger(&self, app: &TestApp) -> Vec<LedgerLine> {
        let on = app.context.store.reader();
        let mut lines = store::ledger::of_order(on, self.row(app).await.id)
            .await
            .unwrap();
        lines.sort_by_key(|line| line.delta);
        lines
    }

    /// What its lines in the ledger change, losses first.
    pub(crate) async fn booked(&self, app: &TestApp) -> Vec<i64> {
        self.ledger(app)
            .await
            .iter()
            .map(|line| line.delta.0)
            .collect()
    }

    /// Its refunds, oldest first.
    pub(crate) async fn refunds(&self, app: &TestApp) -> Vec<Refund> {
        let on = app.context.store.reader();
        store::refund::of_order(on, &self.row(app).await)
            .await
            .unwrap()
    }

    /// The codes of what the student is told about its money.
    pub(crate) async fn news(&self) -> Vec<String> {
        let order = self.order().await;
        let news = order["news"].as_array().unwrap().iter();
        news.map(|one| one["code"].as_str().unwrap().to_owned())
            .collect()
    }

    /// What the student is told about its money: the codes with the sums.
    pub(crate) async fn told(&self) -> Vec<(String, i64)> {
        let order = self.order().await;
        let news = order["news"].as_array().unwrap().iter();
        news.map(|one| {
            let code = one["code"].as_str().unwrap().to_owned();
            (code, one["amount_fen"].as_i64().unwrap_or_default())
        })
        .collect()
    }

    /// What must hold at every moment, whatever came in whatever order.
    pub(crate) async fn assert_sound(&self, app: &TestApp) {
        let (order, lines) = (self.row(app).await, self.ledger(app).await);
        let sums = lines.iter().fold(BTreeMap::new(), |mut sums, line| {
            *sums.entry(line.event_id).or_insert(0) += line.delta.0;
            sums
        });
        assert!(sums.values().all(|sum| *sum == 0), "{lines:?}");
        let attempts = self.attempts(app).await;
        let applied = attempts.iter();
        let applied = applied.filter(|one| one.disposition == Some(Disposition::Applied));
        let was_paid = [
            OrderState::Paid,
            OrderState::PartiallyRefunded,
            OrderState::Refunded,
        ]
        .contains(&order.state);
        assert_eq!(applied.count(), usize::from(was_paid), "{attempts:?}");
        let happenings = self.happenings(app).await;
        let paid = happenings.iter().filter(|kind| *kind == "order.paid");
        assert_eq!(paid.count(), usize::from(was_paid), "{happenings:?}");
        for attempt in &attempts {
            let own = self.refunds(app).await.into_iter();
            let own = own
                .filter(|one| one.attempt_id == attempt.id && one.state == RefundState::Succeeded);
            let back: i64 = own.map(|one| one.amount.0).sum();
            assert!(back <= attempt.paid.map_or(0, |paid| paid.0), "{attempt:?}");
        }
    }

    /// What happened to it, in order.
    pub(crate) async fn events(&self, app: &TestApp) -> Vec<Event> {
        let (on, row) = (app.context.store.reader(), self.row(app).await);
        store::event::of(on, row.school_id, EventObject::Order(row.id))
            .await
            .unwrap()
    }

    /// The kinds of what happened to it, in order.
    pub(crate) async fn happenings(&self, app: &TestApp) -> Vec<String> {
        self.events(app)
            .await
            .into_iter()
            .map(|event| event.kind.as_str().to_owned())
            .collect()
    }
}

/// Asks for a payment of an order.
pub(crate) async fn begin(browser: &Browser, order_no: &str, provider: &str, key: &str) -> Reply {
    let path = format!("/api/v1/orders/{order_no}/payments");
    let request = browser
        .request(Method::POST, &path)
        .header("Idempotency-Key", key);
    browser
        .send(request.json(&json!({ "provider": provider })))
        .await
}

/// Whether the sandbox's cashier would take money for a number; takes it where it would.
pub(crate) async fn can_pay(app: &TestApp, out_trade_no: &str) -> bool {
    let pay = format!("{}/_ctl/pay", app.sandbox.addresses().pages);
    let body = json!({ "out_trade_no": out_trade_no });
    let answer = reqwest::Client::new()
        .post(pay)
        .json(&body)
        .send()
        .await
        .unwrap();
    answer.status().is_success()
}
