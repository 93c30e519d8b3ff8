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

  it('says of every record of a list at which version it stands, in the order of the list', async () => {
    const records = store();
    const key = newId();
    const many = Array.from({ length: 120 }, newId);
    const listed = (at: string) => ({
      lists: { list: { key, sort: at }, owner: { key: `of-${key}`, sort: at } },
    });
    await Promise.all(
      many.map((id, index) =>
        records.commit({
          by,
          changes: [{ ...changeOf(id, fresh, [added(1)]), ...listed(addSeconds(noon, index)) }],
        }),
      ),
    );
    const [moved = '', gone = ''] = many;
    const later = {
      ...changeOf(moved, { version: 1 }, [added(1), added(2)]),
      ...listed(addSeconds(noon, 500)),
    };
    await records.commit({ by, changes: [later] });
    await records.commit({ by, changes: [{ ...changeOf(gone, { version: 1 }, [added(1)]), lists: {} }] });

    const expected = [...many.slice(2).map((id) => ({ id, version: 1 })), { id: moved, version: 3 }];
    expect(await records.versions(tally, 'list', key)).toEqual(expected);
    expect(await records.versions(tally, 'owner', `of-${key}`)).toEqual(expected);
    expect(await records.versions(tally, 'list', newId())).toEqual([]);
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

  it('gives the views of a group as the newest changes moved them, and none of another group', async () => {
    const group = newId();
    const [first, second, third] = [newId(), newId(), newId()];
    for (const id of [first, second, third]) {
      await store().commit({ by, changes: [changeOf(id, fresh, [added(1)])] });
    }
    const moved = (id: string, version: number, at: string, body: unknown) => ({
      by,
      changes: [{ ...changeOf(id, { version }, [added(1)]), view: { group: at, body } }],
    });

    await store().commit(moved(first, 1, group, { seats: [1] }));
    await store().commit(moved(second, 1, group, { seats: [2] }));
    await store().commit(moved(first, 2, group, { seats: [1, 3], gone: undefined }));
    await store().commit({ by, changes: [changeOf(second, { version: 2 }, [added(5)])] });
    await store().commit(moved(third, 1, `${group}-other`, { seats: [4] }));

    const views = await store().views(tally.name, group);
    expect(views.toSorted((a, b) => a.version - b.version)).toEqual([
      { id: second, version: 2, body: { seats: [2] } },
      { id: first, version: 3, body: { seats: [1, 3] } },
    ]);
    expect(await store().views('application', group)).toEqual([]);
  });

  it('moves no view where the change beside it is refused', async () => {
    const group = newId();
    const id = newId();
    const view = { group, body: { seats: [1] } };
    await store().commit({ by, changes: [changeOf(id, fresh, [added(1)])] });
    await store().commit({ by, changes: [{ ...changeOf(id, { version: 1 }, [added(1)]), view }] });

    const late = { ...changeOf(id, { version: 1 }, [added(2)]), view: { group, body: { seats: [9] } } };
    const refused = await store().commit({ by, changes: [late] });

    expect(refused.ok).toBe(false);
    expect(await store().views(tally.name, group)).toEqual([{ id, version: 2, body: { seats: [1] } }]);
  });
};
