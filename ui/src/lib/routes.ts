/** Every place in the app. Ids are random; nothing of a person stands in an address. */
export type Route =
  | { view: 'home' }
  | { view: 'units' }
  | { view: 'unit_new' }
  | { view: 'unit'; unit: string }
  | { view: 'member'; unit: string; member: string | null }
  | { view: 'introduction'; unit: string; member: string }
  | { view: 'privacy_beside'; unit: string; member: string }
  | { view: 'form'; unit: string; member: string }
  | { view: 'paper_for'; unit: string; member: string }
  | { view: 'transcribe'; unit: string; member: string }
  | { view: 'shred'; unit: string; member: string }
  | { view: 'finalise'; unit: string }
  | { view: 'handover' }
  | { view: 'mig' }
  | { view: 'notes' }
  | { view: 'closing' }
  | { view: 'ledger' }
  | { view: 'ledger_print' }
  | { view: 'papers' }
  | { view: 'change' }
  | { view: 'queue' }
  | { view: 'entry'; record: string }
  | { view: 'distribute' }
  | { view: 'report' }
  | { view: 'office' }
  | { view: 'invite' }
  | { view: 'certify' }
  | { view: 'paper' }
  | { view: 'privacy' }
  | { view: 'settings' }
  | { view: 'reconcile' }
  | { view: 'take_over' }
  | { view: 'hand_in' }
  | { view: 'help' };

const PLAIN = {
  home: '/',
  units: '/erheben',
  unit_new: '/erheben/neu',
  handover: '/uebergeben',
  mig: '/mig',
  reconcile: '/mig/abgleich',
  notes: '/rueckfragen',
  closing: '/feierabend',
  ledger: '/protokoll',
  ledger_print: '/protokoll/drucken',
  papers: '/schreddern',
  change: '/aenderung',
  queue: '/erfassen',
  distribute: '/verteilen',
  report: '/datenqualitaet',
  office: '/verwalten',
  invite: '/verwalten/einladen',
  certify: '/verwalten/wurzelschluessel',
  paper: '/papier',
  privacy: '/datenschutz',
  settings: '/einstellungen',
  take_over: '/einstellungen/vertretung',
  hand_in: '/einstellungen/geraet-abgeben',
  help: '/hilfe',
} as const;

/** The places of one member. */
const OF_MEMBER = {
  introduction: 'information',
  privacy_beside: 'datenschutz',
  form: 'bogen',
  paper_for: 'papier',
  transcribe: 'abtippen',
  shred: 'schreddern',
} as const;

/** The address of a place, for links. */
export function href(route: Route): string {
  return `#${path(route)}`;
}

function path(route: Route): string {
  switch (route.view) {
    case 'unit':
      return `/bg/${route.unit}`;
    case 'member':
      return `/bg/${route.unit}/person${route.member ? `/${route.member}` : ''}`;
    case 'introduction':
    case 'privacy_beside':
    case 'form':
    case 'paper_for':
    case 'transcribe':
    case 'shred':
      return `/bg/${route.unit}/${OF_MEMBER[route.view]}/${route.member}`;
    case 'finalise':
      return `/bg/${route.unit}/uebergeben`;
    case 'entry':
      return `/erfassen/${route.record}`;
    default:
      return PLAIN[route.view];
  }
}

/** The place of an address; home for what is none. */
export function parse(hash: string): Route {
  const here = hash.replace(/^#/, '') || '/';
  const plain = Object.entries(PLAIN).find(([, address]) => address === here);
  if (plain) return { view: plain[0] as keyof typeof PLAIN };
  const [area, id, page, member] = here.split('/').slice(1);
  if (area === 'erfassen' && id && page === undefined) return { view: 'entry', record: id };
  if (area === 'bg' && id) return inUnit(id, page, member);
  return { view: 'home' };
}

function inUnit(unit: string, page: string | undefined, member: string | undefined): Route {
  if (page === undefined) return { view: 'unit', unit };
  if (page === 'uebergeben') return { view: 'finalise', unit };
  if (page === 'person') return { view: 'member', unit, member: member ?? null };
  const ofMember = Object.entries(OF_MEMBER).find(([, address]) => address === page);
  if (ofMember && member) return { view: ofMember[0] as keyof typeof OF_MEMBER, unit, member };
  return { view: 'unit', unit };
}
