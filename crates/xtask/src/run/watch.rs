//! Running a program so that who looks on always knows what goes on.

use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

/// A program that was silent for so long is named again.
const SILENCE: Duration = Duration::from_secs(10);
/// The longest line that names a command, in characters.
const LONGEST_LINE: usize = 110;

/// A command in one line: the program's name and its arguments, cut where they are many.
pub(super) fn shown(command: &Command) -> String {
    let program = name(command);
    let arguments = command
        .get_args()
        .map(|argument| argument.to_string_lossy());
    let whole = arguments.fold(program, |line, argument| format!("{line} {argument}"));
    if whole.chars().count() <= LONGEST_LINE {
        return whole;
    }
    let cut: String = whole.chars().take(LONGEST_LINE - 1).collect();
    format!("{cut}…")
}

/// Runs to the end. Cargo draws a bar on a terminal; all other output passes through here, so that silence is noticed.
pub(super) fn status(command: &mut Command) -> io::Result<ExitStatus> {
    let name = name(command);
    if name == "cargo" && io::stdout().is_terminal() && io::stderr().is_terminal() {
        return command.status();
    }
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let (heard, hear) = mpsc::channel();
    let outputs = [
        child
            .stdout
            .take()
            .map(|from| pass(from, io::stdout(), heard.clone())),
        child
            .stderr
            .take()
            .map(|from| pass(from, io::stderr(), heard)),
    ];
    let began = Instant::now();
    // Ends once both outputs are closed.
    loop {
        match hear.recv_timeout(SILENCE) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) if child.try_wait()?.is_some() => break,
            Err(RecvTimeoutError::Timeout) => {
                println!("… {name} goes on, {} s", began.elapsed().as_secs());
            }
            Err(RecvTimeoutError::Disconnected) => {
                for output in outputs.into_iter().flatten() {
                    output.join().ok();
                }
                break;
            }
        }
    }
    child.wait()
}

/// The program without its folders.
fn name(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    name.to_string_lossy().into_owned()
}

/// Copies an output of a program to ours as it comes, and tells of everything that came.
fn pass(
    mut from: impl Read + Send + 'static,
    mut to: impl Write + Send + 'static,
    heard: Sender<()>,
) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        let mut buffer = [0; 8192];
        while let Ok(read) = from.read(&mut buffer) {
            if read == 0 {
                break;
            }
            // A reader who has gone must not stop the program.
            to.write_all(&buffer[..read]).and_then(|()| to.flush()).ok();
            heard.send(()).ok();
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_named_in_one_line() {
        let mut command = Command::new("/usr/bin/cargo");
        command.args(["build", "--bin", "gradphoto"]);
        assert_eq!(shown(&command), "cargo build --bin gradphoto");
        command.arg("x".repeat(200));
        assert_eq!(shown(&command).chars().count(), LONGEST_LINE);
    }

    #[test]
    fn the_status_of_a_program_comes_through() {
        let mut failing = Command::new("sh");
        failing.args(["-c", "exit 3"]);
        assert_eq!(status(&mut failing).unwrap().code(), Some(3));
    }
}
