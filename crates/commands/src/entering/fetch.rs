//! Fetching one envelope: everything about it is verified before anything of it is used, and it is only ever in memory.

use office::statements;
use protocol::api::{AcceptRequest, ConsistencyReply, Done, OpenReply, ReceiptReply, RecordStatement};
use protocol::log::{LeafKind, Receipt, SignedCheckpoint};
use protocol::{Context, Digest, RecordId, Token};
use receipts::{Expected, LogIdentity, VerifiedReceipt, verify_receipt};
use reqwest::Method;
use sealing::{OpenedForm, ReplyKey};
use sha2::{Digest as _, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::App;
use crate::api::{CommandError, ErrorCode};
use crate::desk::Who;

/// What is remembered of an opened record until it is confirmed or the app locks: enough to destroy it and to write to its author, and none of its answers.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Opened {
    /// Shown to the endpoint, it permits destruction.
    #[zeroize(skip)]
    pub token: Token,
    /// SHA-256 of the envelope.
    #[zeroize(skip)]
    pub digest: Digest,
    /// Length of the envelope.
    pub length: u64,
    /// The team key epoch it is sealed to now.
    pub team_key_epoch: u32,
    /// The envelopes that brought its number; destroyed after it.
    #[zeroize(skip)]
    pub numbers: Vec<(RecordId, Opened)>,
    /// Whether the customer number is known: without it nothing can have been entered.
    pub is_numbered: bool,
    /// That number.
    pub number: Option<String>,
    /// With which its author is written to.
    pub reply_key: Option<ReplyKey>,
    /// Whether its screen asks for the code "MIG": a mask that is changed meanwhile asks at the next form.
    pub asks_mig: bool,
    /// Whether it may be destroyed without entry: it is held, or its author said so in their own words.
    pub may_discard: bool,
}

impl Opened {
    /// What a receipt about this record has to say.
    pub(super) fn expected(&self, kind: LeafKind, record: RecordId) -> Expected {
        Expected { kind, record, digest: self.digest, length: self.length, device: None, team_key_epoch: self.team_key_epoch, min_copies: 1 }
    }
}

/// One envelope, verified and open.
pub(super) struct Fetched {
    /// Header and content.
    pub form: OpenedForm,
    /// What destroys it.
    pub opened: Opened,
    /// What the endpoint said with it.
    pub reply: OpenReply,
}

impl Fetched {
    /// The record.
    pub fn record(&self) -> RecordId {
        self.form.header.record
    }
}

impl App {
    /// Fetches and opens an envelope; verifies its team, author and receipt, and the log that its author was shown.
    pub(super) async fn fetch(&self, record: RecordId) -> Result<Fetched, CommandError> {
        // What was opened before may be out of date from here on, whatever becomes of this: the endpoint notes that the newest is known.
        self.desk().opened.remove(&record);
        let path = format!("/v1/records/{record}/opening");
        let reply: OpenReply = self.exchange::<Done, _>(Who::Member, Method::POST, &path, None).await?;
        let form = self.open_with_newest_directory(&reply.envelope).await?;
        let opened = Opened {
            token: form.token,
            digest: Digest(Sha256::digest(&reply.envelope[..]).into()),
            length: reply.envelope.len() as u64,
            team_key_epoch: form.team_key_epoch,
            numbers: Vec::new(),
            is_numbered: form.body.customer_number.is_some(),
            number: form.body.customer_number.clone(),
            reply_key: form.body.reply_key.clone(),
            asks_mig: self.desk().entry_mask().0.asks_mig,
            may_discard: false,
        };
        if form.header.record != record {
            return Err(CommandError::new(ErrorCode::CannotOpen));
        }
        // Sealed anew after a change of the team's key, it has a receipt of these bytes as they are now.
        let kind = if form.is_rewrapped() { LeafKind::Rewrapped } else { LeafKind::Stored };
        self.demand_receipt(&reply.receipt, &opened.expected(kind, record)).await?;
        if let Some(seen) = &form.body.checkpoint {
            // The author wrote it. What the log's key did not sign speaks against this one form, and says nothing about the log.
            if receipts::verify_checkpoint(seen, &self.desk().log_identity()?).is_err() {
                return Err(CommandError::new(ErrorCode::CannotOpen));
            }
            self.demand_contained(seen).await?;
        }
        Ok(Fetched { form, opened, reply })
    }

    /// A colleague may have joined since the last contact: an unknown author is looked up in the newest directory before anything is said against the form.
    async fn open_with_newest_directory(&self, envelope: &[u8]) -> Result<OpenedForm, CommandError> {
        let first = self.desk().open_envelope(envelope);
        match first {
            Err(error) if error.code == ErrorCode::AuthorInvalid => {
                self.refresh_directory().await?;
                self.desk().open_envelope(envelope)
            }
            other => other,
        }
    }

    /// The sitting a command begins in. While the log contradicts itself nothing is opened or destroyed.
    pub(crate) fn sitting_without_log_fault(&self) -> Result<u64, CommandError> {
        let desk = self.desk();
        desk.unlocked()?;
        if desk.has_log_fault() { Err(CommandError::new(ErrorCode::LogFault)) } else { Ok(desk.sitting) }
    }

    /// A receipt about a record, verified against the pinned log key and against the log as it is known here.
    pub(crate) async fn demand_receipt(&self, receipt: &Receipt, expected: &Expected) -> Result<VerifiedReceipt, CommandError> {
        let identity = self.desk().log_identity()?;
        let Ok(verified) = verify_receipt(receipt, &identity, expected) else { return Err(self.log_fault(&receipt.checkpoint, &identity)) };
        self.demand_contained(&receipt.checkpoint).await?;
        Ok(verified)
    }

    /// Remembers that the log contradicted itself, with the tree head that it does not contain if the log's key signed it.
    fn log_fault(&self, shown: &SignedCheckpoint, identity: &LogIdentity) -> CommandError {
        let witness = receipts::verify_checkpoint(shown, identity).is_ok().then_some(shown);
        let marked = self.desk().mark_log_fault(witness.map_or(&[], std::slice::from_ref), self.now());
        marked.map_or_else(|error| error, |()| CommandError::new(ErrorCode::LogFault))
    }

    /// A log that somebody else was shown (the author, whoever got this receipt) must be part of the log this clerk sees: an endpoint with two faces is noticed
    /// here.
    async fn demand_contained(&self, signed: &SignedCheckpoint) -> Result<(), CommandError> {
        let identity = self.desk().log_identity()?;
        let newest = self.desk().newest_checkpoint().ok_or(ErrorCode::LogFault)?;
        let seen = receipts::verify_checkpoint(signed, &identity);
        let newest = receipts::verify_checkpoint(&newest, &identity);
        let (Ok(seen), Ok(newest)) = (seen, newest) else { return Err(self.log_fault(signed, &identity)) };
        if seen.size == newest.size && seen.root == newest.root {
            return Ok(());
        }
        if seen.size >= newest.size {
            return Err(self.log_fault(signed, &identity));
        }
        let path = format!("/v1/log/consistency?from={}&to={}", seen.size, newest.size);
        let proof: ConsistencyReply = self.exchange::<Done, _>(Who::Device, Method::GET, &path, None).await?;
        let proved = receipts::merkle::verify_consistency(seen.size, &seen.root, newest.size, &newest.root, &proof.path);
        if proved.is_ok() { Ok(()) } else { Err(self.log_fault(signed, &identity)) }
    }

    /// Tells the endpoint that the envelope is readable (ACCEPTED).
    pub(super) async fn accept(&self, record: RecordId, opened: &Opened) -> Result<(), CommandError> {
        let statement = self.record_statement(Context::AcceptedV1, record, opened)?;
        let path = format!("/v1/records/{record}/acceptance");
        let reply: ReceiptReply = self.exchange(Who::Member, Method::POST, &path, Some(&AcceptRequest { statement })).await?;
        self.demand_receipt(&reply.receipt, &opened.expected(LeafKind::Accepted, record)).await?;
        Ok(())
    }

    /// The clerk's signed word about an opened record.
    pub(crate) fn record_statement(
        &self,
        context: Context,
        record: RecordId,
        opened: &Opened,
    ) -> Result<protocol::enrolment::SignedStatement, CommandError> {
        let desk = self.desk();
        let user = desk.unlocked()?.state()?;
        let statement = RecordStatement { version: 1, record, digest: opened.digest, clerk: user.member, at: self.now() };
        Ok(statements::sign(context, &statement, user.member, &office::keys::SigningSecret::from_seed(user.seed)))
    }
}
