import type { DistributionView, PileRow } from '../../bindings';
import { CommandFailed } from '../platform';
import type { Commander } from './commander';
import { notFound, type World } from './world';

const DAY = 24 * 3600;
/** Seconds in which a move can be undone. */
const UNDO = 900;

/** How the teams' work lies, as `?hand=1` (by hand, some wait) and `?away=1` (one absent, one long gone) say. */
export function distributing(world: World, query: URLSearchParams): Pick<Commander, 'distribution' | 'distribution_set' | 'distribution_move' | 'distribution_undo'> {
  const views = new Map<string, DistributionView>();
  const before = new Map<string, DistributionView>();
  const of = (team: string): DistributionView => {
    world.only('team_leader');
    const own = world.staff.find((person) => person.name === world.session?.name);
    if (!own?.teams.includes(team)) throw new CommandFailed('not_your_role');
    const view = views.get(team) ?? begin(world, team, query);
    views.set(team, view);
    if (view.undo_until !== null && view.undo_until <= world.now()) [view.undo_units, view.undo_until] = [0, null];
    return view;
  };
  const changed = (view: DistributionView) => {
    [view.changed_by, view.changed_at] = [world.unlocked().name, world.now()];
    return structuredClone(view);
  };
  return {
    distribution: (args) => structuredClone(of(args.team)),
    distribution_set: (args) => {
      const view = of(args.team);
      for (const { member, weight, absent_until } of args.clerks) {
        const row = view.clerks.find((clerk) => clerk.member === member) ?? notFound();
        if (absent_until !== null && (absent_until <= world.now() || absent_until > world.now() + 366 * DAY)) throw new CommandFailed('absence_invalid');
        Object.assign(row, { weight, absent_until });
        const others = takers(view).filter((clerk) => clerk !== row);
        if (absent_until !== null && others.length > 0) shift(row.pile, others.map(({ pile }) => pile), row.pile.units);
      }
      view.by_hand = args.by_hand ?? view.by_hand;
      if (!view.by_hand) shift(view.unassigned, takers(view).map(({ pile }) => pile), view.unassigned.units);
      return changed(view);
    },
    distribution_move: (args) => {
      const view = of(args.team);
      const pileOf = (member: string) => (view.clerks.find((clerk) => clerk.member === member) ?? notFound()).pile;
      const targets = args.to === null ? takers(view).filter(({ member }) => member !== args.from).map(({ pile }) => pile) : [pileOf(args.to)];
      if (targets.length === 0) throw new CommandFailed('nobody_there');
      before.set(args.team, structuredClone(view));
      const units = shift(args.from === null ? view.unassigned : pileOf(args.from), targets, args.units);
      // Whom the leader gives something, they count on.
      if (units > 0) Object.assign(view.clerks.find(({ member }) => member === args.to) ?? {}, { lapsed: false });
      if (units > 0) [view.undo_units, view.undo_until] = [units, world.now() + UNDO];
      return { units, distribution: changed(view) };
    },
    distribution_undo: (args) => {
      const { undo_units: units, undo_until } = of(args.team);
      const earlier = before.get(args.team);
      if (undo_until === null || !earlier) throw new CommandFailed('undo_too_late');
      views.set(args.team, { ...earlier, undo_units: 0, undo_until: null });
      return { units, distribution: changed(of(args.team)) };
    },
  };
}

const takers = (view: DistributionView) => view.clerks.filter(({ weight, absent_until, lapsed }) => weight > 0 && absent_until === null && !lapsed);

/** Moves so many units in turn, each with what lies in it; what was opened last. Returns how many there were. */
function shift(from: PileRow, targets: PileRow[], most: number): number {
  if (targets.length === 0) return 0;
  const units = Math.min(most, from.units);
  for (let index = 0; index < units; index += 1) {
    const to = targets[index % targets.length] ?? notFound();
    const state = (['waiting', 'held', 'awaits_number', 'opened'] as const).find((key) => from[key] > 0) ?? 'waiting';
    const forms = Math.ceil(from[state] / from.units);
    from[state] -= forms;
    from.units -= 1;
    to[state === 'opened' ? 'waiting' : state] += forms;
    to.units += 1;
    to.oldest = Math.min(to.oldest ?? Infinity, from.oldest ?? Infinity);
    if (from.units === 0) from.oldest = null;
  }
  return units;
}

function begin(world: World, team: string, query: URLSearchParams): DistributionView {
  const pile = (units: number, waiting: number, opened: number, days: number): PileRow => ({ units, waiting, opened, held: opened > 1 ? 1 : 0, awaits_number: units > 5 ? 1 : 0, oldest: units > 0 ? world.now() - days * DAY : null });
  const clerk = (name: string, weight: number, lies: PileRow) => ({ member: world.id(), name, weight, absent_until: null as number | null, lapsed: false, pile: lies });
  const [hand, away, nobody] = ['hand', 'away', 'noclerk'].map((flag) => query.has(flag));
  const clerks = nobody ? [] : [clerk('Mehmet Kaya', 100, pile(6, 9, 2, 4)), clerk('Nadia Rahimi', 100, pile(5, 8, 1, 2)), clerk('Sven Ott', 50, pile(3, 4, 0, 1))];
  const [, nadia, sven] = clerks;
  if (away && nadia && sven) {
    Object.assign(nadia, { absent_until: new Date('2026-03-23T00:00:00').getTime() / 1000, pile: pile(0, 0, 0, 0) });
    Object.assign(sven, { lapsed: true, pile: pile(0, 0, 0, 0) });
  }
  return { team, by_hand: hand ?? false, clerks, unassigned: hand ? pile(4, 7, 0, 1) : pile(0, 0, 0, 0), undo_units: 0, undo_until: null, changed_by: null, changed_at: null };
}
