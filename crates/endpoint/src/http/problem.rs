//! Problems as answers (RFC 9457): a code, and nothing that could tell an outsider more than the status does.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use protocol::api::PROBLEM_MEDIA_TYPE;
use protocol::problem::ProblemCode;

use crate::store::{Refusal, StoreFault};

/// A problem, and after how many seconds to try again where that helps.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Problem {
    pub(crate) code: ProblemCode,
    pub(crate) retry_after: Option<u64>,
}

impl From<ProblemCode> for Problem {
    fn from(code: ProblemCode) -> Self {
        let retry_after = matches!(code, ProblemCode::Unavailable | ProblemCode::InsufficientStorage | ProblemCode::RateLimited).then_some(30);
        Self { code, retry_after }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        if let Refusal::Store(fault) = &refusal {
            tracing::warn!(%fault, "a request was not served");
        }
        refusal.problem().into()
    }
}

impl From<StoreFault> for Problem {
    fn from(fault: StoreFault) -> Self {
        Refusal::Store(fault).into()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let title = self.code.code().replace('-', " ");
        let body = serde_json::json!({ "type": self.code.type_uri(), "title": title, "status": self.code.status() });
        let mut response = (status, [(header::CONTENT_TYPE, PROBLEM_MEDIA_TYPE)], body.to_string()).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
