//! A copy for the customer (Art. 15 (3) GDPR), as long as the form is not entered: all eight answers as they were given, whatever the office's mask asks for.

use protocol::RecordId;
use protocol::directory::Role;
use questionnaire::{FinalAnswers, Question};

use crate::App;
use crate::api::{CommandError, CopyView, EntryAnswer, ErrorCode, QuestionStanding, RecordRef};
use crate::entering::mask::{applies, value};
use crate::entering::open::elsewhere;
use crate::entering::problem::{corrected_by_author, standing_of};

impl App {
    /// The content of a form that this clerk has open, to be printed and given to whom it is about. Kept nowhere.
    pub(crate) async fn record_copy(&self, args: RecordRef) -> Result<CopyView, CommandError> {
        let record = RecordId::parse(&args.record).ok_or(ErrorCode::NotFound)?;
        self.desk().demand_role(Role::Clerk)?;
        let sitting = self.sitting_without_log_fault()?;
        // Who has not opened it for entry has not compared the number either.
        let opened = self.desk().opened.remove(&record).ok_or(ErrorCode::NotFound)?;
        let fetched = match self.fetch(record).await {
            Ok(fetched) => fetched,
            Err(error) => {
                self.put_back(sitting, record, opened);
                return Err(elsewhere(error));
            }
        };
        // An answer came since: what is on her screen is out of date, and she opens it anew.
        let is_withdrawn = standing_of(&fetched) == Some(QuestionStanding::Withdrawn);
        if corrected_by_author(&fetched).is_some_and(|number| opened.number.as_ref() != Some(&number)) || is_withdrawn && !opened.may_discard {
            return Err(CommandError::new(ErrorCode::ChangedMeanwhile));
        }
        let number = opened.number.clone();
        let body = &fetched.form.body;
        let answers = FinalAnswers::decode(&body.form).map_err(|_| CommandError::new(ErrorCode::CannotOpen))?;
        self.put_back(sitting, record, opened);
        self.desk().demand_sitting(sitting)?;
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
