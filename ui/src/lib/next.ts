import type { MemberCard, UnitView } from './bindings';
import type { Route } from './routes';

/** Where a person's form begins. A young person hears first that they decide alone, whatever was read out to others before. */
export function startOf(unit: string, card: MemberCard, informed: boolean): Route {
  const introduced = informed && !(card.asking === 'to_young_person' && card.state === 'open');
  return { view: introduced ? 'form' : 'introduction', unit, member: card.member };
}

/** Where it goes on after this form; undefined when nobody is left. */
export function startOfNext(unit: UnitView, next: string | null): Route | undefined {
  const card = unit.members.find((card) => card.member === next);
  return card && startOf(unit.unit, card, unit.informed);
}
