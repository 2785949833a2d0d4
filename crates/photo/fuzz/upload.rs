//! Whatever a file says, an upload is taken or refused, and the program goes on.
#![no_main]

#[path = "../tests/it/upload.rs"]
mod upload;

libfuzzer_sys::fuzz_target!(|file: &[u8]| {
    upload::take(file, None);
});
