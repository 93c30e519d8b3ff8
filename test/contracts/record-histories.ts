import { expect, it } from 'vitest';
import { verifyChain } from '#shared/domain/event.ts';
import type { Records } from '#shared/ports/records.ts';
import { added, changeOf, fresh, newId, theSystem } from '#test/contracts/tally.ts';

const by = theSystem;

/** What any store of records gives of their events. */
export const recordHistoriesContract = (store: () => Records): void => {
  it('chains every event to the one before, over several commits', async () => {
    const id = newId();
    await store().commit({ by, changes: [changeOf(id, fresh, [added(1), added(2)])] });
    await store().commit({ by, changes: [changeOf(id, { version: 2 }, [added(3)])] });
    await store().commit({ by, changes: [changeOf(id, { version: 3 }, [added(4), added(5), added(6)])] });

    const history = await store().history('round', id);

    expect(history.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(verifyChain(history)).toBeUndefined();
  });

  it('gives a part of a history: so many at most, behind a version', async () => {
    const records = store();
    const id = newId();
    await records.commit({
      by,
      changes: [
        changeOf(
          id,
          fresh,
          [1, 2, 3].map((one) => added(one)),
        ),
      ],
    });
    await records.commit({
      by,
      changes: [
        changeOf(
          id,
          { version: 3 },
          [4, 5].map((one) => added(one)),
        ),
      ],
    });
    const whole = await records.history('round', id);
    const part = (after: number, most: number) => records.history('round', id, { after, most });

    expect(await part(0, 2)).toEqual(whole.slice(0, 2));
    expect(await part(2, 2)).toEqual(whole.slice(2, 4));
    expect(await part(3, 200), 'more than there are').toEqual(whole.slice(3));
    expect(await part(5, 4), 'behind the last one').toEqual([]);
    expect(await records.history('round', newId(), { after: 0, most: 3 })).toEqual([]);
  });

  it('gives parts of several histories that are asked for at once', async () => {
    const records = store();
    const ids = Array.from({ length: 30 }, newId);
    await Promise.all(
      ids.map((id, index) =>
        records.commit({
          by,
          changes: [
            changeOf(
              id,
              fresh,
              Array.from({ length: (index % 7) + 1 }, () => added(index)),
            ),
          ],
        }),
      ),
    );
    const wholes = await Promise.all(ids.map((id) => records.history('round', id)));

    const parts = await Promise.all(ids.map((id) => records.history('round', id, { after: 2, most: 3 })));

    expect(parts).toEqual(wholes.map((events) => events.slice(2, 5)));
  });
};
