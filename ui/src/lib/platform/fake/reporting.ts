import type { ReportWeek } from '../../bindings';
import { CommandFailed } from '../platform';
import type { Commander } from './commander';
import { notFound, type World } from './world';

/** Seconds. */
const DAY = 24 * 3600;
const WEEK = 7 * DAY;
/** From a Monday to the Thursday that the clock begins with. */
const THURSDAY = 3 * DAY;

/** A count as the endpoint tells it. */
const told = (count: number) => (count > 0 && count < 10 ? null : count - (count % 10));
const date = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 10);

/** Number and year of the week of this Monday (ISO 8601). */
function numbered(monday: number) {
  const thursday = new Date((monday + THURSDAY) * 1000);
  const year = thursday.getUTCFullYear();
  return { week: Math.ceil(((thursday.getTime() - Date.UTC(year, 0, 1)) / 1000 / DAY + 1) / 7), year };
}

/** The report on finished weeks, with a plausible course. */
export function reporting(world: World): Pick<Commander, 'team_report'> {
  return {
    team_report: ({ team, weeks: asked }) => {
      world.only('team_leader', 'admin');
      const row = world.teams.find((other) => other.team === team) ?? notFound();
      // The second team of the stand-in has one clerk.
      if (row.clerks < 2 || world.smallTeams) throw new CommandFailed('team_too_small', { minimum: '5' });
      const now = world.now();
      const until = now - ((now + THURSDAY) % WEEK);
      const most = world.queue.length === 0 ? 0 : 1;
      const weeks = Array.from({ length: asked }, (_, place): ReportWeek => {
        const ago = asked - place;
        const handed_over = most * (38 + ((ago * 23) % 61));
        const entered = ago > 46 ? 0 : most * (31 + ((ago * 17) % 53));
        return { begins: date(until - ago * WEEK), ...numbered(until - ago * WEEK), handed_over: told(handed_over), held: told(most * ((ago * 5) % 14)), entered: told(entered), without_entry: told(most * (ago % 4) * 3), asked: told(most * ((ago * 7) % 23)) };
      });
      const waiting = [0, ...world.deadlines].map((from_days, step) => ({ from_days, forms: told(most * [64, 37, 12, 4, 0][step]!) }));
      const [complete, incomplete] = [told(most * 431), told(most * 58)];
      const last = date(until - DAY);
      const rows = weeks.map((week) => [week.begins, ...[week.handed_over, week.entered].map((count) => count ?? '<10')].join(';'));
      const csv = `\uFEFF${[`Datenqualität;${row.name}`, 'Beginn;Übergeben;Erfasst', ...rows].join('\r\n')}\r\n`;
      return { team, name: row.name, until: last, weeks, waiting, complete, incomplete, csv, file: `Bogen-Bericht-${last}.csv` };
    },
  };
}
