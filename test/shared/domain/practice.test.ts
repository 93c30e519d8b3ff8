import { describe, expect, it } from 'vitest';
import { Criterion } from '#shared/domain/criterion.ts';
import { evolveAll } from '#shared/domain/event.ts';
import { PersonId, RoundId } from '#shared/domain/ids.ts';
import { type Passport, passportAggregate } from '#shared/domain/passport.ts';
import {
  askPractice,
  balanceOf,
  certificateAt,
  nearness,
  practiceStanding,
  scorePractice,
  textsLeft,
} from '#shared/domain/practice.ts';
import { textsOfTry } from '#shared/domain/practice-rule.ts';
import { type Points, ratedCriteria } from '#shared/domain/rubric.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import { farFrom, practiceRule } from '#test/builders/practice.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const who = { roundId: RoundId.parse('R'.repeat(20)), personId: PersonId.parse('P'.repeat(20)) };
const other = { ...who, personId: PersonId.parse('Q'.repeat(20)) };
const criteria = ratedCriteria(aRoundFile().rubric.criteria);
const rules = { rule: practiceRule, criteria };
const now = at('2022-10-01T04:00');

const given = (
  passport: Passport | undefined,
  text: string,
  points: Points,
  when: Instant = now,
): Passport | undefined =>
  evolveAll(
    passportAggregate,
    passport,
    granted(scorePractice(passport, { who, text, points }, rules, when)),
  );

/** A whole try, by the reference or far from it. */
const aTry = (passport: Passport | undefined, well: boolean, when: Instant = now): Passport | undefined =>
  textsLeft(passport, practiceRule, who).reduce(
    (before: Passport | undefined, { code, points }) =>
      given(before, code, well ? points : farFrom(points), when),
    passport,
  );

const kindOf = (passport: Passport | undefined, when: Instant = now) =>
  practiceStanding(passport, practiceRule, when).kind;

describe('the distance from the reference', () => {
  const label = { kk: 'x', ru: 'x', en: 'x' };
  const [sample] = aRoundFile().rubric.criteria;
  const criterion = (code: string, weight: number, steps: number[]) =>
    Criterion.parse({ ...sample, code, weight, scale: steps.map((points) => ({ points, label })) });
  const two = [criterion('a', 75, [0, 10]), criterion('b', 25, [-5, 0, 5])];

  it('counts each criterion by its weight and the length of its scale, whichever way it lies', () => {
    // a: 0 for 10 is the whole scale, 75 % of the weight, below; b: 5 for 0 is half of it, 25 %, above.
    expect(nearness(two, { a: 0, b: 5 }, { a: 10, b: 0 })).toEqual({
      distance: 87.5,
      lean: -62.5,
    });
  });

  it('is nothing for the same points', () => {
    expect(nearness(two, { a: 10, b: 0 }, { a: 10, b: 0 })).toEqual({ distance: 0, lean: 0 });
  });
});

describe('the texts of a try', () => {
  it('are others in each try, until all were used', () => {
    const tries = [0, 1].map((number) => textsOfTry(practiceRule, who, number).map(({ code }) => code));

    expect(new Set(tries.flat()).size).toBe(4);
    expect(textsOfTry(practiceRule, who, 2)).toEqual(textsOfTry(practiceRule, who, 0));
  });

  it('begin elsewhere for others, and are the same whenever they are asked for', () => {
    const people = Array.from({ length: 20 }, (_, index) =>
      PersonId.parse(String(index).padStart(20, '0')),
    ).map((personId) => textsOfTry(practiceRule, { ...who, personId }, 0)[0]?.code);

    expect(new Set(people).size).toBeGreaterThan(2);
    expect(textsOfTry(practiceRule, other, 0)).toEqual(textsOfTry(practiceRule, other, 0));
  });
});

describe('practice', () => {
  it('certifies whoever scores near enough, for as many days as the file says', () => {
    const passport = aTry(undefined, true);

    expect(certificateAt(passport, now)).toEqual({
      at: now,
      until: addSeconds(now, 60 * 86_400),
      distance: 0,
      lean: 0,
    });
  });

  it('does not before the try is whole', () => {
    const [text] = textsLeft(undefined, practiceRule, who);

    expect(kindOf(given(undefined, text?.code ?? '', text?.points ?? {}))).toBe('practising');
  });

  it('passes at exactly the distance, and not beyond it', () => {
    const [first] = textsLeft(undefined, practiceRule, who);
    const far = nearness(criteria, farFrom(first?.points ?? {}), first?.points ?? {}).distance;
    const passed = (distance: number): string[] => {
      const rule = { ...practiceRule, perTry: 1, distance };
      const points = farFrom(first?.points ?? {});
      const scored = scorePractice(
        undefined,
        { who, text: first?.code ?? '', points },
        { rule, criteria },
        now,
      );
      return granted(scored).map(({ type }) => type);
    };

    expect(passed(far)).toContain('rater-certified');
    expect(passed(far - 0.0001)).not.toContain('rater-certified');
  });

  it('is over after as many tries, until the secretary asks for it anew', () => {
    const once = aTry(undefined, false);
    const twice = aTry(once, false);

    expect(practiceStanding(once, practiceRule, now)).toEqual({ kind: 'practising', triesLeft: 1 });
    expect(kindOf(twice)).toBe('used-up');
    const text = textsOfTry(practiceRule, who, 2)[0]?.code ?? '';
    expect(scorePractice(twice, { who, text, points: {} }, rules, now)).toEqual({
      ok: false,
      error: { kind: 'practice-over' },
    });

    const asked = askPractice(twice, { rule: practiceRule, by: other.personId }, now);
    expect(practiceStanding(evolveAll(passportAggregate, twice, asked), practiceRule, now)).toEqual({
      kind: 'practising',
      triesLeft: 2,
    });
  });

  it('takes the same points again as a repeated press, and no others once the reference was shown', () => {
    const [text] = textsLeft(undefined, practiceRule, who);
    const [code, points] = [text?.code ?? '', text?.points ?? {}];
    const passport = given(undefined, code, farFrom(points));

    expect(scorePractice(passport, { who, text: code, points: farFrom(points) }, rules, now)).toEqual({
      ok: true,
      value: [],
    });
    expect(scorePractice(passport, { who, text: code, points }, rules, now)).toEqual({
      ok: false,
      error: { kind: 'practice-over' },
    });
  });

  it('wants a step of the scale for every criterion', () => {
    const [text] = textsLeft(undefined, practiceRule, who);

    expect(scorePractice(undefined, { who, text: text?.code ?? '', points: {} }, rules, now)).toMatchObject({
      error: { kind: 'invalid', faults: expect.objectContaining({ length: criteria.length }) },
    });
  });

  it('takes only texts of the try', () => {
    const later = textsOfTry(practiceRule, who, 1)[0];

    expect(
      scorePractice(undefined, { who, text: later?.code ?? '', points: later?.points ?? {} }, rules, now),
    ).toMatchObject({ error: { kind: 'practice-over' } });
  });
});

describe('a certificate', () => {
  const passport = aTry(undefined, true);
  const until = addSeconds(now, 60 * 86_400);

  it('holds until its last second, and is got anew by practice after it', () => {
    expect(kindOf(passport, addSeconds(until, -1))).toBe('certified');
    expect(kindOf(passport, until)).toBe('practising');
    expect(kindOf(aTry(passport, true, until), until)).toBe('certified');
  });

  it('ends when practice is asked for anew, at once and once', () => {
    const later = addSeconds(now, 60);
    const asked = askPractice(passport, { rule: practiceRule, by: other.personId }, later);
    const ended = evolveAll(passportAggregate, passport, asked);

    expect(kindOf(ended, later)).toBe('practising');
    expect(askPractice(ended, { rule: practiceRule, by: other.personId }, later)).toEqual([]);
    expect(certificateAt(ended, addSeconds(later, -1))).toBeDefined();
  });

  it('is of no use to whoever has none', () => {
    expect(certificateAt(undefined, now)).toBeUndefined();
    expect(askPractice(undefined, { rule: practiceRule, by: other.personId }, now)).toEqual([]);
  });
});

const leaning = (lean: number): Passport => ({
  ...who,
  tries: [],
  failed: 0,
  certificates: [{ at: now, until: addSeconds(now, 60), distance: Math.abs(lean), lean }],
});

describe('a file with texts for one try alone', () => {
  const rule = { ...practiceRule, texts: practiceRule.texts.slice(0, 2), tries: 1 };
  const once = (passport: Passport | undefined, when: Instant): Passport | undefined =>
    textsLeft(passport, rule, who).reduce((before: Passport | undefined, { code: text, points }) => {
      const scored = scorePractice(before, { who, text, points }, { rule, criteria }, when);
      return evolveAll(passportAggregate, before, granted(scored));
    }, passport);

  it('certifies again who gives the same points once the certificate ran out', () => {
    const first = once(undefined, now);
    const later = addSeconds(now, rule.validDays * 86_400);

    expect(certificateAt(first, later)).toBeUndefined();
    expect(certificateAt(once(first, later), later)).toMatchObject({ at: later, distance: 0 });
  });

  it('takes the last press of a try twice as one', () => {
    const first = once(undefined, now);
    const [text] = textsOfTry(rule, who, 0).slice(-1);
    const command = { who, text: text?.code ?? '', points: text?.points ?? {} };

    expect(scorePractice(first, command, { rule, criteria }, now)).toEqual({ ok: true, value: [] });
  });
});

describe('the balance of a committee', () => {
  it('is how strict those are who may score now, without whose it is', () => {
    const five = [-3, 1, 5, 2, 0].map(leaning);

    expect(balanceOf([...five, undefined], now)).toEqual({ raters: 5, mean: 1, strictest: -3, mildest: 5 });
  });

  it('is not told of four, of whom each could reckon out the others', () => {
    expect(balanceOf([-3, 1, 5, 2].map(leaning), now)).toBeUndefined();
  });
});
