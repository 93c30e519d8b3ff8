import {
  acceptancesOf,
  type Cascade,
  type CascadeEvent,
  type Impossible,
  openWishes,
  type Seeker,
  seatsTakenIn,
  step,
} from '#shared/domain/cascade.ts';
import { waveOf } from '#shared/domain/cascade-wave.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** What is wrong with a step. */
export type CascadeFault =
  | { fault: Impossible }
  /** More people than seats. */
  | { fault: 'over-capacity'; vacancy: string }
  /** More people in a group of vacancies than the round file allows. */
  | { fault: 'over-limit'; limit: number }
  /** Somebody with a better rank wants the post, or another one that competes with it under a limit, and was not asked first. */
  | { fault: 'skipped'; seeker: string }
  /** The receiver does not want it: was asked before, holds something as good, has accepted, or is out. */
  | { fault: 'not-wanted' }
  /** The receiver would rather have another post, which was free. */
  | { fault: 'better-was-free'; vacancy: string }
  /** The seat is kept, and goes to this person although the receiver may rank before. */
  | { fault: 'kept'; seeker: string }
  /** Fewer seats than people who have one or are asked. */
  | { fault: 'below-taken'; vacancy: string }
  | { fault: 'two-acceptances' };

/**
 * One step with everything that is wrong with it.
 * @param due where posts are kept, who should be offered what before the step
 */
export const checkedStep = (
  before: Cascade,
  event: CascadeEvent,
  due?: ReadonlyMap<string, string>,
): Result<Cascade, CascadeFault[]> => {
  const after = step(before, event);
  if (!after.ok) return refuse([{ fault: after.error }]);
  const faults = [
    ...seatFaults(before, after.value),
    ...(event.type === 'offered' ? offerFaults(before, event, due) : []),
    ...acceptanceFaults(after.value, event),
    ...capacityFaults(before, event),
  ];
  return faults.length === 0 ? after : refuse(faults);
};

/** Steps that hold, one after the other; one that does not is set apart with what is wrong, and the others go on without it. */
export const soundSteps = <Event extends CascadeEvent>(
  before: Cascade,
  events: readonly Event[],
): { after: Cascade; sound: Event[]; isolated: { event: Event; faults: CascadeFault[] }[] } => {
  let after = before;
  const sound: Event[] = [];
  const isolated: { event: Event; faults: CascadeFault[] }[] = [];
  // What is due is the same however many of it were offered already, so that it is asked once for a whole wave.
  let due: ReadonlyMap<string, string> | undefined;
  for (const event of events) {
    due = event.type === 'offered' && after.reserves?.length ? (due ?? waveOf(after)) : undefined;
    const checked = checkedStep(after, event, due);
    if (checked.ok) {
      after = checked.value;
      sound.push(event);
    } else isolated.push({ event, faults: checked.error });
  }
  return { after, sound, isolated };
};

/** No vacancy and no group gets fuller than it may be. */
const seatFaults = (before: Cascade, after: Cascade): CascadeFault[] => {
  const [was, is] = [seatsTakenIn(before), seatsTakenIn(after)];
  const grown = [...is].filter(([vacancy, taken]) => taken > (was.get(vacancy) ?? 0));
  const full = grown.filter(([vacancy, taken]) => taken > (after.posts.get(vacancy) ?? 0));
  const limits = after.limits.flatMap(({ posts, vacancies }, limit): CascadeFault[] => {
    const isLarger = grown.some(([vacancy]) => vacancies.has(vacancy));
    return isLarger && takenOf(is, vacancies) > posts ? [{ fault: 'over-limit', limit }] : [];
  });
  return [...full.map(([vacancy]): CascadeFault => ({ fault: 'over-capacity', vacancy })), ...limits];
};

const takenOf = (taken: ReadonlyMap<string, number>, vacancies: ReadonlySet<string>): number => {
  let sum = 0;
  for (const [vacancy, seats] of taken) if (vacancies.has(vacancy)) sum += seats;
  return sum;
};

const offerFaults = (
  before: Cascade,
  offer: { seeker: string; vacancy: string },
  due: ReadonlyMap<string, string> | undefined,
): CascadeFault[] => {
  const { seeker: id, vacancy } = offer;
  const receiver = before.seekers.get(id);
  const wishes = receiver ? openWishes(receiver) : [];
  if (!wishes.includes(vacancy)) return [{ fault: 'not-wanted' }];
  if (before.reserves?.length) return faultsWhereKept(before, offer, due ?? waveOf(before));
  const isFree = freeIn(before);
  const limits = before.limits.filter(({ vacancies }) => vacancies.has(vacancy));
  // A free post that could have been given in its place: the same one, or one that counts towards the same limit.
  const competes = (wish: string): boolean =>
    isFree(wish) && (wish === vacancy || limits.some(({ vacancies }) => vacancies.has(wish)));
  const better = wishes.slice(0, wishes.indexOf(vacancy)).filter((wish) => isFree(wish));
  return [
    ...rankedBefore(before, id)
      .filter((one) => openWishes(one).some(competes))
      .map((one): CascadeFault => ({ fault: 'skipped', seeker: one.id })),
    ...better.map((wish): CascadeFault => ({ fault: 'better-was-free', vacancy: wish })),
  ];
};

/**
 * Where posts are kept, whom a seat is kept for cannot be told from one offer: it depends on what everybody before gets. So what is due
 * is allocated, which proves itself stable (no pair that would rather have each other), and an offer is right that is part of it.
 */
const faultsWhereKept = (
  before: Cascade,
  { seeker, vacancy }: { seeker: string; vacancy: string },
  due: ReadonlyMap<string, string>,
): CascadeFault[] => {
  const own = due.get(seeker);
  if (own === vacancy) return [];
  const limits = before.limits.filter(({ vacancies }) => vacancies.has(vacancy));
  const competes = (other: string): boolean =>
    other === vacancy || limits.some(({ vacancies }) => vacancies.has(other));
  const outranking = new Set(rankedBefore(before, seeker).map(({ id }) => id));
  const faults = [...due].flatMap(([id, other]): CascadeFault[] => {
    if (id === seeker || !competes(other)) return [];
    return [{ fault: outranking.has(id) ? 'skipped' : 'kept', seeker: id }];
  });
  return own === undefined ? faults : [...faults, { fault: 'better-was-free', vacancy: own }];
};

const rankedBefore = ({ seekers }: Cascade, id: string): Seeker[] => {
  const before: Seeker[] = [];
  for (const seeker of seekers.values()) {
    if (seeker.id === id) return before;
    before.push(seeker);
  }
  return before;
};

/** Seats are counted once: a round has thousands of people, each with several wishes. */
const freeIn = (state: Cascade): ((vacancy: string) => boolean) => {
  const taken = seatsTakenIn(state);
  const open = state.limits.map(({ posts, vacancies }) => takenOf(taken, vacancies) < posts);
  return (vacancy) =>
    (taken.get(vacancy) ?? 0) < (state.posts.get(vacancy) ?? 0) &&
    state.limits.every(({ vacancies }, limit) => !vacancies.has(vacancy) || open[limit] === true);
};

const acceptanceFaults = (after: Cascade, event: CascadeEvent): CascadeFault[] => {
  const seeker = 'seeker' in event ? after.seekers.get(event.seeker) : undefined;
  return seeker && acceptancesOf(seeker).length > 1 ? [{ fault: 'two-acceptances' }] : [];
};

const capacityFaults = (before: Cascade, event: CascadeEvent): CascadeFault[] => {
  if (event.type !== 'capacity-changed') return [];
  const taken = seatsTakenIn(before).get(event.vacancy) ?? 0;
  return event.posts < taken ? [{ fault: 'below-taken', vacancy: event.vacancy }] : [];
};

/** Seats that nobody has or is asked about, and that no limit of the round keeps empty, by vacancy; none where there are none. */
export const unfilledIn = (state: Cascade): ReadonlyMap<string, number> => {
  const [isFree, taken] = [freeIn(state), seatsTakenIn(state)];
  return new Map(
    [...state.posts].flatMap(([vacancy, posts]) =>
      isFree(vacancy) ? [[vacancy, posts - (taken.get(vacancy) ?? 0)] as const] : [],
    ),
  );
};

/** Whether everything has come to its end: nothing waits for an answer, and no free post is wanted by anybody who was not asked. */
export const isSettled = (state: Cascade): Result<void, { seeker: string; vacancy: string }> => {
  const isFree = freeIn(state);
  for (const seeker of state.seekers.values()) {
    const waiting = seeker.offers.find(({ status }) => status === 'open');
    const vacancy = waiting?.vacancy ?? openWishes(seeker).find((wish) => isFree(wish));
    if (vacancy !== undefined) return refuse({ seeker: seeker.id, vacancy });
  }
  return ok(undefined);
};
