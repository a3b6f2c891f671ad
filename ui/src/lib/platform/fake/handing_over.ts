import type { MigState } from '../../bindings';
import { destroyedLine } from './collecting';
import type { Commander } from './commander';
import { CommandFailed } from '../platform';
import { typedTwice } from './numbers';
import { statusOf } from './sitting';
import { notFound, type World } from './world';

/** How long the stand-in takes for one envelope, in milliseconds, so that progress can be seen. */
const PACE = 120;
const RANK: Record<MigState, number> = { due: 0, awaits_number: 1, sealed: 2, ticked: 3 };

/** Delivery, MIG list, ledger, import. */
export function handingOver(world: World): Pick<Commander, 'sync' | 'log_recheck' | 'reconcile' | 'mig_list' | 'mig_tick' | 'mig_untick' | 'number_bring' | 'ledger' | 'ledger_verify' | 'ledger_export' | 'import'> {
  const list = () => {
    world.unlocked();
    return { entries: [...world.mig].sort((a, b) => RANK[a.state] - RANK[b.state] || a.since - b.since) };
  };
  const head = () => world.ledger[0]?.digest ?? '0'.repeat(64);
  const mark = (entry: string, state: MigState) => {
    const index = world.mig.findIndex((other) => other.entry === entry && other.state !== 'sealed');
    const found = world.mig[index] ?? notFound();
    if (found.state === 'awaits_number') throw new CommandFailed('number_follows');
    world.mig[index] = { ...found, state };
    world.tell({ event: 'changed' });
    return list();
  };
  return {
    sync: async () => {
      const report = { end: 'nothing' as const, delivered: 0, destroyed: 0, left: world.sealed.length, held: 0, refused: [] };
      if (!world.online) return { ...report, end: 'unreachable' as const };
      if (world.logFault?.cleared === null) return { ...report, end: 'log_fault' as const };
      world.lastContact = world.now();
      const total = world.sealed.length;
      for (let done = 1; done <= total; done += 1) {
        await new Promise((wake) => setTimeout(wake, PACE));
        deliver(world, world.sealed.shift() ?? '');
        world.tell({ event: 'sync_progress', done, total });
      }
      world.tell({ event: 'changed' });
      return { ...report, end: total > 0 ? ('done' as const) : report.end, delivered: total, destroyed: total, left: 0 };
    },
    log_recheck: () => {
      if (!world.online) throw new CommandFailed('unreachable');
      if (world.logFault && !world.logWhole) throw new CommandFailed('log_still_faulty');
      if (world.logFault) world.logFault = { ...world.logFault, cleared: world.now() };
      world.tell({ event: 'changed' });
      return statusOf(world);
    },
    reconcile: ({ text }) => {
      world.only('counsellor', 'case_manager');
      const numbers = [...new Set(text.split(/\s+/).filter((word) => /^\d{3}[A-Z]\d{6}$/.test(word)))];
      const at = (rest: number) => numbers.filter((_, index) => index % 5 === rest);
      const [waiting, here, unknown] = [at(1), at(2), at(3)];
      return { asked: numbers.length, entered: numbers.length - waiting.length - here.length - unknown.length, waiting, here, unknown, unreadable: text.includes('?') ? [7, 12] : [] };
    },
    mig_list: list,
    number_bring: (args) => {
      const index = world.mig.findIndex((other) => other.entry === args.entry && other.state === 'awaits_number');
      const found = world.mig[index] ?? notFound();
      const customer_number = typedTwice('customer', args.number);
      if (customer_number === null) throw new CommandFailed('text_missing');
      world.known.set(customer_number, 'waiting');
      // It is on its way like a form, and goes by itself.
      world.mig[index] = { ...found, customer_number, state: 'sealed' };
      world.sealed.push(found.entry);
      setTimeout(() => {
        world.sealed = world.sealed.filter((record) => record !== found.entry);
        deliver(world, found.entry);
        world.tell({ event: 'changed' });
      }, PACE);
      world.tell({ event: 'changed' });
      return list();
    },
    mig_tick: (args) => mark(args.entry, 'ticked'),
    mig_untick: (args) => mark(args.entry, 'due'),
    ledger: (args) => ({ rows: world.ledger.slice(args.offset, args.offset + args.limit), all: world.ledger.length, chain_ok: world.chainOk, head: head() }),
    ledger_verify: () => {
      world.unlocked();
      const receipts = world.ledger.filter((line) => line.receipt_index !== null).length;
      return { lines: world.ledger.length, chain_ok: world.chainOk, receipts, receipts_ok: world.chainOk ? receipts : receipts - 1, head: head() };
    },
    ledger_export: () => ({ file: btoa('bogen audit'), lines: world.ledger.length, held: world.sealed.length, device: '2a7d1c60-5e1f-4b3a-9a41-0c8e6f2d7b90', root_key: '7c1e'.repeat(16) }),
    import: () => ({ units: 0, members: 0, issues: [] }),
  };
}

function deliver(world: World, record: string) {
  destroyedLine(world, record, 'destroyed', 4100 + world.ledger.length);
  world.mig = world.mig.map((entry) => (entry.entry === record ? { ...entry, state: entry.customer_number === null ? 'awaits_number' : 'due' } : entry));
}
