//! Changing locks after a team's key was changed.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, Request, State};
use axum::response::Response;
use minicbor::bytes::ByteVec;
use office::roles::Permission;
use protocol::api::{EpochsReply, ReceiptReply, RewrapRequest, RewrapsReply};
use protocol::envelope::{Envelope, rewrap_of};
use protocol::limits::MAX_ENVELOPE_BYTES;
use protocol::problem::ProblemCode;
use protocol::{Digest, MemberId, RecordId, TeamId, to_cbor};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::App;
use super::body::{self, SMALL};
use super::problem::Problem;
use super::reply;
use crate::store::Rewrapped;

#[derive(Deserialize)]
pub(crate) struct Page {
    after: u64,
}

/// Envelopes under closed keys that the calling clerk's app shall seal anew.
#[utoipa::path(get, path = "/v1/teams/{id}/rewraps", tag = "team keys",
    params(("id" = String, Path, description = "Team id"), ("after" = u64, Query, description = "Where the page begins: 0, or `next` of the page before")),
    responses((status = 200, description = "Reply with RewrapsReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn rewraps(
    State(app): State<Arc<App>>,
    Path(team): Path<String>,
    query: Result<Query<Page>, QueryRejection>,
    request: Request,
) -> Result<Response, Problem> {
    let call = app.call(request, 0).await?;
    let team = TeamId::parse(&team).ok_or(ProblemCode::NotFound)?;
    let clerk = call.demand(Permission::RewrapRecord, Some(team))?;
    let Query(page) = query.map_err(|_| ProblemCode::Malformed)?;
    let (envelopes, next) = app.store.rewraps(team, clerk, page.after).await?;
    let envelopes = envelopes.into_iter().map(ByteVec::from).collect();
    reply::signed(&app, call.known_size, &RewrapsReply { envelopes, next }).await
}

/// The same sealed form under the team's open key takes the place of the envelope that is here.
#[utoipa::path(post, path = "/v1/records/{id}/rewrap", tag = "team keys", params(("id" = String, Path, description = "Record id")),
    request_body(description = "RewrapRequest", content_type = "application/cbor"),
    responses((status = 200, description = "Reply with ReceiptReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn rewrap(State(app): State<Arc<App>>, Path(record): Path<String>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, SMALL).await?;
    let clerk = call.demand(Permission::ReadAssignments, None)?;
    let record = RecordId::parse(&record).ok_or(ProblemCode::NotFound)?;
    let new = parse(record, clerk, body::decode(&call.body, SMALL)?)?;
    let position = app.store.write(move |batch| batch.rewrap(&new)).await?.value;
    tracing::info!(key = %call.key_id, %record, "sealed anew");
    let receipt = app.store.receipt(position).await?;
    reply::signed(&app, call.known_size, &ReceiptReply { receipt }).await
}

/// The same sealed form under another team's key: it belongs to that team from now on.
#[utoipa::path(post, path = "/v1/records/{id}/forwarding", tag = "records", params(("id" = String, Path, description = "Record id")),
    request_body(description = "RewrapRequest", content_type = "application/cbor"),
    responses((status = 200, description = "Reply with ReceiptReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn forward(State(app): State<Arc<App>>, Path(record): Path<String>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, SMALL).await?;
    let clerk = call.demand(Permission::ReadAssignments, None)?;
    let record = RecordId::parse(&record).ok_or(ProblemCode::NotFound)?;
    let new = parse(record, clerk, body::decode(&call.body, SMALL)?)?;
    let position = app.store.write(move |batch| batch.forward(&new)).await?.value;
    tracing::info!(key = %call.key_id, %record, "forwarded");
    let receipt = app.store.receipt(position).await?;
    reply::signed(&app, call.known_size, &ReceiptReply { receipt }).await
}

/// How much lies under which key of a team.
#[utoipa::path(get, path = "/v1/teams/{id}/epochs", tag = "team keys", params(("id" = String, Path, description = "Team id")),
    responses((status = 200, description = "Reply with EpochsReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn epochs(State(app): State<Arc<App>>, Path(team): Path<String>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, 0).await?;
    let team = TeamId::parse(&team).ok_or(ProblemCode::NotFound)?;
    call.demand(Permission::ReadTeamCounts, Some(team))?;
    let epochs = app.store.epochs(team).await?;
    reply::signed(&app, call.known_size, &EpochsReply { epochs }).await
}

/// An envelope that says itself to be this record's, with a lock that the caller says to have changed.
fn parse(record: RecordId, clerk: MemberId, request: RewrapRequest) -> Result<Rewrapped, Problem> {
    let RewrapRequest { envelope: bytes, replaces, token } = request;
    if bytes.len() > MAX_ENVELOPE_BYTES {
        return Err(ProblemCode::TooLarge.into());
    }
    let envelope = Envelope::decode(&bytes).map_err(|_| ProblemCode::Malformed)?;
    let header = envelope.header().map_err(|_| ProblemCode::Malformed)?;
    let signed = envelope.rewrap.as_ref().ok_or(ProblemCode::Malformed)?;
    let rewrap = rewrap_of(signed).map_err(|_| ProblemCode::Malformed)?;
    if header.record != record || rewrap.by != clerk {
        return Err(ProblemCode::Malformed.into());
    }
    let statement = Digest(Sha256::digest(to_cbor(signed)).into());
    let digest = Digest(Sha256::digest(&*bytes).into());
    Ok(Rewrapped { clerk, record, envelope, bytes: bytes.into(), digest, replaces, token, rewrap, statement })
}
