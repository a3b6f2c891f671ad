//! Receipts that are not what they claim: nothing is stored, nothing destroyed, and the run ends with a fault of the log.

use protocol::api::{DeliverOutcome, DeliverReply};
use protocol::log::Receipt;
use protocol::{from_cbor, to_cbor};
use sync::{End, Input, Step};

use crate::rig::{Device, Endpoint, machine, run, run_honestly};

/// Delivers `numbers` and spoils the endpoint's answer.
fn end_of(numbers: &[u8], mut spoil: impl FnMut(&mut Vec<DeliverOutcome>)) -> (End, Device) {
    let mut endpoint = Endpoint::new();
    let mut device = Device::with(&endpoint, numbers.iter().copied());
    let report = run(machine(&endpoint), &mut device, &mut endpoint, |step, _, endpoint| {
        let Step::Send(request) = step else { return None };
        let DeliverReply { mut outcomes } = endpoint.deliver(request);
        spoil(&mut outcomes);
        Some(Input::Answered(DeliverReply { outcomes }, endpoint.newest()))
    });
    assert_eq!((report.delivered as usize, report.destroyed as usize), (device.destroyed.len(), device.destroyed.len()));
    (report.end, device)
}

fn receipt_in(outcome: &DeliverOutcome) -> Receipt {
    match outcome {
        DeliverOutcome::Stored(receipt) => receipt.clone(),
        _ => panic!("an honest endpoint stores"),
    }
}

fn assert_untouched(device: &Device, numbers: usize) {
    assert_eq!((device.sealed.len(), device.delivered.len(), device.destroyed.len()), (numbers, 0, 0), "everything is still sealed");
}

#[test]
fn an_honest_receipt_is_taken() {
    let (end, device) = end_of(&[1, 2], |_| {});
    assert_eq!(end, End::Done);
    assert_eq!(device.destroyed.len(), 2);
}

/// Every bit of an encoded receipt. Bytes that no longer decode never reach the machine: the client drops such an answer.
#[test]
fn no_bit_of_a_receipt_can_be_flipped() {
    let mut endpoint = Endpoint::new();
    let mut device = Device::with(&endpoint, [1]);
    let mut genuine = Vec::new();
    run(machine(&endpoint), &mut device, &mut endpoint, |step, _, endpoint| {
        let Step::Send(request) = step else { return None };
        genuine = to_cbor(&receipt_in(&endpoint.deliver(request).outcomes[0]));
        None
    });
    let mut decoded = 0;
    for bit in 0..genuine.len() * 8 {
        let mut bytes = genuine.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let Ok(forged) = from_cbor::<Receipt>(&bytes, 64 * 1024) else { continue };
        decoded += 1;
        let (end, device) = end_of(&[1], |outcomes| outcomes[0] = DeliverOutcome::Stored(forged.clone()));
        assert_eq!(end, End::LogFault, "bit {bit}");
        assert_untouched(&device, 1);
    }
    assert!(decoded > genuine.len() * 6, "most flips are still receipts: {decoded} of {}", genuine.len() * 8);
}

#[test]
fn a_receipt_of_another_record_is_none() {
    let (end, device) = end_of(&[1, 2], |outcomes| outcomes.swap(0, 1));
    assert_eq!(end, End::LogFault);
    assert_untouched(&device, 2);
}

#[test]
fn one_forged_receipt_discredits_the_whole_answer() {
    let (end, device) = end_of(&[1, 2, 3], |outcomes| {
        let mut receipt = receipt_in(&outcomes[2]);
        receipt.index += 1;
        outcomes[2] = DeliverOutcome::Stored(receipt);
    });
    assert_eq!(end, End::LogFault);
    assert_untouched(&device, 3);
}

#[test]
fn an_answer_of_another_length_is_not_ours() {
    for spoil in [|outcomes: &mut Vec<DeliverOutcome>| drop(outcomes.pop()), |outcomes: &mut Vec<DeliverOutcome>| outcomes.push(outcomes[0].clone())]
    {
        let (end, device) = end_of(&[1, 2], spoil);
        assert_eq!(end, End::NotOurEndpoint);
        assert_untouched(&device, 2);
    }
}

/// An endpoint that keeps a second log for receipts: signed with the right key, but in no tree that anybody else is shown.
#[test]
fn a_receipt_of_another_tree_with_the_same_key_is_none() {
    let (mut shown, mut hidden) = (Endpoint::new(), Endpoint::new());
    run_honestly(machine(&hidden), &mut Device::with(&hidden, [50]), &mut hidden);
    let mut device = Device::with(&shown, [1]);
    let report = run(machine(&shown), &mut device, &mut shown, |step, _, shown| {
        let Step::Send(request) = step else { return None };
        let reply = hidden.deliver(request);
        // The shown tree grows by other leaves to more than the hidden one's size.
        run_honestly(machine(shown), &mut Device::with(shown, 60..66), shown);
        Some(Input::Answered(reply, shown.newest()))
    });
    assert_eq!(report.end, End::LogFault);
    assert_eq!(report.contradicting, [hidden.newest()], "evidence to be kept: no log that lacks it counts as whole");
    assert_untouched(&device, 1);
}

#[test]
fn a_receipt_newer_than_the_newest_tree_head_is_none() {
    let mut endpoint = Endpoint::new();
    let before = endpoint.newest();
    let mut device = Device::with(&endpoint, [1]);
    let report = run(machine(&endpoint), &mut device, &mut endpoint, |step, _, endpoint| {
        let Step::Send(request) = step else { return None };
        Some(Input::Answered(endpoint.deliver(request), before.clone()))
    });
    assert_eq!(report.end, End::LogFault);
    assert_untouched(&device, 1);
}

#[test]
fn a_tree_head_with_another_signature_is_none() {
    let mut endpoint = Endpoint::new();
    let mut device = Device::with(&endpoint, [1]);
    let report = run(machine(&endpoint), &mut device, &mut endpoint, |step, _, endpoint| {
        let Step::Send(request) = step else { return None };
        let reply = endpoint.deliver(request);
        let mut newest = endpoint.newest();
        newest.signature.0[0] ^= 1;
        Some(Input::Answered(reply, newest))
    });
    assert_eq!((report.end, report.contradicting), (End::LogFault, Vec::new()), "what the log's key did not sign is no evidence");
    assert_untouched(&device, 1);
}

#[test]
fn a_wrong_proof_for_an_older_receipt_is_a_fault() {
    let mut endpoint = Endpoint::new();
    let mut device = Device::with(&endpoint, [1]);
    let mut lost = true;
    let report = run(machine(&endpoint), &mut device, &mut endpoint, |step, _, endpoint| match step {
        Step::Send(request) if std::mem::take(&mut lost) => {
            endpoint.deliver(request);
            run_honestly(machine(endpoint), &mut Device::with(endpoint, [90]), endpoint);
            Some(Input::Failed(sync::CallError::Unreachable))
        }
        Step::Prove { from, to } => {
            let mut path = endpoint.consistency(*from, *to);
            path[0].0[0] ^= 1;
            Some(Input::Proof(path))
        }
        _ => None,
    });
    assert_eq!(report.end, End::LogFault);
    assert_untouched(&device, 1);
}
