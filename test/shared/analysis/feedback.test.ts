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
