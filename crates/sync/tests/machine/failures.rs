//! Failures in any order: no copy goes without its stored receipt, and once the world is whole again everything arrives exactly once.

use proptest::prelude::{Strategy, any, prop};
use proptest::{prop_assert_eq, proptest};
use protocol::api::{DeliverOutcome, DeliverReply};
use protocol::problem::ProblemCode;
use sync::{CallError, End, Input, Step};

use crate::rig::{Device, Endpoint, carry_out, machine, run_honestly};

/// What happens to one step.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Works,
    /// The device is killed before the step takes effect.
    KilledBefore,
    /// The device is killed after it.
    KilledAfter,
    /// The step fails and changes nothing.
    Fails,
    /// It takes effect, and nobody learns of it.
    AnswerLost,
    /// The answer comes, and others' records went into the log meanwhile.
    OthersToo,
    /// The answer is forged.
    Forged,
}

fn fate() -> impl Strategy<Value = Fate> {
    use Fate::{AnswerLost, Fails, Forged, KilledAfter, KilledBefore, OthersToo, Works};
    any::<prop::sample::Index>().prop_map(|index| *index.get(&[Works, Works, Works, KilledBefore, KilledAfter, Fails, AnswerLost, OthersToo, Forged]))
}

struct World {
    device: Device,
    endpoint: Endpoint,
    next_other: u8,
}

impl World {
    fn new(records: u8) -> Self {
        let endpoint = Endpoint::new();
        Self { device: Device::with(&endpoint, 0..records), endpoint, next_other: 100 }
    }

    /// One run, until it ends, is killed, or `fates` are used up. False: used up.
    fn run(&mut self, fates: &mut impl Iterator<Item = Fate>) -> bool {
        let mut machine = machine(&self.endpoint);
        loop {
            let step = machine.next_step();
            if matches!(step, Step::End(_)) {
                return true;
            }
            let Some(fate) = fates.next() else { return false };
            match self.answer(&step, fate) {
                Some(input) => machine.feed(input),
                None => return true,
            }
        }
    }

    /// None: killed.
    fn answer(&mut self, step: &Step, fate: Fate) -> Option<Input> {
        match fate {
            Fate::KilledBefore => None,
            Fate::Fails => Some(failure(step)),
            Fate::Works => Some(self.carry_out(step)),
            Fate::KilledAfter => {
                self.carry_out(step);
                None
            }
            Fate::AnswerLost => {
                self.carry_out(step);
                Some(failure(step))
            }
            Fate::OthersToo => {
                let other = self.next_other;
                self.next_other = (other + 1).min(199);
                let input = self.carry_out(step);
                run_honestly(machine(&self.endpoint), &mut Device::with(&self.endpoint, [other]), &mut self.endpoint);
                // The tree head that came with the answer is as old as the answer.
                Some(input)
            }
            Fate::Forged => Some(forged(self.carry_out_at_endpoint(step)?)),
        }
    }

    fn carry_out(&mut self, step: &Step) -> Input {
        carry_out(step, &mut self.device, &mut self.endpoint)
    }

    /// Only what comes over the network can be forged; anything else is a kill.
    fn carry_out_at_endpoint(&mut self, step: &Step) -> Option<Input> {
        matches!(step, Step::Send(_) | Step::Prove { .. }).then(|| self.carry_out(step))
    }
}

fn failure(step: &Step) -> Input {
    match step {
        Step::Send(_) => Input::Failed(CallError::Unreachable),
        Step::Prove { .. } => Input::Failed(CallError::Problem(ProblemCode::Unavailable)),
        Step::Wait(_) => Input::Waited,
        _ => Input::StoreFailed,
    }
}

fn forged(input: Input) -> Input {
    match input {
        Input::Answered(DeliverReply { mut outcomes }, newest) => {
            if let Some(DeliverOutcome::Stored(receipt)) = outcomes.last_mut() {
                receipt.checkpoint.signature.0[63] ^= 4;
            }
            Input::Answered(DeliverReply { outcomes }, newest)
        }
        Input::Proof(mut path) => {
            path.reverse();
            path.pop();
            Input::Proof(path)
        }
        other => other,
    }
}

proptest! {
    #[test]
    fn whatever_fails_nothing_is_lost_doubled_or_destroyed_unreceipted(records in 0_u8..9, fates in prop::collection::vec(fate(), 0..60)) {
        let mut world = World::new(records);
        let mut fates = fates.into_iter();
        while world.run(&mut fates) && fates.len() > 0 {}
        // `Device` has checked every destruction. Now the world is whole again.
        let report = run_honestly(machine(&world.endpoint), &mut world.device, &mut world.endpoint);
        prop_assert_eq!(report.end, End::Done);
        prop_assert_eq!(world.device.sealed.len() + world.device.delivered.len(), 0, "nothing is left");
        let mut destroyed = world.device.destroyed.clone();
        destroyed.sort();
        let stored: Vec<_> = world.endpoint.stored().into_iter().filter(|record| record.0[0] < 100).collect();
        prop_assert_eq!(&destroyed, &stored, "each is stored there, and each copy went exactly once");
        prop_assert_eq!(destroyed.len(), usize::from(records));
    }
}
