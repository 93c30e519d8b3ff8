import { describe, expect, it } from 'vitest';
import { reportLine, reportSum } from '#shared/papers/report-line.ts';
import { someMinutes } from '#test/builders/minutes.ts';

const line = reportLine(someMinutes());

describe('a line of the half-yearly report', () => {
  it('counts what the minutes say', () => {
    expect(line).toEqual({
      posts: 438,
      applications: 44,
      withdrawn: 2,
      notEligible: 4,
      notShortlisted: 6,
      notInterviewed: 0,
      belowMinimum: 0,
      keptOut: 0,
      noOffer: 4,
      handedOver: 0,
      proposedElsewhere: 0,
      offers: 28,
      declined: 3,
      lapsed: 1,
      filled: 24,
      unfilled: 414,
      beyondLimit: 0,
      givenElsewhere: 0,
      onboarded: 23,
    });
  });

  it('tells posts beyond the limit of the round from posts that were not filled', () => {
    const posts = { total: 438, offerable: 300, filled: 300, groups: [] };

    expect(reportLine(someMinutes({ posts }))).toMatchObject({
      posts: 438,
      filled: 300,
      unfilled: 0,
      beyondLimit: 138,
    });
  });

  it('tells who was handed over to other regions, to whom of them a post is proposed, and posts for people from there', () => {
    const at = someMinutes().madeAt;
    const handed = [
      { region: 'KZ-61' as const, at, people: 3, posts: 2 },
      // Nothing had been heard from there when the round closed.
      { region: 'KZ-10' as const, at, people: 4 },
    ];
    const own = { at, posts: 9, people: 6, proposed: 5 };

    expect(reportLine(someMinutes({ elsewhere: { handed, own } }))).toEqual({
      ...line,
      handedOver: 7,
      proposedElsewhere: 2,
      givenElsewhere: 5,
    });
  });

  it('does not say that no post went to people of other regions where that was not decided yet', () => {
    const own = { at: someMinutes().madeAt, posts: 9, people: 6 };
    const undecided = reportLine(someMinutes({ elsewhere: { handed: [], own } }));
    const { givenElsewhere: _none, ...rest } = line;

    expect(undecided).toEqual(rest);
    expect(reportSum([undecided, line])).not.toHaveProperty('givenElsewhere');
    expect(reportSum([undecided, line])).toMatchObject({ posts: 876 });
  });

  it('takes the whole register as the limit where minutes tell none', () => {
    const { posts, ...minutes } = someMinutes();
    const { total, filled } = posts;

    expect(reportLine({ ...minutes, posts: { total, filled } })).toEqual(line);
  });

  it('leaves nobody out: those who stopped and those who were answered are all there are', () => {
    const { withdrawn, notEligible, notShortlisted, notInterviewed, belowMinimum, keptOut, noOffer } = line;
    const stopped =
      withdrawn + notEligible + notShortlisted + notInterviewed + belowMinimum + keptOut + noOffer;

    expect(stopped + line.filled + line.declined + line.lapsed).toBe(line.applications);
  });

  it('adds up with others, and to zero without any', () => {
    expect(reportSum([line, line])).toMatchObject({ posts: 876, filled: 48, onboarded: 46 });
    expect(Object.values(reportSum([])).every((value) => value === 0)).toBe(true);
  });
});
