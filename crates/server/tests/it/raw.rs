//! A connection on which anything can be sent: half a request, or none.

use std::fmt::Write as _;
use std::io::ErrorKind;

use reqwest::Request;
use reqwest::header::HeaderMap;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

use crate::browser::Reply;

/// A client's end of a connection.
#[derive(Debug)]
pub(crate) struct RawConnection {
    tcp: TcpStream,
}

impl RawConnection {
    /// Connects to an origin.
    pub(crate) async fn open(origin: &str) -> Self {
        Self::open_from(origin, [127, 0, 0, 1]).await.unwrap()
    }

    /// Connects to an origin from one of this machine's own addresses; `None` where that fails.
    pub(crate) async fn open_from(origin: &str, own: [u8; 4]) -> Option<Self> {
        let address = origin.trim_start_matches("http://").parse().ok()?;
        let socket = TcpSocket::new_v4().ok()?;
        socket.bind((own, 0).into()).ok()?;
        let tcp = socket.connect(address).await.ok()?;
        Some(Self { tcp })
    }

    /// Sends; what the server does not take any more is dropped.
    pub(crate) async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        if let Err(error) = self.tcp.write_all(bytes.as_ref()).await {
            assert!(is_closed(error.kind()), "{error}");
        }
    }

    /// Reads until the server closes the connection.
    pub(crate) async fn read_to_end(&mut self) -> String {
        let mut bytes = Vec::new();
        if let Err(error) = self.tcp.read_to_end(&mut bytes).await {
            assert!(is_closed(error.kind()), "{error}");
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Reads one answer, which has the header `Content-Length` or no body; the connection stays open.
    pub(crate) async fn read_answer(&mut self) -> Reply {
        self.try_read_answer().await.unwrap()
    }

    /// As [`Self::read_answer`]; `None` where the server closes the connection instead.
    pub(crate) async fn try_read_answer(&mut self) -> Option<Reply> {
        let mut bytes = Vec::new();
        let end = loop {
            if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
            self.read_more(&mut bytes).await?;
        };
        let mut reply = parse(&bytes);
        let length = reply.header("content-length").parse().unwrap_or(0);
        while bytes.len() < end + length {
            self.read_more(&mut bytes).await?;
        }
        reply.bytes = bytes[end..].to_vec();
        Some(reply)
    }

    async fn read_more(&mut self, bytes: &mut Vec<u8>) -> Option<()> {
        match self.tcp.read_buf(bytes).await {
            Ok(read) => (read > 0).then_some(()),
            Err(error) => {
                assert!(is_closed(error.kind()), "{error}");
                None
            }
        }
    }

    /// Sends the request without the last byte of its body, and reads until the server closes the connection.
    pub(crate) async fn send_part_of(mut self, request: Request) -> Reply {
        let url = request.url();
        let query = url
            .query()
            .map_or_else(String::new, |query| format!("?{query}"));
        let mut head = format!(
            "{} {}{query} HTTP/1.1\r\nHost: test\r\n",
            request.method(),
            url.path()
        );
        for (name, value) in request.headers() {
            if name != "content-length" {
                write!(head, "{name}: {}\r\n", value.to_str().unwrap()).unwrap();
            }
        }
        self.send(format!("{head}Content-Length: 3000\r\n\r\n{{"))
            .await;
        parse(self.read_to_end().await.as_bytes())
    }
}

fn is_closed(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::ConnectionReset | ErrorKind::BrokenPipe)
}

fn parse(bytes: &[u8]) -> Reply {
    let text = String::from_utf8_lossy(bytes);
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap();
    let mut headers = HeaderMap::new();
    for line in lines {
        let (name, value) = line.split_once(": ").unwrap();
        let name = reqwest::header::HeaderName::from_bytes(name.as_bytes()).unwrap();
        headers.append(name, value.parse().unwrap());
    }
    Reply {
        status: status.parse().unwrap(),
        headers,
        bytes: body.as_bytes().to_vec(),
    }
}
