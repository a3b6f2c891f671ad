//! Reminders of paper on the desk: each outlives what was typed in, until the sheet is shredded.

use std::collections::HashMap;

use protocol::{RecordId, UnixTime, to_cbor};
use questionnaire::MemberState;
use vault::{ItemId, ItemKind, LedgerEntry, LedgerKind};

use super::Desk;
use crate::api::{CommandError, ErrorCode, PaperList, PaperRow};
use crate::stored::{MemberItem, PaperItem};

impl Desk {
    /// One reminder for each record, with the newest names of what it is about.
    pub fn remember_paper(&self, mut paper: PaperItem) -> Result<(), CommandError> {
        let unlocked = self.unlocked()?;
        let known = unlocked.papers()?.into_iter().find(|(_, known)| known.record == paper.record);
        let id = match known {
            Some((id, known)) => {
                paper.since = known.since;
                if known == paper {
                    return Ok(());
                }
                ItemId(id)
            }
            None => ItemId::make(),
        };
        Ok(unlocked.session.put(ItemKind::Paper, id, &to_cbor(&paper))?)
    }

    /// Everybody whose form is not handed over, by the record that it will be.
    fn members_here(&self) -> Result<HashMap<RecordId, MemberItem>, CommandError> {
        let units = self.unlocked()?.units()?;
        Ok(units.into_iter().flat_map(|(_, unit)| unit.members).map(|member| (member.record, member)).collect())
    }

    /// Destroys the reminder, with the sheet's line in the ledger: both or neither.
    pub fn forget_paper(&mut self, record: RecordId, now: UnixTime) -> Result<(), CommandError> {
        if self.members_here()?.get(&record).is_some_and(is_unfinished) {
            return Err(CommandError::new(ErrorCode::NotChecked).with("count", 1));
        }
        let unlocked = self.unlocked_mut()?;
        let (id, _) = unlocked.papers()?.into_iter().find(|(_, paper)| paper.record == record).ok_or(ErrorCode::NotFound)?;
        let digest = unlocked.session.stored_digest(ItemId(id))?.ok_or(ErrorCode::NotFound)?;
        let entry = LedgerEntry { kind: LedgerKind::Paper, record, digest, receipt: None, at: now };
        unlocked.session.shred(&[ItemId(id)], &[entry])?;
        Ok(())
    }

    /// Sheets to shred, oldest first.
    pub fn paper_list(&self) -> Result<PaperList, CommandError> {
        let mut papers = self.unlocked()?.papers()?;
        papers.sort_by(|(a, one), (b, other)| one.since.cmp(&other.since).then(a.cmp(b)));
        let here = self.members_here()?;
        let row = |(_, paper): ([u8; 16], PaperItem)| PaperRow {
            member: here.get(&paper.record).map(|member| hex::encode(member.id)),
            needed: here.get(&paper.record).is_some_and(is_unfinished),
            record: paper.record.to_string(),
            label: paper.label,
            customer_number: paper.customer_number,
            unit_number: paper.unit_number,
            since: paper.since.0,
        };
        Ok(PaperList { rows: papers.into_iter().map(row).collect() })
    }
}

/// A sheet of a form that nobody checked holds what is nowhere else yet.
fn is_unfinished(member: &MemberItem) -> bool {
    matches!(member.state(), MemberState::Open | MemberState::Started | MemberState::Complete)
}
