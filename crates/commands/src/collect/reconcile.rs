//! Abgleich: a list of customers with the mark "MIG" from the benefits system, held against what is known here. It is read in memory, kept nowhere, and answers nothing
//! about what anybody said.

use std::collections::HashSet;

use office::tags::TagKey;
use protocol::api::{ReconcileReply, ReconcileRequest, Reconciled};
use protocol::limits::MAX_RECONCILED_TAGS;
use reqwest::Method;

use super::TypedNumbers;
use crate::App;
use crate::api::{CommandError, ErrorCode, Reconcile, ReconcileView};
use crate::desk::{Desk, Who};

/// Numbers in one list, at the most: the endpoint compares so many in a minute.
const MAX_NUMBERS: usize = 1000;

/// A list as it was read.
struct Listed {
    /// Each number once, in the list's order.
    numbers: Vec<String>,
    /// Lines, counted from 1, in which no number was found; a first line of headings is none of them.
    unreadable: Vec<u32>,
}

impl App {
    /// Compares the list; the numbers that are not entered come back, so that somebody can look after them.
    pub(crate) async fn reconcile(&self, args: Reconcile) -> Result<ReconcileView, CommandError> {
        let (listed, key, sitting) = {
            let desk = self.desk();
            desk.demand_collector()?;
            (desk.read_list(&args.text)?, desk.unlocked()?.state()?.tag_key, desk.sitting)
        };
        let Listed { numbers, unreadable } = listed;
        let tags = TagKey::from_bytes(key);
        let mut view =
            ReconcileView { asked: numbers.len() as u32, entered: 0, waiting: Vec::new(), here: Vec::new(), unknown: Vec::new(), unreadable };
        let mut to_ask = Vec::new();
        {
            let desk = self.desk();
            for number in numbers {
                if desk.is_here(&number)? {
                    view.here.push(number);
                } else {
                    to_ask.push(number);
                }
            }
        }
        for some in to_ask.chunks(MAX_RECONCILED_TAGS) {
            let request = ReconcileRequest { tags: some.iter().map(|number| tags.customer(number)).collect() };
            let reply: ReconcileReply = self.exchange(Who::Member, Method::POST, "/v1/reconciliations", Some(&request)).await?;
            if reply.states.len() != some.len() {
                return Err(CommandError::new(ErrorCode::NotOurEndpoint));
            }
            for (number, state) in some.iter().zip(reply.states) {
                match state {
                    Reconciled::Entered => view.entered += 1,
                    Reconciled::Waiting => view.waiting.push(number.clone()),
                    Reconciled::Unknown => view.unknown.push(number.clone()),
                }
            }
        }
        self.desk().demand_sitting(sitting)?;
        Ok(view)
    }
}

impl Desk {
    /// The first field of each line is the number; a first line without one is taken for headings.
    fn read_list(&self, text: &str) -> Result<Listed, CommandError> {
        let rules = TypedNumbers::of(self.settings())?;
        let (mut seen, mut listed) = (HashSet::new(), Listed { numbers: Vec::new(), unreadable: Vec::new() });
        for (line, content) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let first = content.split([';', '\t', ',']).next().unwrap_or_default().trim().trim_matches('"').trim();
            if first.is_empty() {
                continue;
            }
            match rules.customer_once(first) {
                Ok(number) if seen.insert(number.clone()) => listed.numbers.push(number),
                Ok(_) => {}
                Err(_) if line == 1 => {}
                Err(_) => listed.unreadable.push(line),
            }
        }
        if listed.numbers.len() > MAX_NUMBERS {
            return Err(CommandError::new(ErrorCode::TextTooLong).with("maximum", MAX_NUMBERS));
        }
        Ok(listed)
    }
}
