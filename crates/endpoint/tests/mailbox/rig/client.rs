//! A client that signs, and that believes nothing: every answer's view of the log must continue the one before.

use std::sync::Mutex;

use minicbor::{Decode, Encode};
use office::requests::{RequestParts, SignedHeaders, sign};
use protocol::api::{MEDIA_TYPE, NONCE_HEADER, PROBLEM_MEDIA_TYPE, Reply};
use protocol::limits::MAX_RESPONSE_BYTES;
use protocol::problem::ProblemCode;
use protocol::{from_cbor, to_cbor};
use receipts::{LogIdentity, LogMemory};

use super::people::Signer;

pub struct Client {
    pub http: reqwest::Client,
    pub base: String,
    pub identity: Mutex<Option<LogIdentity>>,
    memory: Mutex<LogMemory>,
}

/// What came back, undecoded.
pub struct Answer {
    pub status: u16,
    pub nonce: String,
    pub problem: Option<ProblemCode>,
    pub body: Vec<u8>,
}

impl Client {
    pub fn new(base: String, certificate: Option<&[u8]>) -> Self {
        // Another test of this process may have installed it already.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let mut builder = reqwest::Client::builder().no_proxy();
        if let Some(pem) = certificate {
            builder = builder.tls_certs_only([reqwest::Certificate::from_pem(pem).unwrap()]);
        }
        Self { http: builder.build().unwrap(), base, identity: Mutex::default(), memory: Mutex::new(LogMemory::new()) }
    }

    pub fn authority(&self) -> &str {
        self.base.split_once("://").unwrap().1
    }

    pub async fn nonce(&self) -> String {
        self.raw("GET", "/v1/identity", &[], Vec::new()).await.unwrap().nonce
    }

    /// Sends what it is told, unsigned. An error means that the connection broke.
    pub async fn raw(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Result<Answer, reqwest::Error> {
        let mut request = self.http.request(method.parse().unwrap(), format!("{}{path}", self.base)).body(body);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send().await?;
        let header = |name: &str| response.headers().get(name).map_or(String::new(), |value| value.to_str().unwrap().to_owned());
        let (status, nonce, kind) = (response.status().as_u16(), header(NONCE_HEADER), header("content-type"));
        let body = response.bytes().await?.to_vec();
        let problem = (kind == PROBLEM_MEDIA_TYPE).then(|| problem(status, &body));
        assert!(problem.is_some() || status == 200, "status {status} without a problem");
        assert!(!nonce.is_empty(), "every answer carries a nonce");
        Ok(Answer { status, nonce, problem, body })
    }

    pub fn sign(&self, who: &Signer, method: &str, path: &str, body: &[u8], nonce: &str, known_size: u64) -> SignedHeaders {
        let parts = RequestParts { method, authority: self.authority(), path_and_query: path, body, nonce, known_size, client: "0.1.0" };
        sign(&parts, &who.key_id, &who.secret)
    }

    /// Signs and sends.
    pub async fn signed(&self, who: &Signer, method: &str, path: &str, body: Vec<u8>) -> Result<Answer, reqwest::Error> {
        let nonce = self.raw("GET", "/v1/identity", &[], Vec::new()).await?.nonce;
        let known_size = self.memory.lock().unwrap().known_size();
        let headers = self.sign(who, method, path, &body, &nonce, known_size);
        let mut all = headers.pairs().to_vec();
        all.push(("content-type", MEDIA_TYPE));
        self.raw(method, path, &all, body).await
    }

    /// Signs, sends, and decodes the answer after its view of the log was found to continue what is known.
    pub async fn ask<A>(&self, who: &Signer, method: &str, path: &str, body: Vec<u8>) -> Result<A, ProblemCode>
    where
        A: for<'b> Decode<'b, ()> + Encode<()>,
    {
        let before = self.memory.lock().unwrap().clone();
        let nonce = self.nonce().await;
        let headers = self.sign(who, method, path, &body, &nonce, before.known_size());
        let mut all = headers.pairs().to_vec();
        all.push(("content-type", MEDIA_TYPE));
        let answer = self.raw(method, path, &all, body).await.unwrap();
        if let Some(problem) = answer.problem {
            return Err(problem);
        }
        let reply: Reply = from_cbor(&answer.body, MAX_RESPONSE_BYTES).unwrap();
        let identity = self.identity.lock().unwrap().clone().unwrap();
        let after = before.observe(&reply.log, &identity).unwrap();
        let mut memory = self.memory.lock().unwrap();
        if after.known_size() > memory.known_size() {
            *memory = after;
        }
        Ok(from_cbor(&reply.body, MAX_RESPONSE_BYTES).unwrap())
    }

    pub async fn get<A: for<'b> Decode<'b, ()> + Encode<()>>(&self, who: &Signer, path: &str) -> Result<A, ProblemCode> {
        self.ask(who, "GET", path, Vec::new()).await
    }

    pub async fn post<A: for<'b> Decode<'b, ()> + Encode<()>>(&self, who: &Signer, path: &str, body: &impl Encode<()>) -> Result<A, ProblemCode> {
        self.ask(who, "POST", path, to_cbor(body)).await
    }

    pub async fn delete<A: for<'b> Decode<'b, ()> + Encode<()>>(&self, who: &Signer, path: &str) -> Result<A, ProblemCode> {
        self.ask(who, "DELETE", path, Vec::new()).await
    }

    /// An unsigned request with a CBOR body.
    pub async fn plain<A: for<'b> Decode<'b, ()> + Encode<()>>(&self, path: &str, body: &impl Encode<()>) -> Result<A, ProblemCode> {
        let answer = self.raw("POST", path, &[("content-type", MEDIA_TYPE)], to_cbor(body)).await.unwrap();
        answer.problem.map_or_else(|| Ok(from_cbor(&answer.body, MAX_RESPONSE_BYTES).unwrap()), Err)
    }
}

/// A problem must be whole: type, title and status, and nothing that could leak.
fn problem(status: u16, body: &[u8]) -> ProblemCode {
    let value: serde_json::Value = serde_json::from_slice(body).unwrap();
    let fields: Vec<&String> = value.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["status", "title", "type"]);
    assert_eq!(value["status"], status);
    ProblemCode::from_type_uri(value["type"].as_str().unwrap()).unwrap()
}
