//! A merchant's server that takes notices and answers what it is told.

use std::sync::{Arc, Mutex};

use actix_web::dev::ServerHandle;
use actix_web::http::StatusCode;
use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};

/// A notice as it arrived.
pub(crate) struct Notice {
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Notice {
    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self
            .headers
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str()).unwrap()
    }
}

#[derive(Default)]
struct Desk {
    notices: Vec<Notice>,
    answer: (u16, &'static str),
}

pub(crate) struct Shop {
    pub(crate) notify_url: String,
    desk: Arc<Mutex<Desk>>,
    handle: ServerHandle,
}

impl Shop {
    /// Opens with an answer to all notices.
    pub(crate) fn open(status: u16, body: &'static str) -> Self {
        let desk = Arc::new(Mutex::new(Desk {
            answer: (status, body),
            ..Desk::default()
        }));
        let shared = Data::from(desk.clone());
        let server = HttpServer::new(move || {
            App::new()
                .app_data(shared.clone())
                .route("/notify", web::post().to(take))
        })
        .workers(1)
        .disable_signals()
        .bind(("127.0.0.1", 0))
        .unwrap();
        let notify_url = format!("http://{}/notify", server.addrs()[0]);
        let server = server.run();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        Self {
            notify_url,
            desk,
            handle,
        }
    }

    pub(crate) fn answers(&self, status: u16, body: &'static str) {
        self.desk.lock().unwrap().answer = (status, body);
    }

    /// The notices since the last look.
    pub(crate) fn notices(&self) -> Vec<Notice> {
        std::mem::take(&mut self.desk.lock().unwrap().notices)
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}

async fn take(desk: Data<Mutex<Desk>>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let headers = (request.headers().iter())
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    let mut desk = desk.lock().unwrap();
    desk.notices.push(Notice {
        headers,
        body: String::from_utf8(body.to_vec()).unwrap(),
    });
    let (status, text) = desk.answer;
    HttpResponse::build(StatusCode::from_u16(status).unwrap()).body(text)
}
