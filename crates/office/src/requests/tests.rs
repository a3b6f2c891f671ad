//! What a signature over a request must and must not vouch for.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use protocol::{DeviceId, PublicKey};

use super::*;
use crate::keys::SigningSecret;

const BODY: &[u8] = b"envelope";
const DEVICE: &str = "device:6f9619ff-8b86-4d01-b42d-00cf4fc964ff";

fn secret() -> SigningSecret {
    SigningSecret::from_seed([7; 32])
}

fn parts() -> RequestParts<'static> {
    RequestParts {
        method: "POST",
        authority: "Bogen.Example:8443",
        path_and_query: "/v1/records",
        body: BODY,
        nonce: "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
        known_size: 12,
        client: "0.1.0",
    }
}

fn signed() -> SignedHeaders {
    sign(&parts(), &KeyId::parse(DEVICE).unwrap(), &secret())
}

/// A request on its way, to be tampered with.
struct OnTheWire {
    method: &'static str,
    authority: &'static str,
    path_and_query: &'static str,
    body: Vec<u8>,
    headers: Vec<(String, String)>,
    key: PublicKey,
}

impl OnTheWire {
    fn new() -> Self {
        let headers = signed().pairs().map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        Self {
            method: "POST",
            authority: "bogen.example:8443",
            path_and_query: "/v1/records",
            body: BODY.to_vec(),
            headers,
            key: secret().public_key(),
        }
    }

    fn replace(mut self, name: &str, from: &str, to: &str) -> Self {
        let header = self.headers.iter_mut().find(|(given, _)| given == name).unwrap();
        assert!(header.1.contains(from), "{from} is in {name}");
        header.1 = header.1.replace(from, to);
        self
    }

    fn verify(&self) -> Result<Authenticated, RequestError> {
        let headers: Vec<(&str, &[u8])> = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
        let request = ReceivedRequest {
            method: self.method,
            authority: self.authority,
            path_and_query: self.path_and_query,
            body: &self.body,
            headers: &headers,
        };
        verify(&request, |key_id| (key_id.to_string() == DEVICE).then_some(self.key))
    }
}

/// Composed by hand from RFC 9421, section 2.5, and RFC 9530; the digest is that of `sha256sum`.
const BASE: &str = "\"@method\": POST
\"@authority\": bogen.example:8443
\"@path\": /v1/records
\"@query\": ?
\"content-digest\": sha-256=:TFA8pndh5cSq7P6ZYkTCXYwLQJAtEIXIW0RovVZ1SMY=:
\"bogen-known-size\": 12
\"bogen-client\": 0.1.0
\"@signature-params\": (\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\" \"bogen-known-size\" \"bogen-client\");keyid=\"device:6f9619ff-8b86-4d01-b42d-00cf4fc964ff\";alg=\"ed25519\";nonce=\"0f1e2d3c4b5a69788796a5b4c3d2e1f0\";tag=\"bogen request v1\"";

#[test]
fn the_signature_is_over_the_base_composed_by_hand() {
    let headers = signed();
    let expected = STANDARD.encode(secret().sign_signature_base(BASE).as_bytes());
    assert_eq!(headers.signature, format!("bogen=:{expected}:"));
    assert_eq!(headers.content_digest, "sha-256=:TFA8pndh5cSq7P6ZYkTCXYwLQJAtEIXIW0RovVZ1SMY=:");
    assert_eq!(headers.signature, "bogen=:IVJo9qJbkXPMQEyaN1W6lFV2sdL+YP/OLuJ6hmGJBmNifGDf24lvZwAOsyK3GBx3MaG3e3W8xAAAbdfubWAJDw==:");
}

/// RFC 9421, appendix B.2.6, key of appendix B.1.4: the one Ed25519 example there is.
#[test]
fn the_primitive_reproduces_the_example_of_the_rfc() {
    const EXAMPLE: &str = "\"date\": Tue, 20 Apr 2021 02:07:55 GMT
\"@method\": POST
\"@path\": /foo
\"@authority\": example.com
\"content-type\": application/json
\"content-length\": 18
\"@signature-params\": (\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\");created=1618884473;keyid=\"test-key-ed25519\"";
    let seed = hex::decode("9f8362f87a484a954e6e740c5b4c0e84229139a20aa8ab56ff66586f6a7d29c5").unwrap();
    let secret = SigningSecret::from_seed(seed.try_into().unwrap());
    assert_eq!(hex::encode(secret.public_key().as_bytes()), "26b40b8f93fff3d897112f7ebc582b232dbd72517d082fe83cfb30ddce43d1bb");
    let expected = "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==";
    assert_eq!(STANDARD.encode(secret.sign_signature_base(EXAMPLE).as_bytes()), expected);
}

/// RFC 9530, appendix A: the digest of no bytes is a digest too.
#[test]
fn an_empty_body_has_a_digest() {
    assert_eq!(content_digest(b""), "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:");
}

#[test]
fn a_request_as_it_was_signed_is_authenticated() {
    let authenticated = OnTheWire::new().verify().unwrap();
    assert_eq!(authenticated.key_id.to_string(), DEVICE);
    assert_eq!(authenticated.nonce, parts().nonce);
    assert_eq!(authenticated.known_size, 12);
    assert_eq!(authenticated.client.to_string(), "0.1.0");
    let mixed_case = OnTheWire { authority: "BOGEN.example:8443", ..OnTheWire::new() };
    assert!(mixed_case.verify().is_ok());
}

#[test]
fn a_query_is_signed_with_its_question_mark() {
    let with_query = RequestParts { method: "GET", path_and_query: "/v1/log/consistency?from=1&to=9", body: b"", ..parts() };
    let headers = sign(&with_query, &KeyId::parse(DEVICE).unwrap(), &secret());
    let pairs = headers.pairs().map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let request = OnTheWire { method: "GET", path_and_query: with_query.path_and_query, body: vec![], headers: pairs, ..OnTheWire::new() };
    assert!(request.verify().is_ok());
    assert_eq!(OnTheWire { path_and_query: "/v1/log/consistency?from=1&to=8", ..request }.verify(), Err(RequestError::BadSignature));
}

#[test]
fn a_signature_does_not_count_for_another_request() {
    let bad = Err(RequestError::BadSignature);
    assert_eq!(OnTheWire { method: "PUT", ..OnTheWire::new() }.verify(), bad);
    assert_eq!(OnTheWire { path_and_query: "/v1/tickets", ..OnTheWire::new() }.verify(), bad);
    assert_eq!(OnTheWire { path_and_query: "/v1/records?x", ..OnTheWire::new() }.verify(), bad);
    assert_eq!(OnTheWire { authority: "bogen.example", ..OnTheWire::new() }.verify(), bad, "another endpoint");
    assert_eq!(OnTheWire { body: b"envelopf".to_vec(), ..OnTheWire::new() }.verify(), Err(RequestError::DigestMismatch));
    let other_body =
        OnTheWire { body: b"other".to_vec(), ..OnTheWire::new() }.replace("content-digest", &content_digest(BODY), &content_digest(b"other"));
    assert_eq!(other_body.verify(), bad, "body and digest exchanged together");
    assert_eq!(OnTheWire::new().replace("signature-input", "0f1e", "1f1e").verify(), bad, "another nonce");
    assert_eq!(OnTheWire::new().replace("bogen-known-size", "12", "0").verify(), bad);
    assert_eq!(OnTheWire::new().replace("bogen-client", "0.1.0", "9.9.9").verify(), bad);
    assert_eq!(OnTheWire { key: SigningSecret::make().public_key(), ..OnTheWire::new() }.verify(), bad);
}

#[test]
fn another_signer_cannot_be_named() {
    let other = KeyId::Device(DeviceId([1; 16])).to_string();
    assert_eq!(OnTheWire::new().replace("signature-input", DEVICE, &other).verify(), Err(RequestError::UnknownKey));
}

#[test]
fn whatever_differs_from_the_one_form_is_refused() {
    let edits = [
        (" \"content-digest\"", ""),
        ("\"@method\" \"@authority\"", "\"@authority\" \"@method\""),
        ("\"content-digest\"", "\"content-digest\";bs"),
        ("\"@method\"", "\"@method\" \"@method\""),
        ("alg=\"ed25519\"", "alg=\"hmac-sha256\""),
        ("alg=\"ed25519\";", ""),
        ("tag=\"bogen request v1\"", "tag=\"bogen request v0\""),
        (";tag=\"bogen request v1\"", ""),
        ("tag=\"bogen request v1\"", "tag=\"bogen request v1\";created=1"),
        (";keyid", "; keyid"),
        ("bogen=(", "sig=("),
        ("device:6f96", "device:6F96"),
        ("nonce=\"0f1e2d3c4b5a69788796a5b4c3d2e1f0\"", "nonce=\"\""),
        ("0f1e2d3c", "0f 1e"),
        ("tag=\"bogen request v1\"", "tag=\"bogen request v1\", other=(\"@method\")"),
    ];
    for (from, to) in edits {
        let refused = OnTheWire::new().replace("signature-input", from, to).verify();
        assert_eq!(refused, Err(RequestError::OutsideProfile("signature-input")), "{from} → {to}");
    }
    for (name, from, to) in [
        ("signature", "bogen=:", "sig1=:"),
        ("signature", "==:", "=:"),
        ("signature", "==:", "==:, other=:AA==:"),
        ("bogen-known-size", "12", "012"),
        ("bogen-known-size", "12", "+12"),
        ("bogen-client", "0.1.0", "0.1"),
    ] {
        assert!(matches!(OnTheWire::new().replace(name, from, to).verify(), Err(RequestError::OutsideProfile(_))), "{name}: {from} → {to}");
    }
    let two_algorithms = OnTheWire::new().replace("content-digest", "sha-256=", "sha-512=:AA==:, sha-256=");
    assert_eq!(two_algorithms.verify(), Err(RequestError::DigestMismatch));
    let md5 = OnTheWire::new().replace("content-digest", "sha-256=", "md5=");
    assert_eq!(md5.verify(), Err(RequestError::DigestMismatch));
}

#[test]
fn each_header_must_be_there_exactly_once() {
    for (name, value) in signed().pairs() {
        let mut missing = OnTheWire::new();
        missing.headers.retain(|(given, _)| given != name);
        assert_eq!(missing.verify(), Err(RequestError::Header(name)));
        let mut doubled = OnTheWire::new();
        doubled.headers.push((name.to_ascii_uppercase(), value.to_owned()));
        assert_eq!(doubled.verify(), Err(RequestError::Header(name)));
    }
}

#[test]
fn no_line_can_be_smuggled_into_the_signature_base() {
    for target in ["/v1/records\n\"@query\": ?", "v1/records", "http://bogen.example/v1/records", "/v1/ä", "/a b", ""] {
        assert_eq!(OnTheWire { path_and_query: target, ..OnTheWire::new() }.verify(), Err(RequestError::OutsideProfile("target")), "{target}");
    }
    for method in ["post", "", "PO ST", "POST\n"] {
        assert_eq!(OnTheWire { method, ..OnTheWire::new() }.verify(), Err(RequestError::OutsideProfile("method")), "{method}");
    }
    for authority in ["", "user@bogen.example", "a\nb", "a/b"] {
        assert_eq!(OnTheWire { authority, ..OnTheWire::new() }.verify(), Err(RequestError::OutsideProfile("authority")), "{authority}");
    }
}

#[test]
fn every_bit_of_the_signature_counts() {
    let signature = STANDARD.decode(signed().signature.trim_start_matches("bogen=:").trim_end_matches(':')).unwrap();
    for bit in 0..signature.len() * 8 {
        let mut flipped = signature.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let mut request = OnTheWire::new();
        request.headers[4].1 = format!("bogen=:{}:", STANDARD.encode(&flipped));
        assert_eq!(request.verify(), Err(RequestError::BadSignature));
    }
}

proptest::proptest! {
    #[test]
    fn no_header_panics(input in ".{0,200}", signature in ".{0,100}") {
        let mut request = OnTheWire::new();
        request.headers[3].1 = input;
        request.headers[4].1 = signature;
        proptest::prop_assert!(request.verify().is_err());
    }
}
