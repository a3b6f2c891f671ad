import { noticeCopy } from './clipboard';
import { locksNow } from './keys';

/** What the window does at these moments. */
export interface LockMoments {
  /** The key that locks was pressed. */
  onlock: () => void;
  /** The window is not to be seen, or is to be seen again. */
  onhidden: (hidden: boolean) => void;
  /** Somebody tried to copy what must not be copied. */
  onrefused: () => void;
}

/**
 * Watches the moments at which the window must not go on showing what it shows. A window that nobody sees is blanked at once: its picture
 * may be kept by the system for a preview, and what is told of a lock on the way to sleep may come too late to be painted.
 * Returns how to stop.
 */
export function watchWindow({ onlock, onhidden, onrefused }: LockMoments): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const hidden = () => onhidden(document.visibilityState === 'hidden');
  const copied = (event: ClipboardEvent | DragEvent) => void (noticeCopy(event) === 'refused' && onrefused());
  const pressed = (event: KeyboardEvent) => {
    if (!locksNow(event)) return;
    event.preventDefault();
    onlock();
  };
  window.addEventListener('keydown', pressed, { signal, capture: true });
  document.addEventListener('visibilitychange', hidden, { signal });
  window.addEventListener('pagehide', () => onhidden(true), { signal });
  window.addEventListener('pageshow', hidden, { signal });
  document.addEventListener('copy', copied, { signal });
  document.addEventListener('cut', copied, { signal });
  document.addEventListener('dragstart', copied, { signal });
  return () => stop.abort();
}
