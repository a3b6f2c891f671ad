//! "Nummer folgt": the number of a newborn or a new customer, in a second envelope that is bound to the form's record.

use office::keys::SigningSecret;
use office::tags::TagKey;
use protocol::{Context, RecordId};
use sealing::{FormBody, HeaderFields, Purpose, Sealed, seal};
use vault::PostedItem;

use crate::App;
use crate::api::{CommandError, ErrorCode, MigList, NumberBring};
use crate::collect::{TypedNumbers, random_tag};
use crate::desk::Desk;
use crate::ids::{new_id, parse_id};
use crate::stored::{MigItem, SentForm};

impl App {
    /// Brings the number: sealed, read back and compared, and in the outbox together with the changed entry, or nothing of it happened.
    pub(crate) async fn number_bring(&self, args: NumberBring) -> Result<MigList, CommandError> {
        let entry = parse_id(&args.entry)?;
        let mut desk = self.desk();
        desk.demand_author()?;
        let mut item = desk.unlocked()?.mig_items()?.into_iter().find(|(other, _)| *other == entry).ok_or(ErrorCode::NotFound)?.1;
        // A number that was brought is on its way, sealed: it cannot be called back, and a second one would only be held.
        if item.customer_number.is_some() {
            return Err(CommandError::new(ErrorCode::NotFound));
        }
        let number = TypedNumbers::of(desk.settings())?.customer(&args.number)?.ok_or(ErrorCode::NumberFollows)?;
        desk.refuse_twice(Some(&number), None)?;
        let record = RecordId::from_random(new_id());
        let (sealed, team_key_epoch) = desk.seal_number(record, &item, &number, self.now())?;
        item.customer_number = Some(number);
        item.number_sent = Some(record);
        let Sealed { bytes, check, .. } = sealed;
        desk.post_number(&PostedItem { record, team_key_epoch, bytes }, &entry, &item, |bytes| {
            check.verify(bytes).map_err(|_| CommandError::new(ErrorCode::SealingFailed))
        })?;
        let list = desk.mig_entries();
        drop(desk);
        self.changed();
        list
    }
}

impl Desk {
    /// Seals a number for a form to the team that the form went to.
    fn seal_number(&self, record: RecordId, item: &MigItem, number: &str, now: protocol::UnixTime) -> Result<(Sealed, u32), CommandError> {
        let user = self.unlocked()?.state()?;
        let (secret, tags) = (SigningSecret::from_seed(user.seed), TagKey::from_bytes(user.tag_key));
        let form = self.sent_form(item, &tags)?;
        let key = self.open_key(form.team).ok_or(ErrorCode::TeamKeyMissing)?;
        let body = FormBody {
            purpose: Purpose::Number,
            form: Vec::new(),
            customer_number: Some(number.to_owned()),
            unit_number: None,
            author: user.member,
            made_at: now,
            checkpoint: self.newest_checkpoint(),
            reply_key: None,
        };
        let fields = HeaderFields {
            office: self.office_id()?,
            team: form.team,
            team_key_epoch: key.epoch,
            record,
            unit_members: form.unit_members,
            customer_tag: tags.customer(number),
            unit_tag: form.unit_tag,
            awaits_number: false,
            supersedes: None,
            follows: Some(form.record),
        };
        let sealed = seal(&fields, &body, &secret.public_key(), |message| secret.sign(Context::AuthorV1, message), &key.public_key)
            .map_err(|_| CommandError::new(ErrorCode::SealingFailed))?;
        Ok((sealed, key.epoch))
    }

    /// What is known of the form. An entry of the first version names the record only: the endpoint finds the unit by that too.
    fn sent_form(&self, item: &MigItem, tags: &TagKey) -> Result<SentForm, CommandError> {
        if let Some(sent) = &item.sent {
            return Ok(sent.clone());
        }
        let team = self.team_for(item.unit_number.as_deref()).ok_or(ErrorCode::TeamKeyMissing)?.team;
        let unit_tag = item.unit_number.as_deref().map_or_else(random_tag, |number| tags.unit(number));
        Ok(SentForm { record: item.record, team, unit_tag, unit_members: 1 })
    }
}
