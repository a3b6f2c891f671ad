//! What an honest endpoint may answer, record by record and as a whole.

use protocol::api::{DeliverOutcome, DeliverReply};
use protocol::problem::ProblemCode;
use sync::{CallError, End, Input, Policy, Refusal, Step};

use crate::rig::{Device, Endpoint, carry_out, machine, machine_with, record, run, run_honestly};

#[test]
fn a_refused_record_blocks_no_other_and_stays() {
    let mut endpoint = Endpoint::new();
    let mut device = Device::with(&endpoint, 1..=7);
    let report = run(machine(&endpoint), &mut device, &mut endpoint, |step, _, endpoint| {
        let Step::Send(request) = step else { return None };
        let DeliverReply { mut outcomes } = endpoint.deliver(request);
        for (outcome, envelope) in outcomes.iter_mut().zip(&request.envelopes) {
            if envelope[0] == 2 || envelope[0] == 7 {
                *outcome = DeliverOutcome::Refused(ProblemCode::Misaddressed);
            }
        }
        Some(Input::Answered(DeliverReply { outcomes }, endpoint.newest()))
    });
    let refused = [2, 7].map(|number| Refusal { record: record(number).record, problem: ProblemCode::Misaddressed });
    assert_eq!((report.end, report.destroyed, report.refused.as_slice()), (End::Done, 5, refused.as_slice()));
    assert_eq!(device.sealed.len(), 2);
}

#[test]
fn held_and_tombstoned_records_are_receipted_like_others() {
    let mut endpoint = Endpoint::new();
    let mut device = Device::with(&endpoint, 1..=3);
    let report = run(machine(&endpoint), &mut device, &mut endpoint, |step, _, endpoint| {
        let Step::Send(request) = step else { return None };
        let mut outcomes = endpoint.deliver(request).outcomes;
        if let [first, second, _] = outcomes.as_mut_slice()
            && let (DeliverOutcome::Stored(held), DeliverOutcome::Stored(entered)) = (first.clone(), second.clone())
        {
            *first = DeliverOutcome::Held(held);
            *second = DeliverOutcome::Tombstone(entered.clone(), entered);
        }
        Some(Input::Answered(DeliverReply { outcomes }, endpoint.newest()))
    });
    assert_eq!((report.end, report.delivered, report.destroyed, report.held), (End::Done, 3, 3, 1));
}

#[test]
fn copies_that_do_not_suffice_keep_the_record_and_accuse_nobody() {
    let mut endpoint = Endpoint::new();
    let mut device = Device::with(&endpoint, 1..=2);
    let policy = Policy { min_copies: 2, require_accepted: false, batch: 3 };
    let report = run_honestly(machine_with(&endpoint, policy), &mut device, &mut endpoint);
    assert_eq!((report.end, report.destroyed, report.refused.len(), device.sealed.len()), (End::Done, 0, 2, 2));
    assert!(report.refused.iter().all(|refusal| refusal.problem == ProblemCode::Unavailable));
}

#[test]
fn where_accepted_is_demanded_stored_destroys_nothing() {
    let mut endpoint = Endpoint::new();
    let mut device = Device::with(&endpoint, 1..=4);
    for _ in 0..2 {
        let policy = Policy { min_copies: 1, require_accepted: true, batch: 3 };
        let report = run_honestly(machine_with(&endpoint, policy), &mut device, &mut endpoint);
        assert_eq!((report.end, report.destroyed), (End::Done, 0));
    }
    assert_eq!((device.delivered.len(), device.destroyed.len()), (4, 0));
}

/// The reply was lost, then the log grew: the receipt leads to an older tree head, which has to be proved a part of the newest.
#[test]
fn an_older_receipt_is_proved_first_and_a_cut_in_between_leaves_nothing_out() {
    let mut endpoint = Endpoint::new();
    let mut device = Device::with(&endpoint, 1..=5);
    let mut faults = vec!["the proof is cut off", "the reply is lost"];
    let report = run(machine(&endpoint), &mut device, &mut endpoint, |step, _, endpoint| match step {
        Step::Send(request) if faults.len() == 2 => {
            faults.pop();
            endpoint.deliver(request);
            run_honestly(machine(endpoint), &mut Device::with(endpoint, [90]), endpoint);
            Some(Input::Failed(CallError::Unreachable))
        }
        Step::Prove { .. } if faults.pop().is_some() => Some(Input::Failed(CallError::Unreachable)),
        _ => None,
    });
    assert!(faults.is_empty(), "a proof was asked for");
    assert_eq!((report.end, report.delivered, report.destroyed), (End::Done, 5, 5));
    assert!(device.sealed.is_empty(), "nothing is left behind when the run says it is done");
}

#[test]
fn what_was_receipted_before_is_destroyed_first() {
    let mut endpoint = Endpoint::new();
    let mut device = Device::with(&endpoint, 1..=2);
    let killed = run(machine(&endpoint), &mut device, &mut endpoint, |step, _, _| matches!(step, Step::Destroy(_)).then_some(Input::StoreFailed));
    assert_eq!((killed.end, device.delivered.len()), (End::StoreFailed, 2));
    let mut steps = Vec::new();
    run(machine(&endpoint), &mut device, &mut endpoint, |step, _, _| {
        steps.push(format!("{step:?}").split(['(', ' ']).next().unwrap_or_default().to_owned());
        None
    });
    assert_eq!(steps, ["LoadUnshredded", "Destroy", "Load"]);
    assert_eq!(device.destroyed.len(), 2);
}

#[test]
fn permanent_refusals_end_at_once_and_passing_ones_after_the_tries() {
    for (error, end, waits) in [
        (CallError::Problem(ProblemCode::Revoked), End::Refused(ProblemCode::Revoked), 0),
        (CallError::Problem(ProblemCode::ClientTooOld), End::Refused(ProblemCode::ClientTooOld), 0),
        (CallError::ForeignCertificate, End::NotOurEndpoint, 0),
        (CallError::Problem(ProblemCode::InsufficientStorage), End::Busy, 4),
        (CallError::Unreachable, End::Unreachable, 4),
        (CallError::NotOurs, End::NotOurEndpoint, 4),
    ] {
        let mut endpoint = Endpoint::new();
        let mut device = Device::with(&endpoint, 1..=2);
        let (mut machine, mut waited) = (machine(&endpoint), 0);
        let mut error = Some(error);
        let report = loop {
            let input = match machine.next_step() {
                Step::End(report) => break report,
                Step::Send(_) => Input::Failed(again(&mut error)),
                Step::Wait(_) => {
                    waited += 1;
                    Input::Waited
                }
                step => carry_out(&step, &mut device, &mut endpoint),
            };
            machine.feed(input);
        };
        assert_eq!((report.end, waited, report.destroyed, device.sealed.len()), (end, waits, 0, 2));
    }
}

/// The same error once more (errors of the network are not clonable, these are).
fn again(error: &mut Option<CallError>) -> CallError {
    let same = match error.as_ref().expect("an error") {
        CallError::Problem(code) => CallError::Problem(*code),
        CallError::ForeignCertificate => CallError::ForeignCertificate,
        CallError::NotOurs => CallError::NotOurs,
        _ => CallError::Unreachable,
    };
    error.replace(same).expect("an error")
}

#[test]
fn an_answer_to_another_question_ends_the_run_and_destroys_nothing() {
    let endpoint = Endpoint::new();
    for stray in [Input::Stored, Input::Destroyed, Input::Waited, Input::Loaded(vec![record(1)]), Input::Proof(Vec::new())] {
        let mut machine = machine(&endpoint);
        assert!(matches!(machine.next_step(), Step::LoadUnshredded));
        machine.feed(stray);
        assert!(matches!(machine.next_step(), Step::End(report) if report.end == End::StoreFailed && report.destroyed == 0));
    }
}
