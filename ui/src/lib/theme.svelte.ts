/** How the app looks: as the system wants it, or as chosen. */
export type Look = 'system' | 'light' | 'dark';

/** The chosen look, for as long as the window is open: nothing is stored in the web view. */
class Theme {
  #look = $state<Look>('system');

  get look(): Look {
    return this.#look;
  }

  set look(look: Look) {
    this.#look = look;
    if (look === 'system') delete document.documentElement.dataset.kernTheme;
    else document.documentElement.dataset.kernTheme = look;
  }
}

/** The one look of the window. */
export const theme = new Theme();
