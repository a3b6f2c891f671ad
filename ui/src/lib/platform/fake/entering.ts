import { CommandFailed } from '../platform';
import { destroyedLine } from './collecting';
import type { Commander } from './commander';
import { eightAnswers, maskRows } from './mask';
import { type FakeRecord, notFound, type World } from './world';

/** The clerk's queue and one opened form. */
export function entering(world: World): Pick<Commander, 'queue' | 'record_open' | 'record_forward' | 'record_copy' | 'record_confirm' | 'record_undo' | 'record_discard' | 'record_problem'> {
  const find = (record: string) => world.queue.find((row) => row.record === record) ?? notFound();
  const destroy = (record: FakeRecord) => {
    world.queue = world.queue.filter((row) => row !== record);
    world.entered += 1;
    destroyedLine(world, record.record, 'witnessed', 5000 + world.entered);
    return { record: record.record, receipt_index: 5000 + world.entered, due: null };
  };
  const destroyDue = () => {
    for (const record of world.queue.filter(({ due }) => due !== null && due <= world.now())) destroy(record);
  };
  return {
    queue: () => {
      world.only('clerk');
      destroyDue();
      return { rows: world.queue.map(({ record, group, unit_members, stored_at, state, hold, opened_before, due, team, question }) => ({ record, group, unit_members, stored_at, state, hold, opened_before, due, team, question })), deadlines: world.deadlines };
    },
    record_open: (args) => {
      world.only('clerk');
      const record = find(args.record);
      if (record.due !== null) throw new CommandFailed('in_grace');
      if (record.hold === 'superseded') throw new CommandFailed('superseded');
      if (args.here) record.belongs = null;
      if (record.belongs !== null) throw new CommandFailed('other_team', { team: record.belongs });
      const before = record.opened_before;
      record.opened_before = true;
      if (record.state === 'assigned') record.state = 'opened';
      return {
        record: record.record,
        customer_number: record.customer,
        unit_number: record.unit,
        rows: maskRows(world.mask, record.answers),
        asks_mig: world.mask?.asks_mig ?? false,
        answers: world.mask ? [] : eightAnswers(record.answers),
        opened_before: before,
        hold: record.hold,
        question: record.question,
        number_corrected: record.question === 'to_enter',
        may_discard: (record.hold === 'known_customer' || record.hold === 'revoked_device' || record.question === 'withdrawn') && record.replaces === null,
        replaces: record.replaces,
        made_at: record.stored_at - 3600,
        author: 'Jana Winter',
        author_left: world.authorLeft,
      };
    },
    record_copy: (args) => {
      world.only('clerk');
      const record = find(args.record);
      return { record: record.record, customer_number: record.customer, unit_number: record.unit, answers: eightAnswers(record.answers), made_at: record.stored_at - 3600 };
    },
    record_forward: (args) => {
      world.only('clerk');
      const record = find(args.record);
      const { belongs, group } = record;
      if (belongs === null) throw new CommandFailed('cannot_forward');
      const goes = (row: FakeRecord) => row === record || (row.group === group && row.belongs !== null && row.state === 'assigned');
      const going = world.queue.filter(goes);
      for (const row of going) destroyedLine(world, row.record, 'forwarded', 5500);
      const forms = going.length;
      world.queue = world.queue.filter((row) => !goes(row));
      return { record: record.record, team: belongs, forms };
    },
    record_confirm: (args) => {
      const record = find(args.record);
      if (world.mask?.asks_mig && !args.mig) throw new CommandFailed('mig_open');
      if (args.at_once) return destroy(record);
      if (record.due === null) [record.state, record.due] = ['entered', world.now() + GRACE];
      return { record: record.record, receipt_index: null, due: record.due };
    },
    record_discard: (args) => {
      world.only('clerk');
      const record = find(args.record);
      if (record.hold !== 'known_customer' && record.hold !== 'revoked_device' && record.question !== 'withdrawn') throw new CommandFailed('endpoint_refused', { problem: 'conflict' });
      return destroy(record);
    },
    record_problem: (args) => {
      world.only('clerk');
      find(args.record).question = 'asked';
      return {};
    },
    record_undo: (args) => {
      destroyDue();
      const record = world.queue.find((row) => row.record === args.record);
      if (!record) throw new CommandFailed('already_entered');
      if (record.due !== null) [record.state, record.due] = [record.hold ? 'held' : 'opened', null];
      return {};
    },
  };
}

/** Seconds in which a confirmation can be taken back. */
const GRACE = 900;
