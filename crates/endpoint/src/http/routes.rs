//! The routes, and what surrounds each of them: a fresh nonce in every answer, a time limit, and a problem instead of any other failure.

use std::any::Any;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use protocol::api::{NONCE_HEADER, PROBLEM_MEDIA_TYPE};
use protocol::problem::ProblemCode;
use tower_http::catch_panic::CatchPanicLayer;

use super::problem::Problem;
use super::{
    App, acceptances, announcements, canaries, clerk, distribution, enrolments, fleet, founding, log, lookups, notes, records, reports, rewraps,
};

/// Who is at the other end of the connection.
#[derive(Clone, Copy)]
pub(crate) struct Peer(pub(crate) SocketAddr);

pub(crate) fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/v1/identity", get(founding::identity))
        .route("/v1/office", post(founding::found))
        .route("/v1/directory", get(founding::newest).post(founding::publish))
        .route("/v1/tickets", post(enrolments::leave_ticket))
        .route("/v1/enrolments", post(enrolments::enrol).get(enrolments::waiting))
        .route("/v1/team-keys", post(announcements::announce_team_key).get(announcements::announced_team_keys))
        .route("/v1/prekeys", post(announcements::announce_prekey))
        .route("/v1/teams/{id}/keys", get(announcements::prekeys_and_shares))
        .route("/v1/teams/{id}/shares", post(announcements::pass_on_share))
        .route("/v1/teams/{id}/counts", get(clerk::counts))
        .route("/v1/teams/{id}/epochs", get(rewraps::epochs))
        .route("/v1/teams/{id}/rewraps", get(rewraps::rewraps))
        .route("/v1/teams/{id}/distribution", get(distribution::show).post(distribution::set))
        .route("/v1/teams/{id}/moves", post(distribution::move_units).delete(distribution::undo_move))
        .route("/v1/teams/{id}/report", get(reports::report))
        .route("/v1/records", post(records::deliver))
        .route("/v1/canaries", get(canaries::canaries))
        .route("/v1/teams/{id}/canary", post(canaries::leave).get(canaries::canary))
        .route("/v1/teams/{id}/canary/opening", post(canaries::opened))
        .route("/v1/acceptances", post(acceptances::acceptances))
        .route("/v1/records/{id}/opening", post(clerk::open))
        .route("/v1/records/{id}/acceptance", post(clerk::accept))
        .route("/v1/records/{id}/rewrap", post(rewraps::rewrap))
        .route("/v1/records/{id}/forwarding", post(rewraps::forward))
        .route("/v1/records/{id}/entry", post(clerk::enter).delete(clerk::take_back))
        .route("/v1/records/{id}/discarding", post(clerk::discard))
        .route("/v1/records/{id}/destruction", post(clerk::destroy).get(clerk::destruction))
        .route("/v1/records/{id}/replacement", post(clerk::replace).get(clerk::replacement))
        .route("/v1/records/{id}/note", post(notes::leave))
        .route("/v1/records/{id}/answer", post(notes::answer))
        .route("/v1/notes", get(notes::notes))
        .route("/v1/device-states", post(fleet::state).get(fleet::states))
        .route("/v1/devices/{id}/sync-request", post(fleet::request_sync).delete(fleet::withdraw_sync_request))
        .route("/v1/lookups", post(lookups::look_up))
        .route("/v1/reconciliations", post(lookups::reconcile))
        .route("/v1/assignments", get(clerk::assignments))
        .route("/v1/log/consistency", get(log::consistency))
        .route("/healthz", get(log::health))
        .fallback(nothing_here)
        .method_not_allowed_fallback(nothing_here)
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), surround))
        .with_state(app)
}

async fn nothing_here() -> Problem {
    ProblemCode::NotFound.into()
}

/// A panic is a fault of ours. Its text stays in the process: it could quote a request.
fn after_panic(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a request ended in a panic");
    Problem::from(ProblemCode::Internal).into_response()
}

async fn surround(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let limit = Duration::from_secs(app.config.request_seconds);
    let answer = tokio::time::timeout(limit, next.run(request)).await;
    let mut response = answer.map_or_else(|_| Problem::from(ProblemCode::Unavailable).into_response(), as_problem);
    if let Ok(nonce) = HeaderValue::from_str(&app.nonces.hand_out(app.now())) {
        response.headers_mut().insert(NONCE_HEADER, nonce);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// What the framework refuses by itself (a query that is none, a path that is no UTF-8) becomes one of our problems.
fn as_problem(response: Response) -> Response {
    let ours = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes() == PROBLEM_MEDIA_TYPE.as_bytes());
    match response.status() {
        status if ours || status.is_success() => response,
        StatusCode::NOT_FOUND => Problem::from(ProblemCode::NotFound).into_response(),
        StatusCode::PAYLOAD_TOO_LARGE => Problem::from(ProblemCode::TooLarge).into_response(),
        status if status.is_client_error() => Problem::from(ProblemCode::Malformed).into_response(),
        _ => Problem::from(ProblemCode::Internal).into_response(),
    }
}
