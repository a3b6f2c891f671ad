import type { Status } from '../../bindings';
import { CommandFailed } from '../platform';
import { checkShares } from './administering';
import type { Commander } from './commander';
import type { World } from './world';

const MINIMUM = 12;
/** The passphrase that the stand-in takes for a wrong one. */
const WRONG = 'falsch';

/** First start, unlocking, locking, state. */
export function sitting(world: World): Pick<Commander, 'status' | 'found_office' | 'enrol' | 'unlock' | 'lock' | 'change_passphrase' | 'recover_passphrase' | 'recovery_drill' | 'take_over' | 'contact'> {
  const status = (): Status => statusOf(world);
  return {
    status: () => {
      if (!world.readable) throw new CommandFailed('vault_damaged', { what: 'vault.sqlite' });
      return status();
    },
    found_office: (args) => {
      longEnough(args.passphrase);
      if (!args.code.trim() || args.code.includes(WRONG)) throw new CommandFailed('founding_code_wrong');
      world.office = args.office_name;
      world.demo = args.demo;
      world.enrolment = 'active';
      world.users.push({ user: world.id(), name: args.admin_name, roles: ['admin'] });
      world.staff.push({ member: world.id(), name: args.admin_name, roles: ['admin'], teams: [], active: true, signs: true, certified: true });
      return { root_shares: [1, 2, 3].map((part) => `bogen-teil-${part}-kxq7m2v9f4hd8wzr6tpn3jc5`), fingerprint: '7f3a 91c2 08de 5b64' };
    },
    enrol: (args) => {
      longEnough(args.passphrase);
      if (args.ticket.trim().length < 8) throw new CommandFailed('ticket_unreadable');
      if (args.ticket.includes(WRONG)) throw new CommandFailed('ticket_invalid');
      world.enrolment = 'waiting';
      world.users.push({ user: world.id(), name: args.name, roles: [] });
      world.office ??= 'Jobcenter Musterstadt';
      return status();
    },
    unlock: (args) => {
      const wait = world.waitUntil - world.now();
      if (wait > 0) throw new CommandFailed('too_soon', { wait_seconds: String(wait) });
      if (args.passphrase === WRONG) return refuse(world);
      world.wrongTries = 0;
      world.session = world.users.find((user) => user.user === args.user) ?? null;
      return status();
    },
    lock: () => {
      world.getUp();
      return status();
    },
    change_passphrase: (args) => {
      world.unlocked();
      if (args.old === WRONG) throw new CommandFailed('wrong_passphrase', { wait_seconds: '1' });
      longEnough(args.new);
      return {};
    },
    recover_passphrase: (args) => {
      checkShares(args.shares);
      longEnough(args.new);
      world.session = world.users.find((user) => user.user === args.user) ?? null;
      return status();
    },
    recovery_drill: (args) => {
      checkShares(args.shares);
      return { rows: world.users.map(({ name }, index) => ({ name, state: index === 1 && world.users.length > 2 ? ('nothing' as const) : ('opens' as const) })) };
    },
    take_over: (args) => {
      world.only('counsellor', 'case_manager');
      checkShares(args.shares);
      const from = world.users.find((user) => user.user === args.from);
      if (!from || from === world.session) throw new CommandFailed('not_found');
      return { name: from.name, units: 3, marks: 1, papers: 0, damaged: 0 };
    },
    contact: () => {
      if (!world.online) throw new CommandFailed('unreachable');
      world.lastContact = world.now();
      return status();
    },
  };
}

/** The state of the app as the window is told it. */
export function statusOf(world: World): Status {
  const { session } = world;
  // The customer's side needs to know that it is, and nothing about anybody else.
  const staff = world.turned === null;
  const own = staff ? session : null;
  return {
    version: '0.1.0',
    office: world.office,
    demo: world.demo && world.office !== null,
    enrolment: world.enrolment,
    users: world.users.filter(() => staff).map(({ user, name }) => ({ user, name })),
    session: session && { user: session.user, name: staff ? session.name : '', roles: session.roles, collected_before: world.collectedBefore, enrolment: world.enrolment },
    counts: {
      drafts: own ? world.units.length : 0,
      sealed: staff ? world.sealed.length : 0,
      delivered: staff ? world.waiting_for_clerks : 0,
      mig_due: own ? world.mig.filter((entry) => entry.state === 'due').length : 0,
      numbers_due: own ? world.mig.filter((entry) => entry.state === 'awaits_number').length : 0,
      papers_due: own ? world.papers.length : 0,
      destroyed: staff ? world.ledger.filter((line) => line.kind === 'destroyed').length : 0,
    },
    waits_for_clerks: world.waits,
    turned: world.turned,
    turn_code: world.turnCode !== null,
    pin: world.pin && { user: world.pin.user, until: world.pin.until },
    lock_after: world.lockAfter,
    warnings: [...(world.logFault?.cleared === null ? ['log_fault'] : []), ...world.warnings, ...(world.notes.length > 0 && world.session?.roles.includes('counsellor') ? ['notes_waiting'] : [])],
    last_contact: world.lastContact,
    log_fault_at: world.logFault?.at ?? null,
    log_fault_cleared_at: world.logFault?.cleared ?? null,
    sync_requested: staff && world.sealed.length + (own ? world.units.length : 0) > 0 ? world.syncRequested : null,
  };
}

function refuse(world: World): never {
  world.wrongTries += 1;
  const wait = 2 ** world.wrongTries;
  world.waitUntil = world.now() + wait;
  throw new CommandFailed('wrong_passphrase', { wait_seconds: String(wait) });
}

function longEnough(passphrase: string) {
  if (passphrase.length < MINIMUM) throw new CommandFailed('passphrase_too_short', { minimum: String(MINIMUM) });
}
