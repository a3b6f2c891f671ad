import type { Commands, ErrorCode, Event, Information, LanguageRow, RoleCode, Status, VersionRow } from './bindings';
import { clearClipboard } from './clipboard';
import { sitting } from './sitting.svelte';
import { CommandFailed, type CommandName, type Platform } from './platform/platform';
import type { Wording } from './wording';

/** The running app as the views see it: its state, its wording, and the one way to give it a command. */
class App {
  /** Whether state and wording are known; without them there is nothing to show but why. */
  loaded = $state(false);
  #status = $state.raw<Status>() as Status;
  /** Why the last lock failed, until one succeeds: whoever leaves believes that nothing can be seen any more. */
  lockFault = $state.raw<CommandFailed | null>(null);
  /** Whether it is locking: nothing of the sitting is in the window any more, even before the app has answered. */
  locking = $state(false);
  /** What went wrong last, until it is dismissed or a command succeeds. */
  problem = $state.raw<CommandFailed | null>(null);
  /** What was done last, told once to screen readers. */
  announcement = $state('');
  /** Progress of a delivery that is under way. */
  progress = $state.raw<{ done: number; total: number } | null>(null);
  /** Whether the last delivery or contact reached the endpoint; null while nobody tried. */
  reached = $state<boolean | null>(null);
  /** Whether somebody is founding an office or redeeming an invitation: the screen stays until they are through. */
  founding = $state(false);
  /** The wording of the questionnaire, from the app. */
  wording = $state.raw<Wording>() as Wording;

  /** The versions of the form, and what is new in each; the last is the current one. */
  versions = $state.raw<VersionRow[]>([]);
  /** The languages of the customer's side, beside German. */
  languages = $state.raw<LanguageRow[]>([]);
  /** Whom the privacy page names; null until an administrator wrote it. */
  information = $state.raw<Information | null>(null);

  #platform: Platform | undefined;

  /** Makes the window a narrow strip, or gives it its width back; missing where that cannot be done from here. */
  get strip(): Platform['strip'] {
    return this.#platform?.strip;
  }

  /** State as last told; set while {@link loaded}. */
  get status(): Status {
    return this.#status;
  }

  /** Learns the state. Who is not at the screen any more leaves nothing behind, whoever locked: the button, the clock, or the system before it sleeps. */
  set status(status: Status) {
    const before = this.loaded ? this.#status.session?.user : undefined;
    this.#status = status;
    if (status.session?.user !== before) this.lockFault = null;
    if (before !== undefined && status.session?.user !== before) this.#leave(before);
  }

  /** Connects to the platform and learns state and wording. */
  async start(platform: Platform) {
    this.#platform = platform;
    platform.onEvent((event) => void this.#heard(event));
    await this.load();
  }

  /** Learns state and wording. A failure, such as a damaged vault, is kept as the problem to show. */
  async load() {
    await this.attempt(async () => {
      // Asked at once: the first picture waits for both.
      [this.status] = await Promise.all([this.run('status', {}), this.learnWording()]);
      this.loaded = true;
    });
  }

  /** Learns the wording, and what the office switched on and wrote meanwhile. */
  async learnWording() {
    const { german, versions, languages, information } = await this.run('wording', {});
    this.wording = german as Wording;
    this.versions = versions;
    this.languages = languages;
    this.information = information;
  }

  /**
   * Runs a command.
   * @throws CommandFailed; use {@link attempt} where the standing notice is the right place for it.
   */
  async run<K extends CommandName>(command: K, args: Commands[K]['args']): Promise<Commands[K]['reply']> {
    if (!this.#platform) throw new CommandFailed('internal');
    const reply = await this.#platform.run(command, args);
    this.problem = null;
    return reply;
  }

  /** Runs what a button starts. A failure is shown above the view; undefined then. */
  async attempt<T>(action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action();
    } catch (thrown) {
      this.fail(thrown);
      return undefined;
    }
  }

  /** Shows a failure above the view. Who was locked out meanwhile sees the lock screen instead. */
  fail(thrown: unknown) {
    const failed = CommandFailed.from(thrown);
    if (LOCKED_OUT.includes(failed.code)) void this.refresh();
    else this.problem = failed;
  }

  /** Asks for the state anew. */
  async refresh() {
    try {
      if (this.#platform) this.status = await this.#platform.run('status', {});
    } catch (thrown) {
      this.problem = CommandFailed.from(thrown);
    }
  }

  /** Locks: the window shows nothing any more, then the app forgets its keys. What it could not do then stands above whatever is shown, until it is done. */
  async lock() {
    this.locking = true;
    try {
      this.status = await this.run('lock', {});
      this.lockFault = null;
    } catch (thrown) {
      // It may be locked all the same, with something left to destroy: the window shows nothing before it knows.
      await this.refresh();
      this.lockFault = CommandFailed.from(thrown);
    }
    this.locking = false;
  }

  /** Whether the person at the screen has one of these roles. */
  /** Whether the unlocked person made forms that may still need something of them. */
  get isAuthor(): boolean {
    return this.may('counsellor', 'case_manager') || (this.status.session?.collected_before ?? false);
  }

  may(...roles: RoleCode[]): boolean {
    return roles.some((role) => this.status.session?.roles.includes(role) ?? false);
  }

  #leave(user: string) {
    sitting.left(user);
    this.announcement = '';
    this.problem = null;
    this.progress = null;
    void clearClipboard();
  }

  async #heard(event: Event) {
    if (event.event === 'sync_progress') {
      // A delivery that nobody started here has nobody who takes its progress away at the end.
      this.progress = event.done < event.total ? { done: event.done, total: event.total } : null;
      return;
    }
    this.progress = null;
    await this.refresh();
  }
}

/** Codes after which the state of the app decides what is shown. */
const LOCKED_OUT: ErrorCode[] = ['locked', 'turned'];

/** The one running app. */
export const app = new App();
