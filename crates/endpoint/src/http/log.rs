//! The log, for whoever compares two of its heads.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, Request, State};
use axum::response::Response;
use protocol::api::ConsistencyReply;
use protocol::problem::ProblemCode;
use serde::Deserialize;

use super::App;
use super::problem::Problem;
use super::reply;

#[derive(Deserialize)]
pub(crate) struct Sizes {
    from: u64,
    to: u64,
}

/// The proof that the tree of `from` leaves is a part of that of `to`.
#[utoipa::path(get, path = "/v1/log/consistency", tag = "log",
    params(("from" = u64, Query, description = "Leaves of the older tree"), ("to" = u64, Query, description = "Leaves of the newer tree")),
    responses((status = 200, description = "Reply with ConsistencyReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn consistency(
    State(app): State<Arc<App>>,
    query: Result<Query<Sizes>, QueryRejection>,
    request: Request,
) -> Result<Response, Problem> {
    let call = app.call(request, 0).await?;
    call.demand_reader()?;
    let Query(sizes) = query.map_err(|_| ProblemCode::Malformed)?;
    let path = app.store.consistency(sizes.from, sizes.to).await?.ok_or(ProblemCode::NotFound)?;
    reply::signed(&app, call.known_size, &ConsistencyReply { path }).await
}

/// Whether the endpoint can store at present.
#[utoipa::path(get, path = "/healthz", tag = "log",
    responses((status = 200, description = "It can"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn health(State(app): State<Arc<App>>) -> Result<&'static str, Problem> {
    if app.store.snapshot().stopped { Err(ProblemCode::Unavailable.into()) } else { Ok("ok\n") }
}
