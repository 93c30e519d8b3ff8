import { describe, expect, it } from 'vitest';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { evolveAll } from '#shared/domain/event.ts';
import {
  countedScores,
  giveScore,
  owedScores,
  ratersWanted,
  scoresSeenBy,
  scoringTotal,
} from '#shared/domain/scoring.ts';
import { aCandidacy, rater } from '#test/builders/candidacy.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { at } from '#test/builders/worlds.ts';

const { criteria } = aRoundFile().rubric;
const now = at('2022-10-12T04:00');
const [a, b, c] = [rater('A'), rater('B'), rater('C')];

const points = (pick: (values: number[]) => number) =>
  Object.fromEntries(criteria.map(({ code, scale }) => [code, pick(scale.map((step) => step.points))]));
const best = points((values) => Math.max(...values));
const worst = points((values) => Math.min(...values));

const score = (raterId: typeof a, total: number) => ({ raterId, points: {}, total, at: now });
const asked = aCandidacy({ raters: [a, b] });
const withScores = (...totals: number[]) =>
  aCandidacy({
    raters: [a, b, c].slice(0, totals.length),
    scores: totals.map((total, index) => score([a, b, c][index] ?? a, total)),
  });
const rule = { perApplication: 2, adjustmentGate: { apartPercent: 20 } };

describe('a rater', () => {
  it('gives points of the scale for every criterion, which make a total in percent', () => {
    expect(giveScore(asked, { raterId: a, points: best }, criteria, now)).toEqual({
      ok: true,
      value: [{ type: 'score-given', at: now, score: { raterId: a, points: best, total: 100, at: now } }],
    });
    expect(giveScore(asked, { raterId: a, points: worst }, criteria, now)).toMatchObject({
      value: [{ score: { total: 0 } }],
    });
  });

  it('is told every criterion without points, at its place', () => {
    const answer = giveScore(asked, { raterId: a, points: { ...best, education: 3 } }, criteria, now);

    expect(answer).toMatchObject({ error: { kind: 'invalid', faults: [{ place: 'points.education' }] } });
  });

  it('who was not asked scores nothing, nor anyone who has withdrawn', () => {
    expect(giveScore(asked, { raterId: c, points: best }, criteria, now)).toMatchObject({
      error: { kind: 'not-assigned' },
    });
    const gone = aCandidacy({ raters: [a], withdrawnAt: now });
    expect(giveScore(gone, { raterId: a, points: best }, criteria, now)).toMatchObject({
      error: { kind: 'not-in-stage' },
    });
  });

  it('may change the own score, and the same one again changes nothing', () => {
    const first = giveScore(asked, { raterId: a, points: best }, criteria, now);
    const scored = evolveAll(candidacyAggregate, asked, first.ok ? first.value : []) ?? asked;

    expect(giveScore(scored, { raterId: a, points: best }, criteria, now)).toEqual({ ok: true, value: [] });
    const second = giveScore(scored, { raterId: a, points: worst }, criteria, now);
    const changed = evolveAll(candidacyAggregate, scored, second.ok ? second.value : []);
    expect(changed?.scores.map(({ total }) => total)).toEqual([0]);
  });

  it('sees the others’ scores only once the own one is in', () => {
    const half = aCandidacy({ raters: [a, b], scores: [score(b, 60)] });
    const both = aCandidacy({ raters: [a, b], scores: [score(b, 60), score(a, 70)] });

    expect(scoresSeenBy(half, a)).toEqual({});
    expect(scoresSeenBy(both, a)).toEqual({ own: score(a, 70), others: [score(b, 60)] });
  });
});

describe('the total of scoring', () => {
  it('is the mean of the scores that count', () => {
    expect(scoringTotal(aCandidacy({ raters: [a, b], scores: [score(a, 60), score(b, 70)] }), [], {})).toBe(
      65,
    );
    expect(scoringTotal(asked, [], {})).toBeUndefined();
  });

  it('leaves out a score of somebody who was replaced, and gives way to a correction', () => {
    const replaced = aCandidacy({ raters: [a, b], scores: [score(a, 60), score(c, 0), score(b, 70)] });

    expect(countedScores(replaced).map(({ raterId }) => raterId)).toEqual([a, b]);
    expect(scoringTotal(replaced, [], {})).toBe(65);
    expect(scoringTotal(aCandidacy({ ...replaced, corrected: { scoring: 80 } }), [], {})).toBe(80);
  });

  it('is owed by who was asked, and by who is still to be found', () => {
    expect(owedScores(asked, rule)).toBe(2);
    expect(owedScores(aCandidacy({ raters: [a], scores: [score(a, 60)] }), rule)).toBe(1);
    expect(owedScores(aCandidacy({ raters: [a, b], scores: [score(a, 60), score(b, 41)] }), rule)).toBe(0);
    expect(owedScores(aCandidacy({ raters: [a, b], withdrawnAt: now }), rule)).toBe(0);
  });

  it('is owed by one more rater once the scores lie further apart than the round file allows', () => {
    expect(ratersWanted(withScores(90), rule)).toBe(2);
    expect(ratersWanted(withScores(60, 80), rule)).toBe(2);
    expect(ratersWanted(withScores(60, 80.0001), rule)).toBe(3);
    expect(owedScores(withScores(60, 80.0001), rule)).toBe(1);
    // However far the third one lies, it settles the matter.
    expect(owedScores(withScores(60, 90, 0), rule)).toBe(0);
  });
});
