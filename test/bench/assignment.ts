import { type Assignment, assign } from '#shared/assignment/assign.ts';
import type { AnyInstance } from '#shared/assignment/instance.ts';
import { chanceOf } from '#shared/chance.ts';
import { heading, inTurn, record } from './harness.ts';

const subjects = 12;
const panels = 4;

/** Assignment with every constraint, beside raters given out in turn to whoever may score and is least loaded. */
export const run = async (): Promise<void> => {
  heading('Assignment (k = 3, conflicts, languages, subjects, loads, links)');
  for (const [applications, raters] of [
    [1906, 60],
    [10_000, 300],
  ] as const) {
    const instance = instanceOf(applications, raters);
    const [ours, greedy] = await inTurn(
      3,
      () => timed(() => checked(instance)),
      () => timed(() => inOrder(instance)),
    );
    const result = checked(instance);
    const plain = inOrder(instance);
    record({
      section: '2 assignment',
      what: `${applications.toLocaleString('en')} × ${raters} × 3: all kept, at least ${result.fewestExperts} who know the subject`,
      unit: 'ms',
      ours,
      against: { what: `least loaded first, ${plain} rules broken`, figure: greedy },
      goal: '10,000 × 300 × 3 in at most 2 s; HiGHS takes 4.6 s, OR-Tools 0.17 s without loads and links',
    });
  }
  await anchored();
  await capped();
};

/** Under a cap that yields, as rounds ask for it, beside the same without: where it can be kept, and where some find nobody under it. */
const capped = async (): Promise<void> => {
  for (const [applications, raters, cap] of [
    [1906, 60, 0.5],
    [10_000, 300, 0.5],
    [10_000, 300, 0.1],
  ] as const) {
    const plain = instanceOf(applications, raters);
    const given: AnyInstance = { ...plain, cap, capYields: true };
    const [ours, without] = await inTurn(
      3,
      () => timed(() => checked(given)),
      () => timed(() => checked(plain)),
    );
    const above = checked(given).above?.length ?? 0;
    record({
      section: '2 assignment',
      what: `${applications.toLocaleString('en')} × ${raters} × 3, nobody with more than ${100 * cap} % but at ${above} applications`,
      unit: 'ms',
      ours,
      against: { what: 'the same without a cap', figure: without },
      goal: 'at most 2 s as well, where the cap can be kept',
    });
  }
};

/** Anchors that everybody scores who may, beside the same without: where there is room for all of them, and where nearly all is needed. */
const anchored = async (): Promise<void> => {
  for (const [room, anchors] of [
    [1.6, 10],
    [1.12, 30],
  ] as const) {
    const plain = instanceOf(10_000, 300, room);
    const names = Array.from({ length: anchors }, (_, index) => `A${97 * index}`);
    const given = { ...plain, links: { ...plain.links, anchors: names } };
    const [ours, without] = await inTurn(
      3,
      () => timed(() => checked(given)),
      () => timed(() => checked(plain)),
    );
    record({
      section: '2 assignment',
      what: `10,000 × 300 × 3 with ${anchors} anchors, room for ${room} times what is asked`,
      unit: 'ms',
      ours,
      against: { what: 'the same without anchors', figure: without },
      goal: 'at most 2 s as well',
    });
  }
};

const instanceOf = (applications: number, raters: number, room = 1.6): AnyInstance => {
  const { below } = chanceOf(`bench ${applications}`);
  const even = (3 * applications) / raters;
  return {
    applications: Array.from({ length: applications }, (_, index) => ({
      id: `A${index}`,
      subject: `S${below(subjects)}`,
      language: below(10) < 7 ? 'kk' : 'ru',
      panel: `P${below(panels)}`,
    })),
    raters: Array.from({ length: raters }, (_, index) => ({
      id: `R${index}`,
      subjects: [`S${index % subjects}`, `S${below(subjects)}`],
      languages: [['kk', 'ru'], ['kk', 'ru'], ['kk'], ['ru']][below(4)] ?? [],
      panel: `P${below(panels)}`,
      min: Math.floor(even / 2),
      max: Math.ceil(even * room),
    })),
    conflicts: Array.from({ length: applications }, (_, index): [string, string] => [
      `A${index}`,
      `R${below(raters)}`,
    ]),
    k: 3,
    edition: 3,
    links: { share: 0.05 },
    seed: 'bench',
  };
};

const checked = (instance: AnyInstance): Assignment => {
  const result = assign(instance);
  if (!result.ok) throw new Error(`No assignment: ${JSON.stringify(result.error)}`);
  return result.value;
};

/** @returns places left open, applications without anybody who knows the subject, and raters below their least load */
const inOrder = ({ applications, raters, conflicts = [] }: AnyInstance): number => {
  const refused = new Set(conflicts.map((pair) => pair.join(' ')));
  const loads = new Map(raters.map(({ id }) => [id, 0]));
  let broken = 0;
  for (const { id, language = '', subject = '' } of applications) {
    const given = raters
      .filter(
        (rater) =>
          !refused.has(`${id} ${rater.id}`) &&
          rater.languages?.includes(language) &&
          (loads.get(rater.id) ?? 0) < (rater.max ?? Infinity),
      )
      .toSorted((a, b) => (loads.get(a.id) ?? 0) - (loads.get(b.id) ?? 0))
      .slice(0, 3);
    for (const rater of given) loads.set(rater.id, (loads.get(rater.id) ?? 0) + 1);
    broken += 3 - given.length + (given.some(({ subjects: known }) => known?.includes(subject)) ? 0 : 1);
  }
  return broken + raters.filter(({ id, min = 0 }) => (loads.get(id) ?? 0) < min).length;
};

const timed = (work: () => unknown): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};
