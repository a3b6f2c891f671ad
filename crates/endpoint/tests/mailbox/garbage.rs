//! Nothing that anybody sends makes the endpoint stumble.

use axum::body::Body;
use axum::http::Request;
use protocol::api::MEDIA_TYPE;
use protocol::to_cbor;
use tower::ServiceExt;

use crate::rig::{ADMIN, CLERK, DEVICE, Mailbox, Signer, device, form, member};

const REQUESTS: usize = 4_000;

const PATHS: [&str; 20] = [
    "/v1/identity",
    "/v1/identity?challenge=zz",
    "/v1/office",
    "/v1/directory",
    "/v1/tickets",
    "/v1/enrolments",
    "/v1/team-keys",
    "/v1/prekeys",
    "/v1/teams/31313131-3131-3131-3131-313131313131/keys",
    "/v1/teams/31313131-3131-3131-3131-313131313131/shares",
    "/v1/teams/x/counts",
    "/v1/records",
    "/v1/records/%FF%FE/opening",
    "/v1/records/6f9619ff-8b86-4d01-b42d-00cf4fc964ff/acceptance",
    "/v1/records/'%20OR%201=1/destruction",
    "/v1/assignments",
    "/v1/log/consistency?from=1&to=18446744073709551615",
    "/v1/log/consistency?from=-1&to=x",
    "/healthz",
    "/../../etc/passwd",
];

/// A small generator with a fixed seed: a failure names the number of the request and comes back.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn bytes(&mut self, up_to: usize) -> Vec<u8> {
        let length = self.roll(up_to);
        (0..length).map(|_| self.roll(256) as u8).collect()
    }

    /// A message that is almost right: some bytes of a real one are changed, cut or doubled.
    fn bent(&mut self) -> Vec<u8> {
        let mut bytes = to_cbor(&protocol::api::DeliverRequest { envelopes: vec![form().bytes().into(), form().bytes().into()] });
        for _ in 0..self.roll(4) {
            let at = self.roll(bytes.len());
            bytes[at] = self.roll(256) as u8;
        }
        bytes.truncate(self.roll(bytes.len() * 4));
        bytes
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn thousands_of_malformed_requests_are_refused_in_order() {
    let (mailbox, _) = Mailbox::founded().await;
    let router = mailbox.running.as_ref().unwrap().router();
    let signers: [Signer; 3] = [member(ADMIN), member(CLERK), device(DEVICE)];
    let mut nonce = mailbox.client.nonce().await;
    let mut dice = Dice(7);
    for number in 0..REQUESTS {
        let method = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "BREW"][dice.roll(7).min(dice.roll(7))];
        let path = PATHS[dice.roll(PATHS.len())];
        let body = if dice.roll(2) == 0 { dice.bytes(300) } else { dice.bent() };
        let mut request = Request::builder().method(method).uri(path).header("host", mailbox.client.authority());
        if dice.roll(3) > 0 {
            request = request.header("content-type", MEDIA_TYPE);
        }
        if dice.roll(3) > 0 {
            let signed = mailbox.client.sign(&signers[dice.roll(3)], method, path, &body, &nonce, dice.roll(9) as u64);
            for (name, value) in signed.pairs() {
                let value = if dice.roll(20) == 0 { format!("{value};") } else { value.to_owned() };
                request = request.header(name, value);
            }
        }
        let response = router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let status = response.status().as_u16();
        assert!(status < 500, "request {number}: {method} {path} gave {status}");
        nonce = response.headers()["bogen-nonce"].to_str().unwrap().to_owned();
    }
    assert_eq!(mailbox.client.raw("GET", "/healthz", &[], Vec::new()).await.unwrap().status, 200);
}
