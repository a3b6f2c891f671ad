import type { CommandError, Commands, ErrorCode, Event } from '../bindings';

/** The name of a command. */
export type CommandName = keyof Commands;

/** What the user interface stands on: the app behind the window, or its stand-in for the browser. */
export interface Platform {
  /**
   * Runs a command.
   * @throws CommandFailed with the code that the user interface words.
   */
  run<K extends CommandName>(command: K, args: Commands[K]['args']): Promise<Commands[K]['reply']>;
  /** Calls back on progress and changes, until the returned function is called. */
  onEvent(callback: (event: Event) => void): () => void;
  /** Makes the window a narrow strip beside another one, or gives it its size back; missing where there is no window of its own. */
  strip?(on: boolean): Promise<void>;
}

/** A command did not do what it was asked. Carries a code and values, never a sentence. */
export class CommandFailed extends Error {
  constructor(
    /** What went wrong. */
    readonly code: ErrorCode,
    /** Values for the sentence, for example `wait_seconds`. */
    readonly params: CommandError['params'] = {},
  ) {
    super(code);
  }

  /** Whatever a platform threw, as this class: what is not an error of a command is a fault of the app itself. */
  static from(thrown: unknown): CommandFailed {
    if (thrown instanceof CommandFailed) return thrown;
    if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && typeof thrown.code === 'string') {
      const { code, params } = thrown as CommandError;
      return new CommandFailed(code, params ?? {});
    }
    return new CommandFailed('internal');
  }
}
