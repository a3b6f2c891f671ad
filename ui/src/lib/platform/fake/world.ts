import type {
  AnswerKey, EmptyDevice, EnrolmentState, Event, FleetRow, Information, InvitationRow, LedgerRow, LockAfter, MemberRef, MigEntry, NoteRow, PaperRow, PinInfo, QueueRow, ReplacesCode, RoleCode, RuleRow, StaffRow, TeamRow,
  UserSummary, VersionRow, WaitingRow,
} from '../../bindings';
import { CommandFailed } from '../platform';
import type { FakeForm } from './form';
import type { FakeMask } from './mask';

/** A member of a unit, with the form if they need one. */
export interface FakeMember {
  id: string;
  label: string;
  number: string | null;
  form: FakeForm;
  collected: boolean;
  unchecked: boolean;
}

/** A unit of the unlocked user. */
export interface FakeUnit {
  id: string;
  number: string | null;
  label: string;
  members: FakeMember[];
  handedOver: number;
  changedAt: number;
  informed: boolean;
  /** A change of mind: its form replaces one that was handed over. */
  replaces: boolean;
}

/** A form in the clerk's queue, with what is inside. */
export interface FakeRecord extends QueueRow {
  customer: string | null;
  unit: string | null;
  answers: AnswerKey[];
  replaces: ReplacesCode | null;
  /** The team that the rules name for it, until somebody says that it is entered here. */
  belongs: string | null;
}

/** Somebody with data on this device. */
export interface FakeUser extends UserSummary {
  roles: RoleCode[];
}

/** What the endpoint tells about the form of a customer number. */
export type Known = 'waiting' | 'opened' | 'entered';

/** Everything the stand-in remembers. It lives in memory and ends with the page. */
export class World {
  office: string | null = 'Jobcenter Musterstadt';
  demo = true;
  enrolment: EnrolmentState = 'active';
  users: FakeUser[] = [];
  session: FakeUser | null = null;
  units: FakeUnit[] = [];
  sealed: string[] = [];
  mig: MigEntry[] = [];
  ledger: LedgerRow[] = [];
  /** What clerks wrote to whoever makes forms. */
  notes: NoteRow[] = [];
  /** Whether devices wait for a clerk's word. */
  waits = false;
  /** Whether whoever filled in the forms has no access any more. */
  authorLeft = false;
  /** Copies that lie here until then. */
  waiting_for_clerks = 0;
  queue: FakeRecord[] = [];
  staff: StaffRow[] = [];
  rules: RuleRow[] = [];
  deadlines = [3, 9, 14, 21];
  overdue = [0, 0, 0, 0];
  /** Devices that nobody has heard from since a key was changed. */
  unheard = 2;
  /** Whether no team is large enough for a report. */
  smallTeams = false;
  teams: TeamRow[] = [];
  waiting: WaitingRow[] = [];
  invitations: InvitationRow[] = [];
  warnings: string[] = [];
  /** Members who were informed alone. */
  informed = new Set<string>();
  /** The versions of the form. */
  versions: VersionRow[] = [{ version: 1, changes: [] }];
  /** Tags of the languages that the office switched on. */
  languages: string[] = [];
  information: Information | null = null;
  /** The office's entry mask; null: the app's. */
  mask: FakeMask | null = null;
  /** Whose form the customer has before them. */
  turned: MemberRef | null = null;
  turnCode: string | null = null;
  wrongCodes = 0;
  /** When the endpoint's log contradicted itself, and when that was cleared up (Unix seconds). */
  logFault: { at: number; cleared: number | null } | null = null;
  /** Whether the endpoint could prove that it does not. */
  logWhole = true;
  /** Whether the person at the screen made forms before, and has another task now. */
  collectedBefore = false;
  /** Whether whoever is revoked is the last one with a team's key. */
  lastHolder = false;
  /** Whether the chain of the ledger holds. */
  chainOk = true;
  /** Forms that were handed over, by customer number. */
  known = new Map<string, Known>();
  /** Sheets that were typed in and are not shredded yet. */
  papers: PaperRow[] = [];
  /** The PIN of the day, and how often it was wrong in a row. */
  pin: (PinInfo & { digits: string; wrong: number }) | null = null;
  lockAfter: LockAfter = { minutes: 10, turned_minutes: 30 };
  /** Devices that need a look, and those that stated that nothing is left on them. */
  overdueDevices: FleetRow[] = [];
  emptyDevices: EmptyDevice[] = [];
  /** Since when the administration asks this device to deliver (Unix seconds). */
  syncRequested: number | null = null;
  entered = 0;
  lastContact: number | null = null;
  /** Whether the data on the device can be read at all. */
  readable = true;
  /** Whether the endpoint can be reached. */
  online = true;
  /** Wrong passphrases in a row, and until when the next try waits (Unix seconds). */
  wrongTries = 0;
  waitUntil = 0;

  /** Forgets who is at the screen and everything of their sitting. */
  getUp() {
    this.session = null;
    this.turned = null;
    this.turnCode = null;
    this.mig = this.mig.filter((entry) => entry.state !== 'ticked');
    for (const unit of this.units) unit.informed = false;
    this.informed.clear();
  }

  #made = 0;
  #listeners = new Set<(event: Event) => void>();

  /** A new id, 32 hexadecimal digits like the app's. */
  id(): string {
    this.#made += 1;
    return this.#made.toString(16).padStart(8, '0').repeat(4);
  }

  now(): number {
    return Math.floor(Date.now() / 1000);
  }

  tell(event: Event) {
    for (const listener of this.#listeners) listener(event);
  }

  listen(listener: (event: Event) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The unit of this id. */
  unit(id: string): FakeUnit {
    this.unlocked();
    return this.units.find((unit) => unit.id === id) ?? notFound();
  }

  /** The member of this id in that unit. */
  member(unit: string, id: string): FakeMember {
    return this.unit(unit).members.find((member) => member.id === id) ?? notFound();
  }

  /** Who is at the screen. */
  unlocked(): FakeUser {
    if (!this.session) throw new CommandFailed('locked');
    return this.session;
  }

  /** Refuses everybody without one of these roles. */
  only(...roles: RoleCode[]) {
    if (!roles.some((role) => this.unlocked().roles.includes(role))) throw new CommandFailed('not_your_role');
  }
}

/** There is no such thing. */
export function notFound(): never {
  throw new CommandFailed('not_found');
}
