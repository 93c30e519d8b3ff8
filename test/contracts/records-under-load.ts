import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { fold, verifyChain } from '#shared/domain/event.ts';
import { addSeconds } from '#shared/domain/time.ts';
import type { Records } from '#shared/ports/records.ts';
import { added, changeOf, fresh, newId, noon, tally, theSystem } from '#test/contracts/tally.ts';

const by = theSystem;

/** What any store of records keeps true while many write: fold(events) = snapshot, whole chains, no lost event. */
export const recordsUnderLoadContract = (store: () => Records): void => {
  it('stays consistent whatever many writers do at once', async () => {
    const writers = fc.array(
      fc.record({
        writer: fc.integer({ min: 0, max: 3 }),
        record: fc.integer({ min: 0, max: 2 }),
        amounts: fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 4 }),
      }),
      { minLength: 1, maxLength: 24 },
    );

    await fc.assert(
      fc.asyncProperty(writers, async (steps) => {
        const ids = [newId(), newId(), newId()];
        const acknowledged = new Map(ids.map((id) => [id, 0]));

        const write = async (writer: number): Promise<void> => {
          const records = store();
          for (const step of steps.filter((one) => one.writer === writer)) {
            const id = ids[step.record] ?? '';
            const before = (await records.find(tally, id)) ?? fresh;
            const change = changeOf(
              id,
              before,
              step.amounts.map((amount) => added(amount, addSeconds(noon, writer))),
            );
            const answer = await records.commit({ by, changes: [change] });
            if (answer.ok) acknowledged.set(id, (acknowledged.get(id) ?? 0) + step.amounts.length);
          }
        };
        await Promise.all([0, 1, 2, 3].map(write));

        for (const id of ids) {
          const history = await store().history('round', id);
          const found = await store().find(tally, id);
          expect(verifyChain(history)).toBeUndefined();
          expect(fold(tally, history)).toEqual(found?.state);
          expect(history).toHaveLength(acknowledged.get(id) ?? 0);
        }
      }),
      { numRuns: 20 },
    );
  }, 120_000);
};
