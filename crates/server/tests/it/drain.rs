//! A server that is told to stop leaves no request without an answer.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use futures_util::future::join_all;
use reqwest::{Client, StatusCode};
use rustix::process::Signal;

use crate::app::TestApp;
use crate::program::{LOOK_EVERY, Program};
use crate::raw::RawConnection;

/// How many clients ask at the same time.
const CLIENTS: usize = 16;

/// What the clients, and the load balancer before them, know of a server.
#[derive(Default)]
struct Seen {
    /// The load balancer sends no new connections.
    is_red: AtomicBool,
    answered: AtomicUsize,
    unanswered: AtomicUsize,
}

/// Asks over one connection after another, as long as the load balancer lets it.
async fn ask(program: &Program, seen: &Seen) {
    let request = "GET /api/v1/auth/settings HTTP/1.1\r\nHost: test\r\n\r\n";
    while !seen.is_red.load(Ordering::SeqCst) {
        let mut client = RawConnection::open(&format!("http://{}", program.address)).await;
        loop {
            client.send(request).await;
            let Some(reply) = client.try_read_answer().await else {
                seen.unanswered.fetch_add(1, Ordering::SeqCst);
                break;
            };
            seen.answered.fetch_add(1, Ordering::SeqCst);
            if reply.header("connection") == "close" {
                break;
            }
        }
    }
}

/// Looks at readiness as a load balancer does.
async fn watch(program: &Program, seen: &Seen) {
    let http = Client::builder().no_proxy().build().unwrap();
    let readiness = format!("http://{}/readyz", program.ops_address);
    loop {
        let ready = http.get(&readiness).send().await.unwrap();
        if ready.status() == StatusCode::SERVICE_UNAVAILABLE {
            seen.is_red.store(true, Ordering::SeqCst);
            return;
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// Tells the program to stop when so many requests were answered.
async fn stop_after(program: &Program, seen: &Seen, answers: usize) {
    while seen.answered.load(Ordering::SeqCst) < answers {
        tokio::time::sleep(LOOK_EVERY).await;
    }
    program.signal(Signal::TERM);
}

#[actix_web::test]
async fn a_server_that_stops_answers_every_request() {
    let app = TestApp::start().await;
    let text = |name: &str| std::env::var_os(name)?.to_str()?.parse().ok();
    let requests: usize = text("GRADPHOTO_DRAIN_REQUESTS").unwrap_or(1_600);
    let mut program = Program::start_with(&app, &["--drain-delay", "2"], str::to_owned).await;
    let seen = Seen::default();
    let clients = join_all((0..CLIENTS).map(|_| ask(&program, &seen)));
    let stop = stop_after(&program, &seen, requests);
    tokio::join!(clients, watch(&program, &seen), stop);
    assert!(program.ended().await, "the program did not end well");
    let answered = seen.answered.into_inner();
    println!("{answered} requests were answered");
    assert!(answered >= requests, "{answered}");
    assert_eq!(seen.unanswered.into_inner(), 0, "of {answered}");
}
