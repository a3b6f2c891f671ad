import type { MemberCard, MemberState, UnitState, UnitView } from '../../bindings';
import { CommandFailed } from '../platform';
import type { Commander } from './commander';
import { FakeForm } from './form';
import { typedTwice } from './numbers';
import type { FakeMember, FakeUnit, World } from './world';

type Bodies = Pick<
  Commander,
  'unit_list' | 'unit_create' | 'unit_open' | 'unit_informed' | 'unit_discard' | 'member_add' | 'member_change' | 'member_remove' | 'unit_finalise'
>;

/** Units and their members. */
export function collecting(world: World): Bodies {
  const view = (unit: FakeUnit) => unitView(unit, world);
  return {
    unit_list: (args) => {
      world.only('counsellor', 'case_manager');
      const wanted = args.search.trim().toLowerCase();
      const matching = world.units
        .filter((unit) => (args.state === null || stateOf(unit) === args.state) && texts(unit).some((text) => text.toLowerCase().includes(wanted)))
        .sort((a, b) => (args.oldest_first ? a.changedAt - b.changedAt : b.changedAt - a.changedAt));
      return { rows: matching.slice(args.offset, args.offset + args.limit).map(row), matching: matching.length, all: world.units.length };
    },
    unit_create: (args) => {
      world.only('counsellor', 'case_manager');
      const number = typedTwice('unit', args.number);
      if (number && world.units.some((unit) => unit.number === number)) throw new CommandFailed('number_twice');
      const unit = { id: world.id(), number, label: args.label, members: [], handedOver: 0, changedAt: world.now(), informed: false, replaces: false };
      world.units.push(unit);
      return changed(world, unit);
    },
    unit_open: (args) => view(world.unit(args.unit)),
    unit_informed: (args) => {
      if (world.member(args.unit, args.member).form.asking === 'to_young_person') world.informed.add(args.member);
      else world.unit(args.unit).informed = true;
      return {};
    },
    unit_discard: (args) => {
      const unit = world.unit(args.unit);
      for (const member of unit.members.filter((member) => !member.collected)) destroyedLine(world, member.id, `discarded:${args.reason}`, null);
      world.units = world.units.filter((other) => other !== unit);
      world.tell({ event: 'changed' });
      return {};
    },
    member_add: (args) => {
      const unit = world.unit(args.unit);
      const number = memberNumber(world, args.number, null);
      const form = new FakeForm(args.asking);
      unit.members.push({ id: world.id(), label: args.label, number, form, collected: args.already_collected, unchecked: false });
      return changed(world, unit);
    },
    member_change: (args) => {
      const member = world.member(args.unit, args.member);
      member.number = memberNumber(world, args.number, member);
      member.label = args.label;
      member.form.asking = args.asking;
      member.collected = args.already_collected;
      return changed(world, world.unit(args.unit));
    },
    member_remove: (args) => {
      const unit = world.unit(args.unit);
      unit.members = unit.members.filter((member) => member.id !== args.member);
      destroyedLine(world, args.member, `discarded:${args.reason}`, null);
      return changed(world, unit);
    },
    unit_finalise: (args) => {
      const unit = world.unit(args.unit);
      const open = unit.members.filter((member) => !done(member) && !args.left_out.includes(member.id));
      if (open.length > 0) throw new CommandFailed('not_checked', { count: String(open.length) });
      const ready = unit.members.filter((member) => stateOfMember(member) === 'checked' && !args.left_out.includes(member.id));
      if (ready.length === 0) throw new CommandFailed('nothing_to_finalise');
      for (const member of ready) seal(world, unit, member);
      unit.members = unit.members.filter((member) => !ready.includes(member) && !member.collected);
      unit.handedOver += ready.length;
      if (unit.members.length === 0) world.units = world.units.filter((other) => other !== unit);
      world.tell({ event: 'changed' });
      return { records: ready.map((member) => member.id), reminder: unit.members.length > 0 };
    },
  };
}

/** One line of the destruction ledger; `ago` in seconds. */
export function destroyedLine(world: World, record: string, kind: string, receipt: number | null, ago = 0) {
  const seq = world.ledger.length + 1;
  world.ledger.unshift({ seq, record, digest: `${(seq * 2654435761).toString(16).padStart(8, '0')}`.repeat(8).slice(0, 64), kind, receipt_index: receipt, at: world.now() - ago });
}

function memberNumber(world: World, typed: { first: string; again: string }, self: FakeMember | null): string | null {
  const number = typedTwice('customer', typed);
  const taken = world.units.some((unit) => unit.members.some((member) => member !== self && member.number === number));
  if (number !== null && taken) throw new CommandFailed('number_twice');
  return number;
}

function seal(world: World, unit: FakeUnit, member: FakeMember) {
  world.sealed.push(member.id);
  if (member.number) world.known.set(member.number, 'waiting');
  world.mig.push({ entry: member.id, customer_number: member.number, unit_number: unit.number, label: member.label, state: 'sealed', since: world.now() });
}

function changed(world: World, unit: FakeUnit): UnitView {
  unit.changedAt = world.now();
  world.tell({ event: 'changed' });
  return unitView(unit, world);
}

function texts(unit: FakeUnit): string[] {
  return [unit.number ?? '', unit.label, ...unit.members.flatMap((member) => [member.label, member.number ?? ''])];
}

function stateOfMember(member: FakeMember): MemberState {
  return member.collected ? 'already_collected' : member.form.state;
}

/** Whether nothing is left to ask this person. */
export function done(member: FakeMember): boolean {
  return ['checked', 'already_collected'].includes(stateOfMember(member));
}

function stateOf(unit: FakeUnit): UnitState {
  if (unit.handedOver > 0) return 'reminder';
  if (unit.members.length > 0 && unit.members.every(done)) return 'ready';
  return unit.members.every((member) => stateOfMember(member) === 'open') ? 'open' : 'started';
}

function totals(unit: FakeUnit) {
  return { done: unit.members.filter(done).length + unit.handedOver, total: unit.members.length + unit.handedOver };
}

function row(unit: FakeUnit) {
  const unchecked_import = unit.members.some((member) => member.unchecked && !done(member));
  return { unit: unit.id, number: unit.number, label: unit.label, state: stateOf(unit), ...totals(unit), since: unit.changedAt, unchecked_import, replaces: unit.replaces };
}

function card(member: FakeMember): MemberCard {
  const state = stateOfMember(member);
  return { member: member.id, label: member.label, number: member.number, asking: member.form.asking, state, unchecked_import: member.unchecked && state !== 'checked' };
}

/** A unit as its view shows it. */
export function unitView(unit: FakeUnit, world: World): UnitView {
  const team = world.teams[0]?.key_epoch ? world.teams[0].name : null;
  return {
    unit: unit.id,
    number: unit.number,
    label: unit.label,
    state: stateOf(unit),
    members: unit.members.map(card),
    handed_over: unit.handedOver,
    ...totals(unit),
    informed: unit.informed,
    team,
    replaces: unit.replaces,
  };
}
