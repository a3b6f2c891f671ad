//! What devices state about themselves, for the administrators; and the request to deliver.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use office::roles::Permission;
use protocol::DeviceId;
use protocol::api::Done;
use protocol::fleet::{DeviceStateReply, DeviceStatesReply, SignedDeviceStatement};
use protocol::problem::ProblemCode;

use super::App;
use super::body::{self, SMALL};
use super::call::Call;
use super::problem::Problem;
use super::reply;

/// A device states what it still holds. The newest statement stays; an older one changes nothing. The answer says whether it is asked to deliver.
#[utoipa::path(post, path = "/v1/device-states", tag = "devices",
    request_body(description = "SignedDeviceStatement", content_type = "application/cbor"),
    responses((status = 200, description = "Reply with DeviceStateReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn state(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, SMALL).await?;
    let (device, _) = call.demand_device()?;
    let signed: SignedDeviceStatement = body::decode(&call.body, SMALL)?;
    let statement = office::fleet::verify(&signed, &call.founded.directory).map_err(|_| ProblemCode::Malformed)?;
    // Nobody can follow a directory that is not published.
    if statement.device != device || statement.directory > call.founded.directory.number() {
        return Err(ProblemCode::Malformed.into());
    }
    let committed = app.store.write(move |batch| batch.keep_device_state(&statement, &signed)).await?;
    reply::signed(&app, call.known_size, &DeviceStateReply { sync_requested: committed.value }).await
}

/// The newest statement of each device, and which are asked to deliver.
#[utoipa::path(get, path = "/v1/device-states", tag = "devices",
    responses((status = 200, description = "Reply with DeviceStatesReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn states(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, 0).await?;
    call.demand(Permission::LookAfterDevices, None)?;
    let devices = app.store.device_states().await?;
    reply::signed(&app, call.known_size, &DeviceStatesReply { devices }).await
}

/// Asks a device to deliver at its next contact.
#[utoipa::path(post, path = "/v1/devices/{id}/sync-request", tag = "devices", params(("id" = String, Path, description = "Device id")),
    responses((status = 200, description = "Reply with Done", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn request_sync(State(app): State<Arc<App>>, Path(device): Path<String>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, SMALL).await?;
    let device = known_device(&call, &device)?;
    app.store.write(move |batch| batch.request_sync(device)).await?;
    tracing::info!(key = %call.key_id, %device, "asked to deliver");
    reply::signed(&app, call.known_size, &Done {}).await
}

/// Takes that back.
#[utoipa::path(delete, path = "/v1/devices/{id}/sync-request", tag = "devices", params(("id" = String, Path, description = "Device id")),
    responses((status = 200, description = "Reply with Done", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn withdraw_sync_request(State(app): State<Arc<App>>, Path(device): Path<String>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, 0).await?;
    let device = known_device(&call, &device)?;
    app.store.write(move |batch| batch.withdraw_sync_request(device)).await?;
    reply::signed(&app, call.known_size, &Done {}).await
}

fn known_device(call: &Call, text: &str) -> Result<DeviceId, Problem> {
    call.demand(Permission::LookAfterDevices, None)?;
    let known = DeviceId::parse(text).filter(|device| call.founded.directory.device(device).is_some());
    known.ok_or_else(|| ProblemCode::NotFound.into())
}
