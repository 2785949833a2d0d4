//! What commands print.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};

/// Prints a line. Where nobody reads any more, as behind `| head`, the line is dropped and the command goes on: what it
/// does must not depend on who looks at it, nor does its exit code.
///
/// # Errors
/// What else keeps the line from being written, such as a full disk.
pub(super) fn line(text: Arguments<'_>) -> io::Result<()> {
    print(&mut io::stdout().lock(), format_args!("{text}\n"))
}

/// Prints a text that brings its own ends of lines; otherwise as [`line`].
///
/// # Errors
/// As those of [`line`].
pub(super) fn text(text: Arguments<'_>) -> io::Result<()> {
    print(&mut io::stdout().lock(), text)
}

/// Asks the person at the terminal for something, without an end of line.
///
/// # Errors
/// As those of [`line`].
pub(super) fn ask(text: Arguments<'_>) -> io::Result<()> {
    print(&mut io::stderr().lock(), text)
}

fn print(on: &mut impl Write, text: Arguments<'_>) -> io::Result<()> {
    // In one piece, so that a pipe is not written to for each part of the text.
    let whole = text.to_string();
    match on.write_all(whole.as_bytes()).and_then(|()| on.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome,
    }
}

/// [`line`], called like `println!`.
macro_rules! say {
    ($($text:tt)+) => {
        $crate::command::output::line(format_args!($($text)+))
    };
}

pub(super) use say;

#[cfg(test)]
mod tests {
    use super::*;

    struct Failing(ErrorKind);

    impl Write for Failing {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn only_a_reader_who_has_gone_is_no_error() {
        let print_to = |kind| print(&mut Failing(kind), format_args!("a line\n"));
        assert!(print_to(ErrorKind::BrokenPipe).is_ok());
        let full = print_to(ErrorKind::StorageFull).unwrap_err();
        assert_eq!(full.kind(), ErrorKind::StorageFull);
    }
}
