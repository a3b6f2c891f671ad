import { translations } from 'virtual:wording';

import { CommandFailed } from '../platform';
import type { Commander } from './commander';
import { notFound, type World } from './world';

/** A week, in seconds. */
const TICKET_LIFE = 7 * 24 * 3600;

/** Staff, teams, invitations, counts. */
export function administering(world: World): Pick<Commander, 'office' | 'team_create' | 'customers_set' | 'invite' | 'approve' | 'revoke' | 'staff_change' | 'certify' | 'policy_set' | 'work_set' | 'team_key_renew' | 'team_key_destroy' | 'team_counts'> {
  const offers = () => translations.map(({ about }) => ({ language: about.language, name: about.language_name, reviewed_by: about.reviewed_by, reviewed_on: about.reviewed_on, on: world.languages.includes(about.language) }));
  const view = () => {
    const { name: own } = world.unlocked();
    const { staff, teams, waiting, invitations } = world;
    return { name: world.office ?? '', number: 4, staff: [...staff], teams: [...teams], waiting: [...waiting], invitations: [...invitations], own: staff.find((person) => person.name === own)?.member ?? '', rules: [...world.rules], deadlines: [...world.deadlines], waits_for_acceptance: world.waits, languages: offers(), information: world.information };
  };
  return {
    office: view,
    team_create: (args) => {
      world.only('admin');
      const name = args.name.trim();
      if (!world.teams.some((team) => team.name === name)) world.teams.push({ team: world.id(), name, key_epoch: null, clerks: 0, keys: [], next_key_wanted: false });
      return view();
    },
    customers_set: (args) => {
      world.only('admin');
      if (args.information && Object.values(args.information).some((text) => text.trim() === '')) throw new CommandFailed('text_missing');
      world.languages = args.languages;
      world.information = args.information;
      return view();
    },
    invite: (args) => {
      world.only('admin');
      const expires_at = world.now() + TICKET_LIFE;
      world.invitations.push({ name: args.name, roles: args.roles, expires_at });
      return { ticket: `bogen-einladung-${world.id()}-zq4m-x7tp-9hvd`, expires_at };
    },
    approve: (args) => {
      world.only('admin');
      const person = world.waiting.find((row) => row.member === args.member) ?? notFound();
      world.waiting = world.waiting.filter((row) => row !== person);
      world.staff.push({ member: person.member, name: person.name, roles: person.roles, teams: world.teams.slice(0, 1).map(({ team }) => team), active: true, signs: false, certified: false });
      return view();
    },
    staff_change: (args) => {
      world.only('admin');
      const person = world.staff.find(({ member }) => member === args.member) ?? notFound();
      if (person.certified && !args.roles.includes('admin')) throw new CommandFailed(person.name === world.unlocked().name ? 'cannot_revoke_self' : 'admin_certified');
      if (args.was && args.was.roles.join() !== person.roles.join()) throw new CommandFailed('staff_changed');
      world.staff = world.staff.map((row) => (row === person ? { ...row, roles: args.roles, teams: args.teams } : row));
      return view();
    },
    revoke: (args) => {
      world.only('admin');
      if (!world.staff.some((person) => person.member === args.member)) notFound();
      if (world.lastHolder && !args.even_so) throw new CommandFailed('last_holder', { team: 'Leistung Nord' });
      world.staff = world.staff.map((person) => (person.member === args.member ? { ...person, active: false, signs: false, certified: false } : person));
      return view();
    },
    certify: (args) => {
      const { name } = world.unlocked();
      checkShares(args.shares);
      const own = world.staff.find((person) => person.name === name) ?? notFound();
      if (own.member === args.instead_of) throw new CommandFailed('cannot_revoke_self');
      const roles = [...new Set([...own.roles, 'admin' as const])];
      world.staff = world.staff.map((person) => (person === own ? { ...own, roles, signs: true, certified: true } : person.member === args.instead_of ? { ...person, active: false, signs: false, certified: false } : person));
      world.users = world.users.map((user) => (user.name === name ? { ...user, roles } : user));
      world.session = world.users.find((user) => user.name === name) ?? null;
      world.tell({ event: 'changed' });
      return view();
    },
    policy_set: ({ accepted }) => {
      world.only('admin');
      world.waits = accepted;
      world.warnings = world.warnings.filter((code) => code !== 'one_copy').concat(accepted ? [] : ['one_copy']);
      world.tell({ event: 'changed' });
      return view();
    },
    work_set: (args) => {
      world.only('admin');
      args.rules.forEach(({ prefix }, index) => {
        if (!/^(\d{0,5}|\d{5}B|\d{5}BG\d{0,7})$/i.test(prefix)) throw new CommandFailed('rule_invalid', { reason: 'prefix', position: String(index + 1) });
      });
      const late = args.deadlines.findIndex((day, index) => index > 0 && day <= (args.deadlines[index - 1] ?? 0));
      if (late > 0) throw new CommandFailed('deadlines_invalid', { position: String(late + 1) });
      world.rules = args.rules.toSorted((a, b) => b.prefix.length - a.prefix.length);
      world.deadlines = args.deadlines;
      return view();
    },
    team_key_renew: (args) => {
      world.only('admin');
      const team = world.teams.find((row) => row.team === args.team) ?? notFound();
      if (team.key_epoch === null) throw new CommandFailed('team_key_missing');
      team.next_key_wanted = true;
      return view();
    },
    team_key_destroy: (args) => {
      world.only('admin');
      const team = world.teams.find((row) => row.team === args.team) ?? notFound();
      const key = team.keys.find((row) => row.epoch === args.epoch) ?? notFound();
      if (key.state === 'open') throw new CommandFailed('key_in_use');
      if (key.records > 0) throw new CommandFailed('key_in_use', { records: String(key.records) });
      if (world.unheard > 0 && !args.without_devices) throw new CommandFailed('devices_unheard', { count: String(world.unheard) });
      const own = world.session?.name ?? null;
      if (world.unheard > 0 && (key.wanted_gone_by === null || key.wanted_gone_by === own)) key.wanted_gone_by = own;
      else Object.assign(key, { state: 'destroyed', wanted_gone_by: null });
      return view();
    },
    team_counts: (args) => {
      world.only('team_leader', 'admin');
      const own = world.staff.find((person) => person.name === world.session?.name);
      if (!world.session?.roles.includes('admin') && !own?.teams.includes(args.team)) throw new CommandFailed('not_your_role');
      if (!world.teams.some((team) => team.team === args.team)) notFound();
      const count = (state: string) => world.queue.filter((row) => row.state === state).length;
      return { waiting: 3, assigned: count('assigned'), opened: count('opened'), held: count('held'), awaits_number: count('awaits_number'), asked: world.queue.filter((row) => row.question === 'asked').length, destroyed: 128 + world.entered, oldest: world.queue[0]?.stored_at ?? null, overdue: world.overdue, deadlines: world.deadlines };
    },
  };
}

/** Shares as on paper begin alike; the stand-in looks at nothing else. */
export function checkShares(shares: string[]) {
  const bad = shares.findIndex((share) => !/^bogen-r1-[123]-/i.test(share));
  if (bad >= 0) throw new CommandFailed('root_shares', { reason: 'no_share', position: String(bad + 1) });
  if (new Set(shares.map((share) => share.toLowerCase())).size < 2) throw new CommandFailed('root_shares', { reason: 'twice' });
}
