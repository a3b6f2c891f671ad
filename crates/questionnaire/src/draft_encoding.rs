//! How a draft is stored. One length for every state, so that a stored size tells nothing about answers.

use zeroize::Zeroizing;

use crate::answers::Answers;
use crate::asking::{Asking, Origin};
use crate::draft::{DraftForm, Position};
use crate::encoding::{self, DecodeError};
use crate::question::Question;

/// The version of the encoding, apart from the version of the form.
const FORMAT: u8 = 1;
/// The review among the positions; 0 to 7 are the questions.
const REVIEW: u8 = 8;

impl DraftForm {
    /// Deterministic CBOR (RFC 8949 § 4.2): `[1, form version, asking, origin, refused,
    /// [eight answers, 0 open, 1 yes, 2 no, 3 declined], position, checked]`.
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        encoding::write(|out| {
            out.array(8)?.u8(FORMAT)?.u16(self.version.number())?;
            out.u8(self.asking.wire())?.u8(self.origin.wire())?.bool(self.answers.is_refused())?;
            encoding::write_answers(out, Question::ALL.map(|question| self.answers.given(question)))?;
            out.u8(position_number(self.position))?.bool(self.checked)?;
            Ok(())
        })
    }

    /// Reads what [`DraftForm::encode`] wrote, and nothing else.
    ///
    /// # Errors
    /// [`DecodeError`]; `Inconsistent` if the form stands at a question that is not asked, or is checked while
    /// questions are open.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let form = encoding::read(bytes, |input| {
            encoding::expect_array(input, 8)?;
            encoding::expect_format(input, FORMAT)?;
            let version = encoding::read_version(input)?;
            let asking = Asking::from_wire(input.u8()?).ok_or(DecodeError::Malformed)?;
            let origin = Origin::from_wire(input.u8()?).ok_or(DecodeError::Malformed)?;
            let refused = input.bool()?;
            let mut answers = Answers::from_given(encoding::read_answers(input)?);
            if refused {
                answers.refuse_all();
            }
            let position = position_from(input.u8()?)?;
            let checked = input.bool()?;
            Ok(Self { version, asking, origin, answers, position, checked })
        })?;
        form.expect_consistent()?;
        encoding::expect_canonical(bytes, &form.encode())?;
        Ok(form)
    }

    fn expect_consistent(&self) -> Result<(), DecodeError> {
        let shown = match self.position {
            Position::Question(question) => self.answers.asked_unless_refused(question),
            Position::Review => true,
        };
        if shown && (!self.checked || self.answers.is_complete()) { Ok(()) } else { Err(DecodeError::Inconsistent) }
    }
}

fn position_number(position: Position) -> u8 {
    match position {
        Position::Question(question) => question.wire(),
        Position::Review => REVIEW,
    }
}

fn position_from(number: u8) -> Result<Position, DecodeError> {
    if number == REVIEW {
        return Ok(Position::Review);
    }
    Question::from_wire(number).map(Position::Question).ok_or(DecodeError::Malformed)
}
