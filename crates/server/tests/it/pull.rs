//! `gradphoto pull`, killed at every step: nothing is lost, and nothing comes twice.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use data_encoding::HEXLOWER;
use providers::keys::sha256;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::test_school::Trial;

const TASK: &str = "task_1";
const PHOTOS: [&str; 2] = ["ph_1", "ph_2"];

fn picture(photo: &str) -> Vec<u8> {
    format!("\u{fffd}picture of {photo}")
        .repeat(3_000)
        .into_bytes()
}

/// Where a request is when the program dies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Death {
    /// It came, and nothing was done.
    Before,
    /// It was done, and half of the answer was sent.
    Within,
}

/// A platform with two accepted photos, of a few lines; it can kill who calls.
#[derive(Default)]
struct Platform {
    /// How often each photo was marked.
    marked: BTreeMap<String, u32>,
    requests: usize,
    death: Option<(usize, Death)>,
    caller: Option<u32>,
}

type Shared = Arc<Mutex<Platform>>;

fn view(photo: &str, marked: u32) -> Value {
    json!({
        "id": photo, "task_id": TASK, "state": if marked == 0 { "approved" } else { "handed_over" }, "state_label": "",
        "number": 1, "submitted_at": "2026-04-20T08:00:00Z", "modified_at": "2026-04-21T08:00:00Z",
        "sha256": HEXLOWER.encode(&sha256(&picture(photo))), "bytes": 1, "review": null, "version": 3 + marked,
        "student": {
            "roster_entry_id": format!("ent_{photo}"), "name": "李华", "student_no": format!("22/{photo}"),
            "level": "ba", "college": null, "major": null, "class_name": null,
        },
    })
}

impl Platform {
    /// What a request is answered, with its effect.
    fn answer(&mut self, line: &str, head: &str) -> (&'static str, Vec<u8>) {
        let path = line.split(' ').nth(1).unwrap_or_default();
        let marked =
            |platform: &Self, photo: &str| platform.marked.get(photo).copied().unwrap_or(0);
        let photo = PHOTOS.into_iter().find(|photo| path.contains(photo));
        let body = match photo {
            None if path == "/oauth/token" => json!({ "access_token": "t", "expires_in": 600 }),
            None => {
                assert!(
                    path.starts_with("/api/v1/tasks/task_1/photos?state=approved"),
                    "{line}"
                );
                let accepted = PHOTOS.iter().filter(|photo| marked(self, photo) == 0);
                let items: Vec<_> = accepted.map(|photo| view(photo, 0)).collect();
                json!({ "items": items, "next": null })
            }
            Some(photo) if path.ends_with("/image") => return ("200 OK", picture(photo)),
            Some(photo) if path.ends_with("/hand-over") => {
                if !head.contains("if-match: \"3\"") || marked(self, photo) > 0 {
                    return ("412 Stale", b"{}".to_vec());
                }
                *self.marked.entry(photo.to_owned()).or_default() += 1;
                view(photo, 1)
            }
            Some(photo) => view(photo, marked(self, photo)),
        };
        ("200 OK", body.to_string().into_bytes())
    }
}

async fn serve(shared: Shared, mut stream: TcpStream) {
    let (mut asked, mut bytes) = (String::new(), [0; 4096]);
    while !asked.contains("\r\n\r\n") {
        match stream.read(&mut bytes).await {
            Ok(0) | Err(_) => return,
            Ok(count) => asked.push_str(&String::from_utf8_lossy(&bytes[..count])),
        }
    }
    let head = asked.to_ascii_lowercase();
    let line = asked.lines().next().unwrap().to_owned();
    let death = {
        let mut platform = shared.lock().unwrap();
        platform.requests += 1;
        let number = platform.requests;
        platform
            .death
            .filter(|(at, _)| *at == number)
            .map(|(_, death)| death)
    };
    if death == Some(Death::Before) {
        return kill(&shared).await;
    }
    let (status, body) = shared.lock().unwrap().answer(&line, &head);
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let sent = if death.is_some() {
        &body[..body.len() / 2]
    } else {
        &body[..]
    };
    let _ = stream.write_all(head.as_bytes()).await;
    let _ = stream.write_all(sent).await;
    if death.is_some() {
        let _ = stream.flush().await;
        kill(&shared).await;
    }
}

async fn kill(shared: &Shared) {
    let caller = loop {
        if let Some(caller) = shared.lock().unwrap().caller {
            break caller;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    };
    let killed = Command::new("kill")
        .args(["-9", &caller.to_string()])
        .status();
    assert!(killed.unwrap().success());
}

/// Starts the program on a folder.
fn start(origin: &str, folder: &Path, hook: &Path) -> Child {
    let mut program = Command::new(env!("CARGO_BIN_EXE_gradphoto"));
    program
        .args(["pull", "--task", TASK, "--folder"])
        .arg(folder);
    program.arg("--hook").arg(hook);
    program.envs([
        ("GRADPHOTO", origin),
        ("CLIENT_ID", "int_1"),
        ("CLIENT_SECRET", "s"),
        ("no_proxy", "*"),
    ]);
    program.stdout(Stdio::piped()).stderr(Stdio::piped());
    program.spawn().unwrap()
}

/// Runs the program to its end, which may be its death.
async fn run(shared: &Shared, origin: &str, folder: &Path, hook: &Path) -> Output {
    shared.lock().unwrap().caller = None;
    let child = start(origin, folder, hook);
    shared.lock().unwrap().caller = Some(child.id());
    actix_web::web::block(move || child.wait_with_output().unwrap())
        .await
        .unwrap()
}

/// A hook that notes which photo it saw; where a file says so, it kills who runs it before or after that.
fn write_hook(folder: &Path) -> std::path::PathBuf {
    let (path, log) = (folder.join("hook.sh"), folder.join("hook.log"));
    let die = folder.join("die");
    let script = format!(
        "#!/bin/sh\ntest -s \"$1\" && test -s \"$2\" || exit 1\nbasename \"$1\" >> {log}\n\
         if test -e {die}; then rm {die}; kill -9 $PPID; fi\n",
        log = log.display(),
        die = die.display()
    );
    fs::write(&path, script).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

/// Kills the program once, runs it again to the end, and looks at what is there.
async fn killed_and_run_again(death: Option<(usize, Death)>, dies_in_hook: bool) -> bool {
    let shared = Shared::default();
    shared.lock().unwrap().death = death;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let served = Arc::clone(&shared);
    actix_web::rt::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            actix_web::rt::spawn(serve(Arc::clone(&served), stream));
        }
    });
    let root = tempfile::tempdir().unwrap();
    let (folder, hook) = (root.path().join("photos"), write_hook(root.path()));
    if dies_in_hook {
        fs::write(root.path().join("die"), "").unwrap();
    }
    let first = run(&shared, &origin, &folder, &hook).await;
    let died = !first.status.success();
    let again = run(&shared, &origin, &folder, &hook).await;
    assert!(again.status.success(), "{death:?} {again:?}");
    let third = run(&shared, &origin, &folder, &hook).await;
    assert_eq!(third.stdout, b"", "{death:?}: nothing is left to do");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().file_name())
        .collect();
    files.sort();
    let expected = [
        ".gradphoto",
        "ent_ph_1.jpg",
        "ent_ph_1.json",
        "ent_ph_2.jpg",
        "ent_ph_2.json",
    ];
    assert_eq!(files, expected, "{death:?}");
    for photo in PHOTOS {
        let kept = fs::read(folder.join(format!("ent_{photo}.jpg"))).unwrap();
        assert!(kept == picture(photo), "{death:?}");
        let facts = fs::read(folder.join(format!("ent_{photo}.json"))).unwrap();
        let facts: Value = serde_json::from_slice(&facts).unwrap();
        assert_eq!(
            (&facts["photo_id"], &facts["name"]),
            (&json!(photo), &json!("李华"))
        );
        assert_eq!(shared.lock().unwrap().marked[photo], 1, "{death:?}");
    }
    let hooked = fs::read_to_string(root.path().join("hook.log")).unwrap();
    let twice = usize::from(dies_in_hook);
    assert_eq!(hooked.lines().count(), 2 + twice, "{death:?}: {hooked}");
    died
}

#[actix_web::test]
async fn a_pull_that_is_killed_anywhere_loses_and_doubles_nothing() {
    assert!(!killed_and_run_again(None, false).await);
    assert!(killed_and_run_again(None, true).await);
    // A token, the list, and for each photo its picture and its mark.
    for number in 1..=2 + 2 * PHOTOS.len() {
        for death in [Death::Before, Death::Within] {
            let died = killed_and_run_again(Some((number, death)), false).await;
            assert!(died, "request {number} {death:?}");
        }
    }
}

#[actix_web::test]
async fn a_pull_from_the_server_brings_the_accepted_photos_and_marks_them() {
    let trial = Trial::begin().await;
    trial.app.advance(11).await;
    let schools = trial.get("/api/v1/staff/schools").await;
    let school = schools["items"][0]["id"].as_str().unwrap();
    let tasks = trial.get(&format!("/api/v1/schools/{school}/tasks")).await;
    let task = tasks["items"][0]["id"].as_str().unwrap();
    let photos = format!("/api/v1/tasks/{task}/photos?state");
    let accepted = trial.get(&format!("{photos}=approved")).await;
    let accepted = accepted["items"].as_array().unwrap();
    assert!(!accepted.is_empty());
    let root = tempfile::tempdir().unwrap();
    let (folder, hook) = (root.path().join("photos"), write_hook(root.path()));
    let pull = async || {
        let words = ["pull", "--task", task, "--folder"];
        let mut program = trial.program(&words);
        program.arg(&folder).arg("--hook").arg(&hook);
        let done = actix_web::web::block(move || program.output().unwrap());
        done.await.unwrap()
    };
    let done = pull().await;
    assert!(done.status.success(), "{done:?}");
    for photo in accepted {
        let student = &photo["student"];
        let name = student["roster_entry_id"].as_str().unwrap();
        let kept = fs::read(folder.join(format!("{name}.jpg"))).unwrap();
        let digest = HEXLOWER.encode(&sha256(&kept));
        assert_eq!(photo["sha256"], digest, "{name}");
        let facts = fs::read(folder.join(format!("{name}.json"))).unwrap();
        let facts: Value = serde_json::from_slice(&facts).unwrap();
        assert_eq!(
            (&facts["photo_id"], &facts["name"]),
            (&photo["id"], &student["name"])
        );
    }
    let hooked = fs::read_to_string(root.path().join("hook.log")).unwrap();
    assert_eq!(hooked.lines().count(), accepted.len(), "{hooked}");
    trial.app.advance(11).await;
    let marked = trial.get(&format!("{photos}=handed_over")).await;
    let ids = |photos: &[Value]| {
        let mut ids: Vec<_> = photos.iter().map(|photo| photo["id"].to_string()).collect();
        ids.sort();
        ids
    };
    let marked = ids(marked["items"].as_array().unwrap());
    let missing: Vec<_> = ids(accepted)
        .into_iter()
        .filter(|id| !marked.contains(id))
        .collect();
    assert!(missing.is_empty(), "not marked: {missing:?}");
    assert_eq!(pull().await.stdout, b"", "nothing is left to do");
}
