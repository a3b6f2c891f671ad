//! "Nummer folgt", at the clerk: the number comes in an envelope of its own and belongs to the form that it names.

use protocol::api::AssignmentsReply;
use protocol::{MemberId, RecordId};
use sealing::{OpenedForm, Purpose};

use crate::App;
use crate::api::{CommandError, ErrorCode};
use crate::desk::Desk;
use crate::entering::fetch::Fetched;

impl App {
    /// The form's number: its own, or the one that followed, whose envelopes are opened with it. None if there is no number, or more than one.
    pub(super) async fn take_number(&self, fetched: &mut Fetched, queue: &AssignmentsReply) -> Result<Option<String>, CommandError> {
        if let Some(number) = &fetched.form.body.customer_number {
            return Ok(Some(number.clone()));
        }
        let mut found: Vec<String> = Vec::new();
        for record in numbers_for(fetched.record(), queue) {
            let number = match self.fetch(record).await {
                // Somebody else's word about this form, and no number: it must not keep the right one from its form.
                Err(error) if matches!(error.code, ErrorCode::CannotOpen | ErrorCode::AuthorInvalid) => continue,
                other => other?,
            };
            let Some(text) = self.desk().number_for(&fetched.form, &number.form)? else { continue };
            self.accept(record, &number.opened).await?;
            fetched.opened.numbers.push((record, number.opened));
            if !found.contains(&text) {
                found.push(text);
            }
        }
        fetched.opened.is_numbered = found.len() == 1;
        Ok(if fetched.opened.is_numbered { found.pop() } else { None })
    }
}

impl Desk {
    /// The number that an envelope brings for this form, if it is really for it: by the same author or by somebody who works at the same device and may have taken
    /// over from them, with the same team now, under the tag of that number.
    pub(super) fn number_for(&self, form: &OpenedForm, number: &OpenedForm) -> Result<Option<String>, CommandError> {
        let names_it = number.header.follows == Some(form.header.record) && number.team == form.team;
        let is_number = number.body.purpose == Purpose::Number && self.may_stand_in(number.body.author, form.body.author)?;
        if names_it && is_number { self.tagged_number(number) } else { Ok(None) }
    }

    fn may_stand_in(&self, deputy: MemberId, author: MemberId) -> Result<bool, CommandError> {
        let devices = &self.directory()?.get().devices;
        Ok(deputy == author || devices.iter().any(|device| device.is_used_by(deputy) && device.is_used_by(author)))
    }

    /// The customer number inside, if the tag in front is that number's: what the endpoint compared is then what the form says.
    pub(super) fn tagged_number(&self, form: &OpenedForm) -> Result<Option<String>, CommandError> {
        let Some(number) = &form.body.customer_number else { return Ok(None) };
        let tags = office::tags::TagKey::from_bytes(self.unlocked()?.state()?.tag_key);
        Ok((tags.customer(number) == form.header.customer_tag).then(|| number.clone()))
    }
}

/// Records of the queue that bring a number for this form.
pub(super) fn numbers_for(form: RecordId, queue: &AssignmentsReply) -> Vec<RecordId> {
    queue.assignments.iter().filter(|row| row.follows == Some(form)).map(|row| row.record).collect()
}
