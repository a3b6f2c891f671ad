//! Delivery.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::response::Response;
use minicbor::bytes::ByteVec;
use protocol::api::{DeliverOutcome, DeliverReply, DeliverRequest};
use protocol::envelope::Envelope;
use protocol::limits::{MAX_BATCH_RECORDS, MAX_ENVELOPE_BYTES, MAX_REQUEST_BYTES};
use protocol::log::Receipt;
use protocol::problem::ProblemCode;
use protocol::{Digest, RecordId};
use sha2::{Digest as _, Sha256};

use super::App;
use super::body;
use super::problem::Problem;
use super::reply;
use crate::store::{Incoming, Placed, StoreFault};

/// Delivers sealed envelopes: one outcome each, and one bad envelope never blocks the rest. The same again gets the same receipts.
#[utoipa::path(post, path = "/v1/records", tag = "records",
    request_body(description = "DeliverRequest", content_type = "application/cbor"),
    responses((status = 200, description = "Reply with DeliverReply", content_type = "application/cbor"), (status = "default", description = "Problem", content_type = "application/problem+json")))]
pub(crate) async fn deliver(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    let call = app.call(request, MAX_REQUEST_BYTES).await?;
    let (device, revoked) = call.demand_device()?;
    let bytes = call.body.clone();
    let parsed = tokio::task::spawn_blocking(move || parse(&bytes)).await.map_err(|_| ProblemCode::Internal)?;
    let envelopes = parsed?;
    let records: Vec<Option<RecordId>> = envelopes.iter().map(|envelope| envelope.as_ref().ok().map(|incoming| incoming.header.record)).collect();
    let committed = app.store.write(move |batch| batch.deliver(device, revoked, &envelopes)).await?;
    for (record, placed) in records.iter().zip(&committed.value) {
        if let Some(record) = record {
            tracing::info!(key = %call.key_id, %record, outcome = placed.word(), "delivered");
        }
    }
    let positions = committed.value.iter().flat_map(Placed::positions).collect();
    let receipts = app.store.receipts(&committed, positions).await?;
    let mut receipts = receipts.into_iter();
    let outcomes = committed.value.iter().map(|placed| outcome(*placed, &mut receipts)).collect::<Result<_, _>>()?;
    reply::signed(&app, call.known_size, &DeliverReply { outcomes }).await
}

fn parse(body: &Bytes) -> Result<Vec<Result<Incoming, ProblemCode>>, Problem> {
    let request: DeliverRequest = body::decode(body, MAX_REQUEST_BYTES)?;
    if request.envelopes.len() > MAX_BATCH_RECORDS {
        return Err(ProblemCode::TooLarge.into());
    }
    Ok(request.envelopes.into_iter().map(parse_envelope).collect())
}

fn parse_envelope(bytes: ByteVec) -> Result<Incoming, ProblemCode> {
    if bytes.len() > MAX_ENVELOPE_BYTES {
        return Err(ProblemCode::TooLarge);
    }
    let envelope = Envelope::decode(&bytes).map_err(|_| ProblemCode::Malformed)?;
    let header = envelope.header().map_err(|_| ProblemCode::Malformed)?;
    // Locks are changed here, by clerks; a device delivers what its user sealed.
    if envelope.rewrap.is_some() {
        return Err(ProblemCode::Malformed);
    }
    Ok(Incoming { digest: Digest(Sha256::digest(&*bytes).into()), header, bytes: bytes.into() })
}

fn outcome(placed: Placed, receipts: &mut impl Iterator<Item = Receipt>) -> Result<DeliverOutcome, StoreFault> {
    let mut next = || receipts.next().ok_or(StoreFault::Damaged("a receipt is missing"));
    Ok(match placed {
        Placed::Stored(_) => DeliverOutcome::Stored(next()?),
        Placed::Held(_) => DeliverOutcome::Held(next()?),
        Placed::Tombstone(_, _) => DeliverOutcome::Tombstone(next()?, next()?),
        Placed::Refused(code) => DeliverOutcome::Refused(code),
    })
}

impl Placed {
    fn positions(&self) -> Vec<u64> {
        match *self {
            Self::Stored(stored) | Self::Held(stored) => vec![stored],
            Self::Tombstone(stored, destroyed) => vec![stored, destroyed],
            Self::Refused(_) => Vec::new(),
        }
    }

    fn word(&self) -> &'static str {
        match self {
            Self::Stored(_) => "stored",
            Self::Held(_) => "held",
            Self::Tombstone(_, _) => "tombstone",
            Self::Refused(code) => code.code(),
        }
    }
}
