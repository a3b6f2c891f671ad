//! A server in its own temporary directory, with its office.

use std::path::PathBuf;
use std::sync::Arc;

use clock::MockClock;
use endpoint::config::Config;
use endpoint::{RunningEndpoint, ServeOptions};
use office::founding::FoundingCode;
use protocol::api::{DeliverOutcome, DeliverReply, DeliverRequest, DirectoryReply};
use protocol::enrolment::{EndpointIdentity, FoundRequest, IdentityReply};
use protocol::problem::ProblemCode;
use protocol::{UnixTime, from_cbor};
use tempfile::TempDir;

use super::client::Client;
use super::people::{ADMIN, DEVICE, Office, Signer, device, member};

pub struct Mailbox {
    pub dir: TempDir,
    pub clock: Arc<MockClock>,
    pub config: Config,
    pub running: Option<RunningEndpoint>,
    pub client: Client,
}

impl Mailbox {
    /// Initialised and running, not founded.
    pub async fn new() -> Self {
        Self::with(Config::default()).await
    }

    pub async fn with(config: Config) -> Self {
        let dir = tempfile::tempdir().unwrap();
        endpoint::init(&dir.path().join("data"), &["localhost".to_owned(), "127.0.0.1".to_owned()]).unwrap();
        let clock = Arc::new(MockClock::at(UnixTime(1_790_000_000)));
        let config = Config { listen: "127.0.0.1:0".parse().unwrap(), ticket_guesses_per_minute: 5, ..config };
        let (running, client) = start(&dir.path().join("data"), &config, &clock).await;
        Self { dir, clock, config, running: Some(running), client }
    }

    /// With an office in which everybody is.
    pub async fn founded() -> (Self, Office) {
        Self::founded_with(Config::default()).await
    }

    pub async fn founded_with(config: Config) -> (Self, Office) {
        let mailbox = Self::with(config).await;
        let running = mailbox.running.as_ref().unwrap();
        let code = running.founding_code.as_ref().unwrap().to_string();
        let mut office = found(&mailbox.client, &code).await;
        let everybody = office.everybody();
        let _: DirectoryReply = mailbox.client.post(&member(ADMIN), "/v1/directory", &everybody).await.unwrap();
        (mailbox, office)
    }

    pub fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    pub async fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.shutdown().await;
        }
    }

    /// Stops in order and starts again on the same data. The client keeps what it knows of the log.
    pub async fn restart(&mut self) {
        self.stop().await;
        let (running, client) = start(&self.data(), &self.config, &self.clock).await;
        self.running = Some(running);
        self.client.base = client.base;
    }

    pub async fn deliver(&self, envelopes: &[&[u8]]) -> Vec<DeliverOutcome> {
        self.deliver_from(&device(DEVICE), envelopes).await.unwrap()
    }

    pub async fn deliver_from(&self, who: &Signer, envelopes: &[&[u8]]) -> Result<Vec<DeliverOutcome>, ProblemCode> {
        let request = DeliverRequest { envelopes: envelopes.iter().map(|bytes| bytes.to_vec().into()).collect() };
        let reply: DeliverReply = self.client.post(who, "/v1/records", &request).await?;
        assert_eq!(reply.outcomes.len(), envelopes.len());
        Ok(reply.outcomes)
    }
}

async fn start(data: &std::path::Path, config: &Config, clock: &Arc<MockClock>) -> (RunningEndpoint, Client) {
    let options = ServeOptions { data_dir: data.to_owned(), config: config.clone(), clock: Arc::clone(clock) as Arc<dyn clock::Clock> };
    let running = endpoint::serve(options).await.unwrap();
    let certificate = std::fs::read(data.join("tls-certificate.pem")).unwrap();
    let client = Client::new(format!("https://{}", running.addr), Some(&certificate));
    (running, client)
}

/// Founds an office with the code that the endpoint printed.
pub async fn found(client: &Client, code: &str) -> Office {
    let code = FoundingCode::parse(code).unwrap();
    let identity = identity(client, &code).await;
    let office = Office::founding(identity.receipt_key);
    let directory = office.newest.signed().clone();
    let request = FoundRequest { mac: code.mac_founding(&office.pin.root_key, &directory), root_key: office.pin.root_key, directory };
    let reply: DirectoryReply = client.plain("/v1/office", &request).await.unwrap();
    assert_eq!(&reply.directory, office.newest.signed());
    *client.identity.lock().unwrap() = Some(office.log_identity());
    office
}

/// What the endpoint says of itself, once the founding code vouched for it.
async fn identity(client: &Client, code: &FoundingCode) -> EndpointIdentity {
    let path = format!("/v1/identity?challenge={}", hex::encode([7; 16]));
    let answer = client.raw("GET", &path, &[], Vec::new()).await.unwrap();
    let reply: IdentityReply = from_cbor(&answer.body, 4096).unwrap();
    code.verify_identity(&[7; 16], &reply).unwrap()
}
