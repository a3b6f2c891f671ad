//! The destruction ledger: one line per record that a device destroyed, or whose destruction elsewhere it witnessed, each naming the digest of the line
//! before.
//!
//! A changed, removed, inserted or reordered line breaks the chain. A chain cut off at its end is whole in itself: that is noticed only by whoever
//! remembers a later [`Head`] ([`verify_chain_since`]). No line names a person.

use std::borrow::Borrow;

use minicbor::{Decode, Encode};
use protocol::{CodecError, Context, Digest, MemberId, RecordId, UnixTime, from_cbor, to_cbor};

use crate::primitives::sha256;
use crate::receipt::VerifiedReceipt;

/// Ledger format 1.
pub const LEDGER_VERSION: u8 = 1;
/// Length in bytes of an encoded [`LedgerLine`], at the most: 133 in version 1, with room for a later one.
pub const MAX_LEDGER_LINE_BYTES: usize = 256;

/// Why a draft was discarded before it became a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum DiscardReason {
    /// It should never have been begun.
    #[n(1)]
    CreatedByMistake,
    /// The person moved out of the office's area.
    #[n(2)]
    MovedAway,
    /// There is another form of the same person.
    #[n(3)]
    Duplicate,
    /// The person no longer wants to answer and has not finished.
    #[n(4)]
    CustomerWithdrew,
}

impl DiscardReason {
    /// All reasons.
    pub const ALL: [Self; 4] = [Self::CreatedByMistake, Self::MovedAway, Self::Duplicate, Self::CustomerWithdrew];

    /// The stable code that crosses a boundary.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::CreatedByMistake => "created_by_mistake",
            Self::MovedAway => "moved_away",
            Self::Duplicate => "duplicate",
            Self::CustomerWithdrew => "customer_withdrew",
        }
    }

    /// From its code; none if it is not one of ours.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// Why a copy is no more. Numbers are only ever added: a program that does not know one refuses the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode)]
pub enum LedgerKind {
    /// Destroyed after a verified receipt, which the line names.
    #[n(1)]
    Destroyed,
    /// A draft, discarded with a reason.
    #[n(2)]
    Discarded(#[n(0)] DiscardReason),
    /// Destroyed at the endpoint after a clerk at this device confirmed the entry; the line names the DESTROYED receipt. The device had no copy.
    #[n(3)]
    Witnessed,
    /// A paper form, shredded (DIN 66399, security level P-5) after it was typed in here, as somebody said. The digest is that of the reminder.
    #[n(4)]
    Paper,
    /// Forwarded unread to another team by a clerk at this device; the line names the REWRAPPED receipt, and its digest is that of the envelope as it went. The
    /// device had no copy, and nothing but the old lock was destroyed.
    #[n(5)]
    Forwarded,
    /// Two holders of shares of the root opened a user's part of the vault, for another passphrase. Nothing was destroyed. The line's record is the member, its digest
    /// that of what the user had left for this.
    #[n(6)]
    Recovered,
    /// The same, and what was there went to this deputy. Nothing was destroyed but the copies under the former key.
    #[n(7)]
    Released(#[n(0)] MemberId),
    /// The same, to see whether it would work. Nothing was changed.
    #[n(8)]
    Drilled,
}

impl LedgerKind {
    /// Whether a line of this kind names the receipt that it stands on.
    #[must_use]
    pub const fn needs_receipt(self) -> bool {
        match self {
            Self::Destroyed | Self::Witnessed | Self::Forwarded => true,
            Self::Discarded(_) | Self::Paper | Self::Recovered | Self::Released(_) | Self::Drilled => false,
        }
    }
}

/// Which receipt permitted the destruction, or attests it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode)]
pub struct ReceiptReference {
    /// The leaf's place in the log, from 0.
    #[n(0)]
    pub index: u64,
    /// Leaves of the tree that it was proved to be in.
    #[n(1)]
    pub size: u64,
    /// Which life of the endpoint.
    #[n(2)]
    pub generation: u32,
}

impl From<&VerifiedReceipt> for ReceiptReference {
    fn from(receipt: &VerifiedReceipt) -> Self {
        let checkpoint = receipt.checkpoint();
        Self { index: receipt.index(), size: checkpoint.size, generation: checkpoint.generation }
    }
}

/// One destroyed record.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct LedgerLine {
    /// [`LEDGER_VERSION`].
    #[n(0)]
    pub version: u8,
    /// Counts from 0, without gaps.
    #[n(1)]
    pub seq: u64,
    /// [`chain`] of the line before; [`Head::START`]'s digest for the first.
    #[n(2)]
    pub previous: Digest,
    /// Why it is no more.
    #[n(3)]
    pub kind: LedgerKind,
    /// The record.
    #[n(4)]
    pub record: RecordId,
    /// SHA-256 of the destroyed bytes as they were stored: the envelope, a draft's ciphertext, or that of the reminder of a sheet. Never of clear answers, which could be guessed from it.
    #[n(5)]
    pub digest: Digest,
    /// The receipt that permitted it, or attests it; always there where [`LedgerKind::needs_receipt`].
    #[n(6)]
    pub receipt: Option<ReceiptReference>,
    /// The device's clock.
    #[n(7)]
    pub at: UnixTime,
}

impl LedgerLine {
    /// Decodes a stored line strictly. Whether it is in its place, only the chain tells.
    ///
    /// # Errors
    /// [`CodecError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, CodecError> {
        from_cbor(bytes, MAX_LEDGER_LINE_BYTES)
    }

    /// Encodes for storage.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        to_cbor(self)
    }
}

/// What one line says, before it has its place in a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerEntry {
    /// Why it is no more.
    pub kind: LedgerKind,
    /// The record.
    pub record: RecordId,
    /// SHA-256 of the destroyed bytes as they were stored.
    pub digest: Digest,
    /// The receipt that permitted it.
    pub receipt: Option<ReceiptReference>,
    /// The device's clock.
    pub at: UnixTime,
}

/// Where a chain ends: stands for all lines before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode)]
pub struct Head {
    /// Number of lines.
    #[n(0)]
    pub lines: u64,
    /// [`chain`] of the last one.
    #[n(1)]
    pub digest: Digest,
}

impl Head {
    /// Before the first line: no lines, 32 zero bytes.
    pub const START: Self = Self { lines: 0, digest: Digest([0; 32]) };

    /// The line that `entry` becomes after this head.
    #[must_use]
    pub fn next_line(&self, entry: &LedgerEntry) -> LedgerLine {
        LedgerLine {
            version: LEDGER_VERSION,
            seq: self.lines,
            previous: self.digest,
            kind: entry.kind,
            record: entry.record,
            digest: entry.digest,
            receipt: entry.receipt,
            at: entry.at,
        }
    }

    /// The head after `line`.
    ///
    /// # Errors
    /// [`LedgerFault`] if the line does not belong there.
    pub fn follow(&self, line: &LedgerLine) -> Result<Self, LedgerFault> {
        let seq = self.lines;
        if line.version != LEDGER_VERSION {
            return Err(LedgerFault::UnknownVersion { seq });
        }
        if line.seq != seq {
            return Err(LedgerFault::OutOfPlace { seq, found: line.seq });
        }
        if line.previous != self.digest {
            return Err(LedgerFault::ChainBroken { seq });
        }
        if line.kind.needs_receipt() && line.receipt.is_none() {
            return Err(LedgerFault::WithoutReceipt { seq });
        }
        Ok(Self { lines: seq + 1, digest: chain(line) })
    }
}

/// Why lines are not the ledger they claim to be. `seq` is the place of the first line that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LedgerFault {
    /// Of a format version that this program does not know.
    #[error("ledger line {seq} is of an unknown version")]
    UnknownVersion {
        /// Its place.
        seq: u64,
    },
    /// A line was removed, inserted or moved.
    #[error("ledger line {found} stands in the place of line {seq}")]
    OutOfPlace {
        /// The place.
        seq: u64,
        /// The number of the line that stands there.
        found: u64,
    },
    /// The line does not name the one before it: that one was changed, or this one.
    #[error("ledger line {seq} does not follow the line before it")]
    ChainBroken {
        /// Its place.
        seq: u64,
    },
    /// Something was destroyed, and no receipt is named.
    #[error("ledger line {seq} names no receipt")]
    WithoutReceipt {
        /// Its place.
        seq: u64,
    },
    /// Fewer lines than there were.
    #[error("the ledger shrank from {remembered} to {found} lines")]
    Truncated {
        /// Lines that there were.
        remembered: u64,
        /// Lines that there are.
        found: u64,
    },
    /// A chain that is whole in itself, but does not contain the remembered head.
    #[error("the ledger is another one than remembered, within its first {remembered} lines")]
    OtherLedger {
        /// Lines that the remembered head stands for.
        remembered: u64,
    },
}

/// ``SHA-256(frame(LedgerV1, cbor(line)))``: what the next line names.
#[must_use]
pub fn chain(line: &LedgerLine) -> Digest {
    sha256(&[&Context::LedgerV1.frame(&to_cbor(line))])
}

/// Verifies a ledger from its first line and returns its head. Lines missing at the end cannot be noticed here: see [`verify_chain_since`].
///
/// # Errors
/// [`LedgerFault`]; never `Truncated` or `OtherLedger`.
pub fn verify_chain<L: Borrow<LedgerLine>>(lines: impl IntoIterator<Item = L>) -> Result<Head, LedgerFault> {
    verify_chain_since(lines, &Head::START)
}

/// Verifies a ledger from its first line and demands that it contains the `remembered` head: that nothing was cut off, and nothing rewritten, since.
///
/// # Errors
/// [`LedgerFault`].
pub fn verify_chain_since<L: Borrow<LedgerLine>>(lines: impl IntoIterator<Item = L>, remembered: &Head) -> Result<Head, LedgerFault> {
    let mut head = Head::START;
    demand_not_other(&head, remembered)?;
    for line in lines {
        head = head.follow(line.borrow())?;
        demand_not_other(&head, remembered)?;
    }
    if head.lines < remembered.lines {
        return Err(LedgerFault::Truncated { remembered: remembered.lines, found: head.lines });
    }
    Ok(head)
}

fn demand_not_other(head: &Head, remembered: &Head) -> Result<(), LedgerFault> {
    if head.lines == remembered.lines && head != remembered { Err(LedgerFault::OtherLedger { remembered: remembered.lines }) } else { Ok(()) }
}
