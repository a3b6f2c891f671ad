import { CommandFailed } from '../platform';
import type { Commander } from './commander';
import { typedTwice } from './numbers';
import type { World } from './world';

/** What clerks asked and told about forms that somebody made. */
export function noting(world: World): Pick<Commander, 'notes' | 'note_answer'> {
  const list = () => {
    world.unlocked();
    if (!world.online) throw new CommandFailed('unreachable');
    return { rows: world.notes };
  };
  return {
    notes: list,
    note_answer: ({ record, note, reply, number }) => {
      if (!world.notes.some((row) => row.note === note)) throw new CommandFailed('note_gone');
      if (reply === 'number') typedTwice('customer', number ?? { first: '', again: '' });
      world.notes = world.notes.filter((row) => row.record !== record || row.note !== note);
      world.tell({ event: 'changed' });
      return list();
    },
  };
}
