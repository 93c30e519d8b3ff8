import { describe, expect, it } from 'vitest';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { raterRules } from '#shared/domain/round-file-raters.ts';
import { aRoundFile } from '#test/builders/round-file.ts';

const from = { source: 'a test', confidence: 'unverified', verifiedOn: '2026-11-22' } as const;

/** The rules that a right file breaks with other raters, as `pointer message`. */
const broken = (raters: Partial<RoundFile['raters']>, over: Partial<RoundFile> = {}): string[] => {
  const file = aRoundFile(over);
  return raterRules({ ...file, raters: { ...file.raters, ...raters } }).map(
    ({ path, message }) => `/${path.join('/')} ${message.replace('round-file.', '')}`,
  );
};

const withFurther = (atMost: number, shortlisted?: number) =>
  broken(
    { further: { atMost, budget: 20, level: 50, ...from } },
    shortlisted === undefined ? {} : { shortlist: { ...aRoundFile().shortlist, atMost: shortlisted } },
  );

const withAnchors = (applications: number) =>
  broken({ load: { atMost: 5, ...from }, anchors: { applications, ...from } });

const withRules = (atLeast: number, match: { language?: true; subject?: true }) =>
  broken({ load: { atLeast, atMost: 5, ...from }, match: { ...match, ...from } });

describe('raters of a round file', () => {
  it('are never one person alone', () => {
    expect(broken({ perApplication: 1 })).toEqual(['/raters/perApplication one-rater']);
  });

  it('are one fewer for each application than the committee has', () => {
    expect(broken({ perApplication: 4 })).toEqual([]);
    expect(broken({ perApplication: 5 })).toEqual(['/raters/perApplication raters']);
  });

  it('are asked for more near a line alone, and where some have not rated yet beside the one for scores apart', () => {
    expect(withFurther(2, 40)).toEqual([]);
    expect(withFurther(2)).toEqual(['/raters/further further-line']);
    expect(withFurther(3, 40)).toEqual(['/raters/further/atMost further-raters']);
  });

  it('score no more anchors than applications', () => {
    expect(withAnchors(5)).toEqual([]);
    expect(withAnchors(6)).toEqual(['/raters/anchors/applications rater-anchors']);
  });

  it('have a least load that is not above the greatest, and are matched to something', () => {
    expect(withRules(5, { subject: true })).toEqual([]);
    expect(withRules(6, { language: true })).toEqual(['/raters/load/atLeast rater-load']);
    expect(withRules(5, {})).toEqual(['/raters/match rater-match']);
  });
});

describe('the probability of drawing a given application', () => {
  it('is not bounded below what the smallest committee comes to', () => {
    expect(broken({ perApplication: 2, chance: { atMostPercent: 41, ...from } })).toEqual([]);
    expect(broken({ perApplication: 2, chance: { atMostPercent: 40, ...from } })).toEqual([
      '/raters/chance/atMostPercent rater-chance',
    ]);
  });
});

const anchors = (applications: number) => ({ anchors: { applications, ...from } });
const links = (atLeastPercent: number) => ({ links: { atLeastPercent, ...from } });

describe('links between regions', () => {
  it('are enough to compare them, or there are ten anchors', () => {
    const tooFew = ['/raters/links/atLeastPercent rater-links'];

    expect(broken(links(5))).toEqual([]);
    expect(broken(links(4))).toEqual(tooFew);
    expect(broken({ ...links(4), ...anchors(9) })).toEqual(tooFew);
    expect(broken({ ...links(4), ...anchors(10) })).toEqual([]);
  });

  it('or ten anchors are asked for where adjusted scores count', () => {
    const adjusting = { severityAdjustment: { method: 'row-column', ...from } } as const;
    const unlinked = ['/raters/severityAdjustment adjustment-links'];

    expect(broken(adjusting)).toEqual(unlinked);
    expect(broken({ ...adjusting, ...anchors(9) })).toEqual(unlinked);
    expect(broken({ ...adjusting, ...anchors(10) })).toEqual([]);
    expect(broken({ ...adjusting, ...links(5) })).toEqual([]);
    expect(broken({ ...adjusting, ...links(4) })).toEqual(['/raters/links/atLeastPercent rater-links']);
  });
});
