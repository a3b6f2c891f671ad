import type { Commands, Event } from '../../bindings';
import { CommandFailed, type CommandName, type Platform } from '../platform';
import { administering } from './administering';
import { asking } from './asking';
import { changing } from './changing';
import { collecting } from './collecting';
import type { Commander } from './commander';
import { distributing } from './distributing';
import { entering } from './entering';
import { fleet } from './fleet';
import { handingOver } from './handing_over';
import { locking } from './locking';
import { masking } from './mask';
import { noting } from './noting';
import { papers } from './papers';
import { pseudo } from './pseudo';
import { reporting } from './reporting';
import { startScene } from './scenes';
import { sitting } from './sitting';
import { demandNotTurned, turning } from './turning';
import type { World } from './world';

export { speakAs } from './speaking';

/** The whole app in memory, for the browser: every command does something plausible, nothing is kept, nothing leaves the page. */
export class FakePlatform implements Platform {
  readonly #world: World;
  readonly #commander: Commander;
  readonly #pseudo: boolean;
  /** Commands for which the disk is full. */
  readonly #failing: string[];
  /** The same, but only the next time. */
  #failingOnce: string[];

  constructor(query: URLSearchParams) {
    const world = startScene(query);
    this.#world = world;
    this.#pseudo = query.get('pseudo') === '1';
    this.#failing = query.getAll('full');
    this.#failingOnce = query.getAll('full_once');
    this.#commander = { ...sitting(world), ...locking(world), ...turning(world), ...collecting(world), ...asking(world), ...changing(world), ...papers(world), ...handingOver(world), ...entering(world), ...masking(world), ...noting(world), ...administering(world), ...distributing(world, query), ...reporting(world), ...fleet(world) };
  }

  async run<K extends CommandName>(command: K, args: Commands[K]['args']): Promise<Commands[K]['reply']> {
    demandNotTurned(this.#world, command, args);
    const once = this.#failingOnce.includes(command);
    this.#failingOnce = this.#failingOnce.filter((other) => other !== command);
    if (once || this.#failing.includes(command)) throw new CommandFailed('disk_full');
    const reply = structuredClone(await this.#commander[command](structuredClone(args)));
    return this.#pseudo && (command === 'wording' || command === 'wording_in') ? pseudo(reply) : reply;
  }

  onEvent(callback: (event: Event) => void): () => void {
    return this.#world.listen(callback);
  }
}
