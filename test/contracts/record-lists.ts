import { expect, it } from 'vitest';
import { addSeconds } from '#shared/domain/time.ts';
import type { Records } from '#shared/ports/records.ts';
import { added, changeOf, fresh, newId, noon, tally, theSystem } from '#test/contracts/tally.ts';

const by = theSystem;

/** How any store of records lists them. */
export const recordListsContract = (store: () => Records): void => {
  it('lists open records in order, page by page, and drops one that leaves the list', async () => {
    const records = store();
    const key = newId();
    const ids = [newId(), newId(), newId(), newId(), newId()];
    for (const [index, id] of ids.entries()) {
      const change = changeOf(id, fresh, [added(1, addSeconds(noon, index))]);
      const list = { key, sort: addSeconds(noon, index) };
      await records.commit({ by, changes: [{ ...change, lists: index === 2 ? {} : { list, owner: list } }] });
    }

    const first = await records.list(tally, 'list', key, { limit: 3 });
    const rest = await records.list(tally, 'list', key, { limit: 3, after: first.next ?? 'none' });
    const owned = await records.list(tally, 'owner', key);

    const listed = ids.filter((_, index) => index !== 2);
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(listed);
    expect(first.items).toHaveLength(3);
    expect(rest.next).toBeUndefined();
    expect(owned.items.map(({ id }) => id)).toEqual(listed);
  });

  it('lists the newest first when asked', async () => {
    const key = newId();
    const ids = [newId(), newId(), newId()];
    for (const [index, id] of ids.entries()) {
      const lists = { list: { key, sort: addSeconds(noon, index) } };
      await store().commit({ by, changes: [{ ...changeOf(id, fresh, [added(1)]), lists }] });
    }

    const newest = await store().list(tally, 'list', key, { newestFirst: true, limit: 2 });
    const rest = await store().list(tally, 'list', key, { newestFirst: true, after: newest.next ?? 'none' });

    expect([...newest.items, ...rest.items].map(({ id }) => id)).toEqual(ids.toReversed());
  });

  it('moves a record out of a list when its new state is not in it', async () => {
    const key = newId();
    const id = newId();
    const lists = { list: { key, sort: noon } };
    await store().commit({ by, changes: [{ ...changeOf(id, fresh, [added(1)]), lists }] });

    await store().commit({
      by,
      changes: [{ ...changeOf(id, { version: 1 }, [{ type: 'closed', at: noon }]), lists: {} }],
    });

    expect((await store().list(tally, 'list', key)).items).toEqual([]);
  });
};
