import { app } from './app.svelte';

/** The window as a narrow strip beside the benefits system's. In a browser people drag the window themselves. */
class Strip {
  /** Whether the window is one now. */
  on = $state(false);

  /** Whether the window can be made one from here. */
  get possible(): boolean {
    return app.strip !== undefined;
  }

  /** Makes it one, or gives it its width back. */
  async toggle() {
    await app.attempt(async () => {
      await app.strip?.(!this.on);
      this.on = !this.on;
    });
  }
}

export const strip = new Strip();
