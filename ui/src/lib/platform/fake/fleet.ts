import { CommandFailed } from '../platform';
import type { Commander } from './commander';
import { notFound, type World } from './world';

/** Devices that need a look, and what is left on this one. */
export function fleet(world: World): Pick<Commander, 'fleet' | 'sync_ask' | 'device_attest'> {
  const view = () => {
    world.only('admin');
    return { overdue: [...world.overdueDevices], others: 11, empty: world.emptyDevices };
  };
  return {
    fleet: view,
    sync_ask: ({ device, ask }) => {
      world.only('admin');
      if (!world.overdueDevices.some((row) => row.device === device)) notFound();
      world.overdueDevices = world.overdueDevices.map((row) => (row.device === device ? { ...row, sync_requested: ask ? (row.sync_requested ?? world.now()) : null } : row));
      return view();
    },
    device_attest: () => {
      const { name } = world.unlocked();
      if (!world.online) throw new CommandFailed('unreachable');
      world.mig = world.mig.filter((entry) => entry.state !== 'ticked');
      const left = { drafts: world.units.length, sealed: world.sealed.length, delivered: 0, marks: world.mig.length, papers: world.papers.length, entries: 0 };
      const nothing = Object.values(left).every((count) => count === 0);
      const sheet = { office: world.office ?? '', device: '2a7d1c60-5e1f-4b3a-9a41-0c8e6f2d7b90', name, at: world.now(), ledger_lines: world.ledger.length, ledger_head: '9f2c'.repeat(16), statement: '41ab'.repeat(16) };
      return { ...left, sheet: nothing ? sheet : null };
    },
  };
}
