import { describe, expect, it } from 'vitest';
import { adjust } from '#shared/analysis/adjust.ts';
import { tableOf } from '#shared/analysis/ratings.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { basisText, nearLineTurn } from '#shared/domain/further-ratings.ts';
import { turnsIn } from '#shared/domain/further-turns.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, ApplicationNumber, RoundId } from '#shared/domain/ids.ts';
import { raterSeed } from '#shared/domain/raters.ts';
import { adjustedScores } from '#shared/domain/severity.ts';
import type { Standing } from '#shared/domain/standing.ts';
import { gatheredFurther } from '#shared/papers/gathered-further.ts';
import { aCandidacy, rater } from '#test/builders/candidacy.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { aFileWithMarks } from '#test/builders/marks.ts';
import { aFurtherFile } from '#test/builders/near-line.ts';
import { at } from '#test/builders/worlds.ts';

const now = at('2022-10-12T04:00');
const roundId = RoundId.parse('R0VND000000000000000');

const totals = [
  [92, 90],
  [84, 80],
  [63, 57],
  [60, 58],
  [57, 59],
  [22, 26],
] as const;

/** Two raters of four each, by turns; best first. */
const rated = (given: readonly (readonly number[])[] = totals): Candidacy[] =>
  given.map((scores, index) => {
    const raters = scores.map((_, turn) => rater('ABCD'[(index + turn) % 4] ?? 'A'));
    return aCandidacy({
      applicationId: ApplicationId.parse(`APP${index}`.padEnd(6, 'X').padEnd(20, '0')),
      number: ApplicationNumber.parse(`KZ19-7Q4M-${'0123'[Math.floor(index / 6)]}C2${'XYZVWT'[index % 6]}`),
      raters,
      scores: scores.map((total, turn) => ({ raterId: nth(raters, turn), points: {}, total, at: now })),
    });
  });

const standingsOf = (candidacies: readonly Candidacy[], minimum = 0): Standing[] =>
  candidacies.map(({ applicationId, number, scores }, index) => {
    const total = scores.reduce((sum, one) => sum + one.total, 0) / scores.length;
    const reasons = total < minimum ? ['below-minimum'] : [];
    const outcome = reasons.length > 0 ? 'stops' : 'goes-on';
    return { applicationId, number, outcome, reasons, scoring: total, total, rank: index + 1 };
  });

const file = aFurtherFile({ level: 80 });
const rule = nth(
  [file.raters.further].flatMap((one) => one ?? []),
  0,
);
const turnOf = (candidacies: readonly Candidacy[], minimum = 0) =>
  nearLineTurn(candidacies, standingsOf(candidacies, minimum), { rule, file });

describe('who stands near the last place of the shortlist', () => {
  it('is found by the totals that ranks go by, with the chance of their raters in the error', () => {
    const candidacies = rated();
    const turn = turnOf(candidacies);
    const { variances } = adjust(
      tableOf(
        candidacies.flatMap(({ applicationId: application, scores }) =>
          scores.map(({ raterId, total: score }) => ({ application, rater: raterId, score })),
        ),
      ),
    );

    expect(turn.placed.map(({ near }) => near)).toEqual([false, false, true, true, true, false]);
    expect(turn.ask).toEqual(candidacies.slice(2, 5).map(({ applicationId }) => applicationId));
    for (const { error } of turn.placed) {
      expect(error).toBeCloseTo(Math.sqrt((variances.residual + variances.rater) / 2), 12);
    }
  });

  it('has a smaller error with more ratings, and where another organisation gives a part of the total', () => {
    const three = turnOf(rated([...totals.slice(0, 5), [22, 26, 24]])).placed;
    expect(nth(three, 5).error).toBeCloseTo(nth(three, 4).error * Math.sqrt(2 / 3), 12);

    const marked = { ...file, rubric: aFileWithMarks().rubric };
    const weight = marked.rubric.criteria
      .filter(({ markedBy }) => markedBy === undefined)
      .reduce((sum, one) => sum + one.weight, 0);
    const candidacies = rated();
    const { placed } = nearLineTurn(candidacies, standingsOf(candidacies), { rule, file: marked });
    expect(nth(placed, 0).error).toBeCloseTo((nth(turnOf(candidacies).placed, 0).error * weight) / 100, 12);
  });

  it('is found by the errors of adjusted scores where those make the ranks', () => {
    const candidacies = rated();
    const standings = standingsOf(candidacies).map((one) =>
      Object.assign(one, { rated: { raw: one.total, adjusted: one.total, error: 0.5 } }),
    );
    const errorsBy = (counts: 'adjusted' | 'raw') =>
      nearLineTurn(candidacies, standings, { rule, file, adjusted: { counts } }).placed.map(
        ({ error }) => error,
      );

    expect(new Set(errorsBy('adjusted'))).toEqual(new Set([0.5]));
    expect(errorsBy('raw')).toEqual(turnOf(candidacies).placed.map(({ error }) => error));
  });

  it('is the same where adjusting has found already what chance does', () => {
    const many = Array.from({ length: 24 }, (_, index) => nth(totals, index % totals.length));
    const candidacies = rated(many);
    const adjusted = { ...adjustedScores(candidacies), counts: 'raw' as const };
    expect(adjusted.variances?.freedom).toBeGreaterThan(0);
    expect(nearLineTurn(candidacies, standingsOf(candidacies), { rule, file, adjusted })).toEqual(
      turnOf(candidacies),
    );

    // Of raters who rated little adjusting leaves out what the line needs.
    const few = adjustedScores(rated());
    expect(few.variances).toBeUndefined();
    expect(nearLineTurn(rated(), standingsOf(rated()), { rule, file, adjusted: few })).toEqual(
      turnOf(rated()),
    );
  });

  it('is nobody below the minimum: they go on from no place', () => {
    const turn = turnOf(rated(), 60);

    expect(turn.placed).toHaveLength(3);
    expect(turn).toMatchObject({ ask: [], stop: 'settled' });
  });

  it('is told with a rank among those whom no minimum of a part stops, as the line and the ranks that chance leaves are', () => {
    const candidacies = rated();
    const standings = standingsOf(candidacies).map((one, index) =>
      index === 1 ? Object.assign({}, one, { outcome: 'stops', reasons: ['below-part:test'] }) : one,
    );
    const { placed } = nearLineTurn(candidacies, standings, { rule, file });

    expect(placed.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5]);
    for (const { rank, ranks } of placed) {
      expect(rank).toBeGreaterThanOrEqual(ranks[0]);
      expect(rank).toBeLessThanOrEqual(ranks[1]);
    }
  });

  it('cannot be known where nobody was rated twice, which is not that the line is clear', () => {
    const once = rated(totals.map(([first]) => [first]));

    expect(turnOf(once)).toEqual({ placed: [], ask: [], stop: 'unknown' });
  });

  it('has had as many further ratings as the rule allows, and is asked for no more', () => {
    const further = [{ at: now, basis: sha256Of('turn') }];
    const candidacies = rated();
    candidacies[3] = { ...nth(candidacies, 3), further };

    expect(turnOf(candidacies).ask).toEqual([2, 4].map((index) => nth(candidacies, index).applicationId));
    expect(turnOf(rated().map((one) => Object.assign(one, { further })))).toMatchObject({
      ask: [],
      stop: 'spent',
    });
  });
});

describe('a turn', () => {
  it('is named by the SHA-256 of the standings that it followed from, whatever their order in memory', () => {
    const candidacies = rated();
    const seed = raterSeed(roundId, sha256Of('screening'));
    const turn = turnOf(candidacies);
    const { text, sha256 } = basisText(turn, { roundId, seed, ask: turn.ask });
    const again = nearLineTurn(candidacies.toReversed(), standingsOf(candidacies), { rule, file });

    expect(sha256).toBe(sha256Of(text));
    expect(JSON.parse(text)).toMatchObject({
      seed,
      ask: turn.ask,
      standings: [{ ranks: [1, 1] }, {}, {}, {}, {}, {}],
    });
    expect(basisText(again, { roundId, seed, ask: again.ask }).sha256).toBe(sha256);
  });

  it('is counted by its basis, from its first moment, and told in the minutes of its own gate', () => {
    const [first, second] = [sha256Of('1'), sha256Of('2')];
    const later = at('2022-10-12T05:00');
    const turns = [
      { further: [{ at: later, basis: first }] },
      {
        further: [
          { at: now, basis: first },
          { at: at('2022-10-14T04:00'), basis: second },
        ],
      },
      {},
    ];

    expect(turnsIn(turns)).toEqual([
      { at: now, basis: first, applications: 2 },
      { at: at('2022-10-14T04:00'), basis: second, applications: 1 },
    ]);
    const gate = { stage: 'scoring', openedAt: at('2022-10-10T04:00') } as const;
    expect(gatheredFurther(turns, gate, at('2022-10-13T04:00'))).toEqual({
      further: [{ at: now, basis: first, applications: 2 }],
    });
    expect(gatheredFurther(turns, { ...gate, stage: 'claims' }, later)).toEqual({});
  });
});
