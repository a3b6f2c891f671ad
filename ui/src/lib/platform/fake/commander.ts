import type { Commands } from '../../bindings';

/** A body for each command. */
export type Commander = {
  [K in keyof Commands]: (args: Commands[K]['args']) => Commands[K]['reply'] | Promise<Commands[K]['reply']>;
};
