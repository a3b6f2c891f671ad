//! Where a customer's forms are, for a colleague who was told a change of mind.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::Response;
use office::roles::Permission;
use protocol::api::{LookupReply, LookupRequest, ReconcileReply, ReconcileRequest};
use protocol::limits::{MAX_LOOKUP_TAGS, MAX_RECONCILED_TAGS};
use protocol::problem::ProblemCode;

use super::App;
use super::body::{self, SMALL};
use super::problem::Problem;
use super::reply;

/// Forms with the tags of one customer number: which record, team and unit, and whether a clerk opened it. Nothing of any content.
#[utoipa::path(post, path = "/v1/lookups", tag = "records",
    request_body(description = "LookupRequest", content_type = "application/cbor"),
    responses((status = 200, description = "Reply with LookupReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn look_up(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, SMALL).await?;
    let member = call.demand(Permission::LookUp, None)?;
    let LookupRequest { tags } = body::decode(&call.body, SMALL)?;
    if tags.len() > MAX_LOOKUP_TAGS {
        return Err(ProblemCode::TooLarge.into());
    }
    // Whoever has the office's tag key could run through all numbers here: there are few enough.
    if let Some(seconds) = app.lookups.wait(Some(member), app.now()) {
        return Err(Problem { code: ProblemCode::RateLimited, retry_after: Some(seconds) });
    }
    app.lookups.count(Some(member), app.now());
    let records = app.store.forms_of(tags).await?;
    tracing::info!(key = %call.key_id, "looked up");
    reply::signed(&app, call.known_size, &LookupReply { records }).await
}

/// Where the forms of many customers are: for each tag whether one is known, waits, or was entered.
#[utoipa::path(post, path = "/v1/reconciliations", tag = "records",
    request_body(description = "ReconcileRequest", content_type = "application/cbor"),
    responses((status = 200, description = "Reply with ReconcileReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn reconcile(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, SMALL).await?;
    let member = call.demand(Permission::LookUp, None)?;
    let ReconcileRequest { tags } = body::decode(&call.body, SMALL)?;
    if tags.len() > MAX_RECONCILED_TAGS {
        return Err(ProblemCode::TooLarge.into());
    }
    // As for a single one: at six lists a minute, whoever runs through all numbers needs decades.
    if let Some(seconds) = app.reconciliations.wait(Some(member), app.now()) {
        return Err(Problem { code: ProblemCode::RateLimited, retry_after: Some(seconds) });
    }
    app.reconciliations.count(Some(member), app.now());
    let asked = tags.len();
    let states = app.store.reconcile(tags).await?;
    tracing::info!(key = %call.key_id, asked, "reconciled");
    reply::signed(&app, call.known_size, &ReconcileReply { states }).await
}
