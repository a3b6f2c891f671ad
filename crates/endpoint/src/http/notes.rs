//! Sealed notes between the clerk who opened a form and its author.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use minicbor::bytes::ByteVec;
use office::roles::Permission;
use protocol::api::{AnswerRequest, Done, NoteRequest, NotesReply};
use protocol::limits::NOTE_BYTES;
use protocol::problem::ProblemCode;
use protocol::{DeviceId, MemberId, RecordId};

use super::App;
use super::body::{self, SMALL};
use super::call::Call;
use super::problem::Problem;
use super::reply;

/// A clerk asks the author of a form that she opened, or tells them something.
#[utoipa::path(post, path = "/v1/records/{id}/note", tag = "records", params(("id" = String, Path, description = "Record id")),
    request_body(description = "NoteRequest", content_type = "application/cbor"),
    responses((status = 200, description = "Reply with Done", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn leave(State(app): State<Arc<App>>, Path(record): Path<String>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, SMALL).await?;
    let clerk = call.demand(Permission::ReadAssignments, None)?;
    let record = RecordId::parse(&record).ok_or(ProblemCode::NotFound)?;
    let NoteRequest { asks, sealed } = body::decode(&call.body, SMALL)?;
    demand_length(Some(&sealed))?;
    app.store.write(move |batch| batch.leave_note(clerk, record, asks, &sealed)).await?;
    tracing::info!(key = %call.key_id, %record, asks, "note left");
    reply::signed(&app, call.known_size, &Done {}).await
}

/// What waits for the signing member about forms that their devices delivered.
#[utoipa::path(get, path = "/v1/notes", tag = "records",
    responses((status = 200, description = "Reply with NotesReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn notes(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, 0).await?;
    let author = call.demand(Permission::AnswerNotes, None)?;
    let notes = app.store.notes(devices_of(&call, author)).await?;
    reply::signed(&app, call.known_size, &NotesReply { notes }).await
}

/// The author answers, or has read what they were told.
#[utoipa::path(post, path = "/v1/records/{id}/answer", tag = "records", params(("id" = String, Path, description = "Record id")),
    request_body(description = "AnswerRequest", content_type = "application/cbor"),
    responses((status = 200, description = "Reply with Done", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn answer(State(app): State<Arc<App>>, Path(record): Path<String>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, SMALL).await?;
    let author = call.demand(Permission::AnswerNotes, None)?;
    let record = RecordId::parse(&record).ok_or(ProblemCode::NotFound)?;
    let AnswerRequest { withdraw, sealed, note } = body::decode(&call.body, SMALL)?;
    demand_length(sealed.as_ref())?;
    let devices = devices_of(&call, author);
    app.store.write(move |batch| batch.answer_note(&devices, record, note, withdraw, sealed.as_ref().map(|sealed| &***sealed))).await?;
    tracing::info!(key = %call.key_id, %record, withdraw, "note answered");
    reply::signed(&app, call.known_size, &Done {}).await
}

fn devices_of(call: &Call, author: MemberId) -> Vec<DeviceId> {
    let devices = call.founded.directory.get().devices.iter();
    devices.filter(|device| device.is_used_by(author)).map(|device| device.device).collect()
}

/// All notes have one length: it says nothing, and nobody stores anything else here.
fn demand_length(sealed: Option<&ByteVec>) -> Result<(), Problem> {
    if sealed.is_none_or(|sealed| sealed.len() == NOTE_BYTES) { Ok(()) } else { Err(ProblemCode::Malformed.into()) }
}
