//! A provider on a loopback port that says what a test wants it to say.

use std::{
    fmt::Write as _,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::mpsc::{self, Receiver},
    thread,
};

/// A request as it arrived.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self
            .headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        &found.unwrap_or_else(|| panic!("no header {name}")).1
    }
}

/// An answer to give.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: body.into(),
        }
    }
}

/// Answers every request with the same reply; gives its origin and what arrives.
pub(crate) fn always(reply: Reply) -> (String, Receiver<Request>) {
    serve(move |_, _| reply.clone())
}

/// Answers every request with what is made of its target and of our own origin.
pub(crate) fn serve(
    answer: impl Fn(&str, &str) -> Reply + Send + 'static,
) -> (String, Receiver<Request>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let (sender, receiver) = mpsc::channel();
    let own = origin.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let request = read(&stream);
            let answer = answer(&request.target, &own);
            // Told first: who has the answer may look at once for what was asked.
            let is_heard = sender.send(request).is_ok();
            // A client that stops reading a long answer closes the connection, which is its right.
            let _ = write(&mut stream, &answer);
            if !is_heard {
                return;
            }
        }
    });
    (origin, receiver)
}

/// Takes every connection, sends these bytes and then keeps silent without closing it; gives its origin.
pub(crate) fn silent(first: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let mut held = Vec::new();
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            stream.write_all(first.as_bytes()).unwrap();
            held.push(stream);
        }
    });
    origin
}

/// Takes every request and hangs up without an answer.
pub(crate) fn hanging_up() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            read(&stream.unwrap());
        }
    });
    origin
}

/// An origin where nobody listens: port 1 is never given out.
pub(crate) fn nobody() -> String {
    "http://127.0.0.1:1".to_owned()
}

fn read(stream: &TcpStream) -> Request {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if line.trim().is_empty() {
            break;
        }
        lines.push(line.trim_end().to_owned());
    }
    let mut start = lines[0].split(' ').map(str::to_owned);
    let (method, target) = (start.next().unwrap(), start.next().unwrap());
    let headers: Vec<(String, String)> = lines[1..]
        .iter()
        .map(|line| line.split_once(": ").unwrap())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let length = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let mut body = vec![0; length.map_or(0, |(_, length)| length.parse().unwrap())];
    reader.read_exact(&mut body).unwrap();
    Request {
        method,
        target,
        headers,
        body: String::from_utf8(body).unwrap(),
    }
}

fn write(stream: &mut TcpStream, reply: &Reply) -> std::io::Result<()> {
    let mut head = format!("HTTP/1.1 {} Reply\r\nConnection: close\r\n", reply.status);
    for (name, value) in &reply.headers {
        write!(head, "{name}: {value}\r\n").unwrap();
    }
    if reply.status != 204 {
        write!(head, "Content-Length: {}\r\n", reply.body.len()).unwrap();
    }
    stream.write_all(format!("{head}\r\n").as_bytes())?;
    stream.write_all(&reply.body)
}
