import { plural } from '../plural';

/** "3 Bögen". */
export const forms = (count: number) => plural('de', count, 'Bogen', 'Bögen');
/** "3 Personen". */
export const people = (count: number) => plural('de', count, 'Person', 'Personen');
/** The verb to a count of things that lie somewhere. */
export const lies = (count: number) => (count === 1 ? 'liegt' : 'liegen');

/** A count, with the dots that German puts into it. */
export const figure = (count: number) => new Intl.NumberFormat('de').format(count);
