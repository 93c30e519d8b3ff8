import { describe, expect, it } from 'vitest';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { confirmJudgementOf, judgeApplication } from '#functions/commands/screening.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { Verdict } from '#shared/domain/candidacy.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { verdictOf } from '#shared/domain/screening.ts';
import { StandingList } from '#shared/domain/standing.ts';
import type { Instant } from '#shared/domain/time.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aScreeningIn, candidacyOf, chair, dana, erlan, secretary } from '#test/builders/selection.ts';

/** Screening is open in a round that asks for a second person. */
const screening = async (of: NonNullable<RoundFile['screeningCheck']>['of'] = 'refusals') => {
  const world = aWorld();
  const { source, confidence, verifiedOn } = aRoundFile().blind;
  const file = aRoundFile({ screeningCheck: { of, source, confidence, verifiedOn } });
  const { roundId, applications } = await aScreeningIn(world, [{}, {}], asUpload(file));
  const first = nth(applications, 0).id;
  const judge = async (by: Person, verdict: Verdict = 'refused') =>
    granted(
      await judgeApplication(world, {
        by,
        roundId,
        applicationId: first,
        verdict,
        reason: 'Құжат жетіспейді',
      }),
    ).state;
  const confirm = async (by: Person, judgedAt?: Instant) => {
    const at = judgedAt ?? (await candidacyOf(world, first)).judgement?.at;
    if (!at) throw new Error('Nobody has judged.');
    return confirmJudgementOf(world, { by, roundId, applicationId: first, judgedAt: at });
  };
  const drawn = () => drawUpProposal(world, { by: secretary, roundId });
  return { world, roundId, first, judge, confirm, drawn };
};

describe('a refusal in a round that asks for a second person', () => {
  it('counts once another member has confirmed it, and the gate says what is missing', async () => {
    const { world, first, judge, confirm, drawn } = await screening();

    expect(verdictOf(await judge(dana))).toBeUndefined();
    expect(await drawn()).toEqual({ ok: false, error: { kind: 'confirmations-needed', remaining: 1 } });
    const confirmed = granted(await confirm(erlan)).state;
    expect(verdictOf(confirmed)).toBe('refused');
    const { proposal } = granted(await drawn()).state;
    const list = StandingList.parse(JSON.parse(await world.records.blob(proposal ?? '')));
    expect(list.standings.find(({ applicationId }) => applicationId === first)?.outcome).toBe('stops');
  });

  it('is never confirmed by the member who judged, nor by who has no vote', async () => {
    const { judge, confirm } = await screening();
    await judge(dana);

    expect(await confirm(dana)).toMatchObject({ error: { kind: 'second-person-needed' } });
    expect(await confirm(secretary)).toMatchObject({ ok: false });
  });

  it('is confirmed as it was seen, and once', async () => {
    const { world, first, judge, confirm } = await screening();
    const seen = (await judge(dana)).judgement?.at;
    world.clock.pass(60);
    await judge(chair, 'admitted');
    world.clock.pass(60);
    await judge(dana);

    expect(await confirm(erlan, seen)).toMatchObject({ error: { kind: 'changed-meanwhile' } });
    granted(await confirm(erlan));
    granted(await confirm(erlan));
    const history = await world.records.history('candidacy', first);
    expect(history.filter(({ fact }) => fact.type === 'judgement-confirmed')).toHaveLength(1);
  });

  it('waits for another one where who confirmed it has a conflict of interest', async () => {
    const { world, roundId, first, judge, confirm, drawn } = await screening();
    await judge(dana);
    granted(await confirm(erlan));
    granted(await declareOwnConflict(world, { by: erlan, roundId, applicationId: first }));

    expect(await drawn()).toMatchObject({ error: { kind: 'confirmations-needed' } });
    granted(await confirm(chair));
    granted(await drawn());
  });
});

describe('an admission', () => {
  it.for([
    ['refusals', 'admitted'],
    ['every', undefined],
  ] as const)('in a round that asks it of %s is %s with one member', async ([of, verdict]) => {
    const { judge } = await screening(of);

    expect(verdictOf(await judge(dana, 'admitted'))).toBe(verdict);
  });
});
