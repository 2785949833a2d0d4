//! Taking notices over HTTP, each answered once its row is committed, beside inserting the same rows.

use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use actix_web::rt::{self, System};
use actix_web::web::Data;
use futures_util::future::join_all;
use sea_orm::prelude::DateTimeUtc;
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use serde_json::{Value, json};
use server::config::{Basics, Config, Environment, ServeArgs};
use service::Context;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use uuid::Uuid;

use crate::signed::{self, KEYS, Signed};
use crate::{Compared, PASSES};

/// How many notices a pass sends.
const NOTICES: usize = 960;
/// How many are on their way at once.
const SENDERS: usize = 8;
const ACCOUNT: &str = "main";

/// What the notices call for.
#[derive(Clone, Copy)]
enum Content {
    /// Nothing: a payment that is not made yet.
    Nothing,
    /// A person, since the money is for no number of ours.
    Case,
}

/// A server on a database of its own.
struct Product {
    address: SocketAddr,
    context: Data<Context>,
    backend: DbBackend,
    merchant: Value,
    _folder: TempDir,
}

impl Product {
    async fn start(database: Option<String>) -> Self {
        // Beside what is built: a folder for temporary files may be no disk at all.
        let folder = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let config_file = folder.path().join("gradphoto.toml");
        std::fs::write(&config_file, config(&format!("http://{address}"))).unwrap();
        let backend = database
            .as_ref()
            .map_or(DbBackend::Sqlite, |_| DbBackend::Postgres);
        let config = Config::read(basics(folder.path(), database, config_file)).unwrap();
        let running = server::start(&config, &serve_args(), listener)
            .await
            .unwrap();
        let context = running.context.clone();
        rt::spawn(running.serve());
        let keys: Value = serde_json::from_str(KEYS).unwrap();
        Self {
            address,
            context,
            backend,
            merchant: keys["wechat"].clone(),
            _folder: folder,
        }
    }

    fn notices(&self, content: Content) -> Vec<Signed> {
        let now = self.context.now().timestamp();
        let one = |_| {
            let id = Uuid::from_bytes(self.context.random_bytes())
                .simple()
                .to_string();
            let mut transaction = signed::paid(&self.merchant, &id[..24], &id);
            if let Content::Nothing = content {
                transaction["trade_state"] = "NOTPAY".into();
            }
            signed::notice(&self.merchant, &id, &transaction, now)
        };
        (0..NOTICES).map(one).collect()
    }

    /// Sends one after the other on a connection of its own. No more client than that: its work is not what is measured.
    async fn send(&self, notices: Vec<Signed>) {
        let mut connection = TcpStream::connect(self.address).await.unwrap();
        let mut answer = [0; 4096];
        for notice in notices {
            connection.write_all(&self.request(&notice)).await.unwrap();
            let mut length = 0;
            while !answer[..length].ends_with(b"\r\n\r\n") {
                let read = connection.read(&mut answer[length..]).await.unwrap();
                assert_ne!(read, 0, "the answer broke off");
                length += read;
            }
            assert!(answer.starts_with(b"HTTP/1.1 204 "), "{answer:?}");
        }
    }

    fn request(&self, notice: &Signed) -> Vec<u8> {
        let headers = (notice.headers.iter()).map(|(name, value)| format!("{name}: {value}\r\n"));
        let headers: String = headers.collect();
        let Self { address, .. } = self;
        let (body, length) = (&notice.body, notice.body.len());
        format!(
            "POST /notify/wechat/{ACCOUNT}/pay HTTP/1.1\r\nhost: {address}\r\ncontent-length: {length}\r\n{headers}\r\n{body}"
        )
        .into_bytes()
    }

    /// The statements that insert rows like one that is there.
    async fn inserts(&self) -> Vec<Statement> {
        let on = self.context.store.reader();
        let one = Statement::from_string(self.backend, "SELECT * FROM notify_inbox LIMIT 1");
        let row = on.query_one_raw(one).await.unwrap().unwrap();
        let one = |_| {
            let id = Uuid::from_bytes(self.context.random_bytes());
            let mut values = vec![id.into(), id.simple().to_string().into()];
            values.extend(copied(&row));
            let (names, marks) = (COLUMNS.join(", "), marks(self.backend, COLUMNS.len()));
            let sql = format!("INSERT INTO notify_inbox ({names}) VALUES ({marks})");
            Statement::from_sql_and_values(self.backend, sql, values)
        };
        (0..NOTICES).map(one).collect()
    }

    async fn insert(&self, statements: Vec<Statement>) {
        let on = self.context.store.writer();
        for statement in statements {
            on.execute_raw(statement).await.unwrap();
        }
    }
}

/// The columns of an insert: first the two that differ from row to row.
const COLUMNS: [&str; 15] = [
    "id",
    "dedupe_key",
    "provider",
    "merchant_account",
    "kind",
    "out_trade_no",
    "headers",
    "raw",
    "plaintext_sealed",
    "received_at",
    "processed_at",
    "result",
    "error",
    "seen_count",
    "next_try_at",
];

/// The values of the columns that are the same in every row.
fn copied(row: &QueryResult) -> [sea_orm::Value; 13] {
    let text = |column| row.try_get::<Option<String>>("", column).unwrap().into();
    let bytes = |column| row.try_get::<Option<Vec<u8>>>("", column).unwrap().into();
    let time = |column| {
        row.try_get::<Option<DateTimeUtc>>("", column)
            .unwrap()
            .into()
    };
    [
        text("provider"),
        text("merchant_account"),
        text("kind"),
        text("out_trade_no"),
        row.try_get::<Value>("", "headers").unwrap().into(),
        bytes("raw"),
        bytes("plaintext_sealed"),
        time("received_at"),
        time("processed_at"),
        text("result"),
        text("error"),
        row.try_get::<i32>("", "seen_count").unwrap().into(),
        time("next_try_at"),
    ]
}

fn marks(backend: DbBackend, count: usize) -> String {
    let mark = |number: usize| {
        if backend == DbBackend::Postgres {
            format!("${number}")
        } else {
            "?".to_owned()
        }
    };
    let marks: Vec<String> = (1..=count).map(mark).collect();
    marks.join(", ")
}

fn config(address: &str) -> String {
    let merchant = sandbox::merchant_config(None).unwrap();
    let config = json!({ "public_origin": address, "wechat_pay": merchant.wechat });
    toml::to_string(&config).unwrap()
}

fn basics(folder: &Path, database: Option<String>, config: std::path::PathBuf) -> Basics {
    Basics {
        environment: Environment::Development,
        data: folder.to_owned(),
        database,
        database_connections: 10,
        keys: None,
        config: Some(config),
        allow_private_storage: false,
        test_clock: None,
        rate_factor: 1,
    }
}

fn serve_args() -> ServeArgs {
    ServeArgs {
        bind: "127.0.0.1:0".to_owned(),
        ops_bind: "127.0.0.1:0".to_owned(),
        drain_delay: 0,
        web: None,
        workers: Some(2),
        requests_only: true,
        log_json: false,
    }
}

/// How long it takes until the senders have each done their share.
async fn timed<T>(mut all: Vec<T>, act: impl AsyncFn(Vec<T>)) -> Duration {
    let share = all.len().div_ceil(SENDERS);
    let mut shares = Vec::new();
    while !all.is_empty() {
        shares.push(all.split_off(all.len().saturating_sub(share)));
    }
    let began = Instant::now();
    join_all(shares.into_iter().map(async |share| act(share).await)).await;
    began.elapsed()
}

pub(crate) fn compare(database: Option<String>) -> Vec<Compared> {
    System::new().block_on(async {
        let product = Product::start(database).await;
        let mut all = Vec::new();
        for (content, what) in [
            (Content::Nothing, "stored"),
            (Content::Case, "stored, and a case opened"),
        ] {
            let mut compared =
                Compared::new(format!("R5 {what} on {:?} ÷ inserted", product.backend));
            // The first pass finds everything cold, and gives the row that is inserted.
            timed(product.notices(content), |all| product.send(all)).await;
            for _ in 0..PASSES {
                let notices = product.notices(content);
                let inserts = product.inserts().await;
                let ours = timed(notices, |all| product.send(all)).await;
                let other = timed(inserts, |all| product.insert(all)).await;
                compared.add(u32::try_from(NOTICES).unwrap(), (ours, other));
            }
            all.push(compared);
        }
        all
    })
}
