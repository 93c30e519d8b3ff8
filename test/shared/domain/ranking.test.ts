import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, RoundId } from '#shared/domain/ids.ts';
import {
  type Contender,
  drawnGroups,
  drawSeedOf,
  meanOf,
  ranked,
  type TieRule,
  weightedTotal,
} from '#shared/domain/ranking.ts';

const id = (digit: number | string): ApplicationId => ApplicationId.parse(String(digit).repeat(20));
const rule: TieRule = {
  roundId: RoundId.parse('R0VND000000000000000'),
  order: ['interview', 'test', 'category', 'experience', 'drawn-lot'],
  drawSeed: sha256Of('receipts'),
};

const contender = (
  digit: number | string,
  total: number,
  facts: Contender['facts'] = {},
  interview?: number,
): Contender => ({
  applicationId: id(digit),
  total,
  facts,
  ...(interview !== undefined && { interview }),
});

const order = (contenders: Contender[], by = rule): string[] =>
  ranked(contenders, by).map(({ applicationId }) => applicationId.charAt(0));

describe('a ranking', () => {
  it('puts more points first', () => {
    expect(order([contender(1, 40), contender(2, 70.0001), contender(3, 70)])).toEqual(['2', '3', '1']);
  });

  it('breaks a tie by the first declared step that tells the two apart', () => {
    const one = contender(1, 70, { category: 'expert', experienceYears: 3 });
    const two = contender(2, 70, { category: 'moderator', experienceYears: 30 });

    expect(order([two, one])).toEqual(['1', '2']);
    expect(order([two, one], { ...rule, order: ['experience', 'category'] })).toEqual(['2', '1']);
  });

  it('counts the interview, once there was one, and treats tests as equal', () => {
    const one = contender(1, 70, { category: 'none' }, 80);
    const two = contender(2, 70, { category: 'master' }, 79);

    expect(order([two, one])).toEqual(['1', '2']);
    expect(order([two, one], { ...rule, order: ['test', 'category'] })).toEqual(['2', '1']);
  });

  it('puts who gave no answer behind who gave the lowest', () => {
    expect(order([contender(1, 70), contender(2, 70, { category: 'none' })])).toEqual(['2', '1']);
  });

  it('draws what is still equal by a rule that anyone can repeat', () => {
    const tied = [contender(1, 70), contender(2, 70), contender(3, 70)];
    const lot = (digit: number): string => sha256Of(rule.drawSeed + rule.roundId + id(digit));
    const expected = [1, 2, 3].toSorted((a, b) => (lot(a) < lot(b) ? -1 : 1)).map(String);

    expect(order(tied)).toEqual(expected);
    expect(order(tied, { ...rule, order: ['test'] })).toEqual(expected);
  });

  it('comes out the same in whatever order the applications are read', () => {
    const facts = fc.record({ category: fc.constantFrom('none', 'expert', 'master') });
    const many = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ max: 3 }), facts), {
      selector: ([digit]) => digit,
    });

    fc.assert(
      fc.property(many, fc.integer(), (drawn, turn) => {
        const contenders = drawn.map(([digit, total, one]) => contender(digit, total, one));
        const cut = Math.abs(turn) % Math.max(1, contenders.length);
        const turned = [...contenders.slice(cut), ...contenders.slice(0, cut)].toReversed();
        expect(order(turned)).toEqual(order(contenders));
      }),
    );
  });
});

describe('the seed of a draw', () => {
  it('is the same in whatever order the receipts are read, and another when one differs', () => {
    const [a, b, c] = ['a', 'b', 'c'].map(sha256Of);
    if (!a || !b || !c) throw new Error('Three receipts were made.');

    expect(drawSeedOf([a, b])).toBe(drawSeedOf([b, a]));
    expect(drawSeedOf([a, b])).not.toBe(drawSeedOf([a, c]));
    expect(drawSeedOf([a, b])).toBe(sha256Of([a, b].toSorted().join('')));
  });
});

describe('totals', () => {
  it('are means with four decimals, a half going to the even neighbour', () => {
    expect(meanOf([66.6667, 66.6666])).toBe(66.6666);
    expect(meanOf([66.6667, 66.6668])).toBe(66.6668);
    expect(meanOf([0.1, 0.2, 0.3])).toBe(0.2);
    expect(meanOf([10, 20, 20])).toBe(16.6667);
  });

  it('weigh the interview against the scoring as the round file says', () => {
    expect(weightedTotal({ scoring: 50, interview: 100 }, 40)).toBe(70);
    expect(weightedTotal({ scoring: 33.3333, interview: 66.6667 }, 50)).toBe(50);
    expect(weightedTotal({ scoring: 12.3456, interview: 99 }, 0)).toBe(12.3456);
  });

  it('never leave the scale of what they are made of', () => {
    const percent = fc.integer({ min: 0, max: 1_000_000 }).map((part) => part / 10_000);
    fc.assert(
      fc.property(percent, percent, fc.integer({ min: 0, max: 100 }), (scoring, interview, weight) => {
        const total = weightedTotal({ scoring, interview }, weight);
        expect(total).toBeGreaterThanOrEqual(Math.min(scoring, interview));
        expect(total).toBeLessThanOrEqual(Math.max(scoring, interview));
      }),
    );
  });
});

describe('whom only the lot told apart', () => {
  it('are those with equal totals and equal at every declared step', () => {
    const list = ranked(
      [
        contender(1, 70, { experienceYears: 3 }),
        contender(2, 70, { experienceYears: 3 }),
        contender(3, 70, { experienceYears: 9 }),
        contender(4, 60),
        contender(5, 50),
        contender(6, 50),
      ],
      rule,
    );

    const groups = drawnGroups(list, rule.order).map((group) =>
      group.map(({ applicationId }) => applicationId.charAt(0)).toSorted(),
    );

    expect(groups).toEqual([
      ['1', '2'],
      ['5', '6'],
    ]);
  });

  it('keep their places when the lots are drawn anew, and nobody else moves', () => {
    const totals = fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 2 })), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(totals, fc.string(), (people, seed) => {
        const all = people.map(([total, experienceYears], index) =>
          contender('0123456789AB'.charAt(index), total, { experienceYears }),
        );
        const [first, again] = [rule, { ...rule, drawSeed: sha256Of(seed) }].map((by) => ranked(all, by));
        const drawn = new Set(drawnGroups(first ?? [], rule.order).flat());
        const moved = (first ?? []).filter((one, place) => again?.[place] !== one);
        expect(moved.filter((one) => !drawn.has(one))).toEqual([]);
      }),
    );
  });
});
