import { describe, expect, it } from 'vitest';
import { makeClaim } from '#functions/commands/claims.ts';
import { claimsPage, committeeClaim, committeeClaims } from '#functions/commands/committee-claims.ts';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { changed, store } from '#functions/commands/storing.ts';
import { claimAggregate } from '#shared/domain/claim.ts';
import { ApplicationId, ClaimId } from '#shared/domain/ids.ts';
import { addSeconds } from '#shared/domain/time.ts';
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

describe('the claims of a round', () => {
  it('come a hundred at a time in the order of filing, and what is typed is read of none that is not answered', async () => {
    const { world, roundId, candidates } = await published();
    const first = nth(candidates, 0);
    const { id, state } = granted(await makeClaim(world, { ...first, grounds, text }));
    const further = Array.from({ length: 102 }, (_, index) => {
      const tail = String(index).padStart(6, '0');
      return {
        ...state,
        id: ClaimId.parse(`${id.slice(0, -6)}${tail}`),
        applicationId: ApplicationId.parse(`${first.applicationId.slice(0, -6)}${tail}`),
        at: addSeconds(state.filedAt, index + 1),
      };
    });
    for (const { status: _open, filedAt: _then, ...claim } of further) {
      const filed = [{ type: 'claim-filed' as const, ...claim }];
      const { change } = changed(claimAggregate, claim.id, undefined, filed);
      granted(await store(world, { by: chair, changes: [change] }));
    }
    const page = { by: chair, roundId };
    const shown = granted(await claimsPage(world, page));

    expect(shown).toMatchObject({ page: 1, pages: 2, all: 103 });
    expect(shown.claims.map((claim) => claim.id)).toEqual(
      [id, ...further.map((claim) => claim.id)].slice(0, 100),
    );
    expect(granted(await claimsPage(world, { ...page, page: 9 })).claims).toHaveLength(3);
    expect(await world.readLog.of(`application#${first.applicationId}`)).toEqual([]);
    const second = granted(await committeeClaims(world, { ...page, page: 2 }));
    expect(second.claims.map(({ texts }) => texts.text)).toEqual([text, text, text]);
    expect(await world.readLog.of(`application#${first.applicationId}`)).toEqual([]);
    expect(await world.readLog.of(`application#${further[101]?.applicationId}`)).toHaveLength(1);
  });
});
