import { CommandFailed } from '../platform';
import { destroyedLine } from './collecting';
import { formView } from './asking';
import type { Commander } from './commander';
import { notFound, type World } from './world';

/** Sheets that were typed in, until they are shredded. */
export function papers(world: World): Pick<Commander, 'paper_open' | 'papers' | 'paper_shredded'> {
  /** Whether its form is not typed in and checked yet. */
  const owner = (record: string) => world.units.flatMap(({ members }) => members).find((member) => member.id === record);
  const isNeeded = (record: string) => ![undefined, 'checked'].includes(owner(record)?.form.state);
  const list = () => {
    world.unlocked();
    return { rows: [...world.papers].sort((a, b) => a.since - b.since).map((row) => ({ ...row, member: owner(row.record)?.id ?? null, needed: isNeeded(row.record) })) };
  };
  return {
    paper_open: (args) => {
      const unit = world.unit(args.unit);
      const member = world.member(args.unit, args.member);
      if (member.collected) notFound();
      world.informed.add(args.member);
      if (!world.papers.some((row) => row.record === member.id)) {
        world.papers.push({ record: member.id, member: member.id, needed: true, label: member.label, customer_number: member.number, unit_number: unit.number, since: world.now() });
        world.tell({ event: 'changed' });
      }
      return formView(unit, member, world);
    },
    papers: list,
    paper_shredded: (args) => {
      const row = world.papers.find((other) => other.record === args.record) ?? notFound();
      if (isNeeded(row.record)) throw new CommandFailed('not_checked', { count: '1' });
      world.papers = world.papers.filter((other) => other !== row);
      destroyedLine(world, row.record, 'paper', null);
      world.tell({ event: 'changed' });
      return list();
    },
  };
}
