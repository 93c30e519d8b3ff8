import { describe, expect, it } from 'vitest';
import { feedbackOn, type Sheet, severitySpread } from '#shared/analysis/feedback.ts';
import { shroutFleiss } from './published.ts';
import { aSimulatedRound } from './simulated.ts';

const sheet = (application: number, rater: string, total: number, points: readonly number[] = []): Sheet => ({
  application: `A${application}`,
  rater,
  total,
  points,
  at: application,
});

/** A rater beside one whose scores are all 50. */
const besideFifty = (differences: readonly number[]): Sheet[] =>
  differences.flatMap((difference, index) => [
    sheet(index, 'own', 50 + difference),
    sheet(index, 'other', 50),
  ]);

/** Who uses little of the scale, beside two others of whom one scored less. */
const unevenPanel = (): Sheet[] =>
  [
    [50, 40, 45],
    [52, 60],
    [55, 70, 75],
    [49, 35, 30],
    [53, 66, 60],
    [51, 50, 55],
    [54, 80],
    [50, 45, 40],
  ].flatMap((row, index) => row.map((total, place) => sheet(index, ['own', 'A', 'B'][place] ?? '', total)));

describe('feedback on a rater', () => {
  it('has the halo of the sheets with the interval of the jackknife', () => {
    // The table of Shrout and Fleiss (1979), its columns as criteria; numpy.corrcoef and a jackknife with scipy.stats.t give these.
    const sheets = shroutFleiss.map((points, index) =>
      sheet(
        index,
        'own',
        0,
        points.map((value) => value ?? 0),
      ),
    );

    const { halo } = feedbackOn('own', sheets, 5);

    expect(halo?.value).toBeCloseTo(0.7603077175599272, 12);
    expect(halo?.low).toBeCloseTo(0.4440520661188158, 9);
    expect(halo?.high).toBe(1);
  });

  it('has the drift from the first score to the last with Student’s interval', () => {
    // scipy.stats.linregress and scipy.stats.t on the differences.
    const { drift } = feedbackOn('own', besideFifty([1, -2, 0.5, 4, 2, 7]), 5);

    expect(drift?.value).toBeCloseTo(6.5, 10);
    expect(drift?.low).toBeCloseTo(-0.6623469060317877, 8);
    expect(drift?.high).toBeCloseTo(13.662346906031788, 8);
  });

  it('says who adds to scores and who takes away, with Student’s interval', () => {
    // scipy.stats.ttest_1samp(...).confidence_interval(0.95)
    const mild = besideFifty([9, 11, 10, 10, 8, 12]);

    const { severity } = feedbackOn('own', mild, 5);

    expect(severity?.value).toBe(10);
    expect(severity?.low).toBeCloseTo(8.515873885221412, 9);
    expect(feedbackOn('other', mild, 5).severity?.high).toBeLessThan(0);
  });

  it('leaves 0 in the interval where the difference is chance', () => {
    const { severity } = feedbackOn('own', besideFifty([9, -11, 10, -10, 8, -5]), 5);

    expect(severity?.low).toBeLessThanOrEqual(0);
    expect(severity?.high).toBeGreaterThanOrEqual(0);
  });

  it('has how much of the scale the rater uses beside the others, with the interval of the jackknife', () => {
    // numpy.std(ddof=1) of each about the own mean, pooled; the jackknife with 2.36462… of Student’s table.
    const { spread } = feedbackOn('own', unevenPanel(), 5);

    expect(spread?.value).toBeCloseTo(0.1338891443570073, 10);
    expect(spread?.low).toBeCloseTo(0.10193576585283622, 8);
    expect(spread?.high).toBeCloseTo(0.1658425228611784, 8);
  });

  it('has how far the rater puts applications in the order of the others', () => {
    // numpy.corrcoef with arctanh and tanh
    const { agreement } = feedbackOn('own', unevenPanel(), 5);

    expect(agreement?.value).toBeCloseTo(0.962756531119078, 10);
    expect(agreement?.low).toBeCloseTo(0.8025697983640677, 8);
    expect(agreement?.high).toBeCloseTo(0.9934468433809415, 8);
  });

  it('tells who gives everybody the same that they use none of the scale', () => {
    const same = unevenPanel().map((one) => (one.rater === 'own' ? sheet(one.at, 'own', 61.3) : one));
    const { spread, agreement } = feedbackOn('own', same, 5);

    expect(spread).toEqual({ value: 0, low: 0, high: 0 });
    expect(agreement).toBeUndefined();
  });

  it('says nothing of fewer scores than the round file wants', () => {
    expect(feedbackOn('own', besideFifty([1, 2, 3, 4]), 5)).toEqual({ scores: 4 });
  });

  it('is the same whatever others gave to applications that this rater has not scored', () => {
    const own = besideFifty([1, -2, 0.5, 4, 2, 7]);
    const elsewhere = [0, 1, 2].map((index) => sheet(100 + index, 'other', 10 * index, [index, index]));

    expect(feedbackOn('own', [...elsewhere, ...own], 5)).toEqual(feedbackOn('own', own, 5));
  });

  it('does not hang on the order in which scores are given to it', () => {
    const sheets = besideFifty([1, -2, 0.5, 4, 2, 7]);

    expect(feedbackOn('own', sheets.toReversed(), 5)).toEqual(feedbackOn('own', sheets, 5));
    const uneven = unevenPanel();
    expect(feedbackOn('own', uneven.toReversed(), 5)).toEqual(feedbackOn('own', uneven, 5));
  });
});

describe('the interval of the spread', () => {
  it('finds a rater out who uses half of the scale, and seldom one who uses it as the others do', () => {
    const told = Array.from({ length: 200 }, (_, round) => {
      const { ratings } = aSimulatedRound({ applications: 40, raters: 4, linked: 1 }, `spread ${round}`);
      const sheets = (share: number): Sheet[] =>
        ratings.map(({ application, rater, score }) => ({
          application,
          rater,
          total: rater === 'R0000' ? score * share : score,
          points: [],
          at: 0,
        }));
      const [same, half] = [
        feedbackOn('R0000', sheets(1), 5).spread,
        feedbackOn('R0000', sheets(0.5), 5).spread,
      ];
      return { wrong: !same || same.low > 1 || same.high < 1, found: half !== undefined && half.high < 1 };
    });

    expect(told.filter(({ wrong }) => wrong).length).toBeLessThan(200 * 0.1);
    expect(told.filter(({ found }) => found).length).toBeGreaterThan(200 * 0.7);
  });
});

describe('the spread of severities', () => {
  it('comes near what a simulated panel was given', () => {
    const { ratings } = aSimulatedRound({ applications: 600, raters: 40, linked: 1 });
    const sheets = ratings.map(({ application, rater, score }) => ({
      application,
      rater,
      total: score,
      points: [],
      at: 0,
    }));

    const spread = severitySpread(sheets, 8);

    expect(spread?.raters).toBe(40);
    expect(Math.abs((spread?.deviation ?? 0) - 0.5)).toBeLessThan(0.15);
  });

  it('is not told of two raters, nor of nobody', () => {
    expect(severitySpread(besideFifty([1, 2, 3, 4, 5, 6]), 5)).toBeUndefined();
    expect(severitySpread([], 5)).toBeUndefined();
  });
});
