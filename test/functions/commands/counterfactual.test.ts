import { beforeAll, describe, expect, it } from 'vitest';
import { chronicleOf } from '#functions/commands/chronicle.ts';
import { openTrial, type Trial, tryCorrection } from '#functions/commands/counterfactual.ts';
import { recountBasis } from '#functions/commands/recount-basis.ts';
import { ApplicationNumber } from '#shared/domain/ids.ts';
import type { Affected } from '#shared/replay/affected.ts';
import type { Supposition } from '#shared/replay/supposition.ts';
import { aClosedRoundIn, type ClosedRound } from '#test/builders/closed-round.ts';
import { withoutReads } from '#test/builders/reads.ts';
import { administrator, aTickingWorld, granted, type World } from '#test/builders/scenes.ts';
import { aScoringIn, chair, secretary } from '#test/builders/selection.ts';
import { alsoWithdrawn } from '#test/builders/withdrawn.ts';

const stray = ApplicationNumber.parse('KZ19-0000-0000');

let world: World;
let round: ClosedRound;
let trial: Trial;
beforeAll(async () => {
  world = aTickingWorld();
  round = await aClosedRoundIn(world);
  trial = granted(await openTrial(world, { by: secretary, roundId: round.roundId }));
});

const numberOf = (index: number) => {
  const number = round.applications[index]?.number;
  if (!number) throw new Error(`There is no application ${index}.`);
  return number;
};

const tried = (supposition: Supposition) => granted(tryCorrection(trial, supposition));

const of = (affected: readonly Affected[], index: number) =>
  affected.find(({ number }) => number === numberOf(index));

describe('a count that is made again', () => {
  it('comes to the very results that were decided', () => {
    const { before, after, affected } = tried({ kind: 'as-recorded' });

    expect(affected).toEqual([]);
    expect(new Set(after.results)).toEqual(new Set(before.results));
    expect(new Set(after.scoring)).toEqual(new Set(before.scoring));
  });

  it('comes to them too where somebody withdrew between the reading of a list and its moment', async () => {
    const chronicle = await chronicleOf(world.records, round.roundId);
    const drawnUp = chronicle?.events.filter(({ fact }) => fact.type === 'proposal-drawn-up') ?? [];
    const [, second] = trial.given.decided.standings;
    if (!chronicle || !second) throw new Error('Nothing was decided.');
    expect(drawnUp.length).toBeGreaterThan(3);

    for (const { fact } of drawnUp) {
      const left = withoutReads(alsoWithdrawn(chronicle, second.applicationId, fact.at));
      const given = await recountBasis(left, world.clock.now());
      if (!given) throw new Error('Nothing was ranked.');
      expect(granted(tryCorrection({ ...trial, given }, { kind: 'as-recorded' })).affected).toEqual([]);
    }
  });

  it('finds a publication that is not what the record says', () => {
    const { basis, decided } = trial.given;
    const [first, second, ...rest] = decided.standings;
    if (!first || !second) throw new Error('Nobody was ranked.');
    const wrong = [{ ...second, rank: 1 }, { ...first, rank: 2 }, ...rest];
    const given = { ...trial.given, basis, decided: { ...decided, standings: wrong } };

    const { affected } = granted(tryCorrection({ ...trial, given }, { kind: 'as-recorded' }));

    expect(affected.map(({ number, before, after }) => [number, before.rank, after.rank])).toEqual([
      [first.number, 2, 1],
      [second.number, 1, 2],
    ]);
  });
});

describe('a correction that is tried', () => {
  it('shows who would have had the post, and takes it from nobody who has it', () => {
    const { affected, cutoffs } = tried({
      kind: 'totals',
      number: numberOf(2),
      corrected: { interview: 100, scoring: 100 },
    });

    // Of two with a hundred points the lot says who is first.
    expect(of(affected, 2)).toMatchObject({
      before: { rank: 3 },
      after: { rank: expect.toBeOneOf([1, 2]), total: 100, post: 'MAT-003' },
      remedy: 'extra-place',
    });
    expect(of(affected, 1)).toMatchObject({
      before: { post: 'MAT-003' },
      offer: { vacancy: 'MAT-003', status: 'accepted' },
      remedy: 'keeps-offer',
    });
    expect(of(affected, 1)?.after.post).toBeUndefined();
    expect(cutoffs.results?.before).toBeLessThan(cutoffs.results?.after ?? 0);
  });

  it('owes an interview to whoever should have been invited', () => {
    const { affected } = tried({ kind: 'totals', number: numberOf(4), corrected: { scoring: 90 } });

    expect(affected).toEqual([
      expect.objectContaining({
        number: numberOf(4),
        before: expect.objectContaining({ invited: false }),
        after: expect.objectContaining({ invited: true }),
        remedy: 'interview-owed',
      }),
    ]);
  });

  it('counts one mark of one criterion anew, and everything after it', () => {
    const [criterion] = trial.given.basis.file.interviews.criteria;
    const points = Math.min(...(criterion?.scale ?? []).map((step) => step.points));
    const supposition = { kind: 'criterion', part: 'interview', number: numberOf(1), points } as const;

    const { affected } = tried({ ...supposition, criterion: criterion?.code ?? '' });

    const moved = of(affected, 1);
    expect(moved?.after.total).toBeLessThan(moved?.before.total ?? 0);
    expect(
      affected.flatMap(({ before, after }) => (before.total === after.total ? [] : before)),
    ).toHaveLength(1);
  });

  it('moves what a rater gave to the rows where it belongs', () => {
    const worst = trial.given.basis.scoring.candidacies.find(({ number }) => number === numberOf(4));
    const code = trial.raters.scoring.find((one) => worst?.raters.includes(trial.raterOf(one) ?? chair.id));
    const shift = { kind: 'rows-shifted', part: 'scoring', rater: code ?? '', rows: 1 } as const;

    const { before, after } = tried(shift);

    const totals = (all: typeof before.scoring) =>
      all.flatMap(({ total }) => total ?? []).toSorted((a, b) => a - b);
    expect(totals(before.scoring)).toEqual([0, 100, 100, 100, 100]);
    expect(totals(after.scoring)).toEqual([50, 50, 100, 100, 100]);
    expect(tried({ ...shift, rows: 0 }).affected).toEqual([]);
  });

  it.for<[string, Supposition, string]>([
    ['an application', { kind: 'totals', number: stray, corrected: { scoring: 1 } }, 'number'],
    ['a rater', { kind: 'rater-left-out', part: 'scoring', rater: 'R99' }, 'rater'],
    [
      'a criterion',
      { kind: 'criterion', part: 'scoring', number: stray, criterion: 'x', points: 1 },
      'criterion',
    ],
    ['a total', { kind: 'totals', number: stray, corrected: { scoring: 101 } }, 'scoring'],
  ])('is refused where it names %s that is not there', ([, supposition, place]) => {
    expect(tryCorrection(trial, supposition)).toMatchObject({
      error: { kind: 'invalid', faults: expect.arrayContaining([expect.objectContaining({ place })]) },
    });
  });

  it('is refused where its rater gave no points to that application, and not where they did', () => {
    const rated = trial.given.basis.claims.find(({ number }) => number === numberOf(1));
    const codes = trial.raters.scoring.map((rater) => {
      const by = trial.raterOf(rater);
      return { rater, gave: rated?.scores.some(({ raterId }) => raterId === by) };
    });
    const [own, other] = [codes.find(({ gave }) => gave), codes.find(({ gave }) => !gave)];
    const [criterion] = trial.given.basis.file.rubric.criteria;
    const points = Math.min(...(criterion?.scale ?? []).map((step) => step.points));
    const named = { kind: 'criterion', part: 'scoring', number: numberOf(1), points } as const;
    const corrects = (rater = '') =>
      tryCorrection(trial, { ...named, criterion: criterion?.code ?? '', rater });

    expect(corrects(own?.rater).ok).toBe(true);
    expect(corrects(other?.rater)).toEqual({
      ok: false,
      error: { kind: 'invalid', faults: [{ place: 'rater', message: 'replay.fault.no-card' }] },
    });
  });

  it('stores nothing and tells nobody', () => {
    const { commits, outbox } = world.records;
    const [stored, letters] = [commits.length, outbox.size];

    tried({ kind: 'totals', number: numberOf(2), corrected: { interview: 100 } });

    expect([world.records.commits.length, world.records.outbox.size]).toEqual([stored, letters]);
  });
});

describe('whoever tries a correction', () => {
  it('runs the committee or audits it, once something was ranked', async () => {
    const early = aTickingWorld();
    const { roundId } = await aScoringIn(early);

    expect(await openTrial(early, { by: secretary, roundId })).toMatchObject({
      error: { kind: 'wrong-stage' },
    });
    expect(await openTrial(world, { by: administrator, roundId: round.roundId })).toMatchObject({
      error: { kind: 'not-allowed' },
    });
  });
});
