//! One encrypted value in the database, bound to its place: table, column, scope, row, kind and number.
//!
//! `format 1 | suite 1 | nonce 12 | ciphertext and tag`; the name below is the associated data (`docs/formats/vault.md`).

use crate::primitives::{aead_open, aead_seal};
use crate::secret::{Bytes, Key};

const FORMAT: u8 = 1;
/// AES-256-GCM.
const SUITE: u8 = 1;
const LABEL: &[u8] = b"bogen vault cell v1";
/// A body's length shows in steps of this many bytes only: it must not tell how much was answered.
const PADDING_STEP: usize = 256;

/// Where a cell stands. A cell moved to another place does not open there.
#[derive(Clone, Copy)]
pub(crate) struct CellName<'a> {
    pub(crate) table: &'static str,
    pub(crate) column: &'static str,
    /// The user, or the device.
    pub(crate) scope: &'a [u8; 16],
    /// The row's id.
    pub(crate) row: &'a [u8],
    /// The kind of an item; 0 elsewhere.
    pub(crate) kind: u16,
    /// Version of a body, epoch of a wrapped key; 0 elsewhere.
    pub(crate) number: u64,
}

/// The cell is not what was sealed for this place under this key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ForeignCell;

impl CellName<'_> {
    /// Label, zero byte, then table, column, scope and row with two bytes of length each, then kind and number, big endian.
    fn associated_data(&self) -> Vec<u8> {
        let mut aad = Vec::with_capacity(128);
        aad.extend_from_slice(LABEL);
        aad.push(0);
        for part in [self.table.as_bytes(), self.column.as_bytes(), self.scope, self.row] {
            let len = u16::try_from(part.len()).expect("names and ids are short");
            aad.extend_from_slice(&len.to_be_bytes());
            aad.extend_from_slice(part);
        }
        aad.extend_from_slice(&self.kind.to_be_bytes());
        aad.extend_from_slice(&self.number.to_be_bytes());
        aad
    }

    /// Seals a value for this place.
    pub(crate) fn seal(&self, key: &Key, value: &[u8]) -> Vec<u8> {
        framed(&aead_seal(key, &self.associated_data(), value))
    }

    /// Opens what was sealed for this place.
    pub(crate) fn open(&self, key: &Key, cell: &[u8]) -> Result<Bytes, ForeignCell> {
        let sealed = cell.strip_prefix(&[FORMAT, SUITE]).ok_or(ForeignCell)?;
        aead_open(key, &self.associated_data(), sealed).map_err(|_| ForeignCell)
    }

    /// Seals a value of which not even the exact length may show.
    pub(crate) fn seal_padded(&self, key: &Key, value: &[u8]) -> Vec<u8> {
        let len = u32::try_from(value.len()).expect("bodies are checked to be short");
        let mut padded = Bytes::new(Vec::with_capacity((4 + value.len()).next_multiple_of(PADDING_STEP)));
        padded.extend_from_slice(&len.to_be_bytes());
        padded.extend_from_slice(value);
        padded.resize((4 + value.len()).next_multiple_of(PADDING_STEP), 0);
        self.seal(key, &padded)
    }

    /// Opens what [`Self::seal_padded`] sealed.
    pub(crate) fn open_padded(&self, key: &Key, cell: &[u8]) -> Result<Bytes, ForeignCell> {
        let padded = self.open(key, cell)?;
        let (len, rest) = padded.split_first_chunk::<4>().ok_or(ForeignCell)?;
        let value = usize::try_from(u32::from_be_bytes(*len)).ok().and_then(|len| rest.get(..len)).ok_or(ForeignCell)?;
        Ok(Bytes::new(value.to_vec()))
    }

    /// Wraps a row key.
    pub(crate) fn wrap(&self, wrapping: &Key, wrapped: &Key) -> Vec<u8> {
        self.seal(wrapping, wrapped.expose())
    }

    /// Unwraps a row key.
    pub(crate) fn unwrap(&self, wrapping: &Key, cell: &[u8]) -> Result<Key, ForeignCell> {
        self.open(wrapping, cell).and_then(|plain| Key::from_slice(&plain).ok_or(ForeignCell))
    }
}

fn framed(sealed: &[u8]) -> Vec<u8> {
    let mut cell = Vec::with_capacity(2 + sealed.len());
    cell.extend_from_slice(&[FORMAT, SUITE]);
    cell.extend_from_slice(sealed);
    cell
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primitives::aead_seal_with_nonce;

    fn name<'a>(scope: &'a [u8; 16], row: &'a [u8]) -> CellName<'a> {
        CellName { table: "item", column: "body", scope, row, kind: 1, number: 7 }
    }

    #[test]
    fn the_format_is_frozen() {
        let key = Key::from_bytes(&[0x11; 32]);
        let name = name(&[0x22; 16], &[0x33; 16]);
        let cell = framed(&aead_seal_with_nonce(&key, [0x44; 12], &name.associated_data(), b"value"));
        assert_eq!(hex::encode(&cell), include_str!("vectors/cell.hex").trim());
        assert_eq!(name.open(&key, &cell).unwrap().as_slice(), b"value");
    }

    #[test]
    fn a_cell_opens_at_its_own_place_only() {
        let key = Key::make();
        let (scope, row) = ([2; 16], [3; 16]);
        let here = name(&scope, &row);
        let cell = here.seal(&key, b"value");
        let (other_scope, other_row) = ([4; 16], [5; 16]);
        for elsewhere in [
            CellName { table: "setting", ..here },
            CellName { column: "wrapped", ..here },
            CellName { scope: &other_scope, ..here },
            CellName { row: &other_row, ..here },
            CellName { kind: 2, ..here },
            CellName { number: 6, ..here },
        ] {
            assert_eq!(elsewhere.open(&key, &cell).unwrap_err(), ForeignCell);
        }
        assert!(here.open(&key, &cell).is_ok());
    }

    #[test]
    fn parts_of_a_name_cannot_run_into_each_other() {
        let scope = [0; 16];
        let a = CellName { table: "ab", column: "c", scope: &scope, row: b"", kind: 0, number: 0 };
        let b = CellName { table: "a", column: "bc", ..a };
        assert_ne!(a.associated_data(), b.associated_data());
    }

    #[test]
    fn every_flipped_bit_is_refused() {
        let key = Key::make();
        let name = name(&[1; 16], &[2; 16]);
        let cell = name.seal(&key, b"some value");
        for bit in 0..cell.len() * 8 {
            let mut flipped = cell.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(name.open(&key, &flipped).is_err(), "bit {bit}");
        }
    }

    #[test]
    fn padding_hides_the_length_and_keeps_the_value() {
        let key = Key::make();
        let name = name(&[1; 16], &[2; 16]);
        assert_eq!(name.seal_padded(&key, b"").len(), name.seal_padded(&key, &[1; 252]).len());
        assert_ne!(name.seal_padded(&key, b"").len(), name.seal_padded(&key, &[1; 253]).len());
        for len in [0, 1, 251, 252, 253, 5000] {
            let value = vec![9; len];
            assert_eq!(*name.open_padded(&key, &name.seal_padded(&key, &value)).unwrap(), value);
        }
    }
}
