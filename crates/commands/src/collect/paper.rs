//! Paper that came back: typed in like any form, and remembered until somebody says that the sheet was shredded (DIN 66399, security level P-5).

use protocol::RecordId;

use crate::App;
use crate::api::{CommandError, ErrorCode, FormView, MemberRef, Nothing, PaperList, RecordRef};
use crate::ids::parse_id;
use crate::stored::PaperItem;

impl App {
    /// Shows a form where it was left, as `form_open`, and remembers that a sheet is being typed into it.
    pub(crate) async fn paper_open(&self, args: MemberRef) -> Result<FormView, CommandError> {
        let unit_id = parse_id(&args.unit)?;
        let member_id = parse_id(&args.member)?;
        let view = self.form_open(args).await?;
        {
            let mut desk = self.desk();
            // The sheet had the information on its back: it informed this one person, and nobody at the table.
            desk.unlocked_mut()?.informed.insert(member_id);
            let unit = desk.unlocked()?.unit(&unit_id)?;
            let member = unit.member(&member_id).ok_or(ErrorCode::NotFound)?;
            let paper = PaperItem {
                version: 1,
                record: member.record,
                label: member.label.clone(),
                customer_number: member.number.clone(),
                unit_number: unit.number.clone(),
                since: self.now(),
            };
            desk.remember_paper(paper)?;
        }
        self.changed();
        Ok(view)
    }

    /// Sheets to shred.
    pub(crate) async fn papers(&self, _: Nothing) -> Result<PaperList, CommandError> {
        self.desk().paper_list()
    }

    /// The sheet was shredded: a line in the ledger, and the reminder is destroyed with the same step. Once only.
    pub(crate) async fn paper_shredded(&self, args: RecordRef) -> Result<PaperList, CommandError> {
        let record = RecordId::parse(&args.record).ok_or(ErrorCode::NotFound)?;
        let list = {
            let mut desk = self.desk();
            desk.forget_paper(record, self.now())?;
            desk.paper_list()
        };
        self.changed();
        list
    }
}
