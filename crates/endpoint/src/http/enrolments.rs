//! Tickets and enrolments.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::Response;
use office::roles::Permission;
use protocol::api::{Done, EnrolmentsReply};
use protocol::enrolment::{Enrolment, EnrolmentReply, MacedEnrolment, TicketRequest};
use protocol::from_cbor;
use protocol::problem::ProblemCode;

use super::App;
use super::body::{self, SMALL};
use super::problem::Problem;
use super::reply;
use super::routes::Peer;
use crate::store::{NewEnrolment, NewTicket};

/// Characters of a name, at the most.
const NAME: usize = 200;
/// Length in bytes of a sealed grant, at the most.
const GRANT: usize = 4 * 1024;

/// Leaves a ticket for a newcomer. The endpoint learns neither its secret nor what the grant holds.
#[utoipa::path(post, path = "/v1/tickets", tag = "enrolment",
    request_body(description = "TicketRequest", content_type = "application/cbor"),
    responses((status = 200, description = "Reply with Done", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn leave_ticket(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, SMALL).await?;
    call.demand(Permission::MakeTicket, None)?;
    let request: TicketRequest = body::decode(&call.body, SMALL)?;
    if request.grant.len() > GRANT {
        return Err(ProblemCode::Malformed.into());
    }
    let new = NewTicket { ticket: request.ticket, expires_at: request.expires_at, grant: request.grant.into() };
    app.store.write(move |batch| batch.leave_ticket(&new)).await?;
    tracing::info!(key = %call.key_id, "ticket left");
    reply::signed(&app, call.known_size, &Done {}).await
}

/// Uses a ticket. Unsigned: nobody knows the newcomer's keys yet. The inviting administrator's app checks the MAC, the endpoint cannot.
#[utoipa::path(post, path = "/v1/enrolments", tag = "enrolment",
    request_body(description = "MacedEnrolment", content_type = "application/cbor"),
    responses((status = 200, description = "EnrolmentReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn enrol(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    body::demand_media_type(request.headers())?;
    let from = request.extensions().get::<Peer>().map(|peer| peer.0.ip());
    let bytes = body::read(request.into_body(), SMALL, std::time::Duration::from_secs(app.config.body_seconds)).await?;
    let maced: MacedEnrolment = body::decode(&bytes, SMALL)?;
    let enrolment: Enrolment = from_cbor(&maced.body, SMALL).map_err(|_| ProblemCode::Malformed)?;
    if enrolment.version != 1 || enrolment.name.chars().count() > NAME {
        return Err(ProblemCode::Malformed.into());
    }
    if let Some(seconds) = app.guesses.wait(from, app.now()) {
        return Err(Problem { code: ProblemCode::RateLimited, retry_after: Some(seconds) });
    }
    let new = NewEnrolment { enrolment, maced };
    match app.store.write(move |batch| batch.enrol(&new)).await.map_err(Problem::from) {
        Ok(committed) => {
            tracing::info!("enrolment waits for an administrator");
            Ok(reply::plain(&EnrolmentReply { grant: committed.value.into() }))
        }
        Err(problem) => {
            if problem.code == ProblemCode::TicketInvalid {
                app.guesses.count(from, app.now());
            }
            // Before the founding there is no ticket that could count.
            Err(if problem.code == ProblemCode::NotFound { ProblemCode::TicketInvalid.into() } else { problem })
        }
    }
}

/// Enrolments that no directory contains yet.
#[utoipa::path(get, path = "/v1/enrolments", tag = "enrolment",
    responses((status = 200, description = "Reply with EnrolmentsReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn waiting(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, 0).await?;
    call.demand(Permission::ReadEnrolments, None)?;
    let waiting = app.store.waiting_enrolments().await?;
    reply::signed(&app, call.known_size, &EnrolmentsReply { waiting }).await
}
