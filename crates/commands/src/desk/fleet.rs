//! What this device states about itself: what it holds that the office has not confirmed as stored.

use std::collections::BTreeSet;

use office::keys::SigningSecret;
use protocol::envelope::Envelope;
use protocol::fleet::{DeviceStateReply, DeviceStatement, SignedDeviceStatement, TeamEpoch};
use protocol::{DeviceId, UnixTime};
use vault::{OutboxState, WorkLeft};

use super::Desk;
use crate::api::CommandError;
use crate::stored::{Asked, Stated};

/// A device that is in contact states anew after so many seconds, changed or not: whoever is silent for long is missed.
const DAY: u64 = 24 * 3600;
/// Sealed forms looked at in one go.
const PAGE: usize = 256;

/// Which statement is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// A contact: only if something changed, a day has passed, something is to be delivered, or somebody asked for that.
    Contact,
    /// Somebody wants it stated that nothing is left here.
    Attestation,
}

impl Desk {
    /// What this device holds now. It follows the directory known here and seals only to the keys that are open in it, under the same lock: what
    /// [`DeviceStatement`] promises rests on this.
    fn device_statement(&self, occasion: Occasion, now: UnixTime) -> Result<DeviceStatement, CommandError> {
        let directory = self.directory()?;
        let stated = self.stated();
        let (unsent, delivered) = self.outbox_counts()?;
        let held = self.held()?;
        let attested = occasion == Occasion::Attestation || stated.is_some_and(|stated| stated.statement.empty);
        Ok(DeviceStatement {
            version: 1,
            office: directory.office(),
            device: self.vault.device_id(),
            directory: directory.number(),
            unsent,
            oldest: held.oldest,
            unsent_epochs: held.epochs.into_iter().collect(),
            unreadable: held.unreadable,
            empty: attested && unsent + delivered == 0 && self.work_left()?.is_nothing(),
            // With a clock that was put back, a later statement must not look like the earlier one.
            at: stated.map_or(now, |stated| now.max(stated.statement.at)),
        })
    }

    /// The statement to send now, if one is due.
    pub fn statement_due(&self, occasion: Occasion, now: UnixTime) -> Result<Option<(DeviceStatement, SignedDeviceStatement)>, CommandError> {
        let statement = self.device_statement(occasion, now)?;
        let fresh = self.stated().is_some_and(|stated| {
            let unchanged = DeviceStatement { at: statement.at, ..stated.statement.clone() } == statement;
            let recent = stated.statement.at <= now && now.since(stated.statement.at) < DAY;
            // As long as something is to be delivered, each contact asks whether somebody waits for it.
            unchanged && recent && statement.unsent == 0 && !stated.asked.is_some_and(|asked| asked.stands)
        });
        if fresh && occasion == Occasion::Contact {
            return Ok(None);
        }
        let (_, secret): (DeviceId, SigningSecret) = self.device_secret();
        let signed = office::fleet::sign(&statement, &secret);
        Ok(Some((statement, signed)))
    }

    /// The endpoint has it.
    pub fn note_stated(&mut self, statement: DeviceStatement, reply: &DeviceStateReply, now: UnixTime) -> Result<(), CommandError> {
        let office = self.known_office_mut()?;
        let before = office.state.stated.as_ref().and_then(|stated| stated.asked);
        let asked = match reply.sync_requested {
            Some(since) => Some(Asked { since, heard_at: now, stands: true }),
            None => before.map(|asked| Asked { stands: false, ..asked }),
        };
        office.state.stated = Some(Stated { statement, asked });
        self.save_office()
    }

    /// Since when the administration asks this device to deliver. Its people are reminded for a day: a request ends when nothing sealed is left, and drafts
    /// may wait.
    pub fn asked_to_deliver(&self, now: UnixTime) -> Option<UnixTime> {
        let asked = self.stated()?.asked?;
        (asked.stands || now.since(asked.heard_at) < DAY).then_some(asked.since)
    }

    /// Work of all users of this device that is not finished.
    pub fn work_left(&self) -> Result<WorkLeft, CommandError> {
        Ok(self.vault.work_left()?)
    }

    fn stated(&self) -> Option<&Stated> {
        self.known_office().ok()?.state.stated.as_ref()
    }

    /// What is sealed here, and to which keys.
    fn held(&self) -> Result<Held, CommandError> {
        let sealed = self.sealed_here()?;
        let mut held = Held::default();
        let mut after = None;
        loop {
            let page = self.vault.outbox_page(after, PAGE)?;
            held.unreadable += page.damaged.iter().filter(|record| sealed.contains(record)).count() as u32;
            for entry in page.entries.iter().filter(|entry| entry.state == OutboxState::Sealed) {
                match Envelope::decode(&entry.bytes).and_then(|envelope| envelope.header()) {
                    Ok(header) => {
                        held.epochs.insert(TeamEpoch { team: header.team, epoch: header.team_key_epoch });
                    }
                    Err(_) => held.unreadable += 1,
                }
                held.oldest = held.oldest.into_iter().chain(entry.sealed_at).min();
            }
            after = page.next;
            if after.is_none() {
                return Ok(held);
            }
        }
    }
}

#[derive(Default)]
struct Held {
    epochs: BTreeSet<TeamEpoch>,
    oldest: Option<UnixTime>,
    unreadable: u32,
}
