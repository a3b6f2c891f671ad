//! Delivering by itself: whatever is sealed here goes as soon as the endpoint is reachable, whoever is unlocked. When to try stands in [`Courier`], which
//! knows only numbers and the clock; [`deliver_by_itself`] waits.

use std::sync::Arc;
use std::time::Duration;

use protocol::UnixTime;

use crate::App;
use crate::api::{CommandError, ErrorCode, SyncEnd, SyncReport};

/// The first wait after a failed try, in seconds; each further one is twice as long.
const FIRST_WAIT: u64 = 30;
/// The longest of them: every few minutes, as long as the endpoint is not reachable.
const LONGEST_WAIT: u64 = 5 * 60;
/// What the endpoint refused is rarely taken later.
const AFTER_REFUSAL: u64 = 30 * 60;

/// How often it is asked at the most whether a clerk accepted what was delivered: a quarter of an hour.
const BETWEEN_LOOKS: u64 = 15 * 60;

/// Decides when the next delivery is due.
#[derive(Debug)]
pub struct Courier {
    /// How many records lay sealed here after the last try: more of them are a reason to try at once.
    left: u32,
    failures: u32,
    not_before: UnixTime,
    /// Nothing will come of trying again in this process: this device was revoked, or is too old.
    given_up: bool,
    jitter: u64,
    /// When to ask next whether a clerk accepted what lies here delivered.
    next_look: UnixTime,
}

/// What is to be done now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Try,
    /// So many seconds.
    Wait(u64),
    /// Until something changes.
    Rest,
}

impl Courier {
    /// `seed` draws the jitter, so that a hundred devices do not return in the same second; it is no secret.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { left: 0, failures: 0, not_before: UnixTime(0), given_up: false, jitter: seed | 1, next_look: UnixTime(0) }
    }

    /// Delivers if it is due. How long to wait until the next look, unless something changes before; none: until then.
    pub async fn turn(&mut self, app: &App) -> Option<Duration> {
        loop {
            match self.step(app.to_deliver(), app.now()) {
                Step::Rest if app.awaits_acceptance() && !self.given_up => {
                    let wait = self.next_look.since(app.now());
                    if (1..=BETWEEN_LOOKS).contains(&wait) {
                        return Some(Duration::from_secs(wait));
                    }
                    self.next_look = app.now().plus(BETWEEN_LOOKS / 2 + self.draw() % (BETWEEN_LOOKS / 2 + 1));
                    drop(app.sync_by_itself().await);
                }
                Step::Rest => return None,
                Step::Wait(seconds) => return Some(Duration::from_secs(seconds)),
                Step::Try => {
                    let report = app.sync_by_itself().await;
                    self.ended(&report, app.to_deliver().unwrap_or(0), app.now());
                }
            }
        }
    }

    /// `sealed`: how many records there are to deliver; none while nothing may be delivered.
    fn step(&mut self, sealed: Option<u32>, now: UnixTime) -> Step {
        let Some(sealed) = sealed.filter(|sealed| *sealed > 0 && !self.given_up) else {
            (self.left, self.failures, self.not_before) = (0, 0, UnixTime(0));
            return Step::Rest;
        };
        let wait = self.not_before.since(now);
        // A wait longer than any there is comes from a clock that was put back.
        if sealed > self.left || wait == 0 || wait > AFTER_REFUSAL {
            return Step::Try;
        }
        Step::Wait(wait)
    }

    fn ended(&mut self, report: &Result<SyncReport, CommandError>, left: u32, now: UnixTime) {
        self.left = left;
        let wait = match report.as_ref().map(|report| report.end) {
            Ok(SyncEnd::Done | SyncEnd::Nothing) => {
                self.failures = 0;
                FIRST_WAIT
            }
            Ok(SyncEnd::Partly | SyncEnd::Refused) => AFTER_REFUSAL,
            Err(error) if matches!(error.code, ErrorCode::Revoked | ErrorCode::ClientTooOld | ErrorCode::NoOffice) => {
                self.given_up = true;
                AFTER_REFUSAL
            }
            // A hotel's login page goes away, a full disk is made room on; a log fault is seen before the next try.
            Ok(SyncEnd::Unreachable | SyncEnd::NotOurEndpoint | SyncEnd::Busy | SyncEnd::LogFault) | Err(_) => {
                self.failures = self.failures.saturating_add(1);
                (FIRST_WAIT << (self.failures - 1).min(4)).min(LONGEST_WAIT)
            }
        };
        self.not_before = now.plus(wait / 2 + self.draw() % (wait / 2 + 1));
    }

    /// xorshift64 (Marsaglia 2003): jitter needs spread, not secrecy.
    fn draw(&mut self) -> u64 {
        self.jitter ^= self.jitter << 13;
        self.jitter ^= self.jitter >> 7;
        self.jitter ^= self.jitter << 17;
        self.jitter
    }
}

impl App {
    /// How many records there are to deliver, or to destroy after an earlier receipt; none while the log is faulty.
    fn to_deliver(&self) -> Option<u32> {
        let desk = self.desk();
        if desk.has_log_fault() {
            return None;
        }
        // Copies that wait for a clerk's word are asked about more seldom.
        let waits = desk.policy(1).is_ok_and(|policy| policy.require_accepted);
        desk.outbox_counts().ok().map(|(sealed, delivered)| sealed.saturating_add(if waits { 0 } else { delivered }))
    }
}

/// Delivers at once, after whatever is sealed later, and again and again while the endpoint is not reachable. Runs until dropped; the one loop of a process.
pub async fn deliver_by_itself(app: Arc<App>) {
    let mut courier = Courier::new(u64::from(std::process::id()) ^ app.now().0);
    loop {
        match courier.turn(&app).await {
            // Time-outs and news both mean: look again.
            Some(wait) => drop(tokio::time::timeout(wait, app.news()).await),
            None => app.news().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixTime = UnixTime(1_000_000);

    fn ended(end: SyncEnd) -> Result<SyncReport, CommandError> {
        Ok(SyncReport { end, delivered: 0, destroyed: 0, left: 0, held: 0, refused: Vec::new() })
    }

    #[test]
    fn what_is_sealed_is_tried_at_once_and_then_ever_less_often() {
        let mut courier = Courier::new(42);
        let mut now = NOW;
        assert_eq!(courier.step(Some(3), now), Step::Try, "at the start");
        for longest in [30, 60, 120, 240, 300, 300, 300] {
            courier.ended(&ended(SyncEnd::Unreachable), 3, now);
            let Step::Wait(wait) = courier.step(Some(3), now) else { panic!("not at once again") };
            assert!((longest / 2..=longest).contains(&wait), "{wait} of {longest}");
            assert!(matches!(courier.step(Some(3), now.plus(wait - 1)), Step::Wait(1)));
            now = now.plus(wait);
            assert_eq!(courier.step(Some(3), now), Step::Try);
        }
        courier.ended(&ended(SyncEnd::Unreachable), 3, now);
        assert_eq!(courier.step(Some(4), now), Step::Try, "one more is sealed");
    }

    #[test]
    fn nothing_to_deliver_and_a_log_fault_are_waited_out_in_silence() {
        let mut courier = Courier::new(42);
        assert_eq!(courier.step(Some(0), NOW), Step::Rest);
        assert_eq!(courier.step(None, NOW), Step::Rest, "a log fault");
        courier.ended(&ended(SyncEnd::LogFault), 3, NOW);
        assert_eq!(courier.step(None, NOW.plus(10_000)), Step::Rest);
        assert_eq!(courier.step(Some(3), NOW.plus(10_000)), Step::Try, "it was cleared up");
    }

    #[test]
    fn what_was_refused_is_left_alone_for_long_and_a_revoked_device_for_good() {
        let mut courier = Courier::new(42);
        courier.ended(&ended(SyncEnd::Partly), 1, NOW);
        assert!(matches!(courier.step(Some(1), NOW), Step::Wait(wait) if wait >= AFTER_REFUSAL / 2));
        assert_eq!(courier.step(Some(2), NOW), Step::Try);
        courier.ended(&Err(CommandError::new(ErrorCode::Revoked)), 2, NOW);
        assert_eq!(courier.step(Some(9), NOW.plus(100_000)), Step::Rest);
    }

    #[test]
    fn a_clock_put_back_does_not_stop_deliveries() {
        let mut courier = Courier::new(42);
        courier.ended(&ended(SyncEnd::Unreachable), 1, NOW);
        assert_eq!(courier.step(Some(1), UnixTime(5)), Step::Try);
    }
}
