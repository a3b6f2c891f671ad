//! A change of mind, at the clerk: what a form replaces is destroyed unread once that form is accepted, if both are of the same customer.

use office::statements;
use protocol::api::{ReceiptReply, ReplaceRequest, ReplacedRecord, ReplacedState, ReplacedStatement};
use protocol::log::LeafKind;
use protocol::{Context, RecordId};
use reqwest::Method;

use crate::App;
use crate::api::{CommandError, ErrorCode, ReplacesCode};
use crate::desk::Who;
use crate::entering::fetch::{Fetched, Opened};
use protocol::api::AssignmentsReply;

/// What became of what a form says to replace.
pub(super) enum Replaced {
    /// It says to replace nothing.
    Nothing,
    /// None of it is left.
    Gone(ReplacesCode),
    /// It is not this customer's, or nobody can tell. Nothing was destroyed.
    NotTheirs,
}

impl App {
    /// Destroys what an accepted form replaces, the oldest first, so that a kill in between leaves a chain that still begins at this form.
    pub(super) async fn retire_replaced(&self, later: &Fetched) -> Result<Replaced, CommandError> {
        let Some(listed) = &later.reply.replaces else { return Ok(Replaced::Nothing) };
        // A tag that is not its number's was put there to reach somebody else's form: this one is shown to nobody as a correction.
        let number = self.desk().tagged_number(&later.form)?.ok_or(ErrorCode::AuthorInvalid)?;
        // It lies in another team, or never came: nobody here destroyed it, and nobody may say so.
        if !later.form.header.supersedes.is_some_and(|named| listed.iter().any(|earlier| earlier.record == named)) {
            return Ok(Replaced::NotTheirs);
        }
        let mut frozen = Vec::new();
        for earlier in listed.iter().filter(|earlier| earlier.state == ReplacedState::Frozen) {
            match self.fetch(earlier.record).await {
                Ok(fetched) => frozen.push(fetched),
                Err(error) if matches!(error.code, ErrorCode::CannotOpen | ErrorCode::AuthorInvalid) => return Ok(Replaced::NotTheirs),
                // Another clerk's, or gone meanwhile.
                Err(error) if matches!(error.code, ErrorCode::NotFound | ErrorCode::AlreadyEntered | ErrorCode::Superseded) => {}
                Err(error) => return Err(error),
            }
        }
        if !self.are_of(&number, later, &frozen)? {
            return Ok(Replaced::NotTheirs);
        }
        // Forms before their numbers: a number vouches for a form that has none inside.
        let (numbers, forms): (Vec<_>, Vec<_>) = frozen.iter().partition(|fetched| fetched.form.header.follows.is_some());
        for earlier in forms.iter().rev().chain(numbers.iter().rev()) {
            self.destroy_replaced(earlier.record(), &earlier.opened, later.record()).await?;
        }
        self.catch_up_on(listed).await?;
        Ok(Replaced::Gone(code(listed)))
    }

    /// What was destroyed before: its receipt is kept here, also if the first reply was lost. Another clerk's is not shown.
    async fn catch_up_on(&self, listed: &[ReplacedRecord]) -> Result<(), CommandError> {
        for earlier in listed.iter().filter(|earlier| earlier.state == ReplacedState::Replaced) {
            match self.receipt_again(&format!("/v1/records/{}/replacement", earlier.record), earlier.record).await {
                Err(error) if error.code != ErrorCode::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether all of these are named by this form or by one another, and are this customer's.
    fn are_of(&self, number: &str, later: &Fetched, frozen: &[Fetched]) -> Result<bool, CommandError> {
        let named: Vec<RecordId> = std::iter::once(later).chain(frozen).filter_map(|fetched| fetched.form.header.supersedes).collect();
        let desk = self.desk();
        for earlier in frozen {
            let header = &earlier.form.header;
            let is_named = named.contains(&header.record) || header.follows.is_some_and(|form| named.contains(&form) || !is_here(form, frozen));
            let inside = if earlier.form.body.customer_number.is_some() {
                desk.tagged_number(&earlier.form)?
            } else {
                // "Nummer folgt": the number that followed vouches for the form.
                let mut followed = None;
                for other in frozen {
                    followed = followed.or(desk.number_for(&earlier.form, &other.form)?);
                }
                followed
            };
            if !is_named || earlier.form.team != later.form.team || inside.as_deref() != Some(number) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether a frozen record that the clerk fetched is replaced by a form of the same customer. Then it is not shown; otherwise somebody froze a
    /// stranger's form, and it is entered like any other.
    pub(super) async fn is_rightly_frozen(&self, frozen: &Fetched, queue: &AssignmentsReply) -> Result<bool, CommandError> {
        let Some(by) = frozen.reply.replaced_by else { return Ok(false) };
        let inside = match &frozen.form.body.customer_number {
            Some(_) => self.desk().tagged_number(&frozen.form)?,
            None => self.followed_number(frozen, queue).await?,
        };
        match self.fetch(by).await {
            Ok(later) => {
                let number = self.desk().tagged_number(&later.form)?;
                Ok(number.is_some() && number == inside)
            }
            // Destroyed: an app confirmed it, and none confirms a replacement whose tag is not its number's. The tags are equal, so the numbers are.
            Err(error) if matches!(error.code, ErrorCode::AlreadyEntered | ErrorCode::Superseded) => Ok(inside.is_some()),
            Err(error) if error.code == ErrorCode::NotFound => Ok(true),
            Err(error) => Err(error),
        }
    }

    /// The number that followed a form, without a word about it.
    async fn followed_number(&self, form: &Fetched, queue: &AssignmentsReply) -> Result<Option<String>, CommandError> {
        for record in super::number::numbers_for(form.record(), queue) {
            let number = self.fetch(record).await?;
            if let Some(text) = self.desk().number_for(&form.form, &number.form)? {
                return Ok(Some(text));
            }
        }
        Ok(None)
    }

    /// Has one replaced envelope destroyed, and keeps the receipt.
    pub(super) async fn destroy_replaced(&self, record: RecordId, opened: &Opened, by: RecordId) -> Result<(), CommandError> {
        let statement = {
            let desk = self.desk();
            let user = desk.unlocked()?.state()?;
            let statement = ReplacedStatement { version: 1, record, digest: opened.digest, clerk: user.member, at: self.now(), by };
            statements::sign(Context::ReplacedV1, &statement, user.member, &user.secret())
        };
        let path = format!("/v1/records/{record}/replacement");
        let request = ReplaceRequest { statement, token: opened.token };
        let reply: ReceiptReply = self.exchange(Who::Member, Method::POST, &path, Some(&request)).await?;
        self.keep_receipt(&reply.receipt, &opened.expected(LeafKind::Destroyed, record)).await?;
        self.desk().opened.remove(&record);
        Ok(())
    }
}

fn is_here(form: RecordId, frozen: &[Fetched]) -> bool {
    frozen.iter().any(|fetched| fetched.record() == form)
}

/// What the clerk has to know: whether the benefits system may have the old form already.
fn code(listed: &[ReplacedRecord]) -> ReplacesCode {
    if listed.iter().any(|earlier| earlier.state == ReplacedState::Entered) {
        ReplacesCode::Entered
    } else if listed.iter().any(|earlier| earlier.opened) {
        ReplacesCode::PerhapsEntered
    } else {
        ReplacesCode::Unopened
    }
}
