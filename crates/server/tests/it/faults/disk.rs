//! Disks that are full or broken, where this user may make them.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// Room for a database, its journal and some photos, in KB.
const SIZE_KB: usize = 24 * 1024;

/// A small disk in memory; `None`, with a line that says so, where this user may not mount one.
pub(super) struct SmallDisk {
    folder: TempDir,
}

impl SmallDisk {
    pub(super) fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let options = format!("size={SIZE_KB}k,mode=0700");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &options, "gradphoto-test"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status();
        if mounted.is_ok_and(|status| status.success()) {
            return Some(Self { folder });
        }
        println!("skipped: this user may not mount a small disk");
        None
    }

    /// A folder on it.
    pub(super) fn folder(&self) -> TempDir {
        tempfile::tempdir_in(self.folder.path()).unwrap()
    }

    fn filler(&self) -> PathBuf {
        self.folder.path().join("filler")
    }

    /// Takes all the room that is left.
    pub(super) fn fill(&self) {
        let mut file = fs::File::create(self.filler()).unwrap();
        for part in [vec![1; 4096], vec![1]] {
            while file.write_all(&part).is_ok() {}
        }
    }

    /// Gives the room back.
    pub(super) fn empty(&self) {
        fs::remove_file(self.filler()).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: a program that still ends keeps its files.
        let unmounted = Command::new("umount")
            .arg("-l")
            .arg(self.folder.path())
            .status();
        assert!(unmounted.is_ok_and(|status| status.success()));
    }
}

/// Makes every write of a process fail with an input/output error, until it is dropped. `None` where strace is missing or
/// may not be used.
pub(super) struct BrokenDisk(Child);

impl BrokenDisk {
    pub(super) fn under(process: u32) -> Option<Self> {
        let calls = "pwrite64,fsync,fdatasync";
        let strace = Command::new("strace")
            .args(["-f", "-qq", "-o", "/dev/null", "-e"])
            .arg(format!("trace={calls}"))
            .args(["-e", &format!("inject={calls}:error=EIO")])
            .args(["-p", &process.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let mut strace = strace.ok()?;
        for _ in 0..100 {
            if is_traced(process) {
                return Some(Self(strace));
            }
            if strace.try_wait().unwrap().is_some() {
                return None;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        None
    }
}

impl Drop for BrokenDisk {
    fn drop(&mut self) {
        let id = rustix::process::Pid::from_child(&self.0);
        // It lets go of the process before it ends.
        rustix::process::kill_process(id, rustix::process::Signal::INT).unwrap();
        self.0.wait().unwrap();
    }
}

/// Whether every thread of a process is traced.
fn is_traced(process: u32) -> bool {
    let threads = fs::read_dir(format!("/proc/{process}/task")).unwrap();
    threads.flatten().all(|thread| {
        let status = read(&thread.path().join("status"));
        status.lines().any(|line| {
            line.strip_prefix("TracerPid:")
                .is_some_and(|tracer| tracer.trim() != "0")
        })
    })
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}
