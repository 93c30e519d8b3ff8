import { describe, expect, it } from 'vitest';
import { settleClaim } from '#functions/commands/claim-decision.ts';
import { askReopening, confirmReopening, refuseReopening } from '#functions/commands/claim-reopening.ts';
import { reopeningEffects } from '#functions/commands/claim-reopening-effects.ts';
import { makeClaim } from '#functions/commands/claims.ts';
import { committeeClaims } from '#functions/commands/committee-claims.ts';
import { correctedNow } from '#functions/commands/corrected.ts';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { takeBackClaim } from '#functions/commands/own-claim.ts';
import { lookBack } from '#functions/commands/replay.ts';
import { clockStart } from '#shared/domain/claim-rule.ts';
import { StandingList } from '#shared/domain/standing.ts';
import { askToReopen, grounds, published, reopen, text, uphold } from '#test/builders/claims.ts';
import { aDecided, deadline, second, third, timed } from '#test/builders/decided-claims.ts';
import { chair, nth, secretary } from '#test/builders/interview-scenes.ts';
import { granted } from '#test/builders/scenes.ts';

describe('two at one moment', () => {
  it('who confirm the same: one does, the other is told', async () => {
    const { world, command, events } = await aDecided();
    granted(await askToReopen(world, command));
    const { digest: shown } = granted(await reopeningEffects(world, { ...command, by: second }));
    world.records.interfere(() => confirmReopening(world, { ...command, by: third, shown }));

    expect(await confirmReopening(world, { ...command, by: second, shown })).toMatchObject({
      error: { kind: 'claim-open' },
    });
    expect((await events()).filter((type) => type === 'claim-reopened')).toHaveLength(1);
  });

  it('of whom one refuses: what was confirmed stays confirmed, or what was refused refused', async () => {
    const { world, command } = await aDecided();
    granted(await askToReopen(world, command));
    const { digest: shown } = granted(await reopeningEffects(world, { ...command, by: second }));
    world.records.interfere(() => refuseReopening(world, { ...command, by: third, reason: 'Дұрыс.' }));

    expect(await confirmReopening(world, { ...command, by: second, shown })).toMatchObject({
      error: { kind: 'changed-meanwhile' },
    });
  });

  it('of whom one draws up the final results: nothing is reopened under them', async () => {
    const { world, roundId, candidates, command } = await aDecided();
    world.clock.to(deadline);
    const other = granted(await reopeningEffects(world, command)).digest;
    world.records.interfere(() => drawUpProposal(world, { by: secretary, roundId }));

    expect(await askReopening(world, { ...command, reason: 'Қате.', shown: other })).toMatchObject({
      error: { kind: 'proposal-on-table' },
    });
    expect(candidates).toHaveLength(3);
  });

  it('of whom one decides another claim: what was shown is not so any more', async () => {
    const both = { scoring: 90, interview: 90 };
    const { world, roundId, candidates, command } = await aDecided(both);
    const filed = granted(await makeClaim(world, { ...nth(candidates, 0), grounds, text })).state;
    granted(await askToReopen(world, command));
    const { digest: shown } = granted(await reopeningEffects(world, { ...command, by: second }));
    const upheld = {
      by: chair,
      roundId,
      claimId: filed.id,
      reason: 'Иә.',
      corrected: { ...both, scoring: 95 },
    };
    world.records.interfere(() => uphold(world, upheld));

    expect(await confirmReopening(world, { ...command, by: second, shown })).toMatchObject({
      error: { kind: 'changed-meanwhile' },
    });
  });

  it('of whom the owner withdraws what is open again: nobody decides it', async () => {
    const { world, mine, filedAt, command, decision, results } = await aDecided();
    const openSince = clockStart(granted(await reopen(world, command, second)).state);
    world.records.interfere(() => takeBackClaim(world, { ...mine, filedAt }));

    expect(await settleClaim(world, { ...decision, openSince, verdict: 'rejected' })).toMatchObject({
      error: { kind: 'claim-withdrawn' },
    });
    expect((await results()).map(({ total }) => total)).toEqual([70, 69, undefined]);
  });
});

describe('the results after a reopening', () => {
  const claims = [
    [1, { scoring: 90 }],
    [1, { scoring: 10 }],
    [2, { scoring: 60, interview: 60 }],
    [2, { scoring: 60 }],
  ] as const;

  it.for(claims)('of %i, %o are as though there had been one decision', async ([who, corrected]) => {
    const [once, twice] = [await aDecided(corrected, who), await aDecided(corrected, who)];
    const openSince = clockStart(granted(await reopen(twice.world, twice.command, second)).state);
    granted(await uphold(twice.world, { ...twice.decision, openSince, corrected }));

    expect(await twice.results()).toEqual(await once.results());
  });

  it.for(claims)(
    'of %i, %o and a rejection are as though nothing had been granted',
    async ([who, corrected]) => {
      const { world, roundId, candidates, results, command, decision } = await aDecided(corrected, who);
      const openSince = clockStart(granted(await reopen(world, command, second)).state);
      granted(await settleClaim(world, { ...decision, openSince, verdict: 'rejected' }));
      const never = await published(timed);
      never.world.clock.to(deadline);
      const gate = granted(await drawUpProposal(never.world, { by: secretary, roundId: never.roundId }));
      const list = StandingList.parse(JSON.parse(await never.world.records.blob(gate.state.proposal ?? '')));

      expect(await results()).toEqual(list.standings.map(({ number: _number, ...one }) => one));
      expect([candidates.length, (await correctedNow(world.records, roundId)).of.size]).toEqual([3, 0]);
    },
  );

  it('stand in the history as they were at each moment', async () => {
    const { world, roundId, command, decision } = await aDecided();
    const decidedAt = world.clock.now();
    world.clock.pass(60);
    const openSince = clockStart(granted(await reopen(world, command, second)).state);
    const reopenedAt = world.clock.now();
    world.clock.pass(60);
    granted(await settleClaim(world, { ...decision, openSince, verdict: 'rejected' }));
    const statusAt = async (moment: typeof decidedAt) =>
      granted(await lookBack(world, { by: secretary, roundId, until: () => moment })).stood.claims.map(
        ({ status }) => status,
      );

    expect(await statusAt(decidedAt)).toEqual(['upheld']);
    expect(await statusAt(reopenedAt)).toEqual(['open']);
    expect(await statusAt(world.clock.now())).toEqual(['rejected']);
    expect(granted(await committeeClaims(world, { by: chair, roundId })).reopening).toBe(0);
  });
});
