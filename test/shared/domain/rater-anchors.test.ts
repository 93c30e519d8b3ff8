import { describe, expect, it } from 'vitest';
import { assign } from '#shared/assignment/assign.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId } from '#shared/domain/ids.ts';
import { drawAnchors } from '#shared/domain/rater-anchors.ts';
import { drawRaters, RaterDrawing } from '#shared/domain/rater-drawing.ts';
import { isSettled, linksIn } from '#shared/domain/rater-settled.ts';
import {
  bindingFaults,
  findRaters,
  type GuestRater,
  type Rated,
  type RaterPlan,
} from '#shared/domain/raters.ts';
import { rater } from '#test/builders/candidacy.ts';

const members = ['A', 'B', 'C', 'D', 'E'].map(rater);
const source = { source: 'A test', confidence: 'unverified' as const, verifiedOn: '2026-11-26' };
const plan: RaterPlan = { members, inConflict: () => false, guests: [], seed: sha256Of('decision') };
const anchored: RaterPlan = { ...plan, rule: { anchors: { applications: 3, ...source } } };

const application = (index: number): ApplicationId => ApplicationId.parse(String(index).padStart(20, '0'));
const unrated = (count: number, more: (index: number) => Partial<Rated> = () => ({})): Rated[] =>
  Array.from({ length: count }, (_, index) =>
    Object.assign({ applicationId: application(index), raters: [], wanted: 2 }, more(index)),
  );
const drawnFrom = (all: readonly Rated[], of: RaterPlan): ApplicationId[] => drawAnchors(all, of) ?? [];

const told = (subjects: ('mathematics' | 'physics')[]) => ({ languages: ['kk' as const], subjects });

describe('anchors', () => {
  it('are drawn by the seed, in whatever order applications and members are read', () => {
    const drawn = drawnFrom(unrated(20), anchored);
    const turned = { ...anchored, members: members.toReversed() };

    expect(drawn).toHaveLength(3);
    expect(drawnFrom(unrated(20).toReversed(), turned)).toEqual(drawn);
    expect(drawnFrom(unrated(20), { ...anchored, seed: sha256Of('another decision') })).not.toEqual(drawn);
    expect(drawAnchors(unrated(20), plan)).toBeUndefined();
  });

  it('are those that most of the committee may score and can read', () => {
    const inConflict: RaterPlan['inConflict'] = (who, what) =>
      who === members[0] && what !== application(2) && what !== application(3) && what !== application(4);
    const competences = new Map(members.map((who) => [who, { languages: ['kk' as const], subjects: [] }]));
    const match = { language: true as const, ...source };
    const rated = unrated(9, (index) => ({ language: index === 4 ? 'ru' : 'kk' }));
    const of = { ...anchored, inConflict, competences, rule: { ...anchored.rule, match } };

    const [first, second, third] = drawnFrom(rated, of);
    expect([first, second].filter((one) => one === application(2) || one === application(3))).toHaveLength(2);
    expect(third).not.toBe(application(4));
  });

  it('are scored by everybody who may, beside whom the others have as many as they want', () => {
    const anchors = new Set(drawnFrom(unrated(20), anchored));
    const [kept] = anchors;
    const inConflict: RaterPlan['inConflict'] = (who, what) => who === members[0] && what === kept;
    const { added, short } = findRaters(unrated(20), { ...anchored, anchors, inConflict });

    expect(short).toEqual([]);
    for (const [id, raters] of added) {
      expect(raters).toHaveLength(id === kept ? 4 : anchors.has(id) ? 5 : 2);
    }
    const loads = members.map((who) => [...added.values()].filter((raters) => raters.includes(who)).length);
    expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
  });

  it('are scored by guests too, as far as they agreed to come and no conflict keeps them away', () => {
    const [guest, named] = [rater('X'), rater('Y')];
    const visiting = (atMost: number): RaterPlan => ({
      ...anchored,
      guests: [
        { personId: guest, items: { kind: 'drawn', atMost } },
        { personId: named, items: { kind: 'named', applications: [application(0)] } },
      ],
    });
    const anchors = new Set(drawnFrom(unrated(20), visiting(4)));
    const [kept] = anchors;
    const inConflict: RaterPlan['inConflict'] = (who, what) => who === guest && what === kept;
    const byGuest = (of: RaterPlan) =>
      [...findRaters(unrated(20), { ...of, anchors, inConflict }).added]
        .filter(([, raters]) => raters.includes(guest))
        .map(([id]) => id);
    const others = [...anchors].filter((id) => id !== kept);

    expect(byGuest(visiting(4))).toHaveLength(4);
    expect(byGuest(visiting(4))).toEqual(expect.arrayContaining(others));
    expect(others).toEqual(expect.arrayContaining(byGuest(visiting(1))));
    const { added } = findRaters(unrated(20), { ...visiting(4), anchors, inConflict });
    expect([...added].filter(([, raters]) => raters.includes(named)).map(([id]) => id)).toEqual([
      application(0),
    ]);
  });

  it('use up no guest whom a subject needs, and are named where nobody knows theirs', () => {
    const guest = rater('X');
    const competences = new Map([
      ...members.map((who) => [who, told(['mathematics'])] as const),
      [guest, told(['physics'])] as const,
    ]);
    const rated = unrated(30, (index) => ({ subject: index === 17 ? 'physics' : 'mathematics' }));
    for (const seed of ['1', '2', '3', '4', '5'].map((text) => sha256Of(text))) {
      const of: RaterPlan = {
        ...plan,
        seed,
        competences,
        rule: { match: { subject: true, ...source }, anchors: { applications: 10, ...source } },
        guests: [{ personId: guest, items: { kind: 'drawn', atMost: 5 } }],
      };
      for (const anchors of [new Set(drawnFrom(rated, of)), new Set([application(17)])]) {
        const { added, short } = findRaters(rated, { ...of, anchors });

        expect(short).toEqual([]);
        expect(added.get(application(17))).toContain(guest);
        const alone = { ...of, anchors: new Set([application(17)]), guests: [] };
        const given = findRaters(rated, alone).added;
        const after = rated.map((one) =>
          Object.assign({}, one, { raters: given.get(one.applicationId) ?? [] }),
        );

        expect(bindingFaults(after, alone)).toMatchObject([
          { message: 'assignment.no-expert', place: application(17) },
          { message: 'assignment.binds-subjects' },
        ]);
        expect(isSettled(after, alone)).toBe(false);
      }
    }
  });

  it('stand in for links as far as guests score them', () => {
    const anchors = new Set(unrated(10).map(({ applicationId }) => applicationId));
    const coming = (items: GuestRater['items']): RaterPlan => {
      return { ...plan, rule: {}, anchors, guests: [{ personId: rater('X'), items }] };
    };
    const drawn = (atMost: number) => coming({ kind: 'drawn', atMost });

    expect(linksIn(unrated(30), drawn(10)).wanted).toBeUndefined();
    expect(bindingFaults(unrated(30), drawn(10))).toEqual([]);
    expect(linksIn(unrated(30), drawn(9)).wanted).toBe(3);
    expect(linksIn(unrated(30), coming({ kind: 'named', applications: [application(20)] })).wanted).toBe(3);
  });

  it('are drawn among what guests may score as well', () => {
    const guest = rater('X');
    const inConflict: RaterPlan['inConflict'] = (who, what) => who === guest && what !== application(7);
    const visited: RaterPlan = {
      ...anchored,
      inConflict,
      guests: [{ personId: guest, items: { kind: 'drawn', atMost: 5 } }],
    };

    expect(drawnFrom(unrated(20), visited)).toContain(application(7));
  });

  it('come to whoever joins later, and to nobody twice', () => {
    const anchors = new Set(drawnFrom(unrated(20), anchored));
    const before = findRaters(unrated(20), { ...anchored, anchors }).added;
    const rated = unrated(20, (index) => ({ raters: before.get(application(index)) ?? [] }));
    const joined = { ...anchored, anchors, members: [...members, rater('F')] };
    const { added } = findRaters(rated, joined);

    expect(Object.fromEntries(added)).toEqual(
      Object.fromEntries([...anchors].map((id) => [id, [rater('F')]])),
    );
  });

  it('stand in the drawing, which anybody solves again', () => {
    const { instance, assignments } = RaterDrawing.parse(
      JSON.parse(drawRaters(unrated(20), anchored)?.text ?? ''),
    );
    const again = assign(instance);

    expect(instance.links?.anchors).toEqual(drawnFrom(unrated(20), anchored));
    expect(again.ok && again.value.assignments).toEqual(assignments);
  });
});
