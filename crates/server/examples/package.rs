//! Makes packages of many photos, for `cargo xtask ratios package`: `fill FOLDER COUNT` makes an installation with so many
//! accepted photos, sealed as the product keeps them, and a folder with the same photos as plain files. `make FOLDER` makes a
//! package of them in a process of its own and prints its seconds, its bytes, and the process's memory before and at most.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement that cannot go on ends, and prints what it measured"
)]

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::Instant;

use actix_web::web::Data;
use chrono::DateTime;
use domain::access::{Actor, IntegratorClient, Reach};
use domain::delivery::{Delivery, DeliveryKind, DeliverySettingsInput, DeliveryState};
use domain::task::Task;
use domain::{IntegratorId, Scope, fold};
use jpeg_encoder::{ColorType, Encoder};
use serde_json::json;
use server::config::{Basics, Config, Environment, ServeArgs};
use service::Context;
use service::delivery::WantedDelivery;
use service::idempotency::KeyedRequest;
use tikv_jemallocator::Jemalloc;

/// As in the product.
#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

/// How many different pictures there are.
const PICTURES: u32 = 50;
/// The sample school whose photos these are.
const SCHOOL: &str = "示例大学";

#[actix_web::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().unwrap();
    let folder = PathBuf::from(arguments.next().unwrap());
    match what.as_str() {
        "fill" => fill(&folder, arguments.next().unwrap().parse().unwrap()).await,
        "make" => make(&folder).await,
        other => panic!("{other} is neither fill nor make"),
    }
}

/// The product in this process. It does background work only where it is called for.
async fn context(folder: &Path) -> Data<Context> {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let basics = Basics {
        environment: Environment::Development,
        data: folder.join("data"),
        database: None,
        database_connections: 8,
        keys: None,
        config: None,
        allow_private_storage: false,
        test_clock: None,
        rate_factor: 1,
    };
    let args = ServeArgs {
        bind: listener.local_addr().unwrap().to_string(),
        ops_bind: "127.0.0.1:0".to_owned(),
        drain_delay: 0,
        web: None,
        workers: Some(1),
        requests_only: true,
        log_json: false,
    };
    fs::create_dir_all(&basics.data).unwrap();
    let config = Config::read(basics).unwrap();
    let running = Box::pin(server::start(&config, &args, listener)).await;
    running.unwrap().context
}

/// A picture of random squares, whose file is about as large as that of a portrait.
fn picture(number: u32) -> Vec<u8> {
    let mut state = number.wrapping_mul(2_654_435_761).wrapping_add(1);
    let mut block = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let blocks: Vec<u8> = (0..60 * 80 * 3).map(|_| block()).collect();
    let pixel = |place: usize| {
        let (x, y) = (place % 480 / 8, place / 480 / 8);
        let begin = (y * 60 + x) * 3;
        blocks[begin..begin + 3].to_vec()
    };
    let pixels: Vec<u8> = (0..480 * 640).flat_map(pixel).collect();
    let mut file = Vec::new();
    let encoder = Encoder::new(&mut file, 85);
    encoder.encode(&pixels, 480, 640, ColorType::Rgb).unwrap();
    file
}

async fn fill(folder: &Path, count: u32) {
    let context = context(folder).await;
    service::sample::load(&context).await.unwrap();
    service::sample::load_staff(&context).await.unwrap();
    let task = task_of(&context).await;
    let pictures: Vec<_> = (0..PICTURES).map(picture).collect();
    let loaded = service::sample::load_accepted(&context, task.id, 0..count, &pictures);
    Box::pin(loaded).await.unwrap();
    let plain = folder.join("plain");
    fs::create_dir_all(&plain).unwrap();
    let mut bytes = 0;
    for number in 0..count {
        let picture = &pictures[(number % PICTURES) as usize];
        bytes += picture.len();
        fs::write(plain.join(format!("{number:08}.jpg")), picture).unwrap();
    }
    println!("{}", json!({ "photo_bytes": bytes }));
}

/// The task of the photos.
async fn task_of(context: &Context) -> Task {
    let tx = context.store.begin().await.unwrap();
    let schools = store::school::called(&tx, &fold(SCHOOL)).await.unwrap();
    let school = schools
        .iter()
        .find(|one| one.name_folded == fold(SCHOOL))
        .unwrap();
    let mut tasks = store::task::published(&tx, &[school.id]).await.unwrap();
    store::rollback(tx).await.unwrap();
    tasks.remove(0)
}

async fn make(folder: &Path) {
    let context = context(folder).await;
    let task = task_of(&context).await;
    let system = Actor::Integrator(IntegratorClient {
        id: IntegratorId::new(DateTime::UNIX_EPOCH, [0; 10]),
        school_ids: vec![task.school_id],
        scopes: Scope::ALL.to_vec(),
    });
    let request = KeyedRequest {
        operation: "create_delivery".to_owned(),
        key: None,
        target: String::new(),
        content: Vec::new(),
    };
    let wanted = WantedDelivery {
        kind: DeliveryKind::Full,
        settings: DeliverySettingsInput {
            profile: "student-number".to_owned(),
            ..DeliverySettingsInput::default()
        },
    };
    // The work of every start is done before the measurement begins.
    service::worker::run_due(&context).await.unwrap();
    let task = task.id.to_string();
    let asked = service::delivery::create(&context, &system, &request, &task, &wanted).await;
    let id = asked.unwrap().value.id;
    let (idle_kb, began) = (memory_kb("VmRSS:"), Instant::now());
    service::worker::run_due(&context).await.unwrap();
    let seconds = began.elapsed().as_secs_f64();
    let peak_kb = memory_kb("VmHWM:");
    let found = store::delivery::get(context.store.reader(), &Reach::AllSchools, id).await;
    let delivery = found.unwrap().unwrap();
    assert_eq!(delivery.state, DeliveryState::Ready, "{delivery:?}");
    remove(&context, &delivery).await;
    let told = json!({
        "seconds": seconds, "bytes": delivery.object_bytes, "photos": delivery.counts.added,
        "idle_kb": idle_kb, "peak_kb": peak_kb,
    });
    println!("{told}");
}

/// Deletes the package's file, so that the next round has as much room.
async fn remove(context: &Context, delivery: &Delivery) {
    let key = delivery.object_key.as_deref().unwrap().parse().unwrap();
    context.blobs.delete(&key).await.unwrap();
}

/// A line about memory of what the kernel says of this process.
fn memory_kb(line: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let found = status.lines().find_map(|one| one.strip_prefix(line));
    let number = found.unwrap().trim().trim_end_matches(" kB");
    number.parse().unwrap()
}
