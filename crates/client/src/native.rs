//! Sending calls from a program that is no browser.

use reqwest::header::{AUTHORIZATION, HeaderMap};
use reqwest::{Method as HttpMethod, RequestBuilder};

use crate::{Answer, Call, Failure, Method, Request};

/// Sends a call to the server at `origin` (`https://host`) and reads the answer. Time-outs, cookies and the caller's
/// language are those of `http`.
///
/// # Errors
/// [`Failure`]; [`Failure::Offline`], where no answer came.
pub async fn send<T>(http: &reqwest::Client, origin: &str, call: &Call<T>) -> Result<T, Failure> {
    let received = receive(request_of(http, origin, &call.request)).await?;
    call.read(received.answer)
}

/// An answer with its headers.
#[derive(Debug)]
pub(crate) struct Received {
    /// The answer.
    pub(crate) answer: Answer,
    /// Its headers.
    pub(crate) headers: HeaderMap,
}

/// Sends a request with an `Authorization`, and reads the answer, whatever it is.
pub(crate) async fn exchange(
    http: &reqwest::Client,
    origin: &str,
    asked: &Request,
    authorization: &str,
) -> Result<Received, Failure> {
    let request = request_of(http, origin, asked).header(AUTHORIZATION, authorization);
    receive(request).await
}

fn request_of(http: &reqwest::Client, origin: &str, asked: &Request) -> RequestBuilder {
    let mut request = http.request(method(asked.method), format!("{origin}{}", asked.path));
    for (name, value) in &asked.headers {
        request = request.header(*name, value);
    }
    if let Some(json) = &asked.json {
        request = request
            .header("Content-Type", "application/json")
            .body(json.clone());
    }
    request
}

async fn receive(request: RequestBuilder) -> Result<Received, Failure> {
    let response = request.send().await.map_err(|_| Failure::Offline)?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let body = response.bytes().await.map_err(|_| Failure::Offline)?;
    let answer = Answer {
        status,
        body: body.into(),
    };
    Ok(Received { answer, headers })
}

fn method(method: Method) -> HttpMethod {
    match method {
        Method::Get => HttpMethod::GET,
        Method::Post => HttpMethod::POST,
        Method::Patch => HttpMethod::PATCH,
        Method::Put => HttpMethod::PUT,
        Method::Delete => HttpMethod::DELETE,
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;
    use crate::{NewPayment, create_payment};

    #[tokio::test]
    async fn a_call_is_sent_as_the_document_says() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = String::new();
            while !asked.ends_with('}') {
                let mut bytes = [0; 1024];
                let count = stream.read(&mut bytes).await.unwrap();
                assert_ne!(count, 0, "the request is whole");
                asked.push_str(std::str::from_utf8(&bytes[..count]).unwrap());
            }
            let answer =
                "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            stream.write_all(answer.as_bytes()).await.unwrap();
            asked
        });
        let payment = NewPayment {
            provider: "alipay".to_owned(),
            product: None,
            wechat: None,
        };
        let call = create_payment("GP1", "key-1", &payment);
        let answered = send(&reqwest::Client::new(), &origin, &call).await;

        let asked = server.await.unwrap().to_ascii_lowercase();
        assert!(asked.starts_with("post /api/v1/orders/gp1/payments http/1.1\r\n"));
        assert!(asked.contains("idempotency-key: key-1\r\n"), "{asked}");
        assert!(
            asked.contains("content-type: application/json\r\n"),
            "{asked}"
        );
        assert!(
            asked.ends_with("\r\n\r\n{\"provider\":\"alipay\"}"),
            "{asked}"
        );
        assert_eq!(
            answered.err(),
            Some(Failure::Unexpected { status: Some(502) })
        );
    }

    #[tokio::test]
    async fn silence_is_offline() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        drop(listener);
        let answered = send(
            &reqwest::Client::new(),
            &origin,
            &crate::get_login_settings(),
        )
        .await;
        assert_eq!(answered.err(), Some(Failure::Offline));
    }
}
