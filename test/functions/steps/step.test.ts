import { afterEach, describe, expect, it, vi } from 'vitest';
import type * as z from 'zod';
import { log } from '#functions/log.ts';
import { step } from '#functions/steps/step.ts';
import { RoundId } from '#shared/domain/ids.ts';
import { readRound } from '#workflows/contracts.ts';

const roundId = RoundId.parse('R0VND000000000000000');
const standing = { roundId, stage: 'screening', attempt: 1 } as const;

/** Runs a step as Lambda does; nothing of the context matters to it. */
const called = async (
  work: () => Promise<z.infer<typeof readRound.output>>,
  event: unknown,
): Promise<unknown> => Reflect.apply(step(readRound, work), undefined, [event, {}]);

describe('a step', () => {
  afterEach(() => vi.restoreAllMocks());

  it('parses what came and passes on what its contract promises, nothing more', async () => {
    const answer = await called(async () => ({ ...standing, applicants: ['somebody'] }), {
      roundId,
      more: 1,
    });

    expect(answer).toEqual(standing);
  });

  it('refuses an input that its contract does not know, before any work', async () => {
    const work = vi.fn(async () => standing);

    await expect(called(work, { roundId: 'not an id' })).rejects.toThrow(/roundId/);
    expect(work).not.toHaveBeenCalled();
  });

  it('fails rather than answer what its contract does not allow', async () => {
    await expect(called(async () => ({ ...standing, attempt: 0 }), { roundId })).rejects.toThrow(/attempt/);
  });

  it('logs that it began and that it ended, with the round and nothing else', async () => {
    const info = vi.spyOn(log, 'info').mockReturnValue(undefined);

    await called(async () => standing, { roundId });

    expect(info.mock.calls).toEqual([
      ['STARTED', { step: 'ReadRound', roundId }],
      ['COMPLETED', { step: 'ReadRound', roundId }],
    ]);
  });

  it('keeps the name of what went wrong, which retries and catches look at', async () => {
    const error = vi.spyOn(log, 'error').mockReturnValue(undefined);
    const moved = Object.assign(new Error('The round is elsewhere.'), { name: 'RoundMovedOn' });

    await expect(called(() => Promise.reject(moved), { roundId })).rejects.toMatchObject({
      name: 'RoundMovedOn',
    });
    expect(error).toHaveBeenCalledWith(
      'FAILED',
      { step: 'ReadRound', roundId, reason: 'RoundMovedOn' },
      moved,
    );
  });
});
