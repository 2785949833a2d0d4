//! What stands between two cells.

/// What stands between two cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiter {
    /// `,`
    Comma,
    /// A tab, as in "Unicode text" and in what is copied out of a spreadsheet.
    Tab,
    /// `;`, as spreadsheets write where the comma is the decimal sign.
    Semicolon,
}

/// So many rows decide.
const ROWS: usize = 20;

impl Delimiter {
    /// Each; where two fit equally, the first.
    pub const ALL: [Self; 3] = [Self::Comma, Self::Tab, Self::Semicolon];

    /// The character.
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Tab => b'\t',
            Self::Semicolon => b';',
        }
    }

    /// The delimiter of a table that begins so: the one that every row has most often, quoted cells apart.
    pub(crate) fn detect(start: &str) -> Self {
        let rows = counts(start);
        let of = |delimiter: usize| rows.iter().map(move |row| row[delimiter]);
        let score = |delimiter: usize| {
            let least = of(delimiter).min().unwrap_or_default();
            (least, of(delimiter).sum::<usize>())
        };
        let (mut best, mut most) = (Self::Comma, score(0));
        for (index, delimiter) in Self::ALL.into_iter().enumerate().skip(1) {
            if score(index) > most {
                (best, most) = (delimiter, score(index));
            }
        }
        best
    }
}

/// How often each delimiter stands outside quotes in each of the first rows. The last line counts too: it may be cut off,
/// but it may also be all that there is.
fn counts(start: &str) -> Vec<[usize; 3]> {
    let (mut rows, mut row, mut is_quoted, mut is_empty) = (Vec::new(), [0; 3], false, true);
    for byte in start.bytes() {
        if rows.len() == ROWS {
            return rows;
        }
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' | b'\r' if !is_quoted => {
                if !is_empty {
                    rows.push(std::mem::take(&mut row));
                }
                is_empty = true;
                continue;
            }
            _ if is_quoted => {}
            _ => {
                let found = Delimiter::ALL.iter().position(|one| one.byte() == byte);
                if let Some(index) = found {
                    row[index] += 1;
                }
            }
        }
        is_empty = false;
    }
    if rows.is_empty() {
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("", Delimiter::Comma)]
    #[case("姓名\n张三\n", Delimiter::Comma)]
    #[case("姓名,学号\n张三,1\n", Delimiter::Comma)]
    #[case("姓名\t学号\n张三\t1\n", Delimiter::Tab)]
    #[case("name;number\r\nZhang;1\r\n", Delimiter::Semicolon)]
    #[case("name;address\nZhang;a, b, c, d\nLi;e\n", Delimiter::Semicolon)]
    #[case("name,address\n\"Zhang; San\",\"a; b; c\"\n", Delimiter::Comma)]
    #[case("name\tnote\n\"a,\n,,,,\"\tb\n", Delimiter::Tab)]
    #[case("\n\nname;number", Delimiter::Semicolon)]
    fn the_delimiter_that_every_row_has_most_often_is_found(
        #[case] start: &str,
        #[case] expected: Delimiter,
    ) {
        assert_eq!(Delimiter::detect(start), expected, "{start:?}");
    }
}
