//! How a team's leader distributes: what each clerk is to get, and units moved by hand.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use office::roles::Permission;
use protocol::api::{DistributionReply, DistributionRequest, MoveReply, MoveRequest};
use protocol::problem::ProblemCode;
use protocol::{MemberId, TeamId};

use super::App;
use super::body::{self, SMALL};
use super::call::Call;
use super::problem::Problem;
use super::reply;

/// How the team's work lies: counts, ages and states.
#[utoipa::path(get, path = "/v1/teams/{id}/distribution", tag = "distribution", params(("id" = String, Path, description = "Team id")),
    responses((status = 200, description = "Reply with DistributionReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn show(State(app): State<Arc<App>>, Path(team): Path<String>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, 0).await?;
    let (_, team) = call.demand_leader(&team)?;
    reply::signed(&app, call.known_size, &distribution(&app, &call, team).await?).await
}

/// Sets quotas, absences and whether units wait for the leader's hand; takes effect at once.
#[utoipa::path(post, path = "/v1/teams/{id}/distribution", tag = "distribution", params(("id" = String, Path, description = "Team id")),
    request_body(description = "DistributionRequest", content_type = "application/cbor"),
    responses((status = 200, description = "Reply with DistributionReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn set(State(app): State<Arc<App>>, Path(team): Path<String>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, SMALL).await?;
    let (leader, team) = call.demand_leader(&team)?;
    let settings: DistributionRequest = body::decode(&call.body, SMALL)?;
    app.store.write(move |batch| batch.set_distribution(leader, team, &settings)).await?;
    tracing::info!(key = %call.key_id, %team, "distribution set");
    reply::signed(&app, call.known_size, &distribution(&app, &call, team).await?).await
}

/// Moves units from one clerk, or from what nobody has, to another.
#[utoipa::path(post, path = "/v1/teams/{id}/moves", tag = "distribution", params(("id" = String, Path, description = "Team id")),
    request_body(description = "MoveRequest", content_type = "application/cbor"),
    responses((status = 200, description = "Reply with MoveReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn move_units(State(app): State<Arc<App>>, Path(team): Path<String>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, SMALL).await?;
    let (leader, team) = call.demand_leader(&team)?;
    let wanted: MoveRequest = body::decode(&call.body, SMALL)?;
    let units = app.store.write(move |batch| batch.move_units(leader, team, &wanted)).await?.value;
    tracing::info!(key = %call.key_id, %team, units, "units moved");
    reply::signed(&app, call.known_size, &MoveReply { units }).await
}

/// Puts the last move back, as far as nobody opened or confirmed anything of it.
#[utoipa::path(delete, path = "/v1/teams/{id}/moves", tag = "distribution", params(("id" = String, Path, description = "Team id")),
    responses((status = 200, description = "Reply with MoveReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn undo_move(State(app): State<Arc<App>>, Path(team): Path<String>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, 0).await?;
    let (leader, team) = call.demand_leader(&team)?;
    let units = app.store.write(move |batch| batch.undo_move(leader, team)).await?.value;
    tracing::info!(key = %call.key_id, %team, units, "move undone");
    reply::signed(&app, call.known_size, &MoveReply { units }).await
}

impl Call {
    /// The leader of this very team.
    fn demand_leader(&self, team: &str) -> Result<(MemberId, TeamId), Problem> {
        let team = TeamId::parse(team).ok_or(ProblemCode::NotFound)?;
        Ok((self.demand(Permission::Distribute, Some(team))?, team))
    }
}

async fn distribution(app: &App, call: &Call, team: TeamId) -> Result<DistributionReply, Problem> {
    let clerks = call.founded.directory.clerks_of(team).map(|clerk| clerk.member).collect();
    Ok(app.store.distribution(team, clerks, app.now()).await?)
}
