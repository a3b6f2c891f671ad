//! Notes between the clerk who opened a form and its author: numbers and a reason, never an answer.
//!
//! The author puts a key into the envelope that belongs to this one record. Whoever can open the form can write to its author with it, and read what the
//! author writes back; the endpoint can do neither. The author's app keeps one secret, from which it derives the key of any record again: it keeps nothing
//! about single forms.

use std::fmt;

use minicbor::{Decode, Encode};
use protocol::limits::NOTE_BYTES;
use protocol::{Context, MemberId, RecordId, UnixTime, from_cbor};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::primitives::{Key, TAG_LEN, decrypt, derive_key, encrypt, make_random};

/// Note format 1.
const VERSION: u8 = 1;
const NONCE_LEN: usize = 12;
/// Length of every note before encryption, whatever it says.
const PADDED_LEN: usize = NOTE_BYTES - NONCE_LEN - TAG_LEN;
const LENGTH_PREFIX: usize = 2;

/// The author's secret behind all reply keys. Shown by no `Debug`, overwritten when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct ReplySecret([u8; 32]);

/// The key of one record. Shown by no `Debug`, overwritten when dropped.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Zeroize, ZeroizeOnDrop)]
#[cbor(transparent)]
pub struct ReplyKey(
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    [u8; 32],
);

/// What a note is about. The numbers are part of the format and never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum NoteKind {
    /// The clerk asks: nobody has this number, or somebody else.
    #[n(1)]
    NumberUnknown,
    /// The clerk asks: what the form says contradicts itself or the benefits system.
    #[n(2)]
    Contradictory,
    /// The clerk asks: the form shows nothing that could be entered.
    #[n(3)]
    Unreadable,
    /// The clerk tells: the number had a slip and was corrected; the mark "MIG" belongs to the corrected one.
    #[n(4)]
    NumberCorrected,
    /// The clerk tells: the form is entered, and the mark "MIG" is missing.
    #[n(5)]
    MigMissing,
    /// The author answers: the form is to be entered, with the corrected number if there is one.
    #[n(6)]
    Answer,
    /// The author answers: the form is not to be entered.
    #[n(7)]
    Withdrawal,
}

/// A note. Secret: shown by no `Debug`, overwritten when dropped.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Zeroize, ZeroizeOnDrop)]
pub struct Note {
    /// Format version, 1.
    #[n(0)]
    #[zeroize(skip)]
    pub version: u8,
    /// What it is about.
    #[n(1)]
    #[zeroize(skip)]
    pub kind: NoteKind,
    /// The customer number as the form says it.
    #[n(2)]
    pub number: Option<String>,
    /// The right one.
    #[n(3)]
    pub corrected: Option<String>,
    /// Who writes. That it was this colleague, and no other who can open the form, is their app's word.
    #[n(4)]
    #[zeroize(skip)]
    pub by: MemberId,
    /// When, by the writer's clock.
    #[n(5)]
    #[zeroize(skip)]
    pub at: UnixTime,
}

/// A note that cannot be made or read. Deliberately says no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a note under this key, or too long for one")]
pub struct NoteError;

impl ReplySecret {
    /// A new one.
    ///
    /// # Panics
    /// When the operating system has no randomness.
    #[must_use]
    pub fn make() -> Self {
        Self(*make_random())
    }

    /// As it was stored.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// To be stored.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// `HKDF-SHA-256(secret, info = frame("bogen note v1", "reply key" || record))`.
    #[must_use]
    pub fn key_for(&self, record: RecordId) -> ReplyKey {
        let message = [b"reply key".as_slice(), record.as_bytes()].concat();
        ReplyKey(*derive_key(&self.0, &Context::NoteV1.frame(&message)))
    }
}

impl ReplyKey {
    /// `HKDF-SHA-256(reply key, info = frame("bogen note v1", "note key"))`.
    fn note_key(&self) -> Key {
        derive_key(&self.0, &Context::NoteV1.frame(b"note key"))
    }
}

/// Seals a note about a record: `nonce || AES-256-GCM(note key, nonce, aad = frame("bogen note v1", record), length || cbor(note) || zeros)`, always
/// [`NOTE_BYTES`] long.
///
/// # Errors
/// [`NoteError`] if it does not fit.
///
/// # Panics
/// When the operating system has no randomness.
pub fn seal_note(key: &ReplyKey, record: RecordId, note: &Note) -> Result<Vec<u8>, NoteError> {
    seal_under(key, record, note, *make_random())
}

fn seal_under(key: &ReplyKey, record: RecordId, note: &Note, nonce: [u8; NONCE_LEN]) -> Result<Vec<u8>, NoteError> {
    // Room for everything, the tag included: nothing ever reallocates.
    let mut padded = Zeroizing::new(Vec::with_capacity(NOTE_BYTES));
    padded.extend_from_slice(&[0; LENGTH_PREFIX]);
    minicbor::encode(note, &mut *padded).map_err(|_| NoteError)?;
    let length = u16::try_from(padded.len() - LENGTH_PREFIX).ok().filter(|_| padded.len() <= PADDED_LEN).ok_or(NoteError)?;
    padded[..LENGTH_PREFIX].copy_from_slice(&length.to_be_bytes());
    padded.resize(PADDED_LEN, 0);
    let sealed = encrypt(&key.note_key(), nonce, &Context::NoteV1.frame(record.as_bytes()), padded);
    Ok([nonce.as_slice(), &sealed].concat())
}

/// Opens a note about this record.
///
/// # Errors
/// [`NoteError`] if it is none of this record and key, or of another version.
pub fn open_note(key: &ReplyKey, record: RecordId, sealed: &[u8]) -> Result<Note, NoteError> {
    let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE_LEN>().filter(|_| sealed.len() == NOTE_BYTES).ok_or(NoteError)?;
    let padded = decrypt(&key.note_key(), *nonce, &Context::NoteV1.frame(record.as_bytes()), ciphertext).map_err(|_| NoteError)?;
    let (prefix, rest) = padded.split_first_chunk::<LENGTH_PREFIX>().ok_or(NoteError)?;
    let (content, zeros) = rest.split_at_checked(usize::from(u16::from_be_bytes(*prefix))).ok_or(NoteError)?;
    if zeros.iter().any(|byte| *byte != 0) {
        return Err(NoteError);
    }
    from_cbor(content, PADDED_LEN).ok().filter(|note: &Note| note.version == VERSION).ok_or(NoteError)
}

impl fmt::Debug for ReplySecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReplySecret(…)")
    }
}

impl fmt::Debug for ReplyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReplyKey(…)")
    }
}

impl fmt::Debug for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Note(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: RecordId = RecordId([0x51; 16]);

    fn key() -> ReplyKey {
        ReplySecret::from_bytes([0x2a; 32]).key_for(RECORD)
    }

    fn note() -> Note {
        let (number, corrected) = (Some("123A456798".to_owned()), Some("123A456789".to_owned()));
        Note { version: 1, kind: NoteKind::NumberCorrected, number, corrected, by: MemberId([0x13; 16]), at: UnixTime(1_700_000_000) }
    }

    #[test]
    fn a_note_opens_for_its_record_and_key_only_and_every_changed_bit_shows() {
        let sealed = seal_note(&key(), RECORD, &note()).unwrap();
        assert_eq!(sealed.len(), NOTE_BYTES);
        assert!(open_note(&key(), RECORD, &sealed).unwrap() == note());
        let other = RecordId([0x52; 16]);
        assert_eq!(open_note(&key(), other, &sealed), Err(NoteError), "moved to another record");
        let secret = ReplySecret::from_bytes([0x2a; 32]);
        assert_eq!(open_note(&secret.key_for(other), RECORD, &sealed), Err(NoteError), "the key of another record");
        for place in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert_eq!(open_note(&key(), RECORD, &changed), Err(NoteError));
        }
        assert_eq!(open_note(&key(), RECORD, &sealed[..NOTE_BYTES - 1]), Err(NoteError));
    }

    #[test]
    fn its_length_says_nothing_and_what_does_not_fit_is_refused() {
        let (mut short, mut long) = (note(), note());
        (short.number, short.corrected, short.kind) = (None, None, NoteKind::Unreadable);
        assert_eq!(seal_note(&key(), RECORD, &short).unwrap().len(), NOTE_BYTES);
        assert_ne!(seal_note(&key(), RECORD, &short), seal_note(&key(), RECORD, &short), "a nonce of its own");
        long.number = Some("9".repeat(PADDED_LEN));
        assert_eq!(seal_note(&key(), RECORD, &long), Err(NoteError));
    }

    #[test]
    fn the_bytes_of_a_note_are_frozen() {
        let sealed = seal_under(&key(), RECORD, &note(), [7; NONCE_LEN]).unwrap();
        let vectors: serde_json::Value = serde_json::from_str(include_str!("../tests/vectors/note-v1.json")).unwrap();
        assert_eq!(hex::encode(sealed), vectors["notes"][0]["sealed"].as_str().unwrap());
    }
}
