import { translations } from 'virtual:wording';

import { CommandFailed } from '../platform';
import type { Commander } from './commander';
import { notFound, type World } from './world';

/** A week, in seconds. */
const TICKET_LIFE = 7 * 24 * 3600;

/** Staff, teams, invitations, counts. */
export function administering(world: World): Pick<Commander, 'office' | 'team_create' | 'customers_set' | 'invite' | 'approve' | 'revoke' | 'team_counts'> {
  const offers = () => translations.map(({ about }) => ({ language: about.language, name: about.language_name, reviewed_by: about.reviewed_by, reviewed_on: about.reviewed_on, on: world.languages.includes(about.language) }));
  const view = () => {
    world.only('admin', 'team_leader');
    const { staff, teams, waiting, invitations } = world;
    return { name: world.office ?? '', number: 4, staff: [...staff], teams: [...teams], waiting: [...waiting], invitations: [...invitations], languages: offers(), information: world.information };
  };
  return {
    office: view,
    team_create: (args) => {
      world.only('admin');
      const name = args.name.trim();
      if (!world.teams.some((team) => team.name === name)) world.teams.push({ team: world.id(), name, key_epoch: null, clerks: 0 });
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
      world.staff.push({ member: person.member, name: person.name, roles: person.roles, teams: ['Leistung Nord'], active: true });
      return view();
    },
    revoke: (args) => {
      world.only('admin');
      if (!world.staff.some((person) => person.member === args.member)) notFound();
      world.staff = world.staff.map((person) => (person.member === args.member ? { ...person, active: false } : person));
      return view();
    },
    team_counts: (args) => {
      world.only('team_leader', 'admin');
      if (!world.teams.some((team) => team.team === args.team)) notFound();
      const count = (state: string) => world.queue.filter((row) => row.state === state).length;
      return { waiting: 3, assigned: count('assigned'), opened: count('opened'), held: count('held'), awaits_number: count('awaits_number'), destroyed: 128 + world.entered, oldest: world.queue[0]?.stored_at ?? null };
    },
  };
}
