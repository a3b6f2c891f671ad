import { describe, expect, test } from 'vitest';

import type { MigList } from '../../src/lib/bindings';
import { inOrderOf } from '../../src/lib/order';
import { FakePlatform } from '../../src/lib/platform/fake';

describe('a list that is ticked off', () => {
  test('keeps its order, and takes new rows at its end', () => {
    const rows = inOrderOf(['b', 'a'], ['a', 'c', 'b'], (row) => row);
    expect(rows).toEqual(['b', 'a', 'c']);
    expect(inOrderOf(['b', 'a', 'c'], ['c', 'a'], (row) => row)).toEqual(['a', 'c']);
  });

  test('the app itself puts ticked customers last, so the view has to hold the order', async () => {
    const app = new FakePlatform(new URLSearchParams('scene=counsellor'));
    const ids = (list: MigList) => list.entries.map(({ entry }) => entry);
    const before = await app.run('mig_list', {});
    const after = await app.run('mig_tick', { entry: before.entries[0]!.entry });
    expect(ids(after)).not.toEqual(ids(before));
    expect(inOrderOf(ids(before), ids(after), (id) => id)).toEqual(ids(before));
  });
});
