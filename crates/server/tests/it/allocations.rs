//! How often the program asks for memory while it answers a request: counted, since that does not depend on the machine.

use std::io::{Read, Write};
use std::net::TcpStream;

use actix_web::rt::task::spawn_blocking;
use reqwest::Method;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region};

use crate::app::TestApp;
use crate::browser::Browser;
use crate::buyer::Buyer;
use crate::journey::ZHANG;

/// How often each is asked; the least counts, since what runs beside it asks for memory too.
const TIMES: usize = 20;
/// The longest answer, in bytes.
const LONGEST: usize = 64 * 1024;

/// What is asked most, and how many allocations an answer may take, a tenth more than it takes: with `SQLite`, since the
/// drivers differ.
const MOST: &[(&str, usize)] = &[
    ("/api/v1/agreements/current", 20),
    ("/api/v1/me", 167),
    ("/api/v1/me/enrolments", 641),
    ("/api/v1/orders/{order_no}", 348),
    ("/api/v1/orders/{order_no}/payment-status", 168),
];

#[actix_web::test]
async fn an_answer_takes_few_allocations() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, "13800138000", ZHANG).await;
    let mut faults = Vec::new();
    for (path, most) in MOST {
        let path = path.replace("{order_no}", &buyer.order_no);
        let request = request_of(&buyer.browser, &path);
        let authority = app.origin.trim_start_matches("http://").to_owned();
        let counted = spawn_blocking(move || least(&authority, request.as_bytes()));
        let counted = counted.await.unwrap();
        println!("{path}: {counted} allocations, {most} allowed");
        if counted > *most && !app.context.store.is_postgres() {
            faults.push(format!("{path}: {counted} instead of {most}"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

fn request_of(browser: &Browser, path: &str) -> String {
    let request = browser.request(Method::GET, path).build().unwrap();
    let headers = request.headers().iter();
    let headers = headers.map(|(name, value)| format!("{name}: {}\r\n", value.to_str().unwrap()));
    let host = request.url().authority();
    let headers: String = headers.collect();
    format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n{headers}\r\n")
}

/// The fewest allocations that an answer took. The client itself asks for no memory.
fn least(authority: &str, request: &[u8]) -> usize {
    let mut connection = TcpStream::connect(authority).unwrap();
    let mut answer = vec![0; LONGEST];
    let counts = (0..TIMES).map(|_| {
        let region = Region::new(&INSTRUMENTED_SYSTEM);
        connection.write_all(request).unwrap();
        read_answer(&mut connection, &mut answer);
        let change = region.change();
        change.allocations + change.reallocations
    });
    counts.min().unwrap()
}

fn read_answer(connection: &mut TcpStream, answer: &mut [u8]) {
    let mut length = 0;
    loop {
        let read = connection.read(&mut answer[length..]).unwrap();
        assert!(read > 0, "the answer is not complete");
        length += read;
        if is_complete(&answer[..length]) {
            assert!(answer.starts_with(b"HTTP/1.1 200"));
            return;
        }
    }
}

fn is_complete(answer: &[u8]) -> bool {
    let Ok(answer) = std::str::from_utf8(answer) else {
        return false;
    };
    let Some((head, body)) = answer.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        let is_length = name.eq_ignore_ascii_case("content-length");
        is_length.then(|| value.parse::<usize>().unwrap())
    });
    length == Some(body.len())
}
