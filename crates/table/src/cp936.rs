//! CP936 as old programs know it, without what GBK and GB18030 were given later. Source: docs/sources.md#delivery.

/// What stands for a character that the charset lacks.
const MISSING: &[u8; 2] = b"??";

/// A text in CP936, and whether a character had to be replaced. What would break a line is a space.
pub(crate) fn encode(text: &str) -> (Vec<u8>, bool) {
    let (mut bytes, mut is_replaced) = (Vec::with_capacity(text.len()), false);
    let mut buffer = [0; 4];
    for letter in text.chars() {
        if letter.is_ascii() {
            let byte = if letter.is_ascii_control() {
                ' '
            } else {
                letter
            };
            bytes.push(u8::try_from(byte).unwrap_or(b' '));
            continue;
        }
        let (encoded, _, is_missing) = encoding_rs::GBK.encode(letter.encode_utf8(&mut buffer));
        match *encoded {
            [lead, trail] if !is_missing && is_assigned(lead, trail) => {
                bytes.extend_from_slice(&[lead, trail]);
            }
            _ => {
                bytes.extend_from_slice(MISSING);
                is_replaced = true;
            }
        }
    }
    (bytes, is_replaced)
}

/// The longest beginning of at most `most` bytes that ends with a whole character.
pub(crate) fn cut(bytes: &[u8], most: usize) -> &[u8] {
    let mut end = 0;
    while let Some(first) = bytes.get(end) {
        let next = end + if first.is_ascii() { 1 } else { 2 };
        if next > most {
            break;
        }
        end = next;
    }
    bytes.get(..end).unwrap_or(bytes)
}

/// Whether CP936 has a character for these bytes.
fn is_assigned(lead: u8, trail: u8) -> bool {
    match (lead, trail) {
        (_, 0x7f | 0..0x40 | 0xff) => false,
        (0x81..=0xa0 | 0xb0..=0xd6 | 0xd8..=0xf7, _)
        | (0xa1 | 0xa3, 0xa1..)
        | (0xa2, 0xa1..=0xaa | 0xb1..=0xe2 | 0xe5..=0xee | 0xf1..=0xfc)
        | (0xa4, 0xa1..=0xf3)
        | (0xa5, 0xa1..=0xf6)
        | (0xa6, 0xa1..=0xb8 | 0xc1..=0xd8 | 0xe0..=0xeb | 0xee..=0xf2 | 0xf4..=0xf5)
        | (0xa7, 0xa1..=0xc1 | 0xd1..=0xf1)
        | (0xa8, 0x40..=0x95 | 0xa1..=0xbb | 0xbd..=0xbe | 0xc0 | 0xc5..=0xe9)
        | (0xa9, 0x40..=0x57 | 0x59..=0x5a | 0x5c | 0x60..=0x88 | 0x96 | 0xa4..=0xef)
        | (0xaa..=0xaf | 0xf8..=0xfd, 0x40..=0xa0)
        | (0xd7, 0x40..=0xf9)
        | (0xfe, 0x40..=0x4f) => true,
        (_, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::process::Command;

    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("张三", Ok("张三"))]
    #[case("a\tb\n", Ok("a b "))]
    #[case("张䶮", Err("张??"))]
    #[case("㛃", Err("??"))]
    #[case("𬍛", Err("??"))]
    #[case("€", Err("??"))]
    #[case("\u{e863}", Err("??"))]
    fn what_cp936_lacks_is_two_question_marks(
        #[case] text: &str,
        #[case] expected: Result<&str, &str>,
    ) {
        let (bytes, is_replaced) = encode(text);
        let (decoded, _, _) = encoding_rs::GBK.decode(&bytes);
        let found = if is_replaced {
            Err(&*decoded)
        } else {
            Ok(&*decoded)
        };
        assert_eq!(found, expected, "{text}");
    }

    #[rstest]
    #[case(0, 0)]
    #[case(1, 1)]
    #[case(2, 1)]
    #[case(3, 3)]
    #[case(4, 4)]
    #[case(5, 4)]
    #[case(6, 6)]
    #[case(9, 6)]
    fn no_character_is_cut_in_two(#[case] most: usize, #[case] expected: usize) {
        let (bytes, _) = encode("a张b三");
        assert_eq!(cut(&bytes, most).len(), expected, "{most}");
    }

    /// Python's `gbk` is CP936 as it was published; what it knows, and how it writes that, is compared for all of the basic plane.
    #[test]
    fn every_character_is_written_as_by_python() {
        let script = "for c in range(0xa0, 0x10000):
    if 0xd800 <= c < 0xe000: continue
    try: print(f'{c:x} {chr(c).encode(\"gbk\").hex()}')
    except UnicodeError: pass";
        let mut python = Command::new("python3");
        let Ok(said) = python.args(["-c", script]).output() else {
            println!("SKIPPED: python3 is not installed");
            return;
        };
        let said = String::from_utf8(said.stdout).unwrap();
        let mut own = String::new();
        for letter in '\u{a0}'..='\u{ffff}' {
            let (bytes, is_replaced) = encode(&letter.to_string());
            if !is_replaced {
                let _ = writeln!(
                    own,
                    "{:x} {:02x}{:02x}",
                    u32::from(letter),
                    bytes[0],
                    bytes[1]
                );
            }
        }
        assert_eq!(own.lines().count(), 21_791);
        assert_eq!(own, said);
    }
}
