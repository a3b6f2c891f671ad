//! Joining an office with a one-time ticket. The endpoint learns its hash; an administrator's app checks the keys under its secret.

use office::keys::SigningSecret;
use office::tickets::{Ticket, TicketError};
use protocol::MemberId;
use protocol::enrolment::{Enrolment, EnrolmentReply};
use reqwest::Method;
use sync::{ClientOptions, EndpointClient};

use crate::App;
use crate::api::{CommandError, Enrol, ErrorCode, Status};
use crate::desk::{NewMember, trust};
use crate::ids::new_id;
use crate::stored::{OfficeState, UserState};

/// Shortest passphrase, in characters (BSI ORP.4: length beats rules).
pub const MIN_PASSPHRASE: usize = 12;
/// Longest name of a member of staff, in characters.
const MAX_NAME: usize = 80;

impl App {
    /// Redeems a ticket; then an administrator has to approve.
    pub(crate) async fn enrol(&self, args: Enrol) -> Result<Status, CommandError> {
        self.checked_new_user(&args.name, &args.passphrase)?;
        let ticket = Ticket::parse(&args.ticket).map_err(|error| match error {
            TicketError::Version => CommandError::new(ErrorCode::TicketUnreadable).with("reason", "version"),
            _ => CommandError::new(ErrorCode::TicketUnreadable),
        })?;
        if self.desk().office_other_than(&ticket.root_pin()) {
            return Err(CommandError::new(ErrorCode::AlreadyEnrolled));
        }
        let secret = SigningSecret::make();
        let (device, device_key) = self.desk().device();
        let enrolment = Enrolment {
            version: 1,
            office: ticket.office,
            ticket: ticket.secret.ticket_id(),
            member: MemberId::from_random(new_id()),
            name: args.name.trim().to_owned(),
            member_key: secret.public_key(),
            device,
            device_key,
        };
        let client = EndpointClient::new(&ClientOptions { url: ticket.url.clone(), trust: trust(ticket.tls_pin, None), version: crate::VERSION })?;
        let reply: EnrolmentReply = client.call_unsigned(Method::POST, "/v1/enrolments", Some(&ticket.secret.mac(&enrolment))).await?;
        let grant = ticket.secret.open_grant(&reply.grant).map_err(|_| CommandError::new(ErrorCode::NotOurEndpoint))?;
        let user = UserState {
            version: 1,
            member: enrolment.member,
            seed: *secret.expose_seed(),
            tag_key: *grant.tag_key.expose_bytes(),
            admin_serial: None,
        };
        let office = OfficeState {
            version: 1,
            office: ticket.office,
            root_key: ticket.root_key,
            url: ticket.url.clone(),
            tls_pin: ticket.tls_pin,
            directory: None,
            log: None,
            last_contact: Some(self.now()),
            log_fault: false,
        };
        self.desk().add_member(NewMember { name: &args.name, passphrase: &args.passphrase, office, user })?;
        self.changed();
        self.status_now()
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
