import { CommandFailed } from '../platform';
import type { Commander } from './commander';
import { statusOf } from './sitting';
import { notFound, type World } from './world';

const TRIES = 3;
/** How long a PIN holds, in seconds: a working day. */
const LIFE = 10 * 3600;
const LONGEST = 60;

/** The PIN of the day, and when the app locks by itself. */
export function locking(world: World): Pick<Commander, 'pin_set' | 'unlock_pin' | 'lock_after_set'> {
  return {
    pin_set: ({ pin }) => {
      const { user } = world.unlocked();
      if (pin !== null && isWeak(pin)) throw new CommandFailed('pin_weak', { minimum: '4' });
      world.pin = pin === null ? null : { user, until: world.now() + LIFE, digits: pin, wrong: 0 };
      return statusOf(world);
    },
    unlock_pin: ({ user, pin }) => {
      const known = world.pin;
      if (!known || known.user !== user || known.until <= world.now()) throw new CommandFailed('pin_gone');
      if (pin !== known.digits) refuse(world, known);
      known.wrong = 0;
      world.session = world.users.find((other) => other.user === user) ?? notFound();
      return statusOf(world);
    },
    lock_after_set: (args) => {
      world.unlocked();
      if ([args.minutes, args.turned_minutes].some((minutes) => !Number.isInteger(minutes) || minutes < 1 || minutes > LONGEST)) throw new CommandFailed('bad_arguments');
      world.lockAfter = args;
      return statusOf(world);
    },
  };
}

function refuse(world: World, known: NonNullable<World['pin']>): never {
  known.wrong += 1;
  if (known.wrong < TRIES) throw new CommandFailed('wrong_pin', { left: String(TRIES - known.wrong) });
  world.pin = null;
  throw new CommandFailed('pin_gone');
}

/** All the same, or in a row upwards or downwards. */
function isWeak(pin: string): boolean {
  if (!/^\d{4,8}$/.test(pin)) return true;
  const steps = new Set([...pin].slice(1).map((digit, index) => Number(digit) - Number(pin[index])));
  return steps.size === 1 && [-1, 0, 1].includes([...steps][0] ?? 0);
}
