//! A product of its own for each test: database, photos, clock and sandbox.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU8, Ordering};

use actix_web::web::Data;
use domain::SchoolId;
use domain::access::{Actor, Operator};
use domain::role::Role;
use sandbox::{Options, Sandbox};
use serde_json::{Value, json};
use server::config::{Basics, Config, Environment, ServeArgs};
use service::Context;
use tempfile::TempDir;

use crate::browser::Browser;
use crate::template;

/// Tests call faster than people: so many times as many requests are allowed.
pub(crate) const FREELY: u32 = 1_000;

/// A named person at the command line.
pub(crate) fn operator(name: &str) -> Actor {
    Actor::CommandLine(Operator::new(name).unwrap())
}

/// A running product; it ends with the test.
pub(crate) struct TestApp {
    pub(crate) origin: String,
    /// Where operators' tools ask: health and metrics.
    pub(crate) ops_origin: String,
    pub(crate) sandbox: Sandbox,
    pub(crate) context: Data<Context>,
    http: reqwest::Client,
    folder: TempDir,
    basics: Basics,
    database: Option<String>,
    addresses: AtomicU8,
}

impl Drop for TestApp {
    fn drop(&mut self) {
        if let Some(name) = &self.database {
            psql(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

impl TestApp {
    /// An empty product.
    pub(crate) async fn start() -> Self {
        Self::start_with(|_, _| {}).await
    }

    /// The address of a second server on the same database; none on `SQLite`, which serves one.
    pub(crate) async fn another_copy(&self) -> Option<String> {
        self.database.as_ref()?;
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let args = ServeArgs {
            bind: address.to_string(),
            ops_bind: "127.0.0.1:0".to_owned(),
            drain_delay: 0,
            web: Some(self.folder.path().join("web")),
            workers: Some(1),
            requests_only: true,
            log_json: false,
        };
        let config = Config::read(self.basics.clone()).unwrap();
        let running = Box::pin(server::start(&config, &args, listener))
            .await
            .unwrap();
        actix_web::rt::spawn(running.serve());
        Some(format!("http://{address}"))
    }

    /// An empty product with something changed in its configuration.
    pub(crate) async fn start_with(change: impl FnOnce(&mut Value, &Sandbox)) -> Self {
        Self::start_in(tempfile::tempdir().unwrap(), FREELY, change).await
    }

    /// In a folder; so many times as many requests are allowed as in production.
    async fn start_in(
        folder: TempDir,
        rate_factor: u32,
        change: impl FnOnce(&mut Value, &Sandbox),
    ) -> Self {
        let clock = folder.path().join("clock");
        let options = Options {
            clock: Some(clock.clone()),
            is_sms_unlimited: true,
            ..Options::default()
        };
        let sandbox = sandbox::start(options).unwrap();
        let (database_url, database) = Box::pin(own_database(folder.path())).await;
        // The address must be known before the server listens: notices are sent there.
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let origin = format!("http://{address}");
        let mut config = config(&origin, &sandbox);
        change(&mut config, &sandbox);
        let config_file = folder.path().join("gradphoto.toml");
        std::fs::write(&config_file, toml::to_string(&config).unwrap()).unwrap();
        let basics = Basics {
            environment: Environment::Development,
            data: folder.path().to_owned(),
            database: database_url,
            database_connections: 8,
            keys: None,
            config: Some(config_file),
            allow_private_storage: false,
            test_clock: Some(clock),
            rate_factor,
        };
        let args = ServeArgs {
            bind: address.to_string(),
            ops_bind: "127.0.0.1:0".to_owned(),
            drain_delay: 0,
            web: Some(web_folder(&folder)),
            workers: Some(2),
            // Tests call for the work themselves, so that they know what is done when.
            requests_only: true,
            log_json: false,
        };
        let read = Config::read(basics.clone()).unwrap();
        let running = Box::pin(server::start(&read, &args, listener))
            .await
            .unwrap();
        let context = running.context.clone();
        let ops_origin = format!("http://{}", running.ops_address);
        actix_web::rt::spawn(running.serve());
        // The server ends idle connections after 5 s; one that a request is just sent on would fail it.
        let http = reqwest::Client::builder()
            .no_proxy()
            .pool_idle_timeout(std::time::Duration::from_secs(2))
            .build()
            .unwrap();
        Self {
            origin,
            ops_origin,
            sandbox,
            context,
            http,
            folder,
            basics,
            database,
            addresses: AtomicU8::new(1),
        }
    }

    /// A product with the sample schools, tasks and students; the tasks take drawings, in which there is no face.
    pub(crate) async fn with_sample() -> Self {
        Self::with_sample_and(|_| {}).await
    }

    /// As [`Self::with_sample`], with something changed in its configuration.
    pub(crate) async fn with_sample_and(change: impl FnOnce(&mut Value)) -> Self {
        Self::with_outside(|config, _| change(config)).await
    }

    /// As [`Self::with_sample_and`], with a change that needs to know the sandbox.
    pub(crate) async fn with_outside(change: impl FnOnce(&mut Value, &Sandbox)) -> Self {
        Self::with_standard_and(change).await.with_drawings().await
    }

    /// Pays an attempt at its provider, as the person who holds the code.
    pub(crate) async fn pay(&self, out_trade_no: &str) -> Value {
        self.control("pay", json!({ "out_trade_no": out_trade_no }))
            .await
    }

    /// A product with the sample that allows as many requests as in production.
    pub(crate) async fn with_rates() -> Self {
        let app = Self::start_in(tempfile::tempdir().unwrap(), 1, |_, _| {}).await;
        Box::pin(service::sample::load(&app.context)).await.unwrap();
        app.with_drawings().await
    }

    /// As [`Self::with_sample`], with its data in this folder.
    pub(crate) async fn with_sample_in(folder: TempDir) -> Self {
        let app = Self::start_in(folder, FREELY, |_, _| {}).await;
        Box::pin(service::sample::load(&app.context)).await.unwrap();
        app.with_drawings().await
    }

    /// The sample tasks take drawings.
    async fn with_drawings(self) -> Self {
        for school in ["北京大学医学部", "示例大学", "示例大学（南校区）"] {
            self.change_task(school, |settings| {
                settings["photo"]["checks"]["no_face"] = Value::Null;
                settings["photo"]["bytes_soft_min"] = json!(0);
            })
            .await;
        }
        self
    }

    /// The same, and the tasks ask for what the national standard asks.
    pub(crate) async fn with_standard() -> Self {
        Self::with_standard_and(|_, _| {}).await
    }

    async fn with_standard_and(change: impl FnOnce(&mut Value, &Sandbox)) -> Self {
        let app = Self::start_with(change).await;
        Box::pin(service::sample::load(&app.context)).await.unwrap();
        app
    }

    /// Changes the settings of a sample school's task, as its staff will.
    pub(crate) async fn change_task(&self, school: &str, change: impl Fn(&mut Value)) {
        let name = domain::fold(school);
        let tx = self.context.store.begin().await.unwrap();
        let schools = store::school::called(&tx, &name).await.unwrap();
        let school = schools.iter().find(|row| row.name_folded == name).unwrap();
        let ids = [school.id];
        let tasks = store::task::published(&tx, &ids);
        for mut task in tasks.await.unwrap() {
            let mut settings = json!(task.settings);
            change(&mut settings);
            task.settings = serde_json::from_value(settings).unwrap();
            store::task::save(&tx, &task).await.unwrap();
        }
        store::commit(tx, domain::audit::AuditExemption::SampleData)
            .await
            .unwrap();
    }

    /// Gives whoever is logged in in a browser a role, and confirms the second factor of their session. Returns the role's id.
    pub(crate) async fn make_staff(
        &self,
        browser: &Browser,
        role: Role,
        school_id: Option<SchoolId>,
    ) -> String {
        let account = browser.get("/api/v1/me").await.text("id");
        let held = service::sample::Held {
            account_id: account.parse().unwrap(),
            role,
            school_id,
        };
        let id = service::sample::hold(&self.context, held).await.unwrap();
        self.confirm_again(browser).await;
        id.to_string()
    }

    /// Confirms the second factor of a session, as its owner does whenever that is too long ago.
    pub(crate) async fn confirm_again(&self, browser: &Browser) {
        let account = browser.get("/api/v1/me").await.text("id");
        let sessions = browser.get("/api/v1/me/sessions").await.json();
        let sessions = sessions["items"].as_array().unwrap().clone();
        let current = sessions.iter().find(|one| one["is_current"] == true);
        let session = current.unwrap()["id"].as_str().unwrap().parse().unwrap();
        let account = account.parse().unwrap();
        service::sample::confirm_session(&self.context, account, session)
            .await
            .unwrap();
    }

    /// Does all the background work that is due, and what becomes due by it.
    pub(crate) async fn work(&self) {
        for _ in 0..3 {
            service::worker::run_due(&self.context).await.unwrap();
        }
    }

    /// What the sandbox has: orders, refunds, notices.
    pub(crate) async fn outside(&self) -> Value {
        let pages = &self.sandbox.addresses().pages;
        let state = self.http.get(format!("{pages}/_ctl/state")).send();
        state.await.unwrap().json().await.unwrap()
    }

    /// A browser with no cookies, at an address of its own.
    pub(crate) fn browser(&self) -> Browser {
        let number = self.addresses.fetch_add(1, Ordering::Relaxed);
        Browser::new(
            self.http.clone(),
            &self.origin,
            &format!("198.51.100.{number}"),
        )
    }

    /// A browser with no cookies, at this address.
    pub(crate) fn browser_at(&self, address: &str) -> Browser {
        Browser::new(self.http.clone(), &self.origin, address)
    }

    /// An operator's tool, which asks for health and metrics.
    pub(crate) fn operator(&self) -> Browser {
        Browser::new(self.http.clone(), &self.ops_origin, "127.0.0.1")
    }

    /// A browser in which this phone is logged in.
    pub(crate) async fn student(&self, phone: &str) -> Browser {
        self.student_in(self.browser(), phone).await
    }

    /// Logs this phone in in a browser.
    pub(crate) async fn student_in(&self, browser: Browser, phone: &str) -> Browser {
        let sent = browser
            .ask_for_code_as_a_person(phone, &self.captcha_token().await)
            .await;
        assert_eq!(sent.status, 202, "{sent:?}");
        let code = self.code_for(phone).await;
        let reply = browser.log_in(sent.text("challenge_id"), &code).await;
        assert_eq!(reply.status, 201, "{reply:?}");
        browser
    }

    /// The latest code that came to a phone.
    pub(crate) async fn code_for(&self, phone: &str) -> String {
        let messages = self.messages_to(phone).await;
        let latest = messages
            .iter()
            .find_map(|message| message["parameters"]["code"].as_str());
        latest
            .unwrap_or_else(|| panic!("no code came to {phone}: {messages:?}"))
            .to_owned()
    }

    /// The messages that came to a phone, newest first.
    pub(crate) async fn messages_to(&self, phone: &str) -> Vec<Value> {
        let pages = &self.sandbox.addresses().pages;
        let inbox = self
            .http
            .get(format!("{pages}/inbox.json?phone={phone}"))
            .send()
            .await
            .unwrap();
        let inbox: Value = inbox.json().await.unwrap();
        inbox["messages"].as_array().cloned().unwrap_or_default()
    }

    /// A captcha token that works once.
    pub(crate) async fn captcha_token(&self) -> String {
        self.browser_at("192.0.2.200").captcha_token().await
    }

    /// Tells the sandbox something: `pay`, `fault`, `clock`, ….
    pub(crate) async fn control(&self, what: &str, body: Value) -> Value {
        let pages = &self.sandbox.addresses().pages;
        let reply = self
            .http
            .post(format!("{pages}/_ctl/{what}"))
            .json(&body)
            .send()
            .await
            .unwrap();
        assert!(reply.status().is_success(), "{what}: {reply:?}");
        reply.json().await.unwrap_or(Value::Null)
    }

    /// Takes away the sandbox's faults that are still to happen.
    pub(crate) async fn forget_faults(&self) {
        let pages = &self.sandbox.addresses().pages;
        let reply = self.http.delete(format!("{pages}/_ctl/faults")).send();
        assert!(reply.await.unwrap().status().is_success());
    }

    /// Moves the clock of product and sandbox.
    pub(crate) async fn advance(&self, seconds: i64) {
        self.control("clock", json!({ "advance_s": seconds })).await;
    }

    /// The address of its database, where that is not `SQLite` in its folder.
    pub(crate) fn database_url(&self) -> Option<String> {
        self.database.as_deref().map(template::url_of)
    }

    /// The folder of its data.
    pub(crate) fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }
}

/// A web app of one page, so that tests need no bundle.
fn web_folder(folder: &TempDir) -> PathBuf {
    let web = folder.path().join("web");
    std::fs::create_dir_all(web.join("assets")).unwrap();
    std::fs::write(web.join("index.html"), "<!doctype html><title>page</title>").unwrap();
    std::fs::create_dir_all(web.join("console")).unwrap();
    std::fs::write(
        web.join("console/index.html"),
        "<!doctype html><title>console</title>",
    )
    .unwrap();
    std::fs::write(web.join("assets/app-1.js"), "// script").unwrap();
    std::fs::write(web.join("assets/app-1.js.br"), "compressed").unwrap();
    web
}

fn config(origin: &str, sandbox: &Sandbox) -> Value {
    let (addresses, merchant) = (sandbox.addresses(), sandbox.merchant_config());
    let with = |account: Value, endpoint: &str| {
        let mut account = account.as_object().unwrap().clone();
        account.insert("endpoint".to_owned(), endpoint.into());
        Value::Object(account)
    };
    let mut sms = with(json!(merchant.sms), &addresses.sms);
    if sms["template_phone_changed"].is_null() {
        sms["template_phone_changed"] = "SMS_PHONE_CHANGED".into();
    }
    json!({
        "public_origin": origin,
        "trust_proxy": true,
        "captcha": { "max_number": 50 },
        "capture_code": merchant.capture_code,
        "sandbox": { "cashier": format!("{}/cashier", addresses.pages) },
        "wechat_pay": with(json!(merchant.wechat), &addresses.wechat),
        "alipay": with(json!(merchant.alipay), &addresses.alipay),
        "sms": sms,
    })
}

/// SQLite in the test's folder, or a database of its own where `TEST_DATABASE_URL` names a cluster.
async fn own_database(folder: &Path) -> (Option<String>, Option<String>) {
    if cluster().is_none() {
        template::copy_file(&folder.join("gradphoto.db")).await;
        return (None, None);
    }
    let name = format!("it_{}", uuid_text());
    template::copy_database(&name).await;
    (Some(template::url_of(&name)), Some(name))
}

/// The cluster in which tests make their databases.
pub(crate) fn cluster() -> Option<String> {
    std::env::var_os("TEST_DATABASE_URL").map(|url| url.into_string().unwrap())
}

fn uuid_text() -> String {
    let mut bytes = [0; 8];
    providers::Random::fill(&providers::SystemRandom, &mut bytes);
    data_encoding::HEXLOWER.encode(&bytes)
}

/// Does something in the cluster.
pub(crate) fn psql(statement: &str) {
    assert!(psql_succeeds(statement), "{statement}");
}

/// Does something in the cluster that may not be possible; whether it was.
pub(crate) fn psql_succeeds(statement: &str) -> bool {
    let url = cluster().unwrap();
    let mut psql = Command::new("psql");
    psql.args(["-q", "-d", &url, "-c", statement]);
    psql.status().unwrap().success()
}
