/**
 * Does what a click says, but not for the second click of a double one. An answer moves on, and the next question has its answers in the same place:
 * the second click would answer it unread. A press by key counts as no click and always goes through.
 */
export function once(event: MouseEvent, act: () => void): void {
  if (event.detail < 2) act();
}
