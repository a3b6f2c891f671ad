//! What clerks announce and pass on, so that a team can hold its key.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use office::roles::Permission;
use office::statements::{self, StatementError};
use protocol::api::{Done, TeamKeysReply, TeamSharesReply};
use protocol::enrolment::{KeyShare, PrekeyStatement, SignedStatement, TeamKeyStatement};
use protocol::problem::ProblemCode;
use protocol::{Context, MemberId, TeamId};

use super::App;
use super::body::{self, SMALL};
use super::problem::Problem;
use super::reply;

/// A clerk announces a team key that the first of the team made.
#[utoipa::path(post, path = "/v1/team-keys", tag = "team keys",
    request_body(description = "SignedStatement of a TeamKeyStatement", content_type = "application/cbor"),
    responses((status = 200, description = "Reply with Done", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn announce_team_key(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, SMALL).await?;
    let signed: SignedStatement = body::decode(&call.body, SMALL)?;
    let statement: TeamKeyStatement = statements::verify(Context::TeamKeyV1, &signed, &call.founded.directory).map_err(not_stated)?;
    let clerk = call.demand(Permission::AnnounceTeamKey, Some(statement.team))?;
    let next = call.founded.directory.team(&statement.team).and_then(|team| team.keys.last()).map_or(1, |newest| newest.epoch + 1);
    let sound = statement.made_by == clerk && statement.public_key.len() == office::directory::TEAM_PUBLIC_KEY_BYTES;
    demand(sound, ProblemCode::Malformed)?;
    demand(statement.epoch == next, ProblemCode::Conflict)?;
    tracing::info!(key = %call.key_id, team = %statement.team, epoch = statement.epoch, "team key announced");
    app.store.write(move |batch| batch.announce_team_key(&statement, &signed)).await?;
    reply::signed(&app, call.known_size, &Done {}).await
}

/// Announced team keys that no directory contains yet.
#[utoipa::path(get, path = "/v1/team-keys", tag = "team keys",
    responses((status = 200, description = "Reply with TeamKeysReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn announced_team_keys(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, 0).await?;
    call.demand(Permission::ReadTeamKeys, None)?;
    let statements = app.store.announced_team_keys().await?;
    reply::signed(&app, call.known_size, &TeamKeysReply { statements }).await
}

/// A clerk announces a prekey, to which a share of a team key can be sealed.
#[utoipa::path(post, path = "/v1/prekeys", tag = "team keys",
    request_body(description = "SignedStatement of a PrekeyStatement", content_type = "application/cbor"),
    responses((status = 200, description = "Reply with Done", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn announce_prekey(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, SMALL).await?;
    let signed: SignedStatement = body::decode(&call.body, SMALL)?;
    let statement: PrekeyStatement = statements::verify(Context::PrekeyV1, &signed, &call.founded.directory).map_err(not_stated)?;
    let clerk = call.demand(Permission::AnnouncePrekey, Some(statement.team))?;
    demand(statement.member == clerk, ProblemCode::Malformed)?;
    tracing::info!(key = %call.key_id, team = %statement.team, epoch = statement.epoch, "prekey announced");
    app.store.write(move |batch| batch.announce_prekey(&statement, &signed)).await?;
    reply::signed(&app, call.known_size, &Done {}).await
}

/// Prekeys of the team's clerks, and the shares that exist.
#[utoipa::path(get, path = "/v1/teams/{id}/keys", tag = "team keys", params(("id" = String, Path, description = "Team id")),
    responses((status = 200, description = "Reply with TeamSharesReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn prekeys_and_shares(State(app): State<Arc<App>>, Path(team): Path<String>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, 0).await?;
    let team = TeamId::parse(&team).ok_or(ProblemCode::NotFound)?;
    let clerk = call.demand(Permission::AnnouncePrekey, Some(team))?;
    let clerks: Vec<MemberId> = call.founded.directory.clerks_of(team).map(|member| member.member).collect();
    let (prekeys, shares) = app.store.prekeys_and_shares(team, clerks, clerk).await?;
    reply::signed(&app, call.known_size, &TeamSharesReply { prekeys, shares }).await
}

/// A clerk who holds the team key passes it on, sealed to a colleague's prekey.
#[utoipa::path(post, path = "/v1/teams/{id}/shares", tag = "team keys", params(("id" = String, Path, description = "Team id")),
    request_body(description = "KeyShare", content_type = "application/cbor"),
    responses((status = 200, description = "Reply with Done", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn pass_on_share(State(app): State<Arc<App>>, Path(team): Path<String>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, SMALL).await?;
    let team = TeamId::parse(&team).ok_or(ProblemCode::NotFound)?;
    call.demand(Permission::PutShare, Some(team))?;
    let share: KeyShare = body::decode(&call.body, SMALL)?;
    demand(share.team == team, ProblemCode::Malformed)?;
    demand(call.founded.directory.clerks_of(team).any(|member| member.member == share.to), ProblemCode::NotFound)?;
    tracing::info!(key = %call.key_id, %team, epoch = share.epoch, "key share passed on");
    app.store.write(move |batch| batch.pass_on_share(&share)).await?;
    reply::signed(&app, call.known_size, &Done {}).await
}

/// A statement that does not count: by somebody who may not make it, or not a statement at all.
fn not_stated(error: StatementError) -> ProblemCode {
    match error {
        StatementError::Revoked => ProblemCode::Revoked,
        StatementError::UnknownSigner | StatementError::NotPermitted | StatementError::NotTheSigners => ProblemCode::Forbidden,
        StatementError::BadSignature | StatementError::Malformed | StatementError::WrongContext => ProblemCode::Malformed,
    }
}

fn demand(condition: bool, otherwise: ProblemCode) -> Result<(), Problem> {
    if condition { Ok(()) } else { Err(otherwise.into()) }
}
