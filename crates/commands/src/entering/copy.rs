//! A copy for the customer (Art. 15 (3) GDPR), as long as the form is not entered: all eight answers as they were given, whatever the office's mask asks for.

use protocol::RecordId;
use protocol::directory::Role;
use questionnaire::{FinalAnswers, Question};

use crate::App;
use crate::api::{CommandError, CopyView, EntryAnswer, ErrorCode, RecordRef};
use crate::entering::mask::{applies, value};
use crate::entering::open::elsewhere;

impl App {
    /// The content of a form that this clerk has open, to be printed and given to whom it is about. Kept nowhere.
    pub(crate) async fn record_copy(&self, args: RecordRef) -> Result<CopyView, CommandError> {
        let record = RecordId::parse(&args.record).ok_or(ErrorCode::NotFound)?;
        self.desk().demand_role(Role::Clerk)?;
        let sitting = self.sitting_without_log_fault()?;
        // Who has not opened it for entry has not compared the number either.
        let number = self.desk().opened.get(&record).ok_or(ErrorCode::NotFound)?.number.clone();
        let fetched = self.fetch(record).await.map_err(elsewhere)?;
        let body = &fetched.form.body;
        let answers = FinalAnswers::decode(&body.form).map_err(|_| CommandError::new(ErrorCode::CannotOpen))?;
        let desk = self.desk();
        desk.demand_sitting(sitting)?;
        let line = |question: Question| EntryAnswer { question, value: value(answers.answer(question)), applies: applies(&answers, question) };
        Ok(CopyView {
            record: record.to_string(),
            customer_number: number,
            unit_number: body.unit_number.clone(),
            answers: Question::ALL.into_iter().map(line).collect(),
            made_at: body.made_at.0,
        })
    }
}
