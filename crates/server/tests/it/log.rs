//! The log of this process, as production writes it.

use std::io;
use std::sync::{Arc, LazyLock, Mutex};

use serde_json::Value;
use tracing_subscriber::fmt::MakeWriter;

/// The log of this process.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Log {
    /// The log, from the first call on: JSON, and nothing below the level info.
    pub(crate) fn of_this_process() -> Self {
        static LOG: LazyLock<Log> = LazyLock::new(|| {
            let log = Log::default();
            let lines = tracing_subscriber::fmt().json().flatten_event(true);
            lines.with_writer(log.clone()).init();
            log
        });
        LOG.clone()
    }

    /// How many bytes were written.
    pub(crate) fn bytes(&self) -> usize {
        self.0.lock().unwrap().len()
    }

    /// All that was written.
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    /// The lines.
    pub(crate) fn lines(&self) -> Vec<Value> {
        let text = self.text();
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// The lines whose field has this value.
    pub(crate) fn lines_with(&self, field: &str, value: &str) -> Vec<Value> {
        let mut lines = self.lines();
        lines.retain(|line| line[field] == value);
        lines
    }
}
