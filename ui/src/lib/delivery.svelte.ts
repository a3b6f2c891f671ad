import { app } from './app.svelte';
import type { SyncReport } from './bindings';

/** One delivery to the endpoint, as far as a view follows it. */
export class Delivery {
  /** Whether it is under way. */
  busy = $state(false);
  /** How the last one ended; null before, and if it failed with a notice. */
  report = $state.raw<SyncReport | null>(null);

  /** Delivers what is sealed and destroys what is receipted. A second call meanwhile is ignored. */
  run = async () => {
    if (this.busy) return;
    this.busy = true;
    this.report = null;
    app.progress = { done: 0, total: app.status.counts.sealed };
    this.report = (await app.attempt(() => app.run('sync', {}))) ?? null;
    if (this.report) app.reached = this.report.end !== 'unreachable';
    await app.refresh();
    app.progress = null;
    this.busy = false;
  };
}
