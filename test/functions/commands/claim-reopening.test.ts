import { describe, expect, it } from 'vitest';
import { settleClaim } from '#functions/commands/claim-decision.ts';
import { remindOfClaim } from '#functions/commands/claim-reminder.ts';
import { askReopening, confirmReopening, refuseReopening } from '#functions/commands/claim-reopening.ts';
import { reopeningEffects } from '#functions/commands/claim-reopening-effects.ts';
import { committeeClaim } from '#functions/commands/committee-claims.ts';
import { correctedNow } from '#functions/commands/corrected.ts';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { askOwedInterview, refuseOwedInterview } from '#functions/commands/owed-interviews.ts';
import { viewClaim } from '#functions/commands/own-claim.ts';
import { changed } from '#functions/commands/storing.ts';
import { clockStart } from '#shared/domain/claim-rule.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { askToReopen, reopen } from '#test/builders/claims.ts';
import { aDecided, deadline, second, third } from '#test/builders/decided-claims.ts';
import { advanceTo, chair, secretary } from '#test/builders/interview-scenes.ts';
import { granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

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
    const reopened = granted(await confirmReopening(world, { ...command, by: second, shown }));
    expect(await draw()).toMatchObject(unfinished);
    const rejected = { ...decision, verdict: 'rejected' } as const;
    expect(await settleClaim(world, rejected), 'from a page of before').toMatchObject({
      error: { kind: 'invalid', faults: [{ place: 'openSince' }] },
    });
    granted(await settleClaim(world, { ...rejected, openSince: clockStart(reopened.state) }));

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
