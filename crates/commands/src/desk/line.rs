//! A line to the endpoint: where it is, how it is recognised, and with whose key requests are signed.

use std::sync::Arc;

use office::keys::SigningSecret;
use office::requests::KeyId;
use protocol::directory::Directory;
use protocol::{DeviceId, Digest};
use receipts::{LogIdentity, LogMemory};
use sync::{ClientOptions, EndpointClient, TlsTrust};

use super::Desk;
use crate::api::{CommandError, ErrorCode};

/// Whose key signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// The device: deliveries, the directory. Needs no passphrase.
    Device,
    /// The unlocked member.
    Member,
}

/// See the module.
pub struct Line {
    /// The connection.
    pub client: Arc<EndpointClient>,
    /// Name of the signing key.
    pub key_id: KeyId,
    /// The signing key.
    pub secret: SigningSecret,
    /// This device.
    pub device: DeviceId,
    /// Which log is the office's. Meaningless while `knows_log` is false.
    pub identity: LogIdentity,
    /// What is known of it.
    pub memory: LogMemory,
    /// Whether a verified directory named the log.
    pub knows_log: bool,
}

/// Certificates that count: those of the directory, else the one of the ticket, else public authorities'.
pub fn trust(pin: Option<Digest>, directory: Option<&Directory>) -> TlsTrust {
    match (directory.map(|directory| &directory.endpoint.tls_pins), pin) {
        (Some(pins), _) if !pins.is_empty() => TlsTrust::Pins(pins.clone()),
        (_, Some(pin)) => TlsTrust::Pins(vec![pin]),
        _ => TlsTrust::Authorities,
    }
}

impl Desk {
    /// A line for requests in an office whose directory is known.
    pub fn line(&mut self, who: Who) -> Result<Line, CommandError> {
        let line = self.line_signed_by(who)?;
        if line.knows_log { Ok(line) } else { Err(CommandError::new(ErrorCode::EnrolmentWaiting)) }
    }

    /// A line for fetching the directory, which may be the first.
    pub fn line_before_directory(&mut self) -> Result<Line, CommandError> {
        self.line_signed_by(Who::Device)
    }

    fn line_signed_by(&mut self, who: Who) -> Result<Line, CommandError> {
        let (device, secret) = self.device_secret();
        let (key_id, secret) = match who {
            Who::Device => (KeyId::Device(device), secret),
            Who::Member => {
                let user = self.unlocked()?.state()?;
                (KeyId::Member(user.member), user.secret())
            }
        };
        let client = self.client()?;
        let office = self.known_office()?;
        let identity = office.log_identity();
        let placeholder = LogIdentity { office: office.state.office, generation: 0, key: protocol::PublicKey([0; 32]), next_key: None };
        let knows_log = identity.is_some();
        Ok(Line { client, key_id, secret, device, identity: identity.unwrap_or(placeholder), memory: office.memory.clone(), knows_log })
    }

    fn client(&mut self) -> Result<Arc<EndpointClient>, CommandError> {
        let office = self.known_office_mut()?;
        if let Some(client) = &office.client {
            return Ok(Arc::clone(client));
        }
        let trust = trust(office.state.tls_pin, office.directory.as_ref().map(|directory| directory.get()));
        let client = Arc::new(EndpointClient::new(&ClientOptions { url: office.state.url.clone(), trust, version: crate::VERSION })?);
        office.client = Some(Arc::clone(&client));
        Ok(client)
    }
}
