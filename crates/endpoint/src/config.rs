//! `endpoint.toml`: what an operator may set. Every entry has a default; an unknown one is an error, not a silent nothing.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::time::Duration;

use serde::Deserialize;

/// Name of the file in the data directory.
pub const CONFIG_FILE: &str = "endpoint.toml";

/// The longest grace: what was entered has no reason to be kept.
pub const MAX_GRACE_SECONDS: u64 = 3600;

/// The longest lease: beyond the last deadline nobody would wait for a clerk to come back.
pub const MAX_LEASE_DAYS: u64 = 90;

/// The file as `init` writes it, with every entry and its default.
pub const TEMPLATE: &str = include_str!("endpoint.toml");

/// The endpoint's settings.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Address and port to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// HTTP without TLS. Only on a loopback address: behind a proxy on the same machine, or for a demo.
    pub plain_http: bool,
    /// Connections at the same time.
    pub max_connections: usize,
    /// Streams at the same time in one HTTP/2 connection.
    pub max_streams: u32,
    /// Seconds for a TLS handshake, and for the head of a request.
    pub head_seconds: u64,
    /// Seconds for the body of a request.
    pub body_seconds: u64,
    /// Seconds for a whole request.
    pub request_seconds: u64,
    /// Seconds after which a connection is asked to end.
    pub connection_seconds: u64,
    /// Size of the database in MiB, at the most; 0 for no limit but the disk. Beyond it, deliveries get 507.
    pub max_database_mib: u32,
    /// Wrong tickets that one address may show within a minute.
    pub ticket_guesses_per_minute: u32,
    /// Lookups of customers that one member may make within a minute.
    pub lookups_per_minute: u32,
    /// Seconds in which a clerk can take back that a form was entered, before it is destroyed; at most [`MAX_GRACE_SECONDS`].
    pub grace_seconds: u64,
    /// Days after which a clerk's units go to her colleagues if she was not at this endpoint meanwhile; from 1 to [`MAX_LEASE_DAYS`].
    pub lease_days: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 7443),
            plain_http: false,
            max_connections: 1024,
            max_streams: 64,
            head_seconds: 10,
            body_seconds: 30,
            request_seconds: 60,
            connection_seconds: 600,
            max_database_mib: 0,
            ticket_guesses_per_minute: 30,
            lookups_per_minute: 30,
            grace_seconds: 900,
            lease_days: 7,
        }
    }
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file is there and cannot be read.
    #[error("{CONFIG_FILE} cannot be read")]
    Unreadable(#[source] std::io::Error),
    /// Not TOML, an unknown entry, or a value of another kind.
    #[error("{CONFIG_FILE}: {0}")]
    Malformed(#[from] toml::de::Error),
    /// Plain HTTP would leave the machine.
    #[error("plain HTTP is refused on {0}: only a loopback address may go without TLS")]
    PlainBeyondLoopback(SocketAddr),
    /// Entered forms would stay for hours.
    #[error("grace_seconds is {0}: at most {MAX_GRACE_SECONDS}, so that entered forms are destroyed soon")]
    GraceTooLong(u64),
    /// Work would wander every hour, or never.
    #[error("lease_days is {0}: from 1 to {MAX_LEASE_DAYS}")]
    Lease(u64),
}

impl Config {
    /// From the data directory; the defaults if there is no such file.
    ///
    /// # Errors
    /// [`ConfigError`] if the file is there and is not understood to the last entry.
    pub fn load(dir: &Path) -> Result<Self, ConfigError> {
        match std::fs::read_to_string(dir.join(CONFIG_FILE)) {
            Ok(text) => Ok(toml::from_str(&text)?),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(ConfigError::Unreadable(error)),
        }
    }

    /// # Errors
    /// [`ConfigError::PlainBeyondLoopback`]: TLS may be left out on a loopback address only. [`ConfigError::GraceTooLong`].
    /// [`ConfigError::Lease`].
    pub fn check(&self) -> Result<(), ConfigError> {
        let leaves_the_machine = self.plain_http && !self.listen.ip().is_loopback();
        if leaves_the_machine {
            return Err(ConfigError::PlainBeyondLoopback(self.listen));
        }
        if !(1..=MAX_LEASE_DAYS).contains(&self.lease_days) {
            return Err(ConfigError::Lease(self.lease_days));
        }
        if self.grace_seconds > MAX_GRACE_SECONDS { Err(ConfigError::GraceTooLong(self.grace_seconds)) } else { Ok(()) }
    }

    pub(crate) fn head_timeout(&self) -> Duration {
        Duration::from_secs(self.head_seconds)
    }

    /// Seconds for which a clerk keeps her units without having been here.
    pub(crate) fn lease(&self) -> u64 {
        self.lease_days.saturating_mul(24 * 3600)
    }

    /// In SQLite's pages of 4 KiB.
    pub(crate) fn max_pages(&self) -> Option<u32> {
        (self.max_database_mib > 0).then(|| self.max_database_mib.saturating_mul(256))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_states_the_defaults() {
        assert_eq!(toml::from_str::<Config>(TEMPLATE).unwrap(), Config::default());
    }

    #[test]
    fn an_unknown_entry_is_an_error() {
        assert!(toml::from_str::<Config>("plain_htpp = true").is_err());
    }

    #[test]
    fn the_grace_is_short() {
        let grace = |grace_seconds| Config { grace_seconds, ..Config::default() }.check();
        assert!(grace(0).is_ok());
        assert!(grace(MAX_GRACE_SECONDS).is_ok());
        assert!(grace(MAX_GRACE_SECONDS + 1).is_err());
    }

    #[test]
    fn a_lease_ends_within_a_quarter() {
        let lease = |lease_days| Config { lease_days, ..Config::default() }.check();
        assert!(lease(0).is_err());
        assert!(lease(1).is_ok());
        assert!(lease(MAX_LEASE_DAYS).is_ok());
        assert!(lease(MAX_LEASE_DAYS + 1).is_err());
    }

    #[test]
    fn plain_http_stays_on_the_machine() {
        let listen = |address: &str| Config { listen: address.parse().unwrap(), plain_http: true, ..Config::default() }.check();
        assert!(listen("127.0.0.1:80").is_ok());
        assert!(listen("[::1]:80").is_ok());
        for outside in ["0.0.0.0:80", "192.168.1.1:80", "[::]:80"] {
            assert!(listen(outside).is_err(), "{outside}");
        }
    }
}
