//! Joining an office with a one-time ticket. The endpoint learns its hash; an administrator's app checks the keys under its secret.

use std::sync::Arc;

use office::tickets::{Ticket, TicketError};
use protocol::enrolment::{Enrolment, EnrolmentReply};
use reqwest::Method;
use sync::{CallError, ClientOptions, EndpointClient};

use super::begun::{self, Begun, Newcomer};
use crate::App;
use crate::api::{CommandError, Enrol, ErrorCode, Status};
use crate::app::off_the_desk;
use crate::desk::{NewMember, trust};
use crate::stored::{OfficeState, UserState};

/// Shortest passphrase, in characters (BSI ORP.4: length beats rules).
pub const MIN_PASSPHRASE: usize = 12;
/// Longest name of a member of staff, in characters.
const MAX_NAME: usize = 80;

impl App {
    /// Redeems a ticket; then an administrator has to approve. The same ticket again takes up what was begun with it, with the name that was typed then.
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
        let begun = self.begin_enrolment(&ticket, args).await?;
        let maced = ticket.secret.mac(&begun.item.enrolment);
        let reply: EnrolmentReply = match client.call_unsigned(Method::POST, "/v1/enrolments", Some(&maced)).await {
            Ok(reply) => reply,
            Err(error) => {
                // A refusal for good leaves the device as it was. Of everything else nobody knows whether it arrived.
                if matches!(&error, CallError::Problem(problem) if problem.is_permanent()) {
                    begun::give_up(&self.desk().vault)?;
                }
                return Err(error.into());
            }
        };
        let grant = ticket.secret.open_grant(&reply.grant).map_err(|_| CommandError::new(ErrorCode::NotOurEndpoint))?;
        self.join(&ticket, begun, *grant.tag_key.expose_bytes())?;
        self.changed();
        self.status_now()
    }

    async fn begin_enrolment(&self, ticket: &Ticket, args: Enrol) -> Result<Begun, CommandError> {
        let (vault, (device, device_key)) = {
            let desk = self.desk();
            (Arc::clone(&desk.vault), desk.device())
        };
        let name = args.name.trim().to_owned();
        let newcomer = Newcomer { office: ticket.office, ticket: ticket.secret.ticket_id(), name, passphrase: args.passphrase, device, device_key };
        off_the_desk(move || begun::begin(&vault, &newcomer)).await?
    }

    /// What the grant completes is stored, and the newcomer is signed in.
    fn join(&self, ticket: &Ticket, begun: Begun, tag_key: [u8; 32]) -> Result<(), CommandError> {
        let (session, item, place) = begun.into_parts();
        let Enrolment { member, name, .. } = &item.enrolment;
        let user = UserState { version: 1, member: *member, seed: item.seed, tag_key, admin_serial: None };
        let office = OfficeState::new(&ticket.root_pin(), ticket.url.clone(), ticket.tls_pin, self.now());
        let mut desk = self.desk();
        desk.add_member(NewMember { session, name, office, user })?;
        desk.forget_begun_enrolment(place)
    }

    /// Refuses names and passphrases before anything is asked of the network.
    pub(crate) fn checked_new_user(&self, name: &str, passphrase: &crate::api::Passphrase) -> Result<(), CommandError> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > MAX_NAME || name.chars().any(char::is_control) {
            return Err(CommandError::new(ErrorCode::TextTooLong).with("maximum", MAX_NAME));
        }
        if passphrase.expose().chars().count() < MIN_PASSPHRASE {
            return Err(CommandError::new(ErrorCode::PassphraseTooShort).with("minimum", MIN_PASSPHRASE));
        }
        Ok(())
    }
}
