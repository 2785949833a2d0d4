//! A handler of actix and nothing else, for `cargo xtask ratios reads`: answers every request on a port of loopback with the
//! content of a file.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on ends")]

use actix_web::web::{self, Bytes};
use actix_web::{App, HttpResponse, HttpServer};

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let port: u16 = arguments.next().unwrap().parse().unwrap();
    let body = Bytes::from(std::fs::read(arguments.next().unwrap())?);
    let answer = move || {
        let body = body.clone();
        async move {
            HttpResponse::Ok()
                .content_type("application/json")
                .body(body)
        }
    };
    HttpServer::new(move || App::new().default_service(web::to(answer.clone())))
        .bind(("127.0.0.1", port))?
        .run()
        .await
}
