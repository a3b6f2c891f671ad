import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';

import type { Commands, Event } from '../bindings';
import { CommandFailed, type CommandName, type Platform } from './platform';

/** The app behind the window. The only module that talks to Tauri. */
export const tauri: Platform = {
  async run<K extends CommandName>(command: K, args: Commands[K]['args']) {
    try {
      return await invoke<Commands[K]['reply']>('run', { command: { command, args } });
    } catch (thrown) {
      throw CommandFailed.from(thrown);
    }
  },

  async strip(on) {
    try {
      await invoke('strip', { on });
    } catch (thrown) {
      throw CommandFailed.from(thrown);
    }
  },

  onEvent(callback) {
    const stop = listen<Event>('bogen', (event) => callback(event.payload));
    return () => void stop.then((unlisten) => unlisten());
  },
};
