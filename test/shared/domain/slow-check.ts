import type { CascadeEvent } from '#shared/domain/cascade.ts';
import type { CascadeFault } from '#shared/domain/cascade-check.ts';
import {
  isHeld,
  openTo,
  postsOf,
  type SlowPerson,
  type SlowState,
  seatsIn,
  slowStep,
} from './slow-cascade.ts';
import { slowWave } from './slow-wave.ts';

/*
 * What is wrong with a step, from the definitions alone: everything is counted anew before and after it, over everybody. Nothing of it is
 * shared with the product: neither the step, nor `cascade-check.ts`, which keeps count of what a step touches, nor the allocation behind it.
 */

const isFree = (state: SlowState, code: string): boolean =>
  seatsIn(state, [code]) < postsOf(state, code) &&
  state.limits.every(
    ({ posts, vacancies }) => !vacancies.includes(code) || seatsIn(state, vacancies) < posts,
  );

const competeFor = ({ limits }: SlowState, one: string, other: string): boolean =>
  one === other || limits.some(({ vacancies }) => vacancies.includes(one) && vacancies.includes(other));

/** Whoever is passed by for good: waits for this very post, or for one under a limit that leaves no seat for all of these any more. */
const passedBy = (state: SlowState, before: readonly SlowPerson[], code: string): SlowPerson[] => {
  const waitIn = (vacancies: readonly string[]): SlowPerson[] =>
    before.filter((one) => openTo(one).some((wish) => vacancies.includes(wish) && isFree(state, wish)));
  const around = state.limits.filter(({ vacancies }) => vacancies.includes(code));
  const crowds = around.flatMap(({ posts, vacancies }) => {
    const waiting = waitIn(vacancies);
    return posts - seatsIn(state, vacancies) - 1 < waiting.length ? waiting : [];
  });
  const passed = new Set([...waitIn([code]), ...crowds]);
  return before.filter((one) => passed.has(one));
};

const wrongOffer = (state: SlowState, seeker: string, vacancy: string): CascadeFault[] => {
  const place = state.people.findIndex(({ name }) => name === seeker);
  const receiver = state.people[place];
  const wishes = receiver ? openTo(receiver) : [];
  if (!wishes.includes(vacancy)) return [{ fault: 'not-wanted' }];
  const before = state.people.slice(0, place);
  if (state.reserves.length > 0 || state.first.length > 0) {
    const due = slowWave(state);
    const own = due.get(seeker);
    if (own === vacancy) return [];
    const others = [...due].filter(([name, what]) => name !== seeker && competeFor(state, vacancy, what));
    return [
      ...others.map(([name]): CascadeFault => {
        const ranksBefore = before.some((one) => one.name === name);
        return { fault: ranksBefore ? 'skipped' : 'kept', seeker: name };
      }),
      ...(own === undefined ? [] : [{ fault: 'better-was-free' as const, vacancy: own }]),
    ];
  }
  const better = wishes.slice(0, wishes.indexOf(vacancy)).filter((wish) => isFree(state, wish));
  return [
    ...passedBy(state, before, vacancy).map(({ name }): CascadeFault => ({ fault: 'skipped', seeker: name })),
    ...better.map((wish): CascadeFault => ({ fault: 'better-was-free', vacancy: wish })),
  ];
};

/** What a step comes to, and everything that is wrong with it; one that does not hold changes nothing. */
export const slowlyChecked = (
  before: SlowState,
  event: CascadeEvent,
): { after: SlowState; faults: CascadeFault[] } => {
  const after = slowStep(before, event);
  if (typeof after === 'string') return { after: before, faults: [{ fault: after }] };
  const faults = [...crowdingFaults(before, after), ...ownFaults(before, after, event)];
  return { after: faults.length === 0 ? after : before, faults };
};

/** Wherever there are more people than before, and more than there may be. */
const crowdingFaults = (before: SlowState, after: SlowState): CascadeFault[] => {
  const isOver = (codes: readonly string[], posts: number): boolean =>
    seatsIn(after, codes) > seatsIn(before, codes) && seatsIn(after, codes) > posts;
  return [
    ...after.vacancies.flatMap(({ code, posts }): CascadeFault[] =>
      isOver([code], posts) ? [{ fault: 'over-capacity', vacancy: code }] : [],
    ),
    ...after.limits.flatMap(({ posts, vacancies }, limit): CascadeFault[] =>
      isOver(vacancies, posts) ? [{ fault: 'over-limit', limit }] : [],
    ),
  ];
};

const ownFaults = (before: SlowState, after: SlowState, event: CascadeEvent): CascadeFault[] => {
  if (event.type === 'capacity-changed') {
    const { vacancy, posts } = event;
    return posts < seatsIn(before, [vacancy]) ? [{ fault: 'below-taken', vacancy }] : [];
  }
  const who = 'seeker' in event ? after.people.find(({ name }) => name === event.seeker) : undefined;
  const accepted = who?.held.filter((one) => isHeld(one) && one.status !== 'open') ?? [];
  return [
    ...(event.type === 'offered' ? wrongOffer(before, event.seeker, event.vacancy) : []),
    ...(accepted.length > 1 ? [{ fault: 'two-acceptances' as const }] : []),
    ...(event.type === 'closed' ? [{ fault: 'taken-away' as const, seeker: event.seeker }] : []),
  ];
};
