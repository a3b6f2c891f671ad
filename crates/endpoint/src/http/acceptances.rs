//! Which of its records a clerk found readable, for a device whose office waits for that.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::Response;
use protocol::api::{AcceptancesReply, AcceptancesRequest};
use protocol::limits::MAX_ACCEPTANCES;
use protocol::problem::ProblemCode;

use super::App;
use super::body::{self, SMALL};
use super::problem::Problem;
use super::reply;

/// A device asks about records that it delivered.
#[utoipa::path(post, path = "/v1/acceptances", tag = "records",
    request_body(description = "AcceptancesRequest", content_type = "application/cbor"),
    responses((status = 200, description = "Reply with AcceptancesReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn acceptances(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, SMALL).await?;
    let (device, _) = call.demand_device()?;
    let AcceptancesRequest { records } = body::decode(&call.body, SMALL)?;
    if records.len() > MAX_ACCEPTANCES {
        return Err(ProblemCode::TooLarge.into());
    }
    let accepted = app.store.acceptances(device, records).await?;
    reply::signed(&app, call.known_size, &AcceptancesReply { accepted }).await
}
