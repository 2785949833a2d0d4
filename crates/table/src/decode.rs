//! A file as UTF-8, whichever encoding it has, a piece at a time.

use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult};

use crate::quote::QuoteCheck;
use crate::stop::Stop;
use crate::{Delimiter, Encoding, Limits};

/// How many bytes are decoded at once.
const CHUNK: usize = 32 << 10;

/// Reads a file as UTF-8 without its byte order mark. Malformed bytes are an error, never a replacement character.
pub(crate) struct Decoded<R> {
    source: R,
    decoder: Decoder,
    input: Box<[u8]>,
    filled: usize,
    is_at_end: bool,
    output: Box<[u8]>,
    ready: std::ops::Range<usize>,
    bytes_left: u64,
    row_bytes: usize,
    row_bytes_left: usize,
    line: u64,
    quotes: Option<QuoteCheck>,
}

impl<R: Read> Decoded<R> {
    pub(crate) fn new(source: R, encoding: Encoding, limits: &Limits) -> Self {
        Self {
            source,
            decoder: encoding.codec().new_decoder_with_bom_removal(),
            input: vec![0; CHUNK].into(),
            filled: 0,
            is_at_end: false,
            output: vec![0; 3 * CHUNK].into(),
            ready: 0..0,
            bytes_left: limits.bytes,
            row_bytes: limits.row_bytes,
            row_bytes_left: limits.row_bytes,
            line: 1,
            quotes: None,
        }
    }

    /// As [`Self::new`], where quotes must fit together.
    pub(crate) fn of_rows(
        source: R,
        encoding: Encoding,
        delimiter: Delimiter,
        limits: &Limits,
    ) -> Self {
        Self {
            quotes: Some(QuoteCheck::new(delimiter.byte(), limits.columns)),
            ..Self::new(source, encoding, limits)
        }
    }

    /// Begins to count the bytes of the next row. What the parser has read ahead counts as its own.
    pub(crate) fn begin_row(&mut self) {
        self.row_bytes_left = self.row_bytes;
    }

    /// Decodes the next piece; false at the end of the file.
    fn refill(&mut self) -> io::Result<bool> {
        while self.ready.is_empty() {
            if self.is_at_end {
                if let Some(quotes) = &self.quotes {
                    quotes.finish()?;
                }
                return Ok(false);
            }
            self.read_input()?;
            let is_last = self.filled == 0 || self.is_at_end;
            let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(
                &self.input[..self.filled],
                &mut self.output,
                is_last,
            );
            let lines = self.output[..written].iter().filter(|&&byte| byte == b'\n');
            self.line += lines.count() as u64;
            self.input.copy_within(read..self.filled, 0);
            self.filled -= read;
            self.ready = 0..written;
            if let Some(quotes) = &mut self.quotes {
                quotes.check(&self.output[..written])?;
            }
            match result {
                DecoderResult::Malformed(..) => return Err(Stop::Malformed(self.line).into()),
                DecoderResult::InputEmpty => self.is_at_end = is_last,
                DecoderResult::OutputFull => self.is_at_end = false,
            }
        }
        Ok(true)
    }

    fn read_input(&mut self) -> io::Result<()> {
        let free = &mut self.input[self.filled..];
        if free.is_empty() {
            return Ok(());
        }
        let count = loop {
            match self.source.read(free) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read?,
            }
        };
        self.is_at_end = count == 0;
        self.filled += count;
        match self.bytes_left.checked_sub(count as u64) {
            Some(left) => self.bytes_left = left,
            None => return Err(Stop::Bytes.into()),
        }
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() || !self.refill()? {
            return Ok(0);
        }
        if self.row_bytes_left == 0 {
            return Err(Stop::Row.into());
        }
        let count = self.ready.len().min(buffer.len()).min(self.row_bytes_left);
        let start = self.ready.start;
        buffer[..count].copy_from_slice(&self.output[start..start + count]);
        self.ready.start += count;
        self.row_bytes_left -= count;
        Ok(count)
    }
}
