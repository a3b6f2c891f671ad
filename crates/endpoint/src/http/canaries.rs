//! Canaries: left by devices, opened by clerks' apps, looked at by everybody.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use office::roles::Permission;
use protocol::TeamId;
use protocol::api::{CanariesReply, CanaryReply, CanaryRequest, CanaryWord, Done};
use protocol::envelope::Envelope;
use protocol::problem::ProblemCode;

use super::App;
use super::body::{self, SMALL};
use super::problem::Problem;
use super::reply;

/// How the newest of each team stands.
#[utoipa::path(get, path = "/v1/canaries", tag = "records",
    responses((status = 200, description = "Reply with CanariesReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn canaries(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, 0).await?;
    call.demand_reader()?;
    let canaries = app.store.canaries().await?;
    reply::signed(&app, call.known_size, &CanariesReply { canaries }).await
}

/// A device leaves one.
#[utoipa::path(post, path = "/v1/teams/{id}/canary", tag = "records", params(("id" = String, Path, description = "Team id")),
    request_body(description = "CanaryRequest", content_type = "application/cbor"),
    responses((status = 200, description = "Reply with Done", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn leave(State(app): State<Arc<App>>, Path(team): Path<String>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, SMALL).await?;
    let (_, is_revoked) = call.demand_device()?;
    if is_revoked {
        return Err(ProblemCode::Revoked.into());
    }
    let team = TeamId::parse(&team).ok_or(ProblemCode::NotFound)?;
    let CanaryRequest { envelope } = body::decode(&call.body, SMALL)?;
    let (to, epoch) = Envelope::decode(&envelope).and_then(|envelope| envelope.key()).map_err(|_| ProblemCode::Malformed)?;
    let is_open = call.founded.directory.open_key(&team).is_some_and(|key| key.epoch == epoch);
    if to != team || !is_open {
        return Err(ProblemCode::Conflict.into());
    }
    app.store.write(move |batch| batch.leave_canary(team, epoch, &envelope)).await?;
    reply::signed(&app, call.known_size, &Done {}).await
}

/// The one that waits, for a clerk of the team.
#[utoipa::path(get, path = "/v1/teams/{id}/canary", tag = "records", params(("id" = String, Path, description = "Team id")),
    responses((status = 200, description = "Reply with CanaryReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn canary(State(app): State<Arc<App>>, Path(team): Path<String>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, 0).await?;
    let team = TeamId::parse(&team).ok_or(ProblemCode::NotFound)?;
    call.demand(Permission::OpenRecord, Some(team))?;
    let envelope = app.store.canary(team).await?.map(Into::into);
    reply::signed(&app, call.known_size, &CanaryReply { envelope }).await
}

/// What became of it at a clerk's app.
#[utoipa::path(post, path = "/v1/teams/{id}/canary/opening", tag = "records", params(("id" = String, Path, description = "Team id")),
    request_body(description = "CanaryWord", content_type = "application/cbor"),
    responses((status = 200, description = "Reply with Done", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn opened(State(app): State<Arc<App>>, Path(team): Path<String>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, SMALL).await?;
    let team = TeamId::parse(&team).ok_or(ProblemCode::NotFound)?;
    call.demand(Permission::OpenRecord, Some(team))?;
    let word: CanaryWord = body::decode(&call.body, SMALL)?;
    let readable = word.readable;
    app.store.write(move |batch| batch.note_canary(team, &word)).await?;
    if !readable {
        tracing::warn!(key = %call.key_id, %team, "a canary did not open");
    }
    reply::signed(&app, call.known_size, &Done {}).await
}
