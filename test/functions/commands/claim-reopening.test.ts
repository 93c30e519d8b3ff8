import { describe, expect, it } from 'vitest';
import { settleClaim } from '#functions/commands/claim-decision.ts';
import { remindOfClaim } from '#functions/commands/claim-reminder.ts';
import { askReopening, confirmReopening, refuseReopening } from '#functions/commands/claim-reopening.ts';
import { reopeningEffects } from '#functions/commands/claim-reopening-effects.ts';
import { makeClaim } from '#functions/commands/claims.ts';
import { committeeClaim, committeeClaims } from '#functions/commands/committee-claims.ts';
import { correctedNow } from '#functions/commands/corrected.ts';
import { drawUpProposal, takeProposalBack } from '#functions/commands/gate-work.ts';
import { askOwedInterview, refuseOwedInterview } from '#functions/commands/owed-interviews.ts';
import { takeBackClaim, viewClaim } from '#functions/commands/own-claim.ts';
import { lookBack } from '#functions/commands/replay.ts';
import { changed } from '#functions/commands/storing.ts';
import type { Granted } from '#shared/domain/claim.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { StandingList } from '#shared/domain/standing.ts';
import { askToReopen, grounds, published, reopen, text, uphold } from '#test/builders/claims.ts';
import { advanceTo, chair, members, nth, secretary } from '#test/builders/interview-scenes.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const provenance = { source: 'Sample', confidence: 'unverified', verifiedOn: '2026-11-26' } as const;
const timed = aRoundFile({ claims: { workingDays: 2, ...provenance } });
const deadline = at('2022-11-07T13:00');
const [second, third] = [nth(members, 0), nth(members, 1)];

/** The claim of the second, made on Wednesday 2 November and upheld with 90 percent of scoring. */
const aDecided = async (corrected: Granted = { scoring: 90 }, who = 1) => {
  const { world, roundId, candidates } = await published(timed);
  const mine = nth(candidates, who);
  const { id: claimId, filedAt } = granted(await makeClaim(world, { ...mine, grounds, text })).state;
  const command = { by: chair, roundId, claimId };
  const decision = { ...command, reason: 'Есептелмеген екен.' };
  granted(await uphold(world, { ...decision, corrected }));
  const events = async () => (await world.records.history('claim', claimId)).map(({ fact }) => fact.type);
  const letters = () =>
    [...world.records.outbox.values()].flatMap(({ body }) => (body.kind === 'letter' ? [body.template] : []));
  /** Totals and ranks as they would be decided now; the proposal is taken back again. */
  const results = async () => {
    world.clock.to(deadline);
    const gate = granted(await drawUpProposal(world, { by: secretary, roundId }));
    const list = StandingList.parse(JSON.parse(await world.records.blob(gate.state.proposal ?? '')));
    granted(await takeProposalBack(world, { by: secretary, roundId }));
    return list.standings.map(({ number: _number, ...one }) => one);
  };
  return { world, roundId, candidates, mine, claimId, filedAt, command, decision, events, letters, results };
};

describe('reopening a claim', () => {
  it('takes two people, who have seen whom it concerns, and tells its owner alone', async () => {
    const scene = await aDecided({ scoring: 90, interview: 90 });
    const { world, roundId, mine, claimId, command, events, letters } = scene;
    const effects = granted(await reopeningEffects(world, command));
    const { number } = mine.application;
    expect(effects.found.affected.map((one) => one.number)).toContain(number);
    const before = letters();
    granted(await askToReopen(world, command));
    const shown = granted(await reopeningEffects(world, { ...command, by: second })).digest;

    expect(letters(), 'nobody is told what waits').toEqual(before);
    expect(granted(await viewClaim(world, mine)).claim?.claim.status).toBe('upheld');
    expect(await confirmReopening(world, { ...command, shown })).toMatchObject({
      error: { kind: 'second-person-needed' },
    });
    const other = { ...command, by: second };
    expect(await confirmReopening(world, { ...other, shown: sha256Of('another') })).toMatchObject({
      error: { kind: 'changed-meanwhile' },
    });
    granted(await confirmReopening(world, { ...other, shown }));
    granted(await confirmReopening(world, { ...other, shown }));

    expect(await events()).toEqual([
      'claim-filed',
      'claim-upheld',
      'claim-reopening-asked',
      'claim-reopened',
    ]);
    expect(letters().slice(before.length)).toEqual(['claim-reopened']);
    const { shown: page } = granted(await committeeClaim(world, { ...command, claimId }));
    expect(page).toMatchObject({
      mayDecide: true,
      claim: { status: 'open', earlier: [{ status: 'upheld', corrected: { scoring: 90 }, by: chair.id }] },
      texts: { earlier: [{ reason: 'Есептелмеген екен.', asked: 'Қате шешілген.' }] },
    });
    expect((await correctedNow(world.records, roundId)).of.size).toBe(0);
  });

  it('keeps final results waiting from the moment that it is asked for until there is a decision anew', async () => {
    const { world, roundId, command, decision } = await aDecided();
    const unfinished = { error: { kind: 'unfinished-work', remaining: 1, of: 'claims' } };
    granted(await askToReopen(world, command));
    world.clock.to(deadline);
    const draw = () => drawUpProposal(world, { by: secretary, roundId });
    expect(await draw()).toMatchObject(unfinished);
    const { digest: shown } = granted(await reopeningEffects(world, { ...command, by: second }));
    granted(await confirmReopening(world, { ...command, by: second, shown }));
    expect(await draw()).toMatchObject(unfinished);
    granted(await settleClaim(world, { ...decision, verdict: 'rejected' }));

    granted(await draw());
    expect(await askToReopen(world, command).catch((error: Error) => error.message)).toContain(
      'proposal-on-table',
    );
  });

  it('begins the time of the committee anew, and old rows of the outbox say nothing', async () => {
    const { world, command, letters } = await aDecided();
    const reminders = () =>
      [...world.records.outbox.values()].flatMap(({ at: when, body }) =>
        body.kind === 'remind-claim' ? [{ when, body }] : [],
      );
    const old = reminders();
    world.clock.to(at('2022-11-03T06:00'));
    granted(await reopen(world, command, second));
    for (const { body } of old) await remindOfClaim(world, body);
    expect(letters().filter((template) => template.startsWith('committee-claim'))).toEqual([]);

    const anew = reminders().filter(({ body }) => body.since === world.clock.now());
    expect(anew.map(({ when }) => when)).toEqual([at('2022-11-04T03:00'), at('2022-11-07T18:00')]);
    for (const { when, body } of anew) {
      if (when > world.clock.now()) world.clock.to(when);
      await remindOfClaim(world, body);
    }
    expect(letters().filter((template) => template === 'committee-claim-due')).toHaveLength(2);
  });

  it('is refused with a reason, or taken back, and the decision counts as before', async () => {
    const { world, command, events, results } = await aDecided();
    const counted = await results();
    granted(await askToReopen(world, command));
    const refusing = { ...command, by: second, reason: 'Шешім дұрыс.' };
    expect(await refuseReopening(world, { ...refusing, reason: ' ' })).toMatchObject({
      error: { kind: 'reason-needed' },
    });
    granted(await refuseReopening(world, refusing));
    granted(await refuseReopening(world, refusing));
    expect(await refuseReopening(world, { ...refusing, by: third })).toMatchObject({
      error: { kind: 'changed-meanwhile' },
    });
    granted(await askToReopen(world, command));
    granted(await refuseReopening(world, { ...command, reason: 'Өзім қателестім.' }));

    expect(await results()).toEqual(counted);
    expect((await events()).slice(2)).toEqual([
      'claim-reopening-asked',
      'claim-reopening-refused',
      'claim-reopening-asked',
      'claim-reopening-refused',
    ]);
  });

  it('is asked for by who decides the claim, and answered by a voter, never across a conflict of interest', async () => {
    const { world, roundId, mine, command } = await aDecided();
    const { digest: shown } = granted(await reopeningEffects(world, command));
    const asking = { ...command, by: second };
    expect(await askReopening(world, { ...asking, reason: 'Иә.', shown })).toMatchObject({
      error: { kind: 'not-allowed' },
    });
    expect(await reopeningEffects(world, { ...command, by: secretary })).toMatchObject({
      error: { kind: 'not-allowed' },
    });
    granted(await askToReopen(world, command));
    const before = await world.records.find(committeeAggregate, roundId);
    const { applicationId } = mine;
    const conflict = { type: 'conflict-declared', at: world.clock.now(), memberId: second.id } as const;
    const { change } = changed(committeeAggregate, roundId, before, [{ ...conflict, applicationId }]);
    granted(await world.records.commit({ by: second, changes: [change] }));

    for (const answer of [
      await confirmReopening(world, { ...asking, shown }),
      await refuseReopening(world, { ...asking, reason: 'Жоқ.' }),
      await reopeningEffects(world, asking),
    ])
      expect(answer).toMatchObject({ error: { kind: 'conflict-of-interest' } });
    granted(await confirmReopening(world, { ...command, by: third, shown }));
  });

  it('is over once the final results are published, and says what corrects them', async () => {
    const { world, roundId, command } = await aDecided();
    world.clock.to(deadline);
    await advanceTo(world, roundId, { from: 'claims', to: 'offers', standings: [] });

    expect(await reopeningEffects(world, command)).toMatchObject({ error: { kind: 'results-final' } });
  });

  it('leaves an interview alone that was asked for because of the claim', async () => {
    const { world, roundId, mine, command } = await aDecided({ interviewOwed: true }, 2);
    const { number } = mine.application;
    granted(await askToReopen(world, command));
    const { digest: shown } = granted(await reopeningEffects(world, { ...command, by: second }));
    granted(
      await askOwedInterview(world, { by: secretary, roundId, application: number, reason: 'Тиесілі.' }),
    );
    const confirming = { ...command, by: second, shown };
    expect(await confirmReopening(world, confirming)).toMatchObject({ error: { kind: 'interview-owed' } });
    const { applicationId } = mine;
    granted(
      await refuseOwedInterview(world, { by: chair, roundId, applicationId, reason: 'Қайта қаралады.' }),
    );
    granted(await confirmReopening(world, confirming));

    expect(
      await askOwedInterview(world, { by: secretary, roundId, application: number, reason: 'Тиесілі.' }),
    ).toMatchObject({ error: { kind: 'invalid' } });
  });
});

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
    granted(await reopen(world, command, second));
    world.records.interfere(() => takeBackClaim(world, { ...mine, filedAt }));

    expect(await settleClaim(world, { ...decision, verdict: 'rejected' })).toMatchObject({
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
    granted(await reopen(twice.world, twice.command, second));
    granted(await uphold(twice.world, { ...twice.decision, corrected }));

    expect(await twice.results()).toEqual(await once.results());
  });

  it.for(claims)(
    'of %i, %o and a rejection are as though nothing had been granted',
    async ([who, corrected]) => {
      const { world, roundId, candidates, results, command, decision } = await aDecided(corrected, who);
      granted(await reopen(world, command, second));
      granted(await settleClaim(world, { ...decision, verdict: 'rejected' }));
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
    granted(await reopen(world, command, second));
    const reopenedAt = world.clock.now();
    world.clock.pass(60);
    granted(await settleClaim(world, { ...decision, verdict: 'rejected' }));
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
