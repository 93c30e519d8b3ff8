import { describe, expect, it } from 'vitest';
import { makeClaim } from '#functions/commands/claims.ts';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { writeLettersOfDecision } from '#functions/commands/letters.ts';
import { letterBatches, releaseDecision } from '#functions/commands/letters-release.ts';
import { claimsEnd, claimsEndTold } from '#shared/domain/claims-window.ts';
import { published, text } from '#test/builders/claims.ts';
import { nth, secretary } from '#test/builders/interview-scenes.ts';
import { anOffersRoundIn, aVacancy } from '#test/builders/offers.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { administrator, aWorld, granted } from '#test/builders/scenes.ts';
import { roundIn } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

/** Published on Wednesday 2 November, for claims of three working days; nobody was told. */
const aRound = async () => {
  const { world, roundId, candidates } = await published(aRoundFile(), undefined, { untold: true });
  const staff = { by: secretary, roundId };
  const release = (confirmed = 3) => releaseDecision(world, { ...staff, about: 'preliminary', confirmed });
  const letters = async () => {
    const rows = [...world.records.outbox.values()].map(({ body }) => body);
    for (const body of rows)
      if (body.kind === 'letters-of-decision') await writeLettersOfDecision(world, body);
    return [...world.records.outbox.values()].flatMap(({ body }) =>
      body.kind === 'letter' && body.template === 'results-preliminary' ? [body] : [],
    );
  };
  return { world, roundId, candidates, staff, release, letters };
};

describe('the time for claims', () => {
  it('is told to everybody who may make one, also to who stopped before the interviews', async () => {
    const { world, candidates, staff, release, letters } = await aRound();

    const { batches } = granted(await letterBatches(world, staff));
    const tooFew = await release(2);
    granted(await release());
    granted(await release());

    const waiting = batches.find(({ about }) => about === 'preliminary');
    expect(waiting).toMatchObject({
      recipients: 3,
      letters: [{ template: 'results-preliminary', recipients: 3 }],
    });
    expect(tooFew).toMatchObject({ error: { kind: 'recipients-differ', recipients: 3 } });
    expect(await letters()).toHaveLength(3);
    const stopped = nth(candidates, 2);
    const claim = await makeClaim(world, { ...stopped, grounds: 'document-overlooked', text });
    expect(claim.ok).toBe(true);
  });

  it('begins with the letters: whoever is told late has all of it, and the round keeps that', async () => {
    const { world, roundId, staff, release, letters } = await aRound();
    const soon = await drawUpProposal(world, staff);
    world.clock.to(at('2022-11-21T05:00'));

    const unheard = await drawUpProposal(world, staff);
    const { batches } = granted(await letterBatches(world, staff));
    granted(await release());

    const until = (await roundIn(world, roundId)) as { claimsCloseAt?: string };
    expect([soon, unheard]).toEqual([1, 2].map(() => ({ ok: false, error: { kind: 'letters-wait' } })));
    expect(until.claimsCloseAt).toBe(at('2022-11-24T18:00'));
    expect(batches.find(({ about }) => about === 'preliminary')?.claimsUntil).toBe(until.claimsCloseAt);
    expect((await letters()).map(({ facts }) => facts['claimsCloseAt'])).toEqual(
      Array.from({ length: 3 }, () => until.claimsCloseAt),
    );
    const early = await drawUpProposal(world, staff);
    world.clock.to(at('2022-11-24T18:00'));
    const then = await drawUpProposal(world, staff);
    expect(early).toMatchObject({ error: { kind: 'too-early', until: until.claimsCloseAt } });
    expect(then.ok).toBe(true);
  });

  it('is never shortened by letters, and a moment that the round file names leaves a whole working day after them', () => {
    const file = aRoundFile();
    const provenance = { source: 'Sample', confidence: 'unverified', verifiedOn: '2026-11-28' } as const;
    const claims = { endsAt: '2022-11-07T18:00:00+05:00', ...provenance };
    const named = aRoundFile({ stages: { ...file.stages, claims } });
    const [end, monday] = [at('2022-11-07T13:00'), at('2022-11-07T12:30')];

    expect(claimsEndTold(file, at('2022-11-30T18:00'), monday)).toBe(at('2022-11-30T18:00'));
    expect(claimsEnd(named, at('2022-11-02T06:00'))).toBe(end);
    expect(claimsEndTold(named, end, at('2022-11-02T06:00'))).toBe(end);
    expect(claimsEndTold(named, end, monday)).toBe(at('2022-11-08T18:00'));
  });

  it('is promised to nobody once results are final', async () => {
    const world = aWorld();
    const { roundId } = await anOffersRoundIn(world, [{ choices: ['MAT-001'] }], [aVacancy('MAT-001')]);
    const command = { by: administrator, roundId };

    const { batches } = granted(await letterBatches(world, command));
    const late = await releaseDecision(world, { ...command, about: 'preliminary', confirmed: 1 });

    expect(batches.map(({ about }) => about)).not.toContain('preliminary');
    expect(late).toMatchObject({ error: { kind: 'too-late', of: 'claims' } });
  });
});
