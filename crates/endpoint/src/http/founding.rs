//! What the endpoint says of itself, the founding, and the office's directory.

use std::sync::Arc;

use axum::extract::{Query, Request, State};
use axum::response::Response;
use office::directory::{self, DirectoryError, Previous, RootPin, VerifiedDirectory};
use office::founding::{CHALLENGE_BYTES, FoundingError};
use office::roles::{self, Permission};
use protocol::api::DirectoryReply;
use protocol::directory::SignedDirectory;
use protocol::enrolment::{FoundRequest, IdentityReply};
use protocol::limits::MAX_DIRECTORY_BYTES;
use protocol::problem::ProblemCode;
use protocol::to_cbor;
use serde::Deserialize;

use super::App;
use super::body;
use super::problem::Problem;
use super::reply;
use crate::keys::EndpointSecrets;

/// A directory and its framing.
const DIRECTORY_BODY: usize = MAX_DIRECTORY_BYTES + 1024;

#[derive(Deserialize)]
pub(crate) struct IdentityQuery {
    challenge: Option<String>,
}

/// What the endpoint says of itself, to anybody; with a MAC under the founding code until the office is founded.
#[utoipa::path(get, path = "/v1/identity", tag = "office",
    params(("challenge" = Option<String>, Query, description = "32 hex digits, random")),
    responses((status = 200, description = "IdentityReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn identity(State(app): State<Arc<App>>, Query(query): Query<IdentityQuery>) -> Result<Response, Problem> {
    let identity = to_cbor(&app.identity());
    let challenge = query.challenge.map(|text| challenge(&text)).transpose()?;
    let unfounded = app.store.office_id().is_none();
    let founding_mac = match (&app.founding_code, challenge) {
        (Some(code), Some(challenge)) if unfounded => Some(code.mac_identity(&challenge, &identity)),
        _ => None,
    };
    Ok(reply::plain(&IdentityReply { identity: identity.into(), founding_mac }))
}

fn challenge(text: &str) -> Result<[u8; CHALLENGE_BYTES], Problem> {
    let mut challenge = [0; CHALLENGE_BYTES];
    hex::decode_to_slice(text, &mut challenge).map_err(|_| ProblemCode::Malformed)?;
    Ok(challenge)
}

/// Founds the office: whoever knows the founding code pins the office root and publishes directory number 1.
#[utoipa::path(post, path = "/v1/office", tag = "office",
    request_body(description = "FoundRequest", content_type = "application/cbor"),
    responses((status = 200, description = "DirectoryReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn found(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    body::demand_media_type(request.headers())?;
    let bytes = body::read(request.into_body(), DIRECTORY_BODY, std::time::Duration::from_secs(app.config.body_seconds)).await?;
    let request: FoundRequest = body::decode(&bytes, DIRECTORY_BODY)?;
    let (pin, directory) = match &app.store.snapshot().founded {
        None => app.founding_code.as_ref().ok_or(ProblemCode::Internal)?.verify_founding(&request).map_err(founding_problem)?,
        Some(founded) => as_founded(&founded.pin, &request)?,
    };
    if !names_this_endpoint(&app, &directory) {
        return Err(ProblemCode::Malformed.into());
    }
    let committed = app.store.write(move |batch| batch.found(pin, directory)).await?;
    // The founding is durable: if the file cannot be written now, the next start tries again.
    if let Err(error) = EndpointSecrets::forget_founding_code(&app.data_dir) {
        tracing::warn!(%error, "the founding code stays in the key file until the next start");
    }
    tracing::info!(office = %pin.office, "office founded");
    let receipt = app.store.receipt(committed.value).await?;
    Ok(reply::plain(&DirectoryReply { directory: request.directory, receipt }))
}

/// The reply to the founding may have been lost. The very same directory gets it again, from whomever: it says nothing that the sender does not have.
fn as_founded(pin: &RootPin, request: &FoundRequest) -> Result<(RootPin, VerifiedDirectory), Problem> {
    let directory = directory::verify(&request.directory, pin, Previous::Nothing).map_err(|_| ProblemCode::AlreadyFounded)?;
    if request.root_key == pin.root_key { Ok((*pin, directory)) } else { Err(ProblemCode::AlreadyFounded.into()) }
}

fn founding_problem(error: FoundingError) -> ProblemCode {
    match error {
        FoundingError::WrongCode => ProblemCode::Unauthenticated,
        FoundingError::Identity | FoundingError::UnsoundRoot | FoundingError::Directory(_) | FoundingError::NotTheFirst => ProblemCode::Malformed,
    }
}

/// Receipts verify against the key in the directory: another one there would make every receipt worthless.
fn names_this_endpoint(app: &App, directory: &VerifiedDirectory) -> bool {
    let endpoint = &directory.get().endpoint;
    endpoint.generation == app.generation && endpoint.receipt_key == app.receipt_key
}

/// The newest directory with its receipt.
#[utoipa::path(get, path = "/v1/directory", tag = "office",
    responses((status = 200, description = "Reply with DirectoryReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn newest(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, 0).await?;
    call.demand_reader()?;
    let directory = call.founded.directory.signed().clone();
    let receipt = app.store.receipt(call.founded.position).await?;
    reply::signed(&app, call.known_size, &DirectoryReply { directory, receipt }).await
}

/// Publishes the next directory. Units without a clerk are distributed by it.
#[utoipa::path(post, path = "/v1/directory", tag = "office",
    request_body(description = "SignedDirectory", content_type = "application/cbor"),
    responses((status = 200, description = "Reply with DirectoryReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn publish(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, DIRECTORY_BODY).await?;
    call.demand_member()?;
    let signed: SignedDirectory = body::decode(&call.body, DIRECTORY_BODY)?;
    let known = &call.founded;
    let directory = directory::verify(&signed, &known.pin, Previous::Directory(&known.directory)).map_err(directory_problem)?;
    // By the new directory: with two shares of its key the root may certify somebody new, when nobody else can sign any more.
    if roles::may(&directory, &call.key_id, Permission::PublishDirectory, None).is_err() {
        return Err(ProblemCode::Forbidden.into());
    }
    if !names_this_endpoint(&app, &directory) {
        return Err(ProblemCode::Malformed.into());
    }
    let number = directory.number();
    let committed = app.store.write(move |batch| batch.publish_directory(directory)).await?;
    tracing::info!(key = %call.key_id, number, "directory published");
    let receipt = app.store.receipt(committed.value).await?;
    reply::signed(&app, call.known_size, &DirectoryReply { directory: signed, receipt }).await
}

fn directory_problem(error: DirectoryError) -> ProblemCode {
    match error {
        DirectoryError::Outdated { .. } | DirectoryError::Forked { .. } | DirectoryError::BrokenChain { .. } => ProblemCode::DirectoryOutdated,
        DirectoryError::SignerRevoked => ProblemCode::Revoked,
        DirectoryError::SignerNotAdmin | DirectoryError::UnknownSigner => ProblemCode::Forbidden,
        _ => ProblemCode::Malformed,
    }
}
