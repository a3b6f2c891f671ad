//! The report on a team's finished weeks, for its leader.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, Request, State};
use axum::response::Response;
use office::roles::Permission;
use protocol::TeamId;
use protocol::limits::{MAX_REPORT_WEEKS, MIN_REPORT_CLERKS};
use protocol::problem::ProblemCode;
use serde::Deserialize;

use super::App;
use super::problem::Problem;
use super::reply;

/// When nobody says how many weeks: a quarter of a year.
const WEEKS: u16 = 12;

#[derive(Deserialize)]
pub(crate) struct Weeks {
    weeks: Option<u16>,
}

/// What became of a team's forms in its last finished weeks.
#[utoipa::path(get, path = "/v1/teams/{id}/report", tag = "records",
    params(("id" = String, Path, description = "Team id"), ("weeks" = Option<u16>, Query, description = "Finished weeks, 1 to 53; 12 if it is not said")),
    responses((status = 200, description = "Reply with TeamReport", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn report(
    State(app): State<Arc<App>>,
    Path(team): Path<String>,
    query: Result<Query<Weeks>, QueryRejection>,
    request: Request,
) -> Result<Response, Problem> {
    let call = app.call(request, 0).await?;
    let team = TeamId::parse(&team).ok_or(ProblemCode::NotFound)?;
    call.demand(Permission::ReadTeamCounts, Some(team))?;
    let directory = &call.founded.directory;
    directory.team(&team).ok_or(ProblemCode::NotFound)?;
    let Query(Weeks { weeks }) = query.map_err(|_| ProblemCode::Malformed)?;
    let weeks = weeks.unwrap_or(WEEKS);
    if !(1..=MAX_REPORT_WEEKS).contains(&weeks) {
        return Err(ProblemCode::Malformed.into());
    }
    // What fewer enter in a week would soon be what one of them enters.
    let clerks = directory.clerks_of(team).map(|clerk| clerk.member).collect();
    if app.store.working(team, clerks).await? < MIN_REPORT_CLERKS {
        return Err(ProblemCode::TeamTooSmall.into());
    }
    let deadlines = directory.get().settings.deadlines_days.clone();
    let report = app.store.report(team, weeks, deadlines, app.now()).await?;
    reply::signed(&app, call.known_size, &report).await
}
