//! Whatever a file says, it is read as XLSX or refused, and the program goes on.
#![no_main]

mod read;

libfuzzer_sys::fuzz_target!(|file: &[u8]| read::read(file, table::Format::Xlsx));
