//! The OpenAPI document, generated from the handlers.

use utoipa::OpenApi;

use super::{acceptances, announcements, canaries, clerk, distribution, enrolments, fleet, founding, log, lookups, notes, records, reports, rewraps};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "bogen-endpoint",
        description = "The blind mailbox. Bodies are deterministic CBOR; their types, and how requests are signed, stand in docs/formats/api.md.",
        version = "1"
    ),
    paths(
        founding::identity,
        founding::found,
        founding::newest,
        founding::publish,
        enrolments::leave_ticket,
        enrolments::enrol,
        enrolments::waiting,
        announcements::announce_team_key,
        announcements::announced_team_keys,
        announcements::announce_prekey,
        announcements::prekeys_and_shares,
        announcements::pass_on_share,
        clerk::assignments,
        clerk::open,
        clerk::accept,
        clerk::enter,
        clerk::take_back,
        clerk::destroy,
        clerk::discard,
        notes::leave,
        notes::notes,
        notes::answer,
        clerk::destruction,
        clerk::replace,
        clerk::replacement,
        clerk::counts,
        distribution::show,
        distribution::set,
        distribution::move_units,
        distribution::undo_move,
        reports::report,
        records::deliver,
        acceptances::acceptances,
        canaries::canaries,
        canaries::leave,
        canaries::canary,
        canaries::opened,
        rewraps::epochs,
        rewraps::rewraps,
        rewraps::rewrap,
        rewraps::forward,
        lookups::look_up,
        lookups::reconcile,
        fleet::state,
        fleet::states,
        fleet::request_sync,
        fleet::withdraw_sync_request,
        log::consistency,
        log::health,
    )
)]
struct Document;

/// The document as JSON, as it is committed in `docs/openapi.json`.
#[must_use]
pub fn document() -> String {
    let mut text = Document::openapi().to_pretty_json().expect("the document is built from strings and numbers");
    text.push('\n');
    text
}
