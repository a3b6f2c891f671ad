//! What both encodings of this crate share: deterministic CBOR, read strictly.
//!
//! Strict means: one definite shape, a size limit before anything is read, and the decoded value must encode to the
//! very bytes it was read from. Longer integers, indefinite lengths and trailing bytes fail that comparison.

use minicbor::{Decoder, Encoder, encode};
use zeroize::Zeroizing;

use crate::answer::Answer;
use crate::final_answers::FormVersion;
use crate::question::Question;

/// The longest input any decoder of this crate looks at, in bytes.
pub const MAX_ENCODED_LEN: usize = 4096;

/// Room for every encoding of this crate, so that no growing buffer leaves copies of answers behind.
const CAPACITY: usize = 64;

/// Why bytes were not accepted as a form. No variant tells an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Longer than [`MAX_ENCODED_LEN`].
    #[error("the encoded form is longer than {MAX_ENCODED_LEN} bytes")]
    TooLong,
    /// Not CBOR of the expected shape.
    #[error("the encoded form is malformed")]
    Malformed,
    /// Written in an encoding this program does not know.
    #[error("the encoding has the unknown version {0}")]
    UnknownFormat(u8),
    /// Answers to a set of questions this program does not know.
    #[error("the form has the unknown version {0}")]
    UnknownFormVersion(u16),
    /// Well formed, but no form can be in this state.
    #[error("the encoded form contradicts itself")]
    Inconsistent,
    /// The same value has another, the only permitted, encoding.
    #[error("the encoded form is not in its deterministic encoding")]
    NotCanonical,
}

impl From<minicbor::decode::Error> for DecodeError {
    fn from(_: minicbor::decode::Error) -> Self {
        Self::Malformed
    }
}

pub(crate) type Output = Encoder<Vec<u8>>;
pub(crate) type Written = Result<(), encode::Error<std::convert::Infallible>>;

pub(crate) fn write(body: impl FnOnce(&mut Output) -> Written) -> Zeroizing<Vec<u8>> {
    let mut out = Encoder::new(Vec::with_capacity(CAPACITY));
    body(&mut out).expect("invariant: writing into memory does not fail");
    Zeroizing::new(out.into_writer())
}

pub(crate) fn read<T>(bytes: &[u8], body: impl FnOnce(&mut Decoder<'_>) -> Result<T, DecodeError>) -> Result<T, DecodeError> {
    if bytes.len() > MAX_ENCODED_LEN {
        return Err(DecodeError::TooLong);
    }
    body(&mut Decoder::new(bytes))
}

pub(crate) fn expect_canonical(read: &[u8], encoded: &[u8]) -> Result<(), DecodeError> {
    if read == encoded { Ok(()) } else { Err(DecodeError::NotCanonical) }
}

pub(crate) fn expect_array(input: &mut Decoder<'_>, len: u64) -> Result<(), DecodeError> {
    if input.array()? == Some(len) { Ok(()) } else { Err(DecodeError::Malformed) }
}

pub(crate) fn expect_format(input: &mut Decoder<'_>, known: u8) -> Result<(), DecodeError> {
    match input.u8()? {
        format if format == known => Ok(()),
        format => Err(DecodeError::UnknownFormat(format)),
    }
}

pub(crate) fn read_version(input: &mut Decoder<'_>) -> Result<FormVersion, DecodeError> {
    let number = input.u16()?;
    FormVersion::known(number).ok_or(DecodeError::UnknownFormVersion(number))
}

pub(crate) fn write_answers(out: &mut Output, given: [Option<Answer>; Question::COUNT]) -> Written {
    out.array(Question::COUNT as u64)?;
    for answer in given {
        out.u8(answer.map_or(OPEN, Answer::wire))?;
    }
    Ok(())
}

pub(crate) fn read_answers(input: &mut Decoder<'_>) -> Result<[Option<Answer>; Question::COUNT], DecodeError> {
    expect_array(input, Question::COUNT as u64)?;
    let mut given = [None; Question::COUNT];
    for answer in &mut given {
        *answer = match input.u8()? {
            OPEN => None,
            number => Some(Answer::from_wire(number).ok_or(DecodeError::Malformed)?),
        };
    }
    Ok(given)
}

/// An unanswered question. Stands in drafts only.
const OPEN: u8 = 0;
