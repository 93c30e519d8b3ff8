import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TeachingLanguage } from '#shared/domain/codes.ts';
import type { Competence } from '#shared/domain/competence.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, type PersonId } from '#shared/domain/ids.ts';
import { isSettled, linksIn } from '#shared/domain/rater-settled.ts';
import { bindingFaults, findRaters, type Rated, type RaterPlan } from '#shared/domain/raters.ts';
import { rater } from '#test/builders/candidacy.ts';

const members = ['A', 'B', 'C', 'D', 'E'].map(rater);
const guest = rater('X');
const plan: RaterPlan = { members, inConflict: () => false, guests: [], seed: sha256Of('decision') };
const source = { source: 'A test', confidence: 'unverified' as const, verifiedOn: '2026-11-26' };
const match = { language: true as const, subject: true as const, ...source };

const application = (index: number): ApplicationId => ApplicationId.parse(String(index).padStart(20, '0'));
const unrated = (count: number, more: (index: number) => Partial<Rated> = () => ({})): Rated[] =>
  Array.from({ length: count }, (_, index) =>
    Object.assign({ applicationId: application(index), raters: [], wanted: 2 }, more(index)),
  );

const loads = (added: ReadonlyMap<ApplicationId, PersonId[]>): number[] =>
  members.map((member) => [...added.values()].filter((raters) => raters.includes(member)).length);

const languageOf = (index: number): TeachingLanguage => (index % 2 === 0 ? 'kk' : 'ru');

const codesOf = (all: readonly Rated[], of: RaterPlan): string[] =>
  bindingFaults(all, of).map(({ message }) => message.replace('assignment.', ''));

const can = (entries: readonly (readonly [string, Partial<Competence>])[]): Map<PersonId, Competence> =>
  new Map(entries.map(([who, what]) => [rater(who), { languages: ['kk'], subjects: [], ...what }]));

describe('a greatest load', () => {
  it('is exceeded by nobody, and what it leaves open is said', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 10 }), (count, atMost) => {
        const bound = { ...plan, rule: { load: { atMost, ...source } } };
        const { added, short } = findRaters(unrated(count), bound);

        expect(Math.max(...loads(added))).toBeLessThanOrEqual(atMost);
        expect(loads(added).reduce((sum, load) => sum + load, 0)).toBe(Math.min(2 * count, 5 * atMost));
        expect(short.length > 0).toBe(2 * count > 5 * atMost);
        expect(codesOf(unrated(count), bound).includes('capacity')).toBe(short.length > 0);
      }),
      { numRuns: 50 },
    );
  });

  it('counts what somebody has scored already', () => {
    const [a, b] = members;
    if (!a || !b) throw new Error('Two members are needed.');
    const rated = unrated(4, (index) => (index < 3 ? { raters: [a, b] } : {}));
    const { added } = findRaters(rated, { ...plan, rule: { load: { atMost: 3, ...source } } });

    const asked = added.get(application(3)) ?? [];
    expect(asked).toHaveLength(2);
    expect(asked.some((one) => one === a || one === b)).toBe(false);
  });
});

describe('matching', () => {
  it('lets all who score an application read its language, and asks nobody who has said nothing', () => {
    const competences = can([
      ['A', {}],
      ['B', { languages: ['kk', 'ru'] }],
      ['C', { languages: ['kk', 'ru'] }],
      ['D', { languages: ['ru'] }],
    ]);
    const rated = unrated(12, (index) => ({ language: languageOf(index) }));
    const { added, short } = findRaters(rated, { ...plan, rule: { match }, competences });

    expect(short).toEqual([]);
    for (const [index, { applicationId }] of rated.entries()) {
      for (const one of added.get(applicationId) ?? []) {
        expect(competences.get(one)?.languages).toContain(languageOf(index));
      }
    }
    expect(loads(added)).toEqual([6, 6, 6, 6, 0]);
  });

  it('brings at least one who knows the subject, and leaves the place open to them where there is none', () => {
    const competences = can([
      ['A', { subjects: ['physics'] }],
      ['B', {}],
      ['C', {}],
      ['D', {}],
      ['E', {}],
    ]);
    const known = unrated(5, () => ({ subject: 'physics' }));
    const unknown = unrated(1, () => ({ subject: 'history' }));
    const matched = { ...plan, rule: { match }, competences };

    for (const raters of findRaters(known, matched).added.values()) expect(raters).toContain(rater('A'));
    const { added, short } = findRaters(unknown, matched);
    expect([...added.values()].flat()).toHaveLength(1);
    expect(short).toEqual([application(0)]);
    expect(codesOf(unknown, matched)).toEqual(['no-expert', 'binds-subjects']);
  });

  it('decides nothing where the round file does not ask for it', () => {
    const rated = unrated(10, () => ({ language: 'ru', subject: 'history' }));

    expect(findRaters(rated, { ...plan, competences: can([['A', {}]]) })).toEqual(
      findRaters(unrated(10), plan),
    );
  });
});

describe('links', () => {
  const guests = [{ personId: guest, items: { kind: 'drawn' as const, atMost: 2 } }];
  const linked = {
    ...plan,
    guests,
    visited: new Set([guest]),
    rule: { links: { atLeastPercent: 20, ...source } },
  };

  it('that guests cannot give are said, and keep no place open', () => {
    expect(codesOf(unrated(5), linked)).toEqual([]);
    expect(findRaters(unrated(10), linked).short).toEqual([]);
    expect(bindingFaults(unrated(10), linked)[0]).toMatchObject({
      message: 'assignment.no-outside',
      facts: { wanted: 4, possible: 2 },
    });
    expect(codesOf(unrated(10), { ...linked, guests: [] })).toContain('no-outside');
  });

  it('are sought as soon as guests come, whether the round file asks for them or not', () => {
    const visited = { ...linked, rule: {} };
    expect(linksIn(unrated(30), visited)).toMatchObject({ wanted: 3, all: 60 });
    expect(bindingFaults(unrated(30), visited)[0]).toMatchObject({
      message: 'assignment.no-outside',
      facts: { wanted: 3, possible: 2 },
    });
    expect(linksIn(unrated(20), visited)).toMatchObject({ wanted: 2 });
    expect(codesOf(unrated(20), visited)).toEqual([]);
    expect(linksIn(unrated(30), plan).wanted).toBeUndefined();
  });

  it('stay when the guest has gone', () => {
    const rated = unrated(5, (index) => (index < 2 ? { raters: [guest] } : {}));

    expect(codesOf(rated, { ...linked, guests: [] })).toEqual([]);
  });

  it('keep no place free for a guest who has gone', () => {
    const [a, b] = members;
    if (!a || !b) throw new Error('Two members are needed.');
    const rated = unrated(10, (index) => (index === 9 ? {} : { raters: index === 0 ? [guest, a] : [a, b] }));

    expect(findRaters(rated, { ...linked, guests: [] }).short).toEqual([]);
  });
});

describe('somebody who has left', () => {
  const gone = rater('Z');
  const others = unrated(3, (index) =>
    index === 0 ? { raters: [gone, rater('A')] } : { subject: 'physics' },
  );

  it('is nobody whom an open application could still get, and no load that binds', () => {
    const competences = can(['A', 'B', 'C', 'D', 'E'].map((who) => [who, {}] as const));

    expect(codesOf(others, { ...plan, rule: { match }, competences })).toEqual([
      'no-expert',
      'no-expert',
      'binds-subjects',
    ]);
    expect(codesOf(others, { ...plan, members: [rater('A')] })).toEqual(['too-few', 'too-few', 'capacity']);
  });

  it('knew what they said while they sat', () => {
    const rated = unrated(1, () => ({ raters: [gone], subject: 'physics' }));
    const knowing = (subjects: Competence['subjects']) =>
      findRaters(rated, {
        ...plan,
        rule: { match },
        competences: can([
          ['A', {}],
          ['Z', { subjects }],
        ]),
      });

    expect(knowing(['physics']).short).toEqual([]);
    expect(knowing([]).short).toEqual([application(0)]);
  });

  it('does not send a guest to where another guest is already', () => {
    const guests = [{ personId: guest, items: { kind: 'drawn' as const, atMost: 1 } }];
    const rated = unrated(2, (index) => ({ raters: [index === 0 ? gone : rater('Y'), rater('A')] }));
    const { added } = findRaters(rated, { ...plan, guests, visited: new Set([guest, rater('Y')]) });

    expect([...added.keys()]).toEqual([application(0)]);
  });
});

const anyRound = fc
  .record({
    anchors: fc.uniqueArray(fc.nat(7), { maxLength: 3 }),
    count: fc.integer({ min: 1, max: 8 }),
    conflicts: fc.array(fc.tuple(fc.nat(4), fc.nat(7)), { maxLength: 12 }),
    atMost: fc.integer({ min: 1, max: 6 }),
    has: fc.array(fc.tuple(fc.nat(7), fc.nat(4)), { maxLength: 8 }),
    reads: fc.array(fc.constantFrom<TeachingLanguage[][]>(['kk'], ['ru'], ['kk', 'ru']), {
      minLength: 5,
      maxLength: 5,
    }),
  })
  .map(({ anchors, count, conflicts, atMost, has, reads }) => {
    const barred = new Set(conflicts.map(([who, what]) => `${members[who]} ${application(what)}`));
    const inConflict: RaterPlan['inConflict'] = (who, what) => barred.has(`${who} ${what}`);
    const rated = unrated(count, (index) => {
      const raters = members.filter((_, who) => has.some(([what, by]) => what === index && by === who));
      return { raters: raters.slice(0, 2), language: languageOf(index) };
    });
    const competences = new Map(
      members.map((who, index) => [who, { languages: reads[index] ?? [], subjects: [] }]),
    );
    const rule = { load: { atMost, ...source }, match: { language: true as const, ...source } };
    return {
      rated,
      of: { ...plan, inConflict, competences, rule, anchors: new Set(anchors.map(application)) },
    };
  });

describe('whatever a round looks like', () => {
  it('nobody is asked in conflict, above the most, or for what they cannot read; who is there stays', () => {
    fc.assert(
      fc.property(anyRound, ({ rated, of }) => {
        const { added, short } = findRaters(rated, of);
        for (const { applicationId, raters, wanted, language } of rated) {
          const more = added.get(applicationId) ?? [];
          // No more is handed over than is open, but that everybody scores an anchor.
          const most = of.anchors.has(applicationId) ? members.length : wanted;
          expect(more.length).toBeLessThanOrEqual(Math.max(0, most - raters.length));
          expect(short.includes(applicationId)).toBe(raters.length + more.length < wanted);
          for (const who of more) {
            expect(raters).not.toContain(who);
            expect(of.inConflict(who, applicationId)).toBe(false);
            expect(of.competences.get(who)?.languages).toContain(language);
          }
        }
        const before = members.map((who) => rated.filter(({ raters }) => raters.includes(who)).length);
        for (const [index, load] of loads(added).entries()) {
          if (load > 0) expect((before[index] ?? 0) + load).toBeLessThanOrEqual(of.rule.load.atMost);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('a settled one has nobody to ask and nothing that binds', () => {
    let settled = 0;
    fc.assert(
      fc.property(anyRound, fc.nat(10), ({ rated, of }, less) => {
        const all = rated.map((one, index) =>
          Object.assign({ ...one }, index < less && { wanted: one.raters.length }),
        );
        fc.pre(isSettled(all, of));
        settled += 1;

        expect(findRaters(all, of)).toMatchObject({ added: new Map(), short: [] });
        expect(bindingFaults(all, of)).toEqual([]);
      }),
    );
    expect(settled).toBeGreaterThan(20);
  });

  it('the order in which applications and members are read changes nothing', () => {
    fc.assert(
      fc.property(anyRound, ({ rated, of }) => {
        const forth = findRaters(rated, of);
        const back = findRaters(rated.toReversed(), { ...of, members: of.members.toReversed() });

        expect(Object.fromEntries(back.added)).toEqual(Object.fromEntries(forth.added));
        expect(back.short.toSorted()).toEqual(forth.short.toSorted());
      }),
    );
  });
});
