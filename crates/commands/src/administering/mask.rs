//! The office's entry mask: looked at, tried, set. Part of the signed directory, so that every clerk sees the same.

use office::directory::DirectoryEdit;
use protocol::directory::{EntryMask, MaskField, Role};
use questionnaire::{Answer, Answers, FinalAnswers};

use crate::App;
use crate::api::{CommandError, MaskFieldView, MaskSet, MaskText, MaskView, Nothing};
use crate::entering::mask;
use crate::entering::mask_file::{self, DEFAULT_TEXT};

impl App {
    /// The mask that counts.
    pub(crate) async fn mask_show(&self, _: Nothing) -> Result<MaskView, CommandError> {
        let desk = self.desk();
        desk.demand_role(Role::Admin)?;
        let (mask, own) = desk.entry_mask();
        let text = if own { mask_file::write(&mask)? } else { DEFAULT_TEXT.to_owned() };
        Ok(view(&mask, text, own))
    }

    /// Reads a mask file and shows what it would look like; nothing changes.
    pub(crate) async fn mask_check(&self, args: MaskText) -> Result<MaskView, CommandError> {
        self.desk().demand_role(Role::Admin)?;
        let mask = mask_file::parse(&args.text)?;
        Ok(view(&mask, args.text, true))
    }

    /// Sets the mask for every clerk from their next contact on, or takes it away.
    pub(crate) async fn mask_set(&self, args: MaskSet) -> Result<MaskView, CommandError> {
        self.desk().demand_role(Role::Admin)?;
        let mask = args.text.map(|text| mask_file::parse(&text)).transpose()?;
        self.publish(|desk| {
            desk.demand_role(Role::Admin)?;
            let directory = desk.directory()?;
            let mut settings = directory.get().settings.clone();
            settings.entry_mask.clone_from(&mask);
            Ok((settings != directory.get().settings).then(|| DirectoryEdit::next_version(directory, self.now()).with_settings(settings)))
        })
        .await?;
        self.mask_show(Nothing {}).await
    }
}

fn view(mask: &EntryMask, text: String, own: bool) -> MaskView {
    MaskView {
        text,
        own,
        name: mask.name.clone(),
        asks_mig: mask.asks_mig,
        fields: mask.fields.iter().map(field).collect(),
        example: mask::rows(mask, &somebody()),
    }
}

fn field(field: &MaskField) -> MaskFieldView {
    let MaskField { source, label, yes, no, declined, does_not_apply } = field.clone();
    let does_not_apply = source.is_follow_up().then(|| does_not_apply.unwrap_or_else(|| no.clone()));
    MaskFieldView { source: source.into(), label, yes, no, declined, does_not_apply }
}

/// Somebody made up, under whom every kind of value is seen: yes, no, declined, and a follow-up that does not apply.
fn somebody() -> FinalAnswers {
    let (yes, no, declined) = (Some(Answer::Yes), Some(Answer::No), Some(Answer::Declined));
    Answers::from_given([no, yes, yes, None, declined, None, no, None]).finalize().expect("invariant: follow-ups of no and declined are not open")
}
