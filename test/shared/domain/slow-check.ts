import {
  acceptancesOf,
  type Cascade,
  type CascadeEvent,
  openWishes,
  type Seeker,
  seatsTakenIn,
  step,
} from '#shared/domain/cascade.ts';
import type { CascadeFault } from '#shared/domain/cascade-check.ts';
import { slowWave } from './slow-wave.ts';

/*
 * What is wrong with a step, from the definitions alone: everything is counted anew before and after it, over everybody. Nothing of it is
 * shared with `cascade-check.ts`, which keeps count of what a step touches, nor with the allocation behind it.
 */

type Group = { posts: number; vacancies: ReadonlySet<string> };

const peopleIn = (state: Cascade, vacancies: ReadonlySet<string>): number =>
  [...seatsTakenIn(state)].reduce((sum, [code, people]) => (vacancies.has(code) ? sum + people : sum), 0);

const isOver = (state: Cascade, { posts, vacancies }: Group): boolean => peopleIn(state, vacancies) > posts;

const grewBy = (before: Cascade, after: Cascade, vacancies: ReadonlySet<string>): boolean =>
  [...vacancies].some((code) => (seatsTakenIn(after).get(code) ?? 0) > (seatsTakenIn(before).get(code) ?? 0));

const isFree = (state: Cascade, vacancy: string): boolean =>
  (seatsTakenIn(state).get(vacancy) ?? 0) < (state.posts.get(vacancy) ?? 0) &&
  state.limits.every(({ posts, vacancies }) => !vacancies.has(vacancy) || peopleIn(state, vacancies) < posts);

const competeFor = ({ limits }: Cascade, one: string, other: string): boolean =>
  one === other || limits.some(({ vacancies }) => vacancies.has(one) && vacancies.has(other));

const everybodyBefore = ({ seekers }: Cascade, id: string): Seeker[] => {
  const all = [...seekers.values()];
  return all.slice(
    0,
    all.findIndex((seeker) => seeker.id === id),
  );
};

const wrongOffer = (
  state: Cascade,
  { seeker, vacancy }: { seeker: string; vacancy: string },
): CascadeFault[] => {
  const receiver = state.seekers.get(seeker);
  const wishes = receiver ? openWishes(receiver) : [];
  if (!wishes.includes(vacancy)) return [{ fault: 'not-wanted' }];
  const before = everybodyBefore(state, seeker);
  if (state.reserves?.length) {
    const due = slowWave(state);
    const own = due.get(seeker);
    if (own === vacancy) return [];
    const others = [...due].filter(([id, what]) => id !== seeker && competeFor(state, vacancy, what));
    return [
      ...others.map(([id]): CascadeFault => {
        const ranksBefore = before.some((one) => one.id === id);
        return { fault: ranksBefore ? 'skipped' : 'kept', seeker: id };
      }),
      ...(own === undefined ? [] : [{ fault: 'better-was-free' as const, vacancy: own }]),
    ];
  }
  const skipped = before.filter((one) =>
    openWishes(one).some((wish) => isFree(state, wish) && competeFor(state, vacancy, wish)),
  );
  const better = wishes.slice(0, wishes.indexOf(vacancy)).filter((wish) => isFree(state, wish));
  return [
    ...skipped.map(({ id }): CascadeFault => ({ fault: 'skipped', seeker: id })),
    ...better.map((wish): CascadeFault => ({ fault: 'better-was-free', vacancy: wish })),
  ];
};

export const slowFaults = (before: Cascade, event: CascadeEvent): CascadeFault[] => {
  const stepped = step(before, event);
  if (!stepped.ok) return [{ fault: stepped.error }];
  const after = stepped.value;
  const who = 'seeker' in event ? after.seekers.get(event.seeker) : undefined;
  const full = [...after.posts].filter(([code, posts]) => {
    const alone = new Set([code]);
    return grewBy(before, after, alone) && isOver(after, { posts, vacancies: alone });
  });
  return [
    ...full.map(([vacancy]): CascadeFault => ({ fault: 'over-capacity', vacancy })),
    ...after.limits.flatMap((limit, number): CascadeFault[] =>
      grewBy(before, after, limit.vacancies) && isOver(after, limit)
        ? [{ fault: 'over-limit', limit: number }]
        : [],
    ),
    ...(event.type === 'offered' ? wrongOffer(before, event) : []),
    ...(who && acceptancesOf(who).length > 1 ? [{ fault: 'two-acceptances' as const }] : []),
    ...(who && event.type === 'closed' ? [{ fault: 'taken-away' as const, seeker: who.id }] : []),
    ...(event.type === 'capacity-changed' && event.posts < (seatsTakenIn(before).get(event.vacancy) ?? 0)
      ? [{ fault: 'below-taken' as const, vacancy: event.vacancy }]
      : []),
  ];
};
