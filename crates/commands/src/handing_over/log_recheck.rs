//! Clearing a log fault up: only a proof does it, and nobody's word. Needs nobody's passphrase, as delivering does.

use protocol::api::{ConsistencyReply, Done};
use protocol::log::SignedCheckpoint;
use receipts::verify_checkpoint;
use reqwest::Method;

use crate::App;
use crate::api::{CommandError, ErrorCode, Nothing, Status};
use crate::desk::{MAX_WITNESSES, Who};

impl App {
    /// Asks the endpoint to prove that its log continues what this device remembers of it, and contains every tree head that contradicted it; only then
    /// the fault is cleared. An endpoint with two faces cannot: neither log contains what the other showed.
    pub(crate) async fn log_recheck(&self, _: Nothing) -> Result<Status, CommandError> {
        // A delivery that runs ends with the fault it found.
        let _one_at_a_time = self.delivery.gate.lock().await;
        let was_faulty = self.desk().has_log_fault();
        let checked = self.demand_log_continues().await;
        self.changed();
        match checked {
            Ok(()) => self.status_now(),
            Err(error) if was_faulty && error.code == ErrorCode::LogFault => Err(CommandError::new(ErrorCode::LogStillFaulty)),
            Err(error) => Err(error),
        }
    }

    async fn demand_log_continues(&self) -> Result<(), CommandError> {
        // Each signed answer brings the proof from the remembered tree head to the newest one; without it there is no answer, and the memory stays.
        self.refresh_directory().await?;
        let witnesses = self.desk().log_witnesses()?;
        if witnesses.len() >= MAX_WITNESSES {
            return Err(CommandError::new(ErrorCode::LogFault));
        }
        for witness in &witnesses {
            self.demand_log_contains(witness).await?;
        }
        self.desk().clear_log_fault(self.now())
    }

    /// Demands the same of a tree head that was shown to somebody else, or here at another time.
    async fn demand_log_contains(&self, witness: &SignedCheckpoint) -> Result<(), CommandError> {
        let line = self.desk().line(Who::Device)?;
        let seen = verify_checkpoint(witness, &line.identity).map_err(|_| ErrorCode::LogFault)?;
        let newest = line.memory.known_size();
        let path = if seen.size < newest {
            let path = format!("/v1/log/consistency?from={}&to={newest}", seen.size);
            self.exchange::<Done, ConsistencyReply>(Who::Device, Method::GET, &path, None).await?.path
        } else {
            Vec::new()
        };
        line.memory.demand_contains(witness, &path, &line.identity).map_err(|_| CommandError::new(ErrorCode::LogFault))
    }
}
