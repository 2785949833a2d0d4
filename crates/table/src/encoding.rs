//! How characters are written as bytes.

/// How characters are written as bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// GB18030, which spreadsheets in Chinese write by default. GBK and GB2312 are parts of it.
    Gb18030,
    /// UTF-16, little-endian, with a byte order mark: "Unicode text" of Excel.
    Utf16Le,
    /// UTF-16, big-endian, with a byte order mark.
    Utf16Be,
}

impl Encoding {
    /// Each, the most common first.
    pub const ALL: [Self; 4] = [Self::Utf8, Self::Gb18030, Self::Utf16Le, Self::Utf16Be];

    /// The encoding that a byte order mark names.
    pub(crate) fn of_mark(start: &[u8]) -> Option<Self> {
        let (encoding, _) = encoding_rs::Encoding::for_bom(start)?;
        Some(if encoding == encoding_rs::UTF_8 {
            Self::Utf8
        } else if encoding == encoding_rs::UTF_16LE {
            Self::Utf16Le
        } else {
            Self::Utf16Be
        })
    }

    pub(crate) fn codec(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Gb18030 => encoding_rs::GB18030,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::utf8(b"\xef\xbb\xbfa", Some(Encoding::Utf8))]
    #[case::little_endian(b"\xff\xfea\0", Some(Encoding::Utf16Le))]
    #[case::big_endian(b"\xfe\xff\0a", Some(Encoding::Utf16Be))]
    #[case::no_mark(b"abc", None)]
    #[case::half_a_mark(b"\xef\xbb", None)]
    #[case::nothing(b"", None)]
    fn a_mark_names_its_encoding(#[case] start: &[u8], #[case] expected: Option<Encoding>) {
        assert_eq!(Encoding::of_mark(start), expected);
    }
}
