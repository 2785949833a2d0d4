//! An officer of the sample school, with a task that has a roster.

use domain::SchoolId;
use domain::role::Role;
use reqwest::Method;
use serde_json::Value;

use crate::app::TestApp;
use crate::browser::{Browser, Reply};
use crate::journey::ZHANG;

/// An officer of the sample school.
pub(crate) struct Officer {
    /// The product.
    pub(crate) app: TestApp,
    /// Their browser.
    pub(crate) browser: Browser,
    /// The task of the sample school.
    pub(crate) task: String,
}

impl Officer {
    pub(crate) async fn new() -> Self {
        Self::of(TestApp::with_sample().await).await
    }

    /// In a product with the sample.
    pub(crate) async fn of(app: TestApp) -> Self {
        let browser = app.student("13800138055").await;
        let task = browser.claim(ZHANG).await["task_id"]
            .as_str()
            .unwrap()
            .to_owned();
        let id = task.parse().unwrap();
        let found = store::task::get(app.context.store.reader(), id)
            .await
            .unwrap();
        let school = found.unwrap().school_id;
        app.make_staff(&browser, Role::Officer, Some(school)).await;
        Self { app, browser, task }
    }

    /// Sends a file and has it looked through.
    pub(crate) async fn checked(&self, file: &str) -> String {
        let sent = self.browser.send_roster(&self.task, file).await;
        assert_eq!(
            (sent.status, sent.text("state").as_str()),
            (201, "checking"),
            "{sent:?}"
        );
        self.worked(&sent.text("id"), "checked").await;
        sent.text("id")
    }

    pub(crate) async fn worked(&self, id: &str, state: &str) -> Value {
        service::worker::run_due(&self.app.context).await.unwrap();
        let import = self.get(&format!("/roster-imports/{id}")).await;
        assert_eq!(import.text("state"), state, "{import:?}");
        import.json()
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.browser.get(&format!("/api/v1{path}")).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Reply {
        self.browser.post(&format!("/api/v1{path}"), body).await
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: Value) -> Reply {
        let path = format!("/api/v1{path}");
        let request = self.browser.request(method, &path).json(&body);
        self.browser.send(request).await
    }

    /// Their school.
    pub(crate) async fn school(&self) -> SchoolId {
        let on = self.app.context.store.reader();
        let task = store::task::get(on, self.task.parse().unwrap()).await;
        task.unwrap().unwrap().school_id
    }
}
