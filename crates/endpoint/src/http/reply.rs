//! Answers: CBOR, and to signed requests with the newest view of the log.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use minicbor::Encode;
use protocol::api::{MEDIA_TYPE, Reply};
use protocol::problem::ProblemCode;
use protocol::to_cbor;

use super::App;
use super::problem::Problem;

/// An answer to an unsigned request.
pub(crate) fn plain<T: Encode<()>>(answer: &T) -> Response {
    ([(header::CONTENT_TYPE, MEDIA_TYPE)], to_cbor(answer)).into_response()
}

/// An answer to a signed request from somebody who knows the tree of `known_size` leaves.
pub(crate) async fn signed<T: Encode<()>>(app: &App, known_size: u64, answer: &T) -> Result<Response, Problem> {
    // Taken after the work is durable: the view contains every leaf that the answer speaks of.
    let log = app.store.view(known_size).await?.ok_or(ProblemCode::NotFound)?;
    Ok(plain(&Reply { log, body: to_cbor(answer).into() }))
}
