import type { RoleCode, SessionInfo } from './bindings';
import type { Route } from './routes';

/** The parts of the app, in the order of the way of a form. */
export type AreaName = 'units' | 'handover' | 'queue' | 'distribute' | 'office';

interface Area {
  name: AreaName;
  /** Whose work it is. */
  roles: RoleCode[];
  /** Where it begins. */
  start: Route;
  /** All its places. */
  views: Route['view'][];
}

const AREAS: Area[] = [
  {
    name: 'units',
    roles: ['counsellor', 'case_manager'],
    start: { view: 'units' },
    views: ['units', 'unit', 'unit_new', 'member', 'introduction', 'privacy_beside', 'form', 'paper_for', 'transcribe', 'shred', 'finalise', 'papers', 'change'],
  },
  { name: 'handover', roles: ['counsellor', 'case_manager', 'admin'], start: { view: 'handover' }, views: ['handover', 'mig', 'reconcile', 'notes', 'ledger', 'ledger_print'] },
  { name: 'queue', roles: ['clerk'], start: { view: 'queue' }, views: ['queue', 'entry'] },
  { name: 'distribute', roles: ['team_leader'], start: { view: 'distribute' }, views: ['distribute', 'report'] },
  { name: 'office', roles: ['admin'], start: { view: 'office' }, views: ['office', 'invite', 'report'] },
];

/**
 * What somebody finds in the navigation; the app itself refuses the rest. Who was revoked has no role any more, but what is sealed on the
 * device still has to reach the endpoint. Who has another task now finishes what belongs to the forms they made.
 */
export function areasOf(session: SessionInfo | null): Area[] {
  if (session?.enrolment === 'revoked') return AREAS.filter((area) => area.name === 'handover');
  const finishes = (area: Area) => area.name === 'handover' && (session?.collected_before ?? false);
  return AREAS.filter((area) => finishes(area) || area.roles.some((role) => session?.roles.includes(role)));
}

/** The area a place belongs to, of those that somebody finds; undefined for settings and help. */
export function areaOf(route: Route, areas: readonly Area[] = AREAS): AreaName | undefined {
  return areas.find((area) => area.views.includes(route.view))?.name;
}
