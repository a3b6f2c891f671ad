//! A clerk's way with a record, and the counts that a team leader sees.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use office::roles::Permission;
use office::statements;
use protocol::api::{
    AcceptRequest, AssignmentsReply, DestroyRequest, Done, EntryReply, OpenReply, ReceiptReply, RecordStatement, ReplaceRequest, ReplacedStatement,
};
use protocol::enrolment::SignedStatement;
use protocol::problem::ProblemCode;
use protocol::{Context, Digest, MemberId, RecordId, TeamId, to_cbor};
use sha2::{Digest as _, Sha256};

use super::App;
use super::body::{self, SMALL};
use super::call::Call;
use super::problem::Problem;
use super::reply;
use crate::store::{self, Word};

/// The signing clerk's queue.
#[utoipa::path(get, path = "/v1/assignments", tag = "records",
    responses((status = 200, description = "Reply with AssignmentsReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn assignments(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, 0).await?;
    let clerk = call.demand(Permission::ReadAssignments, None)?;
    app.store.note_presence(clerk, app.now()).await;
    let assignments = app.store.assignments(clerk).await?;
    reply::signed(&app, call.known_size, &AssignmentsReply { assignments }).await
}

/// Fetches one assigned envelope; recorded.
#[utoipa::path(post, path = "/v1/records/{id}/opening", tag = "records", params(("id" = String, Path, description = "Record id")),
    request_body(description = "Done", content_type = "application/cbor"),
    responses((status = 200, description = "Reply with OpenReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn open(State(app): State<Arc<App>>, Path(record): Path<String>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, SMALL).await?;
    let (clerk, record) = (call.demand(Permission::ReadAssignments, None)?, parse_record(&record)?);
    let opened = app.store.write(move |batch| batch.open(clerk, record)).await?.value;
    tracing::info!(key = %call.key_id, %record, "opened");
    let receipt = app.store.receipt(opened.attested_position).await?;
    let store::OpenedEnvelope { bytes, opened_before, hold, replaces, replaced_by, problem, answer, shown, .. } = opened;
    let answer = answer.map(Into::into);
    let opened =
        OpenReply { envelope: bytes.into(), receipt, opened_before, hold, replaces, replaced_by, shown: shown.then_some(true), problem, answer };
    reply::signed(&app, call.known_size, &opened).await
}

/// The clerk found the envelope readable.
#[utoipa::path(post, path = "/v1/records/{id}/acceptance", tag = "records", params(("id" = String, Path, description = "Record id")),
    request_body(description = "AcceptRequest", content_type = "application/cbor"),
    responses((status = 200, description = "Reply with ReceiptReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn accept(State(app): State<Arc<App>>, Path(record): Path<String>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, SMALL).await?;
    let (clerk, record) = (call.demand(Permission::ReadAssignments, None)?, parse_record(&record)?);
    let request: AcceptRequest = body::decode(&call.body, SMALL)?;
    let word = verified_word(&call, Context::AcceptedV1, &request.statement, clerk, record)?;
    let signed = to_cbor(&request.statement);
    let position = app.store.write(move |batch| batch.accept(&word, &signed)).await?.value;
    tracing::info!(key = %call.key_id, %record, "accepted");
    let receipt = app.store.receipt(position).await?;
    reply::signed(&app, call.known_size, &ReceiptReply { receipt }).await
}

/// The form is entered: the envelope is destroyed, for whoever shows the token from inside.
#[utoipa::path(post, path = "/v1/records/{id}/destruction", tag = "records", params(("id" = String, Path, description = "Record id")),
    request_body(description = "DestroyRequest", content_type = "application/cbor"),
    responses((status = 200, description = "Reply with ReceiptReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn destroy(State(app): State<Arc<App>>, Path(record): Path<String>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, SMALL).await?;
    let (clerk, record) = (call.demand(Permission::ReadAssignments, None)?, parse_record(&record)?);
    let DestroyRequest { statement, token } = body::decode(&call.body, SMALL)?;
    let word = verified_word(&call, Context::EnteredV1, &statement, clerk, record)?;
    let position = app.store.write(move |batch| batch.destroy(&word, token)).await?.value;
    tracing::info!(key = %call.key_id, %record, "destroyed");
    let receipt = app.store.receipt(position).await?;
    reply::signed(&app, call.known_size, &ReceiptReply { receipt }).await
}

/// A held record that the clerk decided not to enter: the envelope is destroyed, for whoever shows the token from inside.
#[utoipa::path(post, path = "/v1/records/{id}/discarding", tag = "records", params(("id" = String, Path, description = "Record id")),
    request_body(description = "DestroyRequest", content_type = "application/cbor"),
    responses((status = 200, description = "Reply with ReceiptReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn discard(State(app): State<Arc<App>>, Path(record): Path<String>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, SMALL).await?;
    let (clerk, record) = (call.demand(Permission::ReadAssignments, None)?, parse_record(&record)?);
    let DestroyRequest { statement, token } = body::decode(&call.body, SMALL)?;
    let word = verified_word(&call, Context::DiscardedV1, &statement, clerk, record)?;
    let position = app.store.write(move |batch| batch.discard(&word, token)).await?.value;
    tracing::info!(key = %call.key_id, %record, "discarded");
    let receipt = app.store.receipt(position).await?;
    reply::signed(&app, call.known_size, &ReceiptReply { receipt }).await
}

/// The form is entered: the envelope is destroyed after the grace, in which this clerk can take that back.
#[utoipa::path(post, path = "/v1/records/{id}/entry", tag = "records", params(("id" = String, Path, description = "Record id")),
    request_body(description = "DestroyRequest", content_type = "application/cbor"),
    responses((status = 200, description = "Reply with EntryReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn enter(State(app): State<Arc<App>>, Path(record): Path<String>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, SMALL).await?;
    let (clerk, record) = (call.demand(Permission::ReadAssignments, None)?, parse_record(&record)?);
    let DestroyRequest { statement, token } = body::decode(&call.body, SMALL)?;
    let word = verified_word(&call, Context::EnteredV1, &statement, clerk, record)?;
    let grace = app.config.grace_seconds;
    let due = app.store.write(move |batch| batch.enter(&word, token, grace)).await?.value;
    tracing::info!(key = %call.key_id, %record, "entered");
    reply::signed(&app, call.known_size, &EntryReply { due }).await
}

/// Takes that back, as long as the envelope is here.
#[utoipa::path(delete, path = "/v1/records/{id}/entry", tag = "records", params(("id" = String, Path, description = "Record id")),
    responses((status = 200, description = "Reply with Done", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn take_back(State(app): State<Arc<App>>, Path(record): Path<String>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, 0).await?;
    let (clerk, record) = (call.demand(Permission::ReadAssignments, None)?, parse_record(&record)?);
    app.store.write(move |batch| batch.take_back(clerk, record)).await?;
    tracing::info!(key = %call.key_id, %record, "taken back");
    reply::signed(&app, call.known_size, &Done {}).await
}

/// A later form of the same customer replaces this one: it is destroyed unread, for the clerk who accepted the later one and shows the token from inside.
#[utoipa::path(post, path = "/v1/records/{id}/replacement", tag = "records", params(("id" = String, Path, description = "Record id")),
    request_body(description = "ReplaceRequest", content_type = "application/cbor"),
    responses((status = 200, description = "Reply with ReceiptReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn replace(State(app): State<Arc<App>>, Path(record): Path<String>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, SMALL).await?;
    let (clerk, record) = (call.demand(Permission::ReadAssignments, None)?, parse_record(&record)?);
    let ReplaceRequest { statement: signed, token } = body::decode(&call.body, SMALL)?;
    let statement: ReplacedStatement =
        statements::verify(Context::ReplacedV1, &signed, &call.founded.directory).map_err(|_| ProblemCode::Malformed)?;
    if statement.record != record || statement.clerk != clerk {
        return Err(ProblemCode::Malformed.into());
    }
    let word = Word { clerk, record, digest: statement.digest, statement: Digest(Sha256::digest(to_cbor(&signed)).into()) };
    let position = app.store.write(move |batch| batch.destroy_replaced(&word, statement.by, token)).await?.value;
    tracing::info!(key = %call.key_id, %record, "replaced");
    let receipt = app.store.receipt(position).await?;
    reply::signed(&app, call.known_size, &ReceiptReply { receipt }).await
}

/// The receipt of a destruction once more, for the clerk who confirmed the entry: the first reply may have been lost, and with her app the token.
#[utoipa::path(get, path = "/v1/records/{id}/destruction", tag = "records", params(("id" = String, Path, description = "Record id")),
    responses((status = 200, description = "Reply with ReceiptReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn destruction(State(app): State<Arc<App>>, Path(record): Path<String>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, 0).await?;
    let (clerk, record) = (call.demand(Permission::ReadAssignments, None)?, parse_record(&record)?);
    let position = app.store.write(move |batch| batch.destruction_by(clerk, record, false)).await?.value;
    let receipt = app.store.receipt(position).await?;
    reply::signed(&app, call.known_size, &ReceiptReply { receipt }).await
}

/// The receipt of a destruction without entry once more.
#[utoipa::path(get, path = "/v1/records/{id}/replacement", tag = "records", params(("id" = String, Path, description = "Record id")),
    responses((status = 200, description = "Reply with ReceiptReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn replacement(State(app): State<Arc<App>>, Path(record): Path<String>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, 0).await?;
    let (clerk, record) = (call.demand(Permission::ReadAssignments, None)?, parse_record(&record)?);
    let position = app.store.write(move |batch| batch.destruction_by(clerk, record, true)).await?.value;
    let receipt = app.store.receipt(position).await?;
    reply::signed(&app, call.known_size, &ReceiptReply { receipt }).await
}

/// Process counts of a team.
#[utoipa::path(get, path = "/v1/teams/{id}/counts", tag = "records", params(("id" = String, Path, description = "Team id")),
    responses((status = 200, description = "Reply with TeamCounts", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn counts(State(app): State<Arc<App>>, Path(team): Path<String>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, 0).await?;
    let team = TeamId::parse(&team).ok_or(ProblemCode::NotFound)?;
    call.demand(Permission::ReadTeamCounts, Some(team))?;
    let deadlines = call.founded.directory.get().settings.deadlines_days.clone();
    let counts = app.store.counts(team, deadlines, app.now()).await?;
    reply::signed(&app, call.known_size, &counts).await
}

fn parse_record(text: &str) -> Result<RecordId, Problem> {
    RecordId::parse(text).ok_or_else(|| ProblemCode::NotFound.into())
}

/// A clerk's statement, verified: about this record, by whoever signed the request.
fn verified_word(call: &Call, context: Context, signed: &SignedStatement, clerk: MemberId, record: RecordId) -> Result<Word, Problem> {
    let statement: RecordStatement = statements::verify(context, signed, &call.founded.directory).map_err(|_| ProblemCode::Malformed)?;
    if statement.record != record || statement.clerk != clerk {
        return Err(ProblemCode::Malformed.into());
    }
    Ok(Word { clerk, record, digest: statement.digest, statement: Digest(Sha256::digest(to_cbor(signed)).into()) })
}
