//! A paper backlog, read from standard input: all or nothing, and every error named by unit and member.

use std::collections::{BTreeMap, HashSet};

use protocol::RecordId;
use questionnaire::{Answer, Answers, Asking, DraftForm, Question};
use serde::Deserialize;

use crate::App;
use crate::api::{CommandError, ErrorCode, ImportArgs, ImportIssue, ImportReport};
use crate::collect::members::MAX_MEMBERS;
use crate::collect::numbers::TypedNumbers;
use crate::collect::unit::checked_label;
use crate::desk::NewUnit;
use crate::ids::new_id;
use crate::stored::{MemberItem, UnitItem};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PaperUnit {
    #[serde(default)]
    unit: Option<String>,
    members: Vec<PaperMember>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PaperMember {
    #[serde(default)]
    customer_number: Option<String>,
    #[serde(default)]
    label: String,
    #[serde(default)]
    asking: Option<Asking>,
    answers: PaperAnswers,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum PaperAnswers {
    Word(String),
    Each(BTreeMap<String, String>),
}

struct Reader<'a> {
    rules: TypedNumbers,
    numbers: HashSet<String>,
    issues: Vec<ImportIssue>,
    now: protocol::UnixTime,
    known_units: &'a HashSet<String>,
}

impl App {
    /// Reads a backlog into unchecked drafts.
    pub(crate) async fn import(&self, args: ImportArgs) -> Result<ImportReport, CommandError> {
        self.desk().demand_collector()?;
        let paper = parse(&args.text)?;
        let mut desk = self.desk();
        let known = desk.unlocked()?.units()?;
        let known_units: HashSet<String> = known.iter().filter_map(|(_, unit)| unit.number.clone()).collect();
        let members = known.iter().flat_map(|(_, unit)| unit.members.iter().filter_map(|member| member.number.clone()));
        let handed_over = desk.unlocked()?.mig_items()?.into_iter().filter_map(|(_, item)| item.customer_number);
        // Who was just handed over was asked: they would be asked twice.
        let numbers = members.chain(handed_over).collect();
        let mut reader =
            Reader { rules: TypedNumbers::of(desk.settings())?, numbers, issues: Vec::new(), now: self.now(), known_units: &known_units };
        let units: Vec<NewUnit> = paper.into_iter().enumerate().map(|(at, unit)| reader.unit(at as u32 + 1, unit)).collect();
        if !reader.issues.is_empty() {
            return Ok(ImportReport { units: 0, members: 0, issues: reader.issues });
        }
        let members = units.iter().map(|unit| unit.forms.len() as u32).sum();
        desk.save_new_units(&units)?;
        drop(desk);
        self.changed();
        Ok(ImportReport { units: units.len() as u32, members, issues: Vec::new() })
    }
}

/// One object, several one after the other, or an array of them.
fn parse(text: &str) -> Result<Vec<PaperUnit>, CommandError> {
    let unreadable = |error: serde_json::Error| CommandError::new(ErrorCode::ImportUnreadable).with("line", error.line());
    if text.trim_start().starts_with('[') {
        return serde_json::from_str(text).map_err(unreadable);
    }
    serde_json::Deserializer::from_str(text).into_iter().collect::<Result<_, _>>().map_err(unreadable)
}

impl Reader<'_> {
    fn issue(&mut self, unit: u32, member: Option<u32>, code: &str) {
        self.issues.push(ImportIssue { unit, member, code: code.to_owned() });
    }

    fn unit(&mut self, at: u32, paper: PaperUnit) -> NewUnit {
        let number = match paper.unit.map(|text| self.rules.unit_once(&text)) {
            None => None,
            Some(Ok(number)) => Some(number),
            Some(Err(_)) => {
                self.issue(at, None, "unit_number_invalid");
                None
            }
        };
        if let Some(number) = &number
            && (self.known_units.contains(number) || !self.numbers.insert(format!("unit {number}")))
        {
            self.issue(at, None, "unit_number_twice");
        }
        if paper.members.is_empty() {
            self.issue(at, None, "no_members");
        }
        if paper.members.len() > MAX_MEMBERS {
            self.issue(at, None, "too_many_members");
        }
        if number.is_none() && paper.members.len() > 1 {
            self.issue(at, None, "several_members_without_unit_number");
        }
        let mut unit = UnitItem::new(number, String::new(), self.now);
        let mut forms = Vec::new();
        for (place, member) in paper.members.into_iter().enumerate() {
            let (item, draft) = self.member(at, place as u32 + 1, member);
            forms.push((item.id, draft));
            unit.members.push(item);
        }
        NewUnit { id: new_id(), unit, forms }
    }

    fn member(&mut self, unit: u32, at: u32, paper: PaperMember) -> (MemberItem, DraftForm) {
        let number = match paper.customer_number.map(|text| self.rules.customer_once(&text)) {
            None => None,
            Some(Ok(number)) => Some(number),
            Some(Err(_)) => {
                self.issue(unit, Some(at), "customer_number_invalid");
                None
            }
        };
        if let Some(number) = &number
            && !self.numbers.insert(number.clone())
        {
            self.issue(unit, Some(at), "customer_number_twice");
        }
        let label = checked_label(&paper.label).unwrap_or_else(|_| {
            self.issue(unit, Some(at), "label_too_long");
            String::new()
        });
        let asking = paper.asking.unwrap_or(Asking::ToPerson);
        let draft = DraftForm::from_paper(asking, self.answers(unit, at, paper.answers));
        let mut item = MemberItem::new(new_id(), label, number, asking, RecordId::from_random(new_id()));
        item.unchecked_import = true;
        item.answered_at = Some(self.now);
        item.set_state(draft.state());
        (item, draft)
    }

    fn answers(&mut self, unit: u32, at: u32, paper: PaperAnswers) -> Answers {
        let mut answers = Answers::new();
        match paper {
            PaperAnswers::Word(word) if word == "declined" => answers.refuse_all(),
            PaperAnswers::Word(_) => self.issue(unit, Some(at), "answers_unreadable"),
            PaperAnswers::Each(given) => {
                for (key, value) in given {
                    match (Question::from_key(&key), Answer::from_key(&value)) {
                        (Some(question), Some(answer)) => answers.set(question, Some(answer)),
                        (None, _) => self.issue(unit, Some(at), "question_unknown"),
                        (_, None) => self.issue(unit, Some(at), "answer_unknown"),
                    }
                }
                if Question::ALL.into_iter().any(|question| answers.given(question).is_some() && !answers.asked(question)) {
                    self.issue(unit, Some(at), "follow_up_not_asked");
                }
            }
        }
        answers
    }
}
