import { translations } from 'virtual:wording';

import type { AnswerKey, Asking, QueueState, ReplacesCode, RoleCode } from '../../bindings';
import { destroyedLine } from './collecting';
import { FakeForm, QUESTIONS } from './form';
import { EIGHT } from './mask';
import { type FakeMember, type FakeUnit, notFound, World } from './world';

/** A day, in seconds. */
const DAY = 24 * 3600;

/** A state to start in, for trying out and for tests: `?scene=clerk&offline=1&demo=0`. */
export function startScene(query: URLSearchParams): World {
  const world = new World();
  const scene = query.get('scene') ?? 'locked';
  world.online = query.get('offline') !== '1';
  world.demo = query.get('demo') !== '0';
  if (scene === 'first') {
    world.office = null;
    world.enrolment = 'none';
    return world;
  }
  people(world);
  information(world, query.get('languages')?.split(','));
  if (query.get('information') === '0') world.information = null;
  if (query.get('information') === 'long') lengthen(world);
  world.readable = scene !== 'damaged';
  if (scene === 'waiting') {
    world.enrolment = 'waiting';
    world.users = [{ user: world.id(), name: 'Jana Winter', roles: [] }];
    world.session = world.users[0] ?? null;
    return world;
  }
  if (query.get('empty') !== '1') work(world, Number(query.get('units') ?? 0));
  if (query.get('more') === '1') afterwards(world);
  world.session = world.users.find((user) => user.roles.includes(scene as RoleCode)) ?? null;
  if (scene === 'revoked') revoke(world);
  reopen(world, query.getAll('open'));
  turn(world, query.get('turned'));
  if (query.has('newer')) world.versions.push({ version: 2, changes: ['Die Hilfe zur dritten Frage nennt jetzt auch Umzüge aus der DDR.'] });
  if (query.has('late')) {
    world.overdue = [7, 3, 1, 0];
    world.queue = world.queue.map((row, index) => ({ ...row, stored_at: row.stored_at - [15, 9, 4, 0, 0][index]! * 24 * 3600 }));
  }
  if (query.has('queue')) lengthenQueue(world, Number(query.get('queue')));
  if (query.has('questions')) questions(world);
  if (query.has('mask')) world.mask = EIGHT;
  if (query.has('other')) world.queue = world.queue.map((row) => ({ ...row, belongs: row.group === 1 ? 'Leistung Süd' : null }));
  world.smallTeams = query.get('teams') === 'small';
  if (query.has('fleet')) fleet(world);
  if (query.has('waits')) [world.waits, world.waiting_for_clerks] = [true, Number(query.get('waits'))];
  world.authorLeft = query.has('left');
  if (query.has('asked')) world.syncRequested = world.now() - 3600;
  const log = query.get('log');
  if (log) world.logFault = { at: world.now() - 3600, cleared: null };
  world.logWhole = log !== 'broken';
  world.collectedBefore = query.has('before');
  world.lastHolder = query.has('last');
  world.chainOk = query.get('ledger') !== 'broken';
  pinOf(world, query.get('pin'));
  if (scene === 'all') world.session = { user: world.id(), name: 'Robin Alle', roles: ['counsellor', 'clerk', 'team_leader', 'admin'] };
  return world;
}

/** Devices of which each needs a look for another reason, and one on which nothing is left. */
function fleet(world: World) {
  const ago = (days: number) => world.now() - days * 24 * 3600;
  const row = { revoked: false, unsent: 0, oldest: null, last_stated: null, sync_requested: null };
  world.overdueDevices = [
    { ...row, device: world.id(), name: 'Jana Winter', trouble: 'unsent', unsent: 3, oldest: ago(6), last_stated: ago(1) },
    { ...row, device: world.id(), name: 'Ilse Brandt', revoked: true, trouble: 'unsent', unsent: 1, oldest: ago(5), last_stated: ago(4), sync_requested: ago(2) },
    { ...row, device: world.id(), name: 'Petra Lindner', trouble: 'silent', last_stated: ago(16) },
    { ...row, device: world.id(), name: 'Aylin Demir', trouble: 'never' },
    { ...row, device: world.id(), name: 'Jonas Peters', trouble: 'unverifiable' },
  ];
  world.emptyDevices = world.staff.filter(({ name }) => name === 'Mehmet Kaya').slice(0, 1).map(({ member }) => ({ device: world.id(), member, at: ago(1) }));
}

/** What a demo office shows on the customer's side: every language there is, and whom to ask. */
function information(world: World, languages = translations.map(({ about }) => about.language)) {
  world.languages = languages;
  world.information = {
    controller: 'Jobcenter Musterstadt (Demo), Musterweg 1, 12345 Musterstadt',
    officer: 'Datenschutzbeauftragte des Jobcenters Musterstadt (Demo), Musterweg 1, 12345 Musterstadt',
    authority: 'Die Bundesbeauftragte für den Datenschutz und die Informationsfreiheit, Graurheindorfer Straße 153, 53117 Bonn',
    return_to: 'Ihre Integrationsfachkraft im Jobcenter Musterstadt (Demo)',
  };
}

/** Nobody who is asked in one of these ways was asked yet. */
function reopen(world: World, askings: string[]) {
  for (const member of world.units.flatMap(({ members }) => members)) {
    if (askings.includes(member.form.asking)) member.form = new FakeForm(member.form.asking);
  }
}

/** What an office with much to say about itself has written. */
function lengthen({ information }: World) {
  if (!information) return;
  information.controller = 'Jobcenter des Landkreises Musterstadt-Beispielhausen (Demo), Geschäftsstelle Nord, Ernst-August-Mustermann-Allee 123a, 12345 Musterstadt';
  information.officer = `Behördliche Datenschutzbeauftragte des Landkreises, ${information.controller}`;
  information.return_to = 'Ihre Integrationsfachkraft oder die Eingangszone im Jobcenter des Landkreises Musterstadt-Beispielhausen (Demo), Geschäftsstelle Nord, Ernst-August-Mustermann-Allee 123a, 12345 Musterstadt';
}

/** The first unfinished form asked in this way is before the customer, as after a reload of a turned window. The code is 2468. */
function turn(world: World, asking: string | null) {
  const unit = world.units[0];
  const member = unit?.members.find(({ form, collected }) => !collected && !form.checked && form.asking === asking);
  if (!unit || !member) return;
  world.turned = { unit: unit.id, member: member.id };
  world.turnCode = '2468';
}

/** The person at the screen was revoked while something sealed still lies on the device. */
function revoke(world: World) {
  world.enrolment = 'revoked';
  world.sealed = [world.id()];
  world.units = [];
  world.session = { user: world.id(), name: 'Jana Winter', roles: [] };
}

function people(world: World) {
  const staff: [string, RoleCode][] = [
    ['Jana Winter', 'counsellor'],
    ['Mehmet Kaya', 'clerk'],
    ['Petra Lindner', 'team_leader'],
    ['Tom Albers', 'admin'],
  ];
  world.teams.push(
    {
      team: world.id(),
      name: 'Leistung Nord',
      key_epoch: 3,
      clerks: 2,
      keys: [
        { epoch: 3, state: 'open', since: world.now() - 20 * DAY, records: 0, wanted_gone_by: null },
        { epoch: 2, state: 'closed', since: world.now() - 110 * DAY, records: 4, wanted_gone_by: null },
        { epoch: 1, state: 'closed', since: world.now() - 200 * DAY, records: 0, wanted_gone_by: null },
      ],
      next_key_wanted: false,
    },
    { team: world.id(), name: 'Leistung Süd', key_epoch: null, clerks: 1, keys: [], next_key_wanted: false },
  );
  const [north, south] = world.teams.map(({ team }) => team) as [string, string];
  world.rules = [{ prefix: '12345BG01', team: south }, { prefix: '', team: north }];
  for (const [name, role] of staff) {
    const id = world.id();
    world.users.push({ user: id, name, roles: [role] });
    world.staff.push({ member: id, name, roles: [role], teams: role === 'admin' ? [] : [north], active: true, signs: role === 'admin', certified: role === 'admin' });
  }
  world.staff.push({ member: world.id(), name: 'Ilse Brandt', roles: ['clerk'], teams: [north], active: false, signs: false, certified: false });
  world.waiting.push({ member: world.id(), name: 'Aylin Demir', roles: ['clerk'], invited_as: 'A. Demir, Leistung Nord' });
  world.invitations.push({ name: 'Jonas Peters', roles: ['case_manager'], expires_at: world.now() + 5 * 24 * 3600 });
}

function work(world: World, more: number) {
  household(world);
  const { units } = world;
  units.push(unit(world, '12345BG0000025', '', 7200, [member(world, 'Herr S.', '345C678901', 'to_person', '')]));
  const rostock = member(world, 'Herr K.', '456D789012', 'to_person', 'JNNNN');
  rostock.form.checked = true;
  units.push(unit(world, null, 'Herr K., Termin Dienstag', 26 * 3600, [rostock]));
  for (let index = 0; index < more; index += 1) {
    units.push(unit(world, `12346BG${String(index).padStart(7, '0')}`, '', (index + 3) * 3600, [member(world, 'Person', null, 'to_person', '')]));
  }
  envelopes(world);
}

function household(world: World) {
  const layla = member(world, 'Layla', '123A456789', 'to_person', 'JNNJJJJ');
  const nour = member(world, 'Nour', '123A456792', 'to_young_person', 'JNNNN');
  for (const done of [layla, nour]) done.form.checked = true;
  const karim = { ...member(world, 'Karim', '123A456793', 'to_person', ''), collected: true };
  const sami = { ...member(world, 'Sami', '123A456790', 'to_person', ''), unchecked: true };
  world.units.push(unit(world, '12345BG0000017', '', 600, [layla, sami, member(world, 'Amira', null, 'to_parent', 'JN'), nour, karim]));
}

/** Forms of earlier days: one for each state in which a change of mind may find them. */
const HANDED_OVER = [['234B567890', 'waiting'], ['234B567892', 'opened'], ['234B567893', 'entered']] as const;

/** How many lines `more=1` adds to the ledger, and how long ago the others were written, in seconds. */
const LINES = 130;
const EARLIER = 20 * 24 * 3600;

/** What `more=1` adds: a form without number, a sheet that lies about, a change of mind, and what a clerk sees of one. */
function afterwards(world: World) {
  world.mig.push({ entry: world.id(), customer_number: null, unit_number: '12345BG0000009', label: 'Baby', state: 'awaits_number', since: world.now() - 90_000 });
  world.papers.push({ record: world.id(), member: null, needed: false, label: 'Frau B.', customer_number: '234B567890', unit_number: '12345BG0000009', since: world.now() - 30 * 3600 });
  world.units.push({ ...unit(world, null, 'Frau O., Meinung geändert', 1800, [member(world, 'Frau O.', '234B567894', 'to_person', '')]), replaces: true });
  const codes: ReplacesCode[] = ['unopened', 'perhaps_entered', 'entered'];
  for (const [index, replaces] of codes.entries()) world.queue[index] = { ...(world.queue[index] ?? notFound()), replaces };
  for (let index = 0; index < LINES; index += 1) destroyedLine(world, world.id(), index % 7 === 6 ? 'paper' : 'destroyed', index % 7 === 6 ? null : 4100 + index, Math.floor((LINES - 1 - index) / 9) * 5400);
}

/** What `questions=1` adds: every kind of note for an author, and what became of questions in the clerk's queue. */
function questions(world: World) {
  const note = { by: 'Petra Lindner', corrected: null };
  world.notes = (['number_unknown', 'contradictory', 'unreadable', 'number_corrected', 'mig_missing', 'closed'] as const).map((kind, index) => ({
    ...note, record: world.id(), note: world.id(), kind, number: kind === 'closed' ? null : `567E89013${index}`, at: world.now() - (7 - index) * 9000, asks: index < 3,
    ...(kind === 'number_corrected' && { corrected: '567E890331' }), ...(kind === 'closed' && { by: '' }),
  }));
  for (const [index, question] of (['asked', 'to_enter', 'withdrawn'] as const).entries()) world.queue[index] = { ...(world.queue[index] ?? notFound()), question };
}

/** A PIN for whoever has this role; they sat here before. */
function pinOf(world: World, role: string | null) {
  const owner = world.users.find((user) => user.roles.includes(role as RoleCode));
  if (owner) world.pin = { user: owner.user, until: world.now() + 8 * 3600, digits: '2580', wrong: 0 };
}

function envelopes(world: World) {
  for (let index = 0; index < 3; index += 1) destroyedLine(world, world.id(), index === 1 ? 'discarded:duplicate' : 'destroyed', index === 1 ? null : 4090 + index, EARLIER);
  const marks: [string, string, number][] = [['Frau B.', '234B567890', 90_000], ['Kind 1', '234B567891', 90_000]];
  for (const [label, customer_number, ago] of marks) {
    world.mig.push({ entry: world.id(), customer_number, unit_number: '12345BG0000009', label, state: 'due', since: world.now() - ago });
  }
  for (const [number, state] of HANDED_OVER) world.known.set(number, state);
  const states: QueueState[] = ['assigned', 'assigned', 'assigned', 'held', 'awaits_number'];
  const answers: AnswerKey[][] = [['yes', 'no', 'no', 'no', 'yes', 'yes', 'yes', 'yes'], ['declined', 'declined', 'declined', 'declined', 'declined', 'declined', 'declined', 'declined']];
  for (const [index, state] of states.entries()) {
    world.queue.push({
      record: world.id(), group: index < 2 ? 1 : index, unit_members: index < 2 ? 2 : 1, stored_at: world.now() - (6 - index) * 40_000, state, hold: state === 'held' ? 'known_customer' : null,
      opened_before: index === 2, due: null, team: 'Leistung Nord', question: null, customer: state === 'awaits_number' ? null : `567E89012${index}`, unit: index < 2 ? '12345BG0000031' : null, answers: answers[index % 2] ?? [], replaces: null, belongs: null,
    });
  }
}

/** So many forms in the clerk's queue, in units of three. */
function lengthenQueue(world: World, length: number) {
  const like = world.queue[0] ?? notFound();
  while (world.queue.length < length) {
    const at = world.queue.length;
    world.queue.push({ ...like, record: world.id(), group: 100 + Math.floor(at / 3), unit_members: 3, stored_at: world.now() - at, state: 'assigned', question: null, hold: null, opened_before: false, customer: String(100_000 + at) });
  }
}

function unit(world: World, number: string | null, label: string, ago: number, members: FakeMember[]): FakeUnit {
  return { id: world.id(), number, label, members, handedOver: 0, changedAt: world.now() - ago, informed: false, replaces: false };
}

/** A member whose questions, in the order in which they come, were answered with J, N or K. */
function member(world: World, label: string, number: string | null, asking: Asking, answers: string): FakeMember {
  const form = new FakeForm(asking);
  const keys: Record<string, AnswerKey> = { J: 'yes', N: 'no', K: 'declined' };
  for (const letter of answers) form.answer(form.position ?? QUESTIONS[0] ?? 'german_nationality', keys[letter] ?? 'declined');
  return { id: world.id(), label, number, form, collected: false, unchecked: false };
}
