//! Reading bodies within limits of size and time.

use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::{HeaderMap, header};
use minicbor::{Decode, Encode};
use protocol::api::MEDIA_TYPE;
use protocol::from_cbor;
use protocol::problem::ProblemCode;

use super::problem::Problem;

/// Length in bytes of a body that is neither a delivery nor a directory, at the most.
pub(crate) const SMALL: usize = 64 * 1024;

/// Reads the whole body. What announces more than `limit` is refused before a byte of it is taken in; what lies about it, as soon as it is beyond.
pub(crate) async fn read(body: Body, limit: usize, within: Duration) -> Result<Bytes, Problem> {
    if body.size_hint().lower() > limit as u64 {
        return Err(ProblemCode::TooLarge.into());
    }
    match tokio::time::timeout(within, axum::body::to_bytes(body, limit)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) if is_beyond_limit(&error) => Err(ProblemCode::TooLarge.into()),
        Ok(Err(_)) | Err(_) => Err(ProblemCode::Malformed.into()),
    }
}

fn is_beyond_limit(error: &axum::Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        if error.to_string() == "length limit exceeded" {
            return true;
        }
        cause = error.source();
    }
    false
}

/// Bodies are CBOR and say so.
pub(crate) fn demand_media_type(headers: &HeaderMap) -> Result<(), Problem> {
    let given = headers.get(header::CONTENT_TYPE).map(axum::http::HeaderValue::as_bytes);
    if given == Some(MEDIA_TYPE.as_bytes()) { Ok(()) } else { Err(ProblemCode::UnsupportedMediaType.into()) }
}

/// Decodes a message, strictly.
pub(crate) fn decode<T: for<'b> Decode<'b, ()> + Encode<()>>(bytes: &[u8], limit: usize) -> Result<T, Problem> {
    from_cbor(bytes, limit).map_err(|_| ProblemCode::Malformed.into())
}
