import { describe, expect, it } from 'vitest';
import { letterBatches, releaseDecision } from '#functions/commands/letters-release.ts';
import { remindOfLetters } from '#functions/sweep/letters-waiting.ts';
import { isGatedRound } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';
import { published } from '#test/builders/claims.ts';
import { secretary } from '#test/builders/interview-scenes.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import { roundIn } from '#test/builders/selection.ts';
import { tellResults } from '#test/builders/told-results.ts';
import { at } from '#test/builders/worlds.ts';

const remindersIn = (world: World) =>
  [...world.records.outbox.values()].flatMap(({ body }) =>
    body.kind === 'letter' && body.template === 'committee-letters-wait' ? [body] : [],
  );

describe('letters that wait for their release', () => {
  it('are called to mind each working day from the next morning on, once a day, until they go out', async () => {
    // Wednesday 2 November.
    const { world, roundId } = await published(undefined, undefined, { untold: true });
    const lookAt = async (...moments: Instant[]) => {
      for (const moment of moments) {
        world.clock.to(moment);
        const round = await roundIn(world, roundId);
        if (!round || !isGatedRound(round)) throw new Error('No committee decides.');
        await remindOfLetters(world, round);
      }
      return remindersIn(world).length;
    };

    expect(await lookAt(at('2022-11-02T10:00'), at('2022-11-03T02:59'))).toBe(0);
    expect(await lookAt(at('2022-11-03T03:00'), at('2022-11-03T09:00'))).toBe(1);
    expect(await lookAt(at('2022-11-04T03:05'))).toBe(2);
    // The weekend.
    expect(await lookAt(at('2022-11-05T05:00'), at('2022-11-06T05:00'))).toBe(2);
    await tellResults(world, { by: secretary, roundId });
    expect(await lookAt(at('2022-11-07T05:00'))).toBe(3);
    for (const about of ['screening', 'scoring'] as const) {
      const { batches } = granted(await letterBatches(world, { by: secretary, roundId }));
      const confirmed = batches.find((batch) => batch.about === about)?.recipients ?? 0;
      granted(await releaseDecision(world, { by: secretary, roundId, about, confirmed }));
    }
    expect(await lookAt(at('2022-11-08T05:00'))).toBe(3);
    const facts = remindersIn(world).map(({ personId, facts: { count } }) => [personId, count]);
    expect(facts).toEqual([3, 3, 2].map((count) => [secretary.id, count]));
  });
});
