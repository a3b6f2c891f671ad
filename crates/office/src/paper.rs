//! What people copy from paper or paste from a message: base32 in Crockford's alphabet (no I, L, O, U), grouped, with a checksum.
//!
//! Reading is lenient where nothing can be confused: case, spaces, line breaks and hyphens do not matter, O reads as 0, I and L read as 1.

use std::sync::LazyLock;

use data_encoding::{Encoding, Specification};
use zeroize::Zeroizing;

use crate::primitives;

const ALPHABET: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static BASE32: LazyLock<Encoding> = LazyLock::new(|| {
    let mut specification = Specification::new();
    specification.symbols.push_str(ALPHABET);
    specification.translate.from.push_str("abcdefghjkmnpqrstvwxyzOoIiLl");
    specification.translate.to.push_str("ABCDEFGHJKMNPQRSTVWXYZ001111");
    specification.encoding().expect("invariant: the alphabet is a valid specification")
});

/// Bytes in groups, `XXXX-XXXX…`, without prefix and checksum: to compare by eye.
pub(crate) fn group(bytes: &[u8], characters: usize) -> String {
    let symbols = BASE32.encode(bytes);
    let groups: Vec<&str> = (0..symbols.len()).step_by(characters).map(|at| &symbols[at..symbols.len().min(at + characters)]).collect();
    groups.join("-")
}

/// One kind of code on paper. The prefix tells kinds apart, for people and for the checksum.
pub(crate) struct PaperCode {
    /// What stands in front, lower case, e.g. `bogen1`; its hyphens do not count when reading.
    pub prefix: &'static str,
    /// Characters of a group.
    pub group: usize,
    /// Bytes of the checksum, at most 32.
    pub checksum_bytes: usize,
}

/// Why a text is not this kind of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    /// It begins otherwise: another kind of code, or none.
    #[error("not this kind of code")]
    OtherKind,
    /// A character that no code contains.
    #[error("a character that no code contains, at place {place}")]
    UnexpectedCharacter {
        /// Counts from 1, without spaces, hyphens and the beginning that names the kind.
        place: usize,
    },
    /// A character is wrong, missing or too many.
    #[error("a character is wrong, missing or too many")]
    Checksum,
}

impl PaperCode {
    /// The text: `prefix-XXXX-XXXX…`.
    pub fn write(&self, payload: &[u8]) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(payload.len() + self.checksum_bytes));
        bytes.extend_from_slice(payload);
        bytes.extend_from_slice(&self.checksum(payload));
        let symbols = Zeroizing::new(BASE32.encode(&bytes));
        let mut text = Zeroizing::new(String::with_capacity(self.prefix.len() + 2 * symbols.len()));
        text.push_str(self.prefix);
        for (at, symbol) in symbols.chars().enumerate() {
            if at % self.group == 0 {
                text.push('-');
            }
            text.push(symbol);
        }
        text
    }

    /// The payload of a text.
    pub fn read(&self, text: &str) -> Result<Zeroizing<Vec<u8>>, PaperError> {
        let mut symbols = Zeroizing::new(String::with_capacity(text.len()));
        symbols.extend(text.chars().filter(|character| !is_spacing(*character)));
        let body = self.strip_prefix(&symbols).ok_or(PaperError::OtherKind)?;
        if let Some(at) = body.chars().position(|character| !is_symbol(character)) {
            return Err(PaperError::UnexpectedCharacter { place: at + 1 });
        }
        let mut bytes = Zeroizing::new(BASE32.decode(body.as_bytes()).map_err(|_| PaperError::Checksum)?);
        let length = bytes.len().checked_sub(self.checksum_bytes).ok_or(PaperError::Checksum)?;
        if bytes[length..] != self.checksum(&bytes[..length]) {
            return Err(PaperError::Checksum);
        }
        bytes.truncate(length);
        Ok(bytes)
    }

    fn strip_prefix<'a>(&self, symbols: &'a str) -> Option<&'a str> {
        let mut rest = symbols.chars();
        let same =
            self.prefix.chars().filter(|character| *character != '-').all(|expected| rest.next().map(|c| c.to_ascii_lowercase()) == Some(expected));
        same.then_some(rest.as_str())
    }

    /// The first bytes of SHA-256 over prefix, a zero byte and payload. It finds slips, not forgers.
    fn checksum(&self, payload: &[u8]) -> Vec<u8> {
        let mut message = Zeroizing::new(self.prefix.as_bytes().to_vec());
        message.push(0);
        message.extend_from_slice(payload);
        primitives::sha256(&message).as_bytes()[..self.checksum_bytes].to_vec()
    }
}

/// Spaces, line breaks and every kind of dash: word processors change hyphens.
fn is_spacing(character: char) -> bool {
    character.is_whitespace() || matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{200b}' | '\u{feff}')
}

fn is_symbol(character: char) -> bool {
    let upper = character.to_ascii_uppercase();
    ALPHABET.contains(upper) || matches!(upper, 'O' | 'I' | 'L')
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: PaperCode = PaperCode { prefix: "bogen-test", group: 4, checksum_bytes: 3 };

    #[test]
    fn a_code_reads_back_however_it_was_copied() {
        let text = CODE.write(b"0123456789abcdef0");
        assert!(text.starts_with("bogen-test-"));
        let copies = [
            text.to_lowercase(),
            text.to_uppercase(),
            text.replace('-', " "),
            text.replace('-', "\n\t"),
            text.replace('-', "\u{2013}"),
            text.replace('0', "o"),
            text.replace('1', "l"),
        ];
        for copy in copies {
            assert_eq!(CODE.read(&copy).unwrap().as_slice(), b"0123456789abcdef0");
        }
    }

    #[test]
    fn every_single_wrong_missing_or_swapped_character_is_noticed() {
        let text = CODE.write(&[0x5a; 20]);
        let body: Vec<char> = text["bogen-test".len()..].chars().filter(|c| *c != '-').collect();
        let read = |characters: &[char]| CODE.read(&format!("bogen-test{}", characters.iter().collect::<String>()));
        for at in 0..body.len() {
            for other in ALPHABET.chars().filter(|other| *other != body[at]) {
                let mut wrong = body.clone();
                wrong[at] = other;
                assert_eq!(read(&wrong), Err(PaperError::Checksum));
            }
            let mut missing = body.clone();
            missing.remove(at);
            assert_eq!(read(&missing), Err(PaperError::Checksum));
            if at > 0 && body[at] != body[at - 1] {
                let mut swapped = body.clone();
                swapped.swap(at, at - 1);
                assert_eq!(read(&swapped), Err(PaperError::Checksum));
            }
        }
    }

    #[test]
    fn other_texts_are_named_for_what_they_are() {
        assert_eq!(CODE.read("bogen-other-AAAA"), Err(PaperError::OtherKind));
        assert_eq!(CODE.read(""), Err(PaperError::OtherKind));
        assert_eq!(CODE.read("bogen-test-AB!D"), Err(PaperError::UnexpectedCharacter { place: 3 }));
        assert_eq!(CODE.read("bogen-test-ÄBCD"), Err(PaperError::UnexpectedCharacter { place: 1 }));
        assert_eq!(CODE.read("bogen-test"), Err(PaperError::Checksum));
    }
}
