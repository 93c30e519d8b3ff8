import { describe, expect, it } from 'vitest';
import { settleClaim } from '#functions/commands/claim-decision.ts';
import { claimEffects } from '#functions/commands/claim-effects.ts';
import { makeClaim } from '#functions/commands/claims.ts';
import { committeeClaims } from '#functions/commands/committee-claims.ts';
import { grounds, published, text, uphold } from '#test/builders/claims.ts';
import { chair, nth } from '#test/builders/interview-scenes.ts';
import { granted } from '#test/builders/scenes.ts';

const changed = { error: { kind: 'changed-meanwhile' } };

/** Claims of the first two; the chair has seen whom upholding the first affects. */
const twoClaims = async () => {
  const { world, roundId, candidates } = await published();
  const claimOf = async (index: number) =>
    granted(await makeClaim(world, { ...nth(candidates, index), grounds, text })).state.id;
  const about = { by: chair, roundId, reason: 'Қате.' };
  const command = { ...about, claimId: await claimOf(0), corrected: { interview: 20 } };
  const other = { ...about, claimId: await claimOf(1), corrected: { interview: 100 } };
  const { digest: shown, found } = granted(await claimEffects(world, command));
  return { world, roundId, candidates, command, other, shown, found };
};

describe('what upholding a claim would change', () => {
  it('is named by whoever upholds it: where it is something else by then, nothing is decided', async () => {
    const { world, roundId, candidates, command, other, shown, found } = await twoClaims();
    expect(found.affected.map(({ number }) => number)).toEqual([nth(candidates, 0).application.number]);
    const settle = { ...command, verdict: 'upheld', shown } as const;

    expect(await settleClaim(world, { ...settle, shown: undefined })).toMatchObject(changed);
    expect(await settleClaim(world, { ...settle, corrected: { interview: 21 } })).toMatchObject(changed);
    granted(await uphold(world, other));
    expect(await settleClaim(world, settle)).toMatchObject(changed);
    const { claims } = granted(await committeeClaims(world, { by: chair, roundId }));
    expect(claims.map(({ claim }) => claim.status)).toEqual(['open', 'upheld']);
    granted(await uphold(world, command));
    expect(granted(await settleClaim(world, settle)).state.status, 'a second press').toBe('upheld');
  });

  it('is not what was shown where another claim is upheld at the same moment', async () => {
    const { world, command, other, shown } = await twoClaims();
    world.records.interfere(() => uphold(world, other));

    expect(await settleClaim(world, { ...command, verdict: 'upheld', shown })).toMatchObject(changed);
  });
});
