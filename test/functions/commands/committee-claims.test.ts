import { describe, expect, it } from 'vitest';
import { makeClaim } from '#functions/commands/claims.ts';
import { committeeClaim } from '#functions/commands/committee-claims.ts';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { grounds, published, text } from '#test/builders/claims.ts';
import { chair, nth } from '#test/builders/interview-scenes.ts';
import { granted } from '#test/builders/scenes.ts';

describe('one claim', () => {
  it('is read alone, with nothing of the others, however many there are', async () => {
    const { world, roundId, candidates } = await published();
    const [first, second] = [nth(candidates, 0), nth(candidates, 1)];
    const { id: claimId } = granted(await makeClaim(world, { ...first, grounds, text })).state;
    const reads = async (): Promise<number> => {
      const { find, document } = world.records;
      let count = 0;
      const counted = <Asked extends unknown[], Answer>(read: (...asked: Asked) => Answer) => {
        return (...asked: Asked): Answer => {
          count += 1;
          return read(...asked);
        };
      };
      const records = { ...world.records, find: counted(find), document: counted(document) };
      const page = { by: chair, roundId, claimId };
      const { shown } = granted(await committeeClaim({ ...world, records }, page));
      expect(shown).toMatchObject({ claim: { id: claimId }, texts: { text } });
      return count;
    };
    const alone = await reads();
    granted(await makeClaim(world, { ...second, grounds, text }));

    expect(await reads()).toBe(alone);
    expect(await world.readLog.of(`application#${second.applicationId}`)).toEqual([]);
    expect(await world.readLog.of(`application#${first.applicationId}`)).toHaveLength(2);
    expect(await committeeClaim(world, { by: chair, roundId, claimId: 'none' })).toMatchObject({
      error: { kind: 'not-found', what: 'claim' },
    });
    granted(await declareOwnConflict(world, { by: chair, roundId, applicationId: first.applicationId }));
    expect(await committeeClaim(world, { by: chair, roundId, claimId })).toMatchObject({
      error: { kind: 'not-found', what: 'claim' },
    });
  });
});
