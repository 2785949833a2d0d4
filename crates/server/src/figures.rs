//! Figures that are read when they are asked for: the process and the connections to the database.

use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

use rustix::fs::statvfs;
use rustix::process::{Resource, getrlimit};
use rustix::time::{ClockId, clock_gettime};
use service::Context;

/// Reads them into the metrics. Where the system has no `/proc`, those of the process stay away.
pub(crate) fn sample(context: &Context) {
    for pool in context.store.pools() {
        let used = pool.size.saturating_sub(pool.idle);
        for (state, count) in [("idle", pool.idle), ("used", used)] {
            metrics::gauge!("database_connections", "pool" => pool.name, "state" => state)
                .set(f64::from(count));
        }
        metrics::gauge!("database_connections_max", "pool" => pool.name).set(f64::from(pool.most));
    }
    metrics::counter!("database_statements_total").absolute(context.store.statements());
    if let Ok(disk) = statvfs(&context.settings.upload_folder) {
        #[expect(clippy::cast_precision_loss, reason = "a figure of some digits")]
        let (free, size) = (
            (disk.f_bavail * disk.f_frsize) as f64,
            (disk.f_blocks * disk.f_frsize) as f64,
        );
        metrics::gauge!("data_disk_free_bytes").set(free);
        metrics::gauge!("data_disk_size_bytes").set(size);
    }
    if let Some(bytes) = resident_bytes() {
        metrics::gauge!("process_resident_memory_bytes").set(bytes);
    }
    if let Ok(files) = fs::read_dir("/proc/self/fd") {
        // One of them is the folder that is just being read.
        let count = u32::try_from(files.count().saturating_sub(1)).unwrap_or(u32::MAX);
        metrics::gauge!("process_open_fds").set(f64::from(count));
    }
    if let Some(most) = getrlimit(Resource::Nofile).current {
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        metrics::gauge!("process_max_fds").set(f64::from(most));
    }
    let cpu = clock_gettime(ClockId::ProcessCPUTime).tv_sec;
    metrics::counter!("process_cpu_seconds_total").absolute(u64::try_from(cpu).unwrap_or(0));
}

/// Notes when the process started, in seconds since 1970: whoever draws the figures sees restarts.
pub(crate) fn note_start() {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    metrics::gauge!("process_start_time_seconds").set(since.unwrap_or_default().as_secs_f64());
}

/// A number of bytes as a metric has it; a loss beyond 53 bits shows nowhere.
#[expect(clippy::cast_precision_loss, reason = "a figure of some digits")]
fn bytes(count: u64) -> f64 {
    count as f64
}

fn resident_bytes() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(bytes(kilobytes.saturating_mul(1024)))
}

#[cfg(test)]
mod tests {
    #[test]
    #[cfg(target_os = "linux")]
    fn the_process_is_read_from_proc() {
        assert!(super::resident_bytes().unwrap() > 100_000.0);
    }
}
