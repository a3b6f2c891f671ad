//! Deterministic CBOR, strictly: what decodes is exactly what its value encodes to.
//!
//! A message is first walked without allocating (definite lengths, depth, no tags, floats or maps), then decoded, then encoded again and compared.
//! So there is one encoding per value, and duplicate, unknown or padded parts cannot hide in a signed message.

use minicbor::data::Type;
use minicbor::{Decode, Decoder, Encode};

use crate::limits::MAX_DEPTH;

/// Why bytes are not a message. Says nothing about their content: it may reach a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodecError {
    /// Longer than the limit that the caller gave.
    #[error("message longer than its limit")]
    TooLong,
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("message nested too deeply")]
    TooDeep,
    /// Not CBOR, of another shape, or followed by more bytes.
    #[error("message malformed")]
    Malformed,
    /// CBOR of the right shape, but not the one deterministic encoding.
    #[error("message not in its deterministic encoding")]
    NotDeterministic,
}

/// Encodes a value; deterministic because our types are arrays in a fixed order.
#[must_use]
pub fn to_cbor<T: Encode<()>>(value: &T) -> Vec<u8> {
    minicbor::to_vec(value).expect("writing to a Vec cannot fail and our types encode infallibly")
}

/// Decodes a whole message of at most `limit` bytes.
///
/// # Errors
/// [`CodecError`] if it is longer, deeper, malformed or not deterministic.
pub fn from_cbor<T: for<'b> Decode<'b, ()> + Encode<()>>(bytes: &[u8], limit: usize) -> Result<T, CodecError> {
    if bytes.len() > limit {
        return Err(CodecError::TooLong);
    }
    walk(bytes)?;
    let value: T = minicbor::decode(bytes).map_err(|_| CodecError::Malformed)?;
    if to_cbor(&value) != bytes {
        return Err(CodecError::NotDeterministic);
    }
    Ok(value)
}

/// Walks one data item iteratively; `open` holds how many items each open array still expects.
fn walk(bytes: &[u8]) -> Result<(), CodecError> {
    let mut decoder = Decoder::new(bytes);
    let mut open: Vec<u64> = Vec::with_capacity(MAX_DEPTH as usize);
    loop {
        if let Some(items) = item(&mut decoder)? {
            // Every item takes at least one byte: a longer claim is a lie, found before anything is reserved for it.
            if items > (bytes.len() - decoder.position()) as u64 {
                return Err(CodecError::Malformed);
            }
            if open.len() as u32 == MAX_DEPTH {
                return Err(CodecError::TooDeep);
            }
            open.push(items);
        }
        while open.last() == Some(&0) {
            open.pop();
        }
        match open.last_mut() {
            Some(rest) => *rest -= 1,
            None => break,
        }
    }
    if decoder.position() == bytes.len() { Ok(()) } else { Err(CodecError::Malformed) }
}

/// Reads one item; for an array, only its head, and returns its length.
fn item(decoder: &mut Decoder<'_>) -> Result<Option<u64>, CodecError> {
    let malformed = |_| CodecError::Malformed;
    match decoder.datatype().map_err(malformed)? {
        Type::Array => decoder.array().map_err(malformed)?.map(Some).ok_or(CodecError::Malformed),
        Type::Bytes | Type::String | Type::Bool | Type::Null => decoder.skip().map(|()| None).map_err(malformed),
        Type::U8 | Type::U16 | Type::U32 | Type::U64 => decoder.u64().map(|_| None).map_err(malformed),
        Type::I8 | Type::I16 | Type::I32 | Type::I64 => decoder.i64().map(|_| None).map_err(malformed),
        _ => Err(CodecError::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Encode, Decode)]
    struct Pair {
        #[n(0)]
        number: u32,
        #[n(1)]
        words: Vec<String>,
    }

    fn decode(bytes: &[u8]) -> Result<Pair, CodecError> {
        from_cbor(bytes, 1024)
    }

    #[test]
    fn a_value_round_trips() {
        let pair = Pair { number: 7, words: vec!["a".into(), "b".into()] };
        assert_eq!(to_cbor(&pair), [0x82, 7, 0x82, 0x61, b'a', 0x61, b'b']);
        assert_eq!(decode(&to_cbor(&pair)), Ok(pair));
    }

    #[test]
    fn other_encodings_of_the_same_value_are_refused() {
        assert_eq!(decode(&[0x82, 0x18, 7, 0x80]), Err(CodecError::NotDeterministic), "padded integer");
        assert_eq!(decode(&[0x9f, 7, 0x80, 0xff]), Err(CodecError::Malformed), "indefinite array");
        assert_eq!(decode(&[0x83, 7, 0x80, 0]), Err(CodecError::NotDeterministic), "unknown further field");
        assert_eq!(decode(&[0x82, 7, 0x80, 0]), Err(CodecError::Malformed), "trailing byte");
        assert_eq!(decode(&[0x82, 0xc1, 7, 0x80]), Err(CodecError::Malformed), "tag");
    }

    #[test]
    fn bombs_are_refused_before_allocation() {
        let deep = vec![0x81; 900];
        assert_eq!(decode(&deep), Err(CodecError::TooDeep));
        let huge_claim = [0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
        assert_eq!(decode(&huge_claim), Err(CodecError::Malformed));
        assert_eq!(decode(&[0; 1025]), Err(CodecError::TooLong));
        assert_eq!(decode(&[]), Err(CodecError::Malformed));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic_and_what_decodes_encodes_back(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..64)) {
            if let Ok(pair) = decode(&bytes) {
                proptest::prop_assert_eq!(to_cbor(&pair), bytes);
            }
        }
    }
}
