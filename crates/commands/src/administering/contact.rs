//! A contact with the endpoint: the newest directory, then whatever the unlocked user's role keeps up.

use protocol::api::{DirectoryReply, Done};
use protocol::enrolment::{EndpointIdentity, IdentityReply};
use protocol::{UnixTime, from_cbor};
use receipts::LogMemory;
use reqwest::Method;
use sync::{CallError, Signer};

use crate::App;
use crate::api::{CommandError, ErrorCode, Nothing, Status};
use crate::desk::{Line, Who};

/// Seconds by which clocks may differ before it is mentioned.
const CLOCK_TOLERANCE: u64 = 10 * 60;

impl App {
    /// Fetches the newest directory and does the upkeep of the unlocked user's roles.
    pub(crate) async fn contact(&self, _: Nothing) -> Result<Status, CommandError> {
        match self.refresh_directory().await {
            Err(error) if error.code == ErrorCode::EnrolmentWaiting => return self.status_now(),
            other => other?,
        }
        self.desk().forget_founding()?;
        let kept_up = if self.desk().is_unlocked() { self.keep_up_keys().await } else { Ok(()) };
        if self.desk().is_unlocked() {
            // What cannot be asked now is asked at the next contact: nothing depends on it.
            self.look_for_notes().await.ok();
            self.look_after_canaries().await.ok();
        }
        // Whatever became of the keys: the administration asks for a delivery, and for the device's word, at every contact.
        self.end_contact().await;
        self.changed();
        kept_up?;
        self.status_now()
    }

    /// Fetches, verifies and stores the newest directory. An older or contradicting one is a fault, never taken.
    pub(crate) async fn refresh_directory(&self) -> Result<(), CommandError> {
        let _in_order = self.exchange_gate.lock().await;
        let line = self.desk().line_before_directory()?;
        self.compare_clocks(&line).await?;
        let outcome = if line.knows_log { self.fetch_known(&line).await } else { self.fetch_first(&line).await };
        match outcome {
            Ok((reply, log)) => self.desk().adopt_directory(&reply, log, self.now()),
            Err(error) => Err(self.note_fault(error)),
        }
    }

    /// Nothing depends on a device's clock, but deadlines and the ledger's times are read by people: one that is off is mentioned.
    async fn compare_clocks(&self, line: &Line) -> Result<(), CommandError> {
        let reply: IdentityReply = line.client.call_unsigned::<Done, _>(Method::GET, "/v1/identity", None).await?;
        let identity: EndpointIdentity = from_cbor(&reply.identity, 1024).map_err(|_| CommandError::new(ErrorCode::NotOurEndpoint))?;
        let (here, there) = (self.now(), identity.now);
        let mut desk = self.desk();
        desk.clock_wrong = here.since(there).max(there.since(here)) > CLOCK_TOLERANCE;
        desk.endpoint_ahead = Some(there.0.cast_signed().saturating_sub(here.0.cast_signed()));
        Ok(())
    }

    /// What time it is at the endpoint, whose clock decides when tickets expire. Asks for it if this app has not been there yet.
    pub(crate) async fn endpoint_now(&self) -> Result<UnixTime, CommandError> {
        let known = self.desk().endpoint_ahead;
        let ahead = match known {
            Some(ahead) => ahead,
            None => {
                let line = self.desk().line(Who::Member)?;
                self.compare_clocks(&line).await?;
                self.desk().endpoint_ahead.unwrap_or_default()
            }
        };
        Ok(UnixTime(self.now().0.saturating_add_signed(ahead)))
    }

    async fn fetch_known(&self, line: &Line) -> Result<(DirectoryReply, Option<LogMemory>), CallError> {
        let signer = Signer { key_id: line.key_id, secret: &line.secret };
        let known = (&line.memory, &line.identity);
        let answer = line.client.call::<Done, DirectoryReply>(Method::GET, "/v1/directory", None, &signer, known).await?;
        Ok((answer.body, Some(answer.log)))
    }

    /// The first directory brings the key that its own log view is verified with; the pinned root vouches for the directory.
    async fn fetch_first(&self, line: &Line) -> Result<(DirectoryReply, Option<LogMemory>), CallError> {
        let signer = Signer { key_id: line.key_id, secret: &line.secret };
        let (reply, directory) = line.client.call_before_log_is_known::<DirectoryReply>(Method::GET, "/v1/directory", &signer).await?;
        let identity = self.desk().identity_in(&directory).ok_or(CallError::NotOurs)?;
        let memory = LogMemory::default().observe(&reply.log, &identity).map_err(|fault| CallError::log(fault, &reply.log.checkpoint, &identity))?;
        Ok((directory, Some(memory)))
    }

    /// One signed exchange; what the log showed with it is remembered.
    pub(crate) async fn exchange<Q, A>(&self, who: Who, method: Method, path: &str, body: Option<&Q>) -> Result<A, CommandError>
    where
        Q: minicbor::Encode<()> + Sync,
        A: for<'b> minicbor::Decode<'b, ()> + minicbor::Encode<()>,
    {
        let _in_order = self.exchange_gate.lock().await;
        let line = self.desk().line(who)?;
        let signer = Signer { key_id: line.key_id, secret: &line.secret };
        match line.client.call::<Q, A>(method, path, body, &signer, (&line.memory, &line.identity)).await {
            Ok(answer) => {
                self.desk().observe(&answer.log, self.now())?;
                Ok(answer.body)
            }
            Err(error) => Err(self.note_fault(error)),
        }
    }

    /// A log fault is remembered with what contradicts: destruction stays stopped until `log_recheck` clears it up.
    fn note_fault(&self, error: CallError) -> CommandError {
        if let CallError::Log { witness, .. } = &error
            && let Err(store) = self.desk().mark_log_fault(witness.as_deref().map_or(&[], std::slice::from_ref), self.now())
        {
            return store;
        }
        CommandError::from(error)
    }
}
