//! From what failed to a code that a shell can word. Only codes and harmless values cross; sentences of libraries never do.

use std::collections::BTreeMap;

use protocol::limits::MIN_REPORT_CLERKS;
use protocol::problem::ProblemCode;
use sync::CallError;

use crate::api::{CommandError, ErrorCode};

impl CommandError {
    /// An error without values.
    #[must_use]
    pub fn new(code: ErrorCode) -> Self {
        Self { code, params: BTreeMap::new() }
    }

    /// Adds a value for the sentence. Never an answer, a name or a number of a customer.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }
}

impl std::fmt::Display for CommandError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.code)
    }
}

impl CommandError {
    /// Whether the endpoint refused because things are not as the request supposes.
    pub(crate) fn is_conflict(&self) -> bool {
        self.params.get("problem").is_some_and(|problem| problem == ProblemCode::Conflict.code())
    }
}

impl std::error::Error for CommandError {}

impl From<ErrorCode> for CommandError {
    fn from(code: ErrorCode) -> Self {
        Self::new(code)
    }
}

impl From<CallError> for CommandError {
    fn from(error: CallError) -> Self {
        let code = match &error {
            CallError::Unreachable => ErrorCode::Unreachable,
            CallError::BadAddress => ErrorCode::Unreachable,
            CallError::ForeignCertificate | CallError::NotOurs => ErrorCode::NotOurEndpoint,
            CallError::Log { .. } => ErrorCode::LogFault,
            CallError::Problem(problem) => return from_problem(*problem),
        };
        Self::new(code)
    }
}

fn from_problem(problem: ProblemCode) -> CommandError {
    let code = match problem {
        ProblemCode::Revoked => ErrorCode::Revoked,
        ProblemCode::EnrolmentPending => ErrorCode::EnrolmentWaiting,
        ProblemCode::TicketInvalid => ErrorCode::TicketInvalid,
        ProblemCode::AlreadyFounded => ErrorCode::AlreadyFounded,
        ProblemCode::ClientTooOld => ErrorCode::ClientTooOld,
        ProblemCode::Forbidden => ErrorCode::NotYourRole,
        ProblemCode::NotFound => ErrorCode::NotFound,
        ProblemCode::Superseded => ErrorCode::Superseded,
        ProblemCode::TeamTooSmall => {
            return CommandError::new(ErrorCode::TeamTooSmall).with("minimum", MIN_REPORT_CLERKS);
        }
        ProblemCode::Destroyed => ErrorCode::AlreadyEntered,
        ProblemCode::Unavailable | ProblemCode::InsufficientStorage | ProblemCode::RateLimited | ProblemCode::Internal => ErrorCode::EndpointBusy,
        _ => return CommandError::new(ErrorCode::EndpointRefused).with("problem", problem.code()),
    };
    CommandError::new(code).with("problem", problem.code())
}
