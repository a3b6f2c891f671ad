import type { ChangeFound } from '../../bindings';
import { CommandFailed } from '../platform';
import type { Commander } from './commander';
import { FakeForm } from './form';
import { typedTwice } from './numbers';
import type { World } from './world';

/** A change of mind after the handover. */
export function changing(world: World): Pick<Commander, 'change_lookup' | 'change_begin'> {
  const find = (number: string): ChangeFound => {
    for (const unit of world.units) {
      const member = unit.members.find((other) => other.number === number && !other.collected);
      if (member) return { state: 'draft', unit: unit.id, member: member.id };
    }
    if (!world.online) throw new CommandFailed('unreachable');
    return { state: world.known.get(number) ?? 'unknown', unit: null, member: null };
  };
  const typed = (args: { number: { first: string; again: string } }) => {
    world.only('counsellor', 'case_manager');
    const number = typedTwice('customer', args.number);
    if (number === null) throw new CommandFailed('text_missing');
    return number;
  };
  return {
    change_lookup: (args) => find(typed(args)),
    change_begin: (args) => {
      const number = typed(args);
      const { state } = find(number);
      if (state === 'draft') throw new CommandFailed('draft_here');
      if (state === 'entered') throw new CommandFailed('past_change');
      if (state === 'unknown') throw new CommandFailed('nothing_to_change');
      const form = new FakeForm(args.asking);
      if (args.withdraw) form.refuse();
      const member = { id: world.id(), label: args.label, number, form, collected: false, unchecked: false };
      const unit = { id: world.id(), number: null, label: args.label, members: [member], handedOver: 0, changedAt: world.now(), informed: false, replaces: true };
      world.units.push(unit);
      world.tell({ event: 'changed' });
      return { unit: unit.id, member: member.id };
    },
  };
}
