//! Where the forms of one customer are, for a colleague who has their number: what a replacement must name, and nothing of any content.

use protocol::api::{FoundRecord, LookupState, Reconciled};
use protocol::{RecordId, Tag, TeamId};
use rusqlite::Connection;

use super::Store;
use super::fault::StoreFault;
use super::replacement;

impl Store {
    /// Forms with one of these tags, the newest first. What a clerk discarded is none: nothing of it was entered, and a new form may be taken.
    pub(crate) async fn forms_of(&self, tags: Vec<Tag>) -> Result<Vec<FoundRecord>, StoreFault> {
        self.readers
            .read(move |sql| {
                let mut found: Vec<(i64, FoundRecord)> = Vec::new();
                for tag in tags {
                    for (id, form) in forms_with(sql, tag)? {
                        if found.iter().all(|(other, _)| *other != id) {
                            found.push((id, FoundRecord { superseded: replacement::is_superseded(sql, id)?, ..form }));
                        }
                    }
                }
                found.sort_by_key(|(id, _)| std::cmp::Reverse(*id));
                Ok(found.into_iter().map(|(_, form)| form).collect())
            })
            .await
    }
}

impl Store {
    /// Where the newest form of each of these customers is: of those that no later one replaces, one that is not destroyed comes first.
    pub(crate) async fn reconcile(&self, tags: Vec<Tag>) -> Result<Vec<Reconciled>, StoreFault> {
        self.readers
            .read(move |sql| {
                let mut states = Vec::with_capacity(tags.len());
                for tag in tags {
                    let mut state = Reconciled::Unknown;
                    for (id, form) in forms_with(sql, tag)? {
                        if replacement::is_superseded(sql, id)? {
                            continue;
                        }
                        if form.state != LookupState::Destroyed {
                            state = Reconciled::Waiting;
                            break;
                        }
                        state = Reconciled::Entered;
                    }
                    states.push(state);
                }
                Ok(states)
            })
            .await
    }
}

fn forms_with(sql: &Connection, tag: Tag) -> Result<Vec<(i64, FoundRecord)>, StoreFault> {
    let mut select = sql.prepare_cached(
        "SELECT record.id, record.record, record.team, unit.tag, unit_members, opened_by IS NOT NULL, destroyed_position IS NOT NULL \
         FROM customer_tag JOIN record ON record.id = customer_tag.record JOIN unit ON unit.id = record.unit \
         WHERE customer_tag.tag = ?1 AND follows IS NULL AND discarded = 0",
    )?;
    let rows = select.query_map([tag.0], |row| {
        let state = match (row.get(6)?, row.get(5)?) {
            (true, _) => LookupState::Destroyed,
            (false, true) => LookupState::Opened,
            (false, false) => LookupState::Unopened,
        };
        let form = FoundRecord {
            record: RecordId(row.get(1)?),
            team: TeamId(row.get(2)?),
            unit_tag: Tag(row.get(3)?),
            unit_members: row.get(4)?,
            state,
            superseded: false,
        };
        Ok((row.get(0)?, form))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
