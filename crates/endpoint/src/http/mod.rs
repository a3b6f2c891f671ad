//! The HTTP interface: routes, who may call them, and what every answer carries. Described for readers in `docs/formats/api.md`.

mod acceptances;
mod announcements;
mod authority;
mod body;
mod call;
mod canaries;
mod clerk;
mod distribution;
mod enrolments;
mod fleet;
mod founding;
mod guesses;
mod log;
mod lookups;
mod nonces;
mod notes;
mod openapi;
mod problem;
mod records;
mod reply;
mod reports;
mod rewraps;
mod routes;

pub use openapi::document as openapi_document;
pub(crate) use routes::{Peer, router};

use std::path::PathBuf;
use std::sync::Arc;

use clock::Clock;
use protocol::enrolment::EndpointIdentity;
use protocol::{Digest, PublicKey, UnixTime};

use crate::config::Config;
use crate::store::Store;

/// Lists of customers that a member may have compared in a minute.
const LISTS_PER_MINUTE: u32 = 6;

/// What every request may need.
pub(crate) struct App {
    pub(crate) store: Store,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) config: Config,
    pub(crate) data_dir: PathBuf,
    pub(crate) founding_code: Option<office::founding::FoundingCode>,
    pub(crate) generation: u32,
    pub(crate) receipt_key: PublicKey,
    pub(crate) tls_pin: Option<Digest>,
    pub(crate) copies: u8,
    nonces: nonces::Nonces,
    guesses: guesses::Guesses<std::net::IpAddr>,
    lookups: guesses::Guesses<protocol::MemberId>,
    reconciliations: guesses::Guesses<protocol::MemberId>,
}

/// What distinguishes one endpoint from another.
pub(crate) struct Identity {
    pub(crate) generation: u32,
    pub(crate) receipt_key: PublicKey,
    pub(crate) tls_pin: Option<Digest>,
    pub(crate) copies: u8,
}

impl App {
    pub(crate) fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        config: Config,
        data_dir: PathBuf,
        founding_code: Option<office::founding::FoundingCode>,
        identity: Identity,
    ) -> Self {
        let guesses = guesses::Guesses::new(config.ticket_guesses_per_minute);
        let lookups = guesses::Guesses::new(config.lookups_per_minute);
        let reconciliations = guesses::Guesses::new(LISTS_PER_MINUTE);
        let Identity { generation, receipt_key, tls_pin, copies } = identity;
        let nonces = nonces::Nonces::make();
        Self { store, clock, config, data_dir, founding_code, generation, receipt_key, tls_pin, copies, nonces, guesses, lookups, reconciliations }
    }

    pub(crate) fn now(&self) -> UnixTime {
        self.clock.now()
    }

    /// What the endpoint says of itself at this moment.
    pub(crate) fn identity(&self) -> EndpointIdentity {
        EndpointIdentity {
            version: 1,
            office: self.store.office_id(),
            generation: self.generation,
            receipt_key: self.receipt_key,
            tls_pin: self.tls_pin,
            copies: self.copies,
            now: self.now(),
        }
    }
}
