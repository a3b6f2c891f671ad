//! Random ways through the vault against a model of three maps.

use std::collections::BTreeMap;

use crate::bench::{Bench, discarded, entry_for};
use proptest::prelude::{Strategy, any, prop_oneof};
use protocol::RecordId;
use vault::{DraftFate, FinaliseItem, ItemId, ItemKind};

/// One step. Numbers name one of eight drafts.
#[derive(Clone, Debug)]
enum Op {
    Put(u8, Vec<u8>),
    Remove(u8),
    Shred(Vec<u8>),
    Finalise(u8),
    Deliver,
    Destroy,
    ChangePassphrase,
    Restart,
}

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        6 => (0..8_u8, proptest::collection::vec(any::<u8>(), 0..600)).prop_map(|(item, value)| Op::Put(item, value)),
        1 => (0..8_u8).prop_map(Op::Remove),
        2 => proptest::collection::vec(0..8_u8, 0..4).prop_map(Op::Shred),
        3 => (0..8_u8).prop_map(Op::Finalise),
        2 => proptest::strategy::Just(Op::Deliver),
        2 => proptest::strategy::Just(Op::Destroy),
        1 => proptest::strategy::Just(Op::ChangePassphrase),
        2 => proptest::strategy::Just(Op::Restart),
    ]
}

/// What should be there.
#[derive(Default)]
struct Model {
    drafts: BTreeMap<ItemId, Vec<u8>>,
    outbox: BTreeMap<RecordId, (Vec<u8>, bool)>,
    ledger: Vec<RecordId>,
}

struct Run {
    bench: Bench,
    model: Model,
}

fn id(number: u8) -> ItemId {
    ItemId([number; 16])
}

impl Run {
    fn step(&mut self, op: Op) {
        match op {
            Op::Put(item, value) => {
                self.bench.session().put(ItemKind::Form, id(item), &value).unwrap();
                self.model.drafts.insert(id(item), value);
            }
            Op::Remove(item) => {
                assert_eq!(self.bench.session().remove(id(item)).unwrap(), self.model.drafts.remove(&id(item)).is_some());
            }
            Op::Shred(items) => self.shred(&items),
            Op::Finalise(item) => self.finalise(id(item)),
            Op::Deliver => self.deliver(),
            Op::Destroy => self.destroy(),
            Op::ChangePassphrase => self.bench.session_mut().change_passphrase(crate::bench::PASSPHRASE, crate::bench::PASSPHRASE).unwrap(),
            Op::Restart => self.bench.restart(),
        }
    }

    fn shred(&mut self, items: &[u8]) {
        let mut lines = Vec::new();
        let mut doomed = Vec::new();
        for item in items.iter().map(|item| id(*item)) {
            if self.model.drafts.remove(&item).is_some() {
                lines.push(discarded(item, self.bench.session().stored_digest(item).unwrap().unwrap()));
                self.model.ledger.push(item.into());
            }
            doomed.push(item);
        }
        let done = self.bench.session_mut().shred(&doomed, &lines).unwrap();
        assert!(done.complete && done.rows == lines.len());
    }

    fn finalise(&mut self, item: ItemId) {
        let Some(bytes) = self.model.drafts.remove(&item) else { return };
        let record = RecordId(ItemId::make().0);
        let form = FinaliseItem { form_item: item, fate: DraftFate::Shred, record, team_key_epoch: 1, bytes: bytes.clone(), mig: None };
        self.bench.finalise(&[form]);
        self.model.outbox.insert(record, (bytes, false));
    }

    fn deliver(&mut self) {
        let mut receipts = Vec::new();
        for (record, (_, delivered)) in self.model.outbox.iter_mut().filter(|(_, (_, delivered))| !delivered).take(2) {
            *delivered = true;
            receipts.push((*record, b"receipt".to_vec()));
        }
        assert_eq!(self.bench.vault().record_delivery(&receipts).unwrap(), receipts.len());
    }

    fn destroy(&mut self) {
        let waiting = self.bench.vault().delivered_unshredded().unwrap();
        let entries: Vec<_> = waiting.iter().map(|delivered| (delivered.record, entry_for(delivered))).collect();
        assert_eq!(self.bench.vault().shred_delivered(&entries).unwrap().rows, entries.len());
        for (record, _) in entries {
            assert!(self.model.outbox.remove(&record).unwrap().1, "only delivered ones go");
            self.model.ledger.push(record);
        }
    }

    fn compare(&self) {
        let listed = self.bench.session().list(ItemKind::Form).unwrap();
        let drafts: BTreeMap<_, _> = listed.items.into_iter().map(|(item, value)| (item, value.to_vec())).collect();
        assert_eq!((&drafts, listed.damaged.len()), (&self.model.drafts, 0));
        let page = self.bench.vault().outbox_page(None, 1000).unwrap();
        let outbox: BTreeMap<_, _> =
            page.entries.into_iter().map(|entry| (entry.record, (entry.bytes, entry.state == vault::OutboxState::Delivered))).collect();
        assert_eq!(outbox, self.model.outbox);
        let rows = self.bench.vault().ledger_page(0, 1000).unwrap().rows;
        assert_eq!(rows.iter().map(|row| row.line.record).collect::<Vec<_>>(), self.model.ledger);
        assert_eq!(self.bench.vault().verify_ledger().unwrap().lines, self.model.ledger.len() as u64);
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 24, ..Default::default() })]
    #[test]
    fn the_vault_holds_what_the_model_holds(ops in proptest::collection::vec(op(), 1..40)) {
        let mut run = Run { bench: Bench::new(), model: Model::default() };
        for op in ops {
            run.step(op);
        }
        run.compare();
        run.bench.restart();
        run.compare();
    }
}
