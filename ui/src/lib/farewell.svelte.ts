/** What the lock screen says to whoever just left. Nothing about what lies on the device. */
class Farewell {
  /** Whether everything was handed over before locking. */
  allHandedOver = $state(false);
}

/** The last word of this sitting. */
export const farewell = new Farewell();
