/** How the app looks: as the system wants it, or as chosen. */
export type Look = 'system' | 'light' | 'dark';

/** The size of the text, in percent of what the system wants. */
export type TextSize = '100' | '125' | '150';

/** The chosen look and size, for as long as the window is open: nothing is stored in the web view. */
class Theme {
  #look = $state<Look>('system');
  #textSize = $state<TextSize>('100');

  get look(): Look {
    return this.#look;
  }

  set look(look: Look) {
    this.#look = look;
    if (look === 'system') delete document.documentElement.dataset.kernTheme;
    else document.documentElement.dataset.kernTheme = look;
  }

  get textSize(): TextSize {
    return this.#textSize;
  }

  set textSize(size: TextSize) {
    this.#textSize = size;
    if (size === '100') delete document.documentElement.dataset.textSize;
    else document.documentElement.dataset.textSize = size;
  }
}

/** The one look of the window. */
export const theme = new Theme();
