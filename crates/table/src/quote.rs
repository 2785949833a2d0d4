//! What a parser of CSV forgives and what would let it take many rows for one: quotes that do not fit together.

use crate::stop::Stop;

/// Where in a row a byte is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    RowStart,
    CellStart,
    Plain,
    Quoted,
    QuoteInQuoted,
}

/// Follows the quotes and the cells of a file.
#[derive(Debug)]
pub(crate) struct QuoteCheck {
    delimiter: u8,
    columns: usize,
    most_columns: usize,
    row: u64,
    opened_in: u64,
    state: State,
}

impl QuoteCheck {
    pub(crate) fn new(delimiter: u8, most_columns: usize) -> Self {
        Self {
            delimiter,
            columns: 1,
            most_columns,
            row: 0,
            opened_in: 0,
            state: State::RowStart,
        }
    }

    /// Looks at the next piece of text.
    pub(crate) fn check(&mut self, piece: &[u8]) -> Result<(), Stop> {
        for &byte in piece {
            self.state = match (self.state, byte) {
                (State::Quoted, b'"') => State::QuoteInQuoted,
                (State::Quoted, _) | (State::QuoteInQuoted, b'"') => State::Quoted,
                (_, b'\r' | b'\n') => State::RowStart,
                (_, byte) if byte == self.delimiter => self.next_cell()?,
                (State::QuoteInQuoted, _) => return Err(Stop::Quote(self.opened_in)),
                (State::RowStart | State::CellStart, b'"') => {
                    self.begin_row();
                    self.opened_in = self.row;
                    State::Quoted
                }
                (State::RowStart, _) => {
                    self.begin_row();
                    State::Plain
                }
                (State::CellStart | State::Plain, _) => State::Plain,
            };
        }
        Ok(())
    }

    /// At the end of the file.
    pub(crate) fn finish(&self) -> Result<(), Stop> {
        match self.state {
            State::Quoted => Err(Stop::Quote(self.opened_in)),
            State::RowStart | State::CellStart | State::Plain | State::QuoteInQuoted => Ok(()),
        }
    }

    fn begin_row(&mut self) {
        if self.state == State::RowStart {
            self.row += 1;
            self.columns = 1;
        }
    }

    fn next_cell(&mut self) -> Result<State, Stop> {
        self.begin_row();
        self.columns += 1;
        if self.columns > self.most_columns {
            return Err(Stop::Columns(self.row));
        }
        Ok(State::CellStart)
    }
}
