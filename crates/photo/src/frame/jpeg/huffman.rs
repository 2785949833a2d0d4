//! The codes of a scan: the typical tables of T.81, Annex K.3, which have a code for every level that can occur.

use super::blocks::BLOCK;

/// A table as the file tells it.
pub(super) struct Table {
    /// 0 for what begins a block, 16 for the rest, and 1 more for colour.
    pub(super) name: u8,
    /// How many codes of each length there are, from 1 bit on.
    pub(super) lengths: [u8; 16],
    /// What they stand for, in their order.
    pub(super) symbols: &'static [u8],
}

/// A symbol's code and how many bits it has.
type Code = (u16, u8);

/// The codes of brightness or colour.
pub(super) struct Codes {
    first: [Code; 256],
    rest: [Code; 256],
}

/// What bits are given to.
pub(super) trait Sink {
    /// Takes the last `length` bits, at most 27.
    fn put(&mut self, bits: u32, length: u32);
}

/// Counts bits.
pub(super) struct Count(pub(super) usize);

/// Writes bits.
pub(super) struct Bits {
    bytes: Vec<u8>,
    held: u64,
    count: u32,
}

impl Codes {
    /// Those of brightness for 0, else those of colour.
    pub(super) fn of(table: usize) -> &'static Self {
        static CODES: [Codes; 2] = [
            Codes {
                first: codes(&TABLES[0]),
                rest: codes(&TABLES[1]),
            },
            Codes {
                first: codes(&TABLES[2]),
                rest: codes(&TABLES[3]),
            },
        ];
        &CODES[table]
    }

    /// Gives a block to the sink; the block before it of the same component began with `before`.
    #[inline]
    pub(super) fn code(&self, levels: &[i16; BLOCK], before: i16, sink: &mut impl Sink) {
        const END_OF_BLOCK: u8 = 0x00;
        const SIXTEEN_ZEROS: u8 = 0xF0;
        let [first, rest @ ..] = levels;
        put(&self.first, 0, first - before, sink);
        let mut zeros = 0;
        for &level in rest {
            if level == 0 {
                zeros += 1;
                continue;
            }
            while zeros >= 16 {
                put(&self.rest, SIXTEEN_ZEROS, 0, sink);
                zeros -= 16;
            }
            put(&self.rest, zeros << 4, level, sink);
            zeros = 0;
        }
        if zeros > 0 {
            put(&self.rest, END_OF_BLOCK, 0, sink);
        }
    }
}

/// Gives the code of a symbol that is `run` and the bits of the level, and these bits.
#[inline]
fn put(codes: &[Code; 256], run: u8, level: i16, sink: &mut impl Sink) {
    let size = u16::BITS - level.unsigned_abs().leading_zeros();
    let (code, length) = codes[usize::from(run) + size as usize];
    // Levels below 0 are told as one less, whose highest bit of so many is 0.
    let told = i32::from(level) - i32::from(level < 0);
    let told = told.cast_unsigned() & ((1 << size) - 1);
    sink.put(u32::from(code) << size | told, u32::from(length) + size);
}

impl Sink for Count {
    #[inline]
    fn put(&mut self, _: u32, length: u32) {
        self.0 += length as usize;
    }
}

impl Sink for Bits {
    #[inline]
    fn put(&mut self, bits: u32, length: u32) {
        self.held = self.held << length | u64::from(bits);
        self.count += length;
        while self.count >= 8 {
            self.count -= 8;
            let [byte, ..] = (self.held >> self.count).to_le_bytes();
            self.bytes.push(byte);
            // Or it would be a marker.
            if byte == 0xFF {
                self.bytes.push(0);
            }
        }
    }
}

impl Bits {
    /// The bits behind what is already written.
    pub(super) fn behind(bytes: Vec<u8>) -> Self {
        Self {
            bytes,
            held: 0,
            count: 0,
        }
    }

    /// What was written, the last byte filled with ones.
    pub(super) fn ended(mut self) -> Vec<u8> {
        self.put(0x7F, 7);
        self.bytes
    }
}

/// Codes of one length follow each other, those of the next begin behind them.
const fn codes(table: &Table) -> [Code; 256] {
    let mut codes = [(0, 0); 256];
    let (mut code, mut at, mut length) = (0, 0, 1);
    while length <= 16 {
        let mut many = table.lengths[length as usize - 1];
        while many > 0 {
            codes[table.symbols[at] as usize] = (code, length);
            (code, at, many) = (code + 1, at + 1, many - 1);
        }
        code <<= 1;
        length += 1;
    }
    codes
}

/// Brightness first: T.81, tables K.3, K.5, K.4 and K.6.
pub(super) static TABLES: [Table; 4] = [
    Table {
        name: 0x00,
        lengths: [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0],
        symbols: &FIRST,
    },
    Table {
        name: 0x10,
        lengths: [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125],
        symbols: &OF_LUMA,
    },
    Table {
        name: 0x01,
        lengths: [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0],
        symbols: &FIRST,
    },
    Table {
        name: 0x11,
        lengths: [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 119],
        symbols: &OF_CHROMA,
    },
];

const FIRST: [u8; 12] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

#[rustfmt::skip]
const OF_LUMA: [u8; 162] = [
    0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07, 0x22, 0x71,
    0x14, 0x32, 0x81, 0x91, 0xA1, 0x08, 0x23, 0x42, 0xB1, 0xC1, 0x15, 0x52, 0xD1, 0xF0, 0x24, 0x33, 0x62, 0x72,
    0x82, 0x09, 0x0A, 0x16, 0x17, 0x18, 0x19, 0x1A, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2A, 0x34, 0x35, 0x36, 0x37,
    0x38, 0x39, 0x3A, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4A, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59,
    0x5A, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6A, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7A, 0x83,
    0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9A, 0xA2, 0xA3,
    0xA4, 0xA5, 0xA6, 0xA7, 0xA8, 0xA9, 0xAA, 0xB2, 0xB3, 0xB4, 0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xBA, 0xC2, 0xC3,
    0xC4, 0xC5, 0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6, 0xD7, 0xD8, 0xD9, 0xDA, 0xE1, 0xE2,
    0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEA, 0xF1, 0xF2, 0xF3, 0xF4, 0xF5, 0xF6, 0xF7, 0xF8, 0xF9, 0xFA,
];

#[rustfmt::skip]
const OF_CHROMA: [u8; 162] = [
    0x00, 0x01, 0x02, 0x03, 0x11, 0x04, 0x05, 0x21, 0x31, 0x06, 0x12, 0x41, 0x51, 0x07, 0x61, 0x71, 0x13, 0x22,
    0x32, 0x81, 0x08, 0x14, 0x42, 0x91, 0xA1, 0xB1, 0xC1, 0x09, 0x23, 0x33, 0x52, 0xF0, 0x15, 0x62, 0x72, 0xD1,
    0x0A, 0x16, 0x24, 0x34, 0xE1, 0x25, 0xF1, 0x17, 0x18, 0x19, 0x1A, 0x26, 0x27, 0x28, 0x29, 0x2A, 0x35, 0x36,
    0x37, 0x38, 0x39, 0x3A, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4A, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58,
    0x59, 0x5A, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6A, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7A,
    0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9A,
    0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7, 0xA8, 0xA9, 0xAA, 0xB2, 0xB3, 0xB4, 0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xBA,
    0xC2, 0xC3, 0xC4, 0xC5, 0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6, 0xD7, 0xD8, 0xD9, 0xDA,
    0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEA, 0xF2, 0xF3, 0xF4, 0xF5, 0xF6, 0xF7, 0xF8, 0xF9, 0xFA,
];
