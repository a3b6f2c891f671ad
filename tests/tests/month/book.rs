//! What really happened, kept beside the office: who was asked, what they said, what became of it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// What is peculiar about a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nothing.
    Plain,
    /// The number had a slip: nobody knows it in the benefits system. The right one is this number with another letter.
    WrongNumber,
    /// What it says contradicts the benefits system; its author says that it is not to be entered.
    Contradictory,
    /// The customer took it back before it was entered: only the refusal counts.
    Withdrawn,
}

/// One customer.
pub struct Customer {
    pub fate: Fate,
    /// 0: declined everything; else one of the sets of answers.
    pub said: usize,
    /// How often it was entered.
    pub entered: u32,
    /// How often it was destroyed without entry on somebody's word.
    pub discarded: u32,
}

/// All of them, by the number that the form says.
#[derive(Default)]
pub struct Book {
    pub customers: BTreeMap<String, Customer>,
}

/// The right number of a form whose number has a slip.
pub fn right(number: &str) -> String {
    number.replace('A', "B")
}

fn answers(said: usize) -> Value {
    match said {
        0 => json!("declined"),
        1 => {
            json!({ "german_nationality": "yes", "born_outside": "no", "resettler": "no", "mother_born_outside": "no", "father_born_outside": "no" })
        }
        2 => json!({
            "german_nationality": "no", "born_outside": "yes", "immigrated_after_1949": "yes", "mother_born_outside": "yes",
            "mother_immigrated_after_1949": "no", "father_born_outside": "declined",
        }),
        _ => json!({
            "german_nationality": "yes", "born_outside": "yes", "immigrated_after_1949": "no", "resettler": "yes", "mother_born_outside": "declined",
            "father_born_outside": "yes", "father_immigrated_after_1949": "yes",
        }),
    }
}

impl Book {
    /// A backlog of one unit with this many members, who all are new; `prefix` decides its team.
    pub fn unit(&mut self, prefix: &str, members: usize) -> String {
        let first = self.customers.len();
        let unit = format!("{prefix}BG{first:07}");
        let rows: Vec<Value> = (first..first + members)
            .map(|at| {
                let number = format!("123A{at:06}");
                let fate = match at {
                    _ if at % 25 == 7 => Fate::WrongNumber,
                    _ if at % 40 == 11 => Fate::Contradictory,
                    _ if at % 30 == 19 => Fate::Withdrawn,
                    _ => Fate::Plain,
                };
                self.customers.insert(number.clone(), Customer { fate, said: at % 4, entered: 0, discarded: 0 });
                json!({ "customer_number": number, "label": format!("Person {at}"), "answers": answers(at % 4) })
            })
            .collect();
        json!([{ "unit": unit, "members": rows }]).to_string()
    }

    /// The same customer once more, asked by somebody who did not know.
    pub fn again(number: &str, unit: &str) -> String {
        json!([{ "unit": unit, "members": [{ "customer_number": number, "label": "noch einmal", "answers": "declined" }] }]).to_string()
    }

    /// By the number on the screen, which may be the corrected one.
    pub fn of(&mut self, number: &str) -> &mut Customer {
        self.customers.get_mut(&number.replace('B', "A")).expect("a customer who was asked")
    }

    /// What the clerk sees is what the customer said, or that it was taken back.
    pub fn demand_said(&mut self, view: &Value) {
        let number = view["customer_number"].as_str().expect("a number").to_owned();
        let customer = self.of(&number);
        let said = if customer.fate == Fate::Withdrawn { 0 } else { customer.said };
        let wanted = answers(said);
        for row in view["answers"].as_array().expect("eight answers") {
            let question = row["question"].as_str().expect("a question");
            let told = row["value"].as_str().expect("an answer");
            let expected = if said == 0 { Some("declined") } else { wanted[question].as_str() };
            if let Some(expected) = expected {
                assert_eq!(told, expected, "{question} of a form");
            }
        }
    }
}
