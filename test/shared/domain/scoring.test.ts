import { describe, expect, it } from 'vitest';
import type { Candidacy, Score } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { noComments } from '#shared/domain/card.ts';
import { writeDocument } from '#shared/domain/document.ts';
import { evolveAll } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import {
  countedScores,
  declineRating,
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

const form = { criteria, rule: undefined };
const give = (candidacy: Candidacy, raterId: typeof a, given: typeof best) =>
  giveScore(candidacy, { raterId, card: { points: given, abstained: [], comments: noComments } }, form, now);

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
    const first = { raterId: a, points: best, total: 100, at: now, version: 1 };
    expect(give(asked, a, best)).toEqual({
      ok: true,
      value: [{ type: 'score-given', at: now, score: first }],
    });
    expect(give(asked, a, worst)).toMatchObject({
      value: [{ score: { total: 0 } }],
    });
  });

  it('is told every criterion without points, at its place', () => {
    const answer = give(asked, a, { ...best, education: 3 });

    expect(answer).toMatchObject({ error: { kind: 'invalid', faults: [{ place: 'points.education' }] } });
  });

  it('who was not asked scores nothing, nor anyone who has withdrawn', () => {
    expect(give(asked, c, best)).toMatchObject({
      error: { kind: 'not-assigned' },
    });
    const gone = aCandidacy({ raters: [a], withdrawnAt: now });
    expect(give(gone, a, best)).toMatchObject({
      error: { kind: 'not-in-stage' },
    });
  });

  it('may change the own score, and the same one again changes nothing', () => {
    const first = give(asked, a, best);
    const scored = evolveAll(candidacyAggregate, asked, first.ok ? first.value : []) ?? asked;

    expect(give(scored, a, best)).toEqual({ ok: true, value: [] });
    const second = give(scored, a, worst);
    const changed = evolveAll(candidacyAggregate, scored, second.ok ? second.value : []);
    expect(changed?.scores.map(({ total }) => total)).toEqual([0]);
  });

  it('sees the others’ scores only once the own one is in', () => {
    const half = aCandidacy({ raters: [a, b], scores: [score(b, 60)] });
    const both = aCandidacy({ raters: [a, b], scores: [score(b, 60), score(a, 70)] });

    expect(scoresSeenBy(half, a)).toEqual({});
    expect(scoresSeenBy(both, a)).toEqual({ own: score(a, 70), others: [score(b, 60)] });
  });

  it('from whom the application was taken keeps the own one, and sees no others', () => {
    const gone = aCandidacy({ raters: [b, c], scores: [score(a, 70), score(b, 60), score(c, 65)] });

    expect(scoresSeenBy(gone, a)).toEqual({ own: score(a, 70) });
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

  it('is owed by each further rater who was asked near the line, beside the one for scores apart', () => {
    const further = [{ at: now, basis: sha256Of('turn') }];

    expect(ratersWanted({ ...withScores(70, 71), further }, rule)).toBe(3);
    expect(owedScores({ ...withScores(70, 71), further }, rule)).toBe(1);
    expect(owedScores({ ...withScores(70, 71, 72), further }, rule)).toBe(0);
    expect(ratersWanted({ ...withScores(70, 71, 95), further }, rule)).toBe(4);
  });

  it('is owed by one more rater for each card that judges too little, and keeps such a card out of the mean', () => {
    const little: Score = { ...score(b, 10), counts: false };
    const two = aCandidacy({ raters: [a, b], scores: [score(a, 60), little] });

    expect(scoringTotal(two, [], {})).toBe(60);
    expect(ratersWanted(two, rule)).toBe(3);
    expect(owedScores(two, rule)).toBe(1);
    const three = aCandidacy({ raters: [a, b, c], scores: [score(a, 60), little, score(c, 70)] });
    expect(owedScores(three, rule)).toBe(0);
    expect(scoringTotal(three, [], {})).toBe(65);
  });

  it('is owed by one more rater where nobody judges some criterion, and by no further one', () => {
    const silent = (raterId: typeof a): Score => ({ ...score(raterId, 60), abstained: ['test'] });
    const two = aCandidacy({ raters: [a, b], scores: [silent(a), silent(b)] });

    expect(ratersWanted(two, rule)).toBe(3);
    expect(ratersWanted(aCandidacy({ raters: [a, b], scores: [silent(a), score(b, 60)] }), rule)).toBe(2);
    const three = aCandidacy({ raters: [a, b, c], scores: [silent(a), silent(b), silent(c)] });
    expect(owedScores(three, rule)).toBe(0);
  });
});

describe('handing an application back', () => {
  const place = { owner: 'round#1', kind: 'reason', version: 1 } as const;
  const { ref: reason } = writeDocument(place, { reason: 'I read no Kazakh.' }, 'salt');

  it('is for a rater who owes a score, and stays on record', () => {
    const declined = declineRating(asked, { raterId: a, reason }, now);

    expect(declined).toMatchObject({ ok: true, value: [{ type: 'rater-declined', rater: a }] });
    const after = evolveAll(candidacyAggregate, asked, declined.ok ? declined.value : []);
    expect(after?.declined).toEqual([a]);
    expect(declineRating(asked, { raterId: c, reason }, now)).toMatchObject({
      error: { kind: 'not-assigned' },
    });
    const scored = aCandidacy({ raters: [a, b], scores: [score(a, 60)] });
    expect(declineRating(scored, { raterId: a, reason }, now)).toMatchObject({
      error: { kind: 'not-in-stage' },
    });
  });
});
