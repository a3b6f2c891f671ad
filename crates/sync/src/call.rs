//! What one exchange with the endpoint can come to.

use protocol::log::SignedCheckpoint;
use protocol::problem::ProblemCode;
use receipts::{LogFault, LogIdentity, verify_checkpoint};

/// Why an exchange gave no answer that counts.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// No connection, or it was cut, or it took too long. Whether the endpoint acted is unknown; asking again is safe.
    #[error("the endpoint cannot be reached")]
    Unreachable,
    /// The certificate is not one the directory lists.
    #[error("the endpoint shows a certificate that is not the office's")]
    ForeignCertificate,
    /// An answer, but not one of ours: a captive portal, a proxy's page, garbage.
    #[error("the answer did not come from an endpoint of ours")]
    NotOurs,
    /// The endpoint says no, and why.
    #[error("the endpoint refused: {0}")]
    Problem(ProblemCode),
    /// The endpoint's log contradicts what this device knows of it.
    #[error("the endpoint's log contradicts what it said before")]
    Log {
        /// How.
        #[source]
        fault: LogFault,
        /// The tree head that contradicts, if the log's key signed it: evidence to be kept until a log proves to contain it as well.
        witness: Option<Box<SignedCheckpoint>>,
    },
    /// The request could not be built.
    #[error("the address of the endpoint is not usable")]
    BadAddress,
}

/// The tree head if the log's key signed it for this log. What anybody could have made up is no evidence of what the log's key attested.
pub(crate) fn evidence(shown: &SignedCheckpoint, identity: &LogIdentity) -> Option<SignedCheckpoint> {
    verify_checkpoint(shown, identity).is_ok().then(|| shown.clone())
}

impl CallError {
    /// A view of the log that did not continue what is known, with its tree head as evidence.
    #[must_use]
    pub fn log(fault: LogFault, shown: &SignedCheckpoint, identity: &LogIdentity) -> Self {
        Self::Log { fault, witness: evidence(shown, identity).map(Box::new) }
    }

    /// Whether the same call may succeed later without anybody doing anything.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        match self {
            Self::Unreachable | Self::NotOurs => false,
            Self::Problem(code) => code.is_permanent(),
            Self::ForeignCertificate | Self::Log { .. } | Self::BadAddress => true,
        }
    }
}

/// An answer and what the log looked like with it.
#[derive(Debug)]
pub struct Answer<T> {
    /// The decoded answer.
    pub body: T,
    /// What the device now knows of the log; to be stored with whatever the answer causes.
    pub log: receipts::LogMemory,
}
