//! Joining an office with a one-time ticket. The endpoint learns its hash; an administrator's app checks the keys under its secret.

use std::sync::Arc;

use office::keys::SigningSecret;
use office::tickets::{Ticket, TicketError};
use protocol::MemberId;
use protocol::enrolment::{Enrolment, EnrolmentReply};
use protocol::problem::ProblemCode;
use reqwest::Method;
use sync::{CallError, ClientOptions, EndpointClient};

use super::begun::{self, Beginning, Begun};
use crate::App;
use crate::api::{CommandError, Enrol, ErrorCode, Passphrase, Status};
use crate::app::off_the_desk;
use crate::desk::{BEGUN_ENROLMENT, NewMember, trust};
use crate::ids::new_id;
use crate::stored::{EnrolmentItem, OfficeState, UserState};

/// Shortest passphrase, in characters (BSI ORP.4: length beats rules).
const MIN_PASSPHRASE: usize = 12;
/// Longest name of a member of staff, in characters.
const MAX_NAME: usize = 80;

impl App {
    /// Redeems a ticket; then an administrator has to approve. The same ticket again takes up what was begun with it, with the name that was typed then; once
    /// it is redeemed, it says how things are.
    pub(crate) async fn enrol(&self, args: Enrol) -> Result<Status, CommandError> {
        self.checked_new_user(&args.name, &args.passphrase)?;
        let ticket = Ticket::parse(&args.ticket).map_err(|error| match error {
            TicketError::Version => CommandError::new(ErrorCode::TicketUnreadable).with("reason", "version"),
            _ => CommandError::new(ErrorCode::TicketUnreadable),
        })?;
        if self.desk().office_other_than(&ticket.root_pin()) {
            return Err(CommandError::new(ErrorCode::AlreadyEnrolled));
        }
        let client = EndpointClient::new(&ClientOptions { url: ticket.url.clone(), trust: trust(ticket.tls_pin, None), version: crate::VERSION })?;
        // One at a time, from the keys to the last word about them.
        let _in_order = self.exchange_gate.lock().await;
        let id = ticket.secret.ticket_id().0;
        if self.desk().is_done(&id)? {
            return self.status_now();
        }
        // The endpoint lets one person per device wait: another one would take the first one's place.
        if self.desk().somebody_waits()? {
            return Err(CommandError::new(ErrorCode::EnrolmentWaiting));
        }
        let begun = self.begin_enrolment(&ticket, args).await?;
        let maced = ticket.secret.mac(&begun.item.enrolment);
        let reply: EnrolmentReply = match client.call_unsigned(Method::POST, "/v1/enrolments", Some(&maced)).await {
            Ok(reply) => reply,
            Err(error) => {
                // Refused for good: of no use any more. Of everything else nobody knows whether it arrived.
                if let CallError::Problem(ProblemCode::TicketInvalid | ProblemCode::Conflict) = &error {
                    begun::give_up(&self.desk().vault, |note| note.id == id)?;
                }
                return Err(error.into());
            }
        };
        let grant = ticket.secret.open_grant(&reply.grant).map_err(|_| CommandError::new(ErrorCode::NotOurEndpoint))?;
        self.join(&ticket, begun, *grant.tag_key.expose_bytes())?;
        self.changed();
        self.status_now()
    }

    async fn begin_enrolment(&self, ticket: &Ticket, args: Enrol) -> Result<Begun<EnrolmentItem>, CommandError> {
        let (vault, (device, device_key)) = {
            let desk = self.desk();
            (Arc::clone(&desk.vault), desk.device())
        };
        let (office, ticket) = (ticket.office, ticket.secret.ticket_id());
        let begun = off_the_desk(move || {
            let name = args.name.trim();
            let beginning = Beginning { id: ticket.0, kind: BEGUN_ENROLMENT, name, passphrase: &args.passphrase };
            if let Some(begun) = begun::take_up(&vault, &beginning)? {
                return Ok(begun);
            }
            let secret = SigningSecret::make();
            let (member, member_key) = (MemberId::from_random(new_id()), secret.public_key());
            let enrolment = Enrolment { version: 1, office, ticket, member, name: name.to_owned(), member_key, device, device_key };
            begun::begin_anew(&vault, &beginning, EnrolmentItem { version: 1, seed: *secret.expose_seed(), enrolment })
        });
        begun.await?
    }

    /// What the grant completes is stored, and the newcomer is signed in.
    fn join(&self, ticket: &Ticket, begun: Begun<EnrolmentItem>, tag_key: [u8; 32]) -> Result<(), CommandError> {
        let Begun { session, item } = begun;
        let Enrolment { member, name, .. } = &item.enrolment;
        let user = UserState { version: 1, member: *member, seed: item.seed, tag_key, admin_serial: None };
        let office = OfficeState::new(&ticket.root_pin(), ticket.url.clone(), ticket.tls_pin, self.now());
        let mut desk = self.desk();
        desk.add_member(NewMember { session, begun: ticket.secret.ticket_id().0, name, office, user, at: self.now() })?;
        desk.forget_begun_enrolment()
    }

    /// Refuses names and passphrases before anything is asked of the network.
    pub(crate) fn checked_new_user(&self, name: &str, passphrase: &Passphrase) -> Result<(), CommandError> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > MAX_NAME || name.chars().any(char::is_control) {
            return Err(CommandError::new(ErrorCode::TextTooLong).with("maximum", MAX_NAME));
        }
        demand_length(passphrase)
    }
}

/// Counted as the vault derives from it: the same from every keyboard.
pub fn demand_length(passphrase: &Passphrase) -> Result<(), CommandError> {
    if vault::passphrase_length(passphrase.expose()) < MIN_PASSPHRASE {
        return Err(CommandError::new(ErrorCode::PassphraseTooShort).with("minimum", MIN_PASSPHRASE));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_is_as_long_as_it_is_composed() {
        let length = |text: &str| demand_length(&Passphrase::new(text.to_owned())).map_err(|error| error.code);
        assert_eq!(length("u\u{308}u\u{308}u\u{308}u\u{308}u\u{308}u\u{308}"), Err(ErrorCode::PassphraseTooShort), "six letters, twelve code points");
        assert_eq!(length("zw\u{f6}lf Zeichen"), Ok(()));
    }
}
