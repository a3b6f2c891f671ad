//! What a request must be to be heard at all.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::http::Request;
use protocol::api::{CLIENT_HEADER, Done, MEDIA_TYPE};
use protocol::problem::ProblemCode;
use protocol::to_cbor;
use tower::ServiceExt;

use crate::rig::{ADMIN, DEVICE, Mailbox, device, form, member};

fn request(path: &str, body: Body) -> Request<Body> {
    Request::post(path).header("content-type", MEDIA_TYPE).body(body).unwrap()
}

#[tokio::test]
async fn a_replayed_request_is_refused_and_changes_nothing() {
    let (mailbox, _) = Mailbox::founded().await;
    let client = &mailbox.client;
    let nonce = client.nonce().await;
    let headers = client.sign(&member(ADMIN), "GET", "/v1/directory", b"", &nonce, 0);
    assert_eq!(client.raw("GET", "/v1/directory", &headers.pairs(), Vec::new()).await.unwrap().status, 200);
    let replayed = client.raw("GET", "/v1/directory", &headers.pairs(), Vec::new()).await.unwrap();
    assert_eq!(replayed.problem, Some(ProblemCode::NonceStale));
    let signed_anew = client.sign(&member(ADMIN), "GET", "/v1/directory", b"", &replayed.nonce, 0);
    assert_eq!(client.raw("GET", "/v1/directory", &signed_anew.pairs(), Vec::new()).await.unwrap().status, 200, "the problem brought a fresh one");
}

#[tokio::test]
async fn an_invented_or_old_nonce_is_stale() {
    let (mailbox, _) = Mailbox::founded().await;
    let client = &mailbox.client;
    let old = client.nonce().await;
    mailbox.clock.advance(301);
    for nonce in [old, "0".repeat(80)] {
        let headers = client.sign(&member(ADMIN), "GET", "/v1/directory", b"", &nonce, 0);
        let stale = client.raw("GET", "/v1/directory", &headers.pairs(), Vec::new()).await.unwrap();
        assert_eq!(stale.problem, Some(ProblemCode::NonceStale));
    }
}

#[tokio::test]
async fn another_body_than_the_signed_one_is_refused() {
    let (mailbox, _) = Mailbox::founded().await;
    let client = &mailbox.client;
    let signed = to_cbor(&protocol::api::DeliverRequest { envelopes: vec![form().bytes().into()] });
    let sent = to_cbor(&protocol::api::DeliverRequest { envelopes: vec![form().bytes().into()] });
    let headers = client.sign(&device(DEVICE), "POST", "/v1/records", &signed, &client.nonce().await, 0);
    let mut all = headers.pairs().to_vec();
    all.push(("content-type", MEDIA_TYPE));
    assert_eq!(client.raw("POST", "/v1/records", &all, sent).await.unwrap().problem, Some(ProblemCode::Unauthenticated));
}

#[tokio::test]
async fn another_key_than_the_directorys_is_refused() {
    let (mailbox, _) = Mailbox::founded().await;
    let mut impostor = member(ADMIN);
    impostor.secret = crate::rig::secret([0x77; 16]);
    let refused = mailbox.client.signed(&impostor, "GET", "/v1/directory", Vec::new()).await.unwrap();
    assert_eq!(refused.problem, Some(ProblemCode::Unauthenticated));
    let stranger = crate::rig::device(protocol::DeviceId([0x77; 16]));
    let refused = mailbox.client.signed(&stranger, "GET", "/v1/directory", Vec::new()).await.unwrap();
    assert_eq!(refused.problem, Some(ProblemCode::Unauthenticated));
}

#[tokio::test]
async fn a_client_older_than_the_office_permits_is_told_so() {
    let (mailbox, mut office) = Mailbox::founded().await;
    let next = office.next(|edit| {
        let settings = protocol::directory::Settings { minimum_client: "0.2.0".to_owned(), ..edit.preview().settings.clone() };
        edit.with_settings(settings)
    });
    let _: protocol::api::DirectoryReply = mailbox.client.post(&member(ADMIN), "/v1/directory", &next).await.unwrap();
    let answer = mailbox.client.signed(&member(ADMIN), "GET", "/v1/directory", Vec::new()).await.unwrap();
    assert_eq!((answer.status, answer.problem), (426, Some(ProblemCode::ClientTooOld)));
    let headers = mailbox.client.sign(&member(ADMIN), "GET", "/v1/directory", b"", &answer.nonce, 0);
    assert_eq!(headers.pairs()[2], (CLIENT_HEADER, "0.1.0"));
}

#[tokio::test]
async fn only_cbor_is_taken() {
    let (mailbox, _) = Mailbox::founded().await;
    let answer = mailbox.client.raw("POST", "/v1/enrolments", &[("content-type", "application/json")], b"{}".to_vec()).await.unwrap();
    assert_eq!((answer.status, answer.problem), (415, Some(ProblemCode::UnsupportedMediaType)));
}

/// Announces ten gigabytes, and fails the test when somebody asks for them.
struct Announced;

impl HttpBody for Announced {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<hyper::body::Frame<Bytes>, axum::Error>>> {
        panic!("the body was read although its announced length is beyond every limit")
    }

    fn size_hint(&self) -> hyper::body::SizeHint {
        hyper::body::SizeHint::with_exact(10_000_000_000)
    }
}

#[tokio::test]
async fn what_announces_too_much_is_refused_before_it_is_read() {
    let (mailbox, _) = Mailbox::founded().await;
    let router = mailbox.running.as_ref().unwrap().router();
    for path in ["/v1/records", "/v1/enrolments", "/v1/office", "/v1/directory", "/v1/tickets"] {
        let response = router.clone().oneshot(request(path, Body::new(Announced))).await.unwrap();
        assert_eq!(response.status(), 413, "{path}");
    }
}

#[tokio::test]
async fn what_lies_about_its_length_is_refused_on_the_way() {
    let (mailbox, _) = Mailbox::founded().await;
    let answer = mailbox.client.signed(&member(ADMIN), "POST", "/v1/tickets", vec![0; 64 * 1024 + 1]).await.unwrap();
    assert_eq!((answer.status, answer.problem), (413, Some(ProblemCode::TooLarge)));
    let refused = mailbox.client.ask::<Done>(&member(ADMIN), "POST", "/v1/tickets", vec![0; 64 * 1024]).await;
    assert_eq!(refused.unwrap_err(), ProblemCode::Malformed, "at the limit it is read, and nonsense");
}
