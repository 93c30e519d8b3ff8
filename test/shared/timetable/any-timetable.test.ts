import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bottleneck } from '#shared/timetable/infeasible.ts';
import type { Candidate, FreeTime, Instance, Rule, Sitting } from '#shared/timetable/instance.ts';
import { type Appointment, timetable } from '#shared/timetable/timetable.ts';

const often = { numRuns: process.env['SOAK'] ? 20_000 : 400 };

const days = ['2022-10-24', '2022-10-25'];
const members = ['m1', 'm2', 'm3'];
const needs = ['step-free' as const, 'sign-kk' as const, 'more-time-25' as const, 'other' as const];
const part = fc.constantFrom('morning' as const, 'afternoon' as const);

const anyInstance = fc
  .record({
    candidates: fc.array(
      fc.record({
        language: fc.constantFrom('kk' as const, 'ru' as const, undefined),
        access: fc.subarray(needs, { maxLength: 2 }),
        part: fc.option(part, { nil: undefined }),
        days: fc.subarray(days),
        conflicts: fc.subarray(members, { maxLength: 2 }),
        insiders: fc.subarray(members, { maxLength: 2 }),
        outsiders: fc.nat(2),
      }),
      { maxLength: 4 },
    ),
    panels: fc.array(
      fc.record({
        languages: fc.subarray(['kk' as const, 'ru' as const], { minLength: 1 }),
        crew: fc.nat(2),
        provides: fc.subarray(['step-free' as const, 'sign-kk' as const]),
        longer: fc.constantFrom(0, 25),
        members: fc.array(fc.subarray(members, { minLength: 1 }), { minLength: 2, maxLength: 2 }),
        booked: fc.nat(2),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    times: fc.array(fc.record({ panel: fc.nat(2), day: fc.constantFrom(...days), part, place: fc.nat(3) }), {
      maxLength: 5,
    }),
    seed: fc.string({ maxLength: 3 }),
  })
  .map(
    ({ candidates, panels, times, seed }): Instance => ({
      seed,
      candidates: candidates.map(
        ({ language, access, ...rest }, index): Candidate =>
          Object.assign(rest, { id: `c${index}`, needs: { language, access }, members: [1, 1] }),
      ),
      panels: panels.map(({ crew, ...panel }, index): Sitting => {
        const { booked } = panels.find((other) => other.crew === crew) ?? panel;
        return Object.assign(panel, { id: `p${index}`, crew: `c${crew}`, booked });
      }),
      times: times
        .filter(({ panel }) => panel < panels.length)
        .map(
          ({ panel, ...rest }, index): FreeTime =>
            Object.assign(rest, { id: `t${index}`, panel: `p${panel}`, startsAt: `${rest.day}T0${index}` }),
        ),
    }),
  );

/** By the words of the rules, and by nothing of what is tested. */
const mayHear = (
  candidate: Candidate,
  panel: Sitting | undefined,
  ignored: readonly Rule[] = [],
): boolean => {
  if (!panel) return false;
  const { language } = candidate.needs;
  const speaks = language === undefined || panel.languages.includes(language);
  const enough = panel.members.every(
    (own, station) =>
      own.filter((member) => !candidate.conflicts.includes(member)).length >=
      (candidate.members[station] ?? 0),
  );
  const outside = members.filter(
    (member) =>
      panel.members.some((own) => own.includes(member)) &&
      !candidate.conflicts.includes(member) &&
      !candidate.insiders.includes(member),
  );
  return (
    (outside.length >= candidate.outsiders || ignored.includes('outsiders')) &&
    (speaks || ignored.includes('language')) &&
    hasAll(candidate, panel, ignored) &&
    (enough || ignored.includes('conflicts'))
  );
};

const hasAll = ({ needs: { access } }: Candidate, panel: Sitting, ignored: readonly Rule[]): boolean => {
  const reached = !access.includes('step-free') || panel.provides.includes('step-free');
  const signed = !access.includes('sign-kk') || panel.provides.includes('sign-kk');
  const long = !access.includes('more-time-25') || panel.longer >= 25;
  return (
    (reached || ignored.includes('step-free')) &&
    (signed || ignored.includes('sign-kk')) &&
    (long || ignored.includes('more-time'))
  );
};

/** Every way to give each candidate a time of their own. */
const everyWay = (
  instance: Instance,
  candidates: readonly Candidate[] = instance.candidates,
  ignored: readonly Rule[] = [],
): Appointment[][] => {
  const panelOf = (time: FreeTime) => instance.panels.find(({ id }) => id === time.panel);
  let ways: Appointment[][] = [[]];
  for (const candidate of candidates) {
    const fitting = instance.times.filter((time) => mayHear(candidate, panelOf(time), ignored));
    ways = ways.flatMap((way) =>
      fitting
        .filter(({ id }) => way.every(({ time }) => time !== id))
        .map((time) => way.concat({ candidate: candidate.id, time: time.id })),
    );
  }
  return ways;
};

/** Wishes left open, then how uneven the loads are, then how late in the day: the smaller the better, in this order. */
const worth = (instance: Instance, appointments: readonly Appointment[]): [number, number, number] => {
  const crewOf = new Map(instance.panels.map(({ id, crew }) => [id, crew]));
  const loads = new Map(instance.panels.map(({ crew, booked }) => [crew, booked]));
  let [open, uneven, late] = [0, 0, 0];
  for (const { candidate: id, time: timeId } of appointments) {
    const candidate = instance.candidates.find((one) => one.id === id);
    const time = instance.times.find((one) => one.id === timeId);
    if (!candidate || !time) throw new Error('An appointment of nobody.');
    if (candidate.part && candidate.part !== time.part) open += 1;
    if (candidate.days.length > 0 && !candidate.days.includes(time.day)) open += 1;
    const crew = crewOf.get(time.panel) ?? '';
    const load = loads.get(crew) ?? 0;
    uneven += load;
    loads.set(crew, load + 1);
    late += time.place;
  }
  return [open, uneven, late];
};

const better = (a: readonly number[], b: readonly number[]): number =>
  a.map((value, index) => value - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0;

const named = (instance: Instance, ids: readonly string[]): Candidate[] =>
  instance.candidates.filter(({ id }) => ids.includes(id));

describe('any timetable', () => {
  it('is one of the best that trying every way finds, and there is one exactly when that finds one', () => {
    fc.assert(
      fc.property(anyInstance, (instance) => {
        const ways = everyWay(instance);
        const found = timetable(instance);
        expect(found.ok).toBe(ways.length > 0);
        if (!found.ok) return;
        const best = ways.map((way) => worth(instance, way)).toSorted(better)[0];
        expect(worth(instance, found.value.appointments)).toEqual(best);
        expect(found.value.wishes.open).toBe(best?.[0]);
        expect(ways.map((way) => JSON.stringify(way))).toContain(JSON.stringify(found.value.appointments));
      }),
      often,
    );
  });

  it('that does not exist is explained by sets that cannot have times, each as small as it can be', () => {
    fc.assert(
      fc.property(anyInstance, (instance) => {
        const found = timetable(instance);
        fc.pre(!found.ok);
        if (found.ok) return;
        const { bottlenecks, placed, missing } = found.error;
        expect(bottlenecks.length).toBeGreaterThan(0);
        expect(placed + missing).toBe(instance.candidates.length);
        const all = bottlenecks.flatMap(({ candidates }) => candidates);
        expect(new Set(all).size).toBe(all.length);
        for (const stuck of bottlenecks) expectLeast(instance, stuck);
        const rest = instance.candidates.filter(({ id }) => !all.includes(id));
        expect(everyWay(instance, rest).length).toBeGreaterThan(0);
      }),
      often,
    );
  });
});

const rules: Rule[] = ['language', 'step-free', 'sign-kk', 'more-time', 'conflicts', 'outsiders'];

/** Every set of rules but the empty one: the bits of a number say who is in it. */
const sets: Rule[][] = Array.from({ length: 2 ** rules.length - 1 }, (_, number) =>
  rules.filter((_rule, bit) => Math.floor((number + 1) / 2 ** bit) % 2 === 1),
);

const asText = (list: readonly Rule[][]): string[] => list.map((set) => set.toSorted().join()).toSorted();

const expectLeast = (instance: Instance, stuck: Bottleneck): void => {
  const candidates = named(instance, stuck.candidates);
  expect(everyWay(instance, candidates)).toEqual([]);
  // Those whom the same panels may hear stay together: without all of them, the others have times.
  const panelsOf = (one: Candidate): string =>
    instance.panels
      .filter((panel) => mayHear(one, panel))
      .map(({ id }) => id)
      .join();
  for (const kind of new Set(candidates.map(panelsOf))) {
    const others = candidates.filter((one) => panelsOf(one) !== kind);
    expect(everyWay(instance, others).length).toBeGreaterThan(0);
  }
  const helping = sets.filter((set) => everyWay(instance, candidates, set).length > 0);
  const least = helping.filter(
    (set) => !helping.some((other) => other.length < set.length && other.every((rule) => set.includes(rule))),
  );
  expect(asText(stuck.without)).toEqual(asText(least));
};
