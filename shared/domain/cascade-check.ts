import {
  acceptancesOf,
  type Cascade,
  type CascadeEvent,
  type Change,
  changeBy,
  type Impossible,
  inOrder,
  openWishes,
  type Seeker,
  seatsTakenIn,
} from '#shared/domain/cascade.ts';
import { type Ledger, ledgerOf } from '#shared/domain/cascade-ledger.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** What is wrong with a step. */
export type CascadeFault =
  | { fault: Impossible }
  /** More people than seats. */
  | { fault: 'over-capacity'; vacancy: string }
  /** More people in a group of vacancies than the round file allows. */
  | { fault: 'over-limit'; limit: number }
  /** Somebody with a better rank wants the post, or one under a limit that has no seat for both any more, and was not asked first. */
  | { fault: 'skipped'; seeker: string }
  /** The receiver does not want it: was asked before, holds something as good, has accepted, or is out. */
  | { fault: 'not-wanted' }
  /** The receiver would rather have another post, which was free. */
  | { fault: 'better-was-free'; vacancy: string }
  /** The seat is kept, and goes to this person although the receiver may rank before. */
  | { fault: 'kept'; seeker: string }
  /** Fewer seats than people who have one or are asked. */
  | { fault: 'below-taken'; vacancy: string }
  | { fault: 'two-acceptances' }
  /** Ends what somebody held although they neither answered nor left, and no time was over. */
  | { fault: 'taken-away'; seeker: string };

/** One step with everything that is wrong with it. */
export const checkedStep = (before: Cascade, event: CascadeEvent): Result<Cascade, CascadeFault[]> => {
  const { after, isolated } = soundSteps(before, [event]);
  return isolated[0] ? refuse(isolated[0].faults) : ok(after);
};

/**
 * Steps that hold, one after the other; one that does not is set apart with what is wrong, and the others go on without it. The time is that
 * of counting everybody once, and then of what each step touches.
 * @param most stops once so many hold
 */
export const soundSteps = <Event extends CascadeEvent>(
  before: Cascade,
  events: readonly Event[],
  most = events.length,
): { after: Cascade; sound: Event[]; isolated: { event: Event; faults: CascadeFault[] }[] } => {
  let ledger = ledgerOf(before, events);
  const sound: Event[] = [];
  const isolated: { event: Event; faults: CascadeFault[] }[] = [];
  // What is due stays as it is while some of it is offered, so that it is asked once for a whole wave.
  let due: Map<string, string> | undefined;
  const dueNow = (): Due => {
    due ??= new Map(ledger.due());
    return due;
  };
  for (const event of events) {
    if (sound.length === most) break;
    const change = changeBy(ledger.now, event);
    const faults = change.ok
      ? faultsOf(ledger, { event, change: change.value }, dueNow)
      : [{ fault: change.error }];
    if (change.ok && faults.length === 0) {
      const { order } = change.value;
      // Every queue stands in the order of rank.
      if (order) ledger = ledgerOf({ ...ledger.now, seekers: inOrder(ledger.now.seekers, order) }, events);
      else ledger.take(change.value);
      sound.push(event);
      if (event.type === 'offered') due?.delete(event.seeker);
      else due = undefined;
    } else isolated.push({ event, faults });
  }
  return { after: ledger.now, sound, isolated };
};

/** Who should be offered what. */
type Due = ReadonlyMap<string, string>;

const faultsOf = (
  ledger: Ledger,
  { event, change }: { event: CascadeEvent; change: Change },
  due: () => Due,
): CascadeFault[] => {
  const isTwice = change.seeker && acceptancesOf(change.seeker).length > 1;
  return [
    ...(event.type === 'offered' ? [...seatFaults(ledger, event), ...offerFaults(ledger, event, due)] : []),
    ...(isTwice ? [{ fault: 'two-acceptances' as const }] : []),
    // What an acceptance or a departure closes follows from that step; nothing else closes anything before the offers have ended.
    ...(event.type === 'closed' ? [{ fault: 'taken-away' as const, seeker: event.seeker }] : []),
    ...(event.type === 'capacity-changed' && event.posts < ledger.takenAt(event.vacancy)
      ? [{ fault: 'below-taken' as const, vacancy: event.vacancy }]
      : []),
  ];
};

/** No vacancy and no group gets fuller than it may be. */
const seatFaults = (ledger: Ledger, { vacancy }: { vacancy: string }): CascadeFault[] => {
  const isFull = ledger.takenAt(vacancy) >= (ledger.now.posts.get(vacancy) ?? 0);
  const full = ledger.limitsOf(vacancy).filter((limit) => !ledger.isOpen(limit));
  return [
    ...(isFull ? [{ fault: 'over-capacity' as const, vacancy }] : []),
    ...full.map((limit): CascadeFault => ({ fault: 'over-limit', limit })),
  ];
};

const offerFaults = (
  ledger: Ledger,
  offer: { seeker: string; vacancy: string },
  due: () => Due,
): CascadeFault[] => {
  const { now, isFree } = ledger;
  const { seeker: id, vacancy } = offer;
  const receiver = now.seekers.get(id);
  const wishes = receiver ? openWishes(receiver) : [];
  if (!wishes.includes(vacancy)) return [{ fault: 'not-wanted' }];
  if (now.reserves?.length || now.first?.length) return faultsWhereKept(now, offer, due());
  const better = wishes.slice(0, wishes.indexOf(vacancy)).filter(isFree);
  return [
    ...(ledger.isSkipped(vacancy, id) ? skippedBy(ledger, offer) : []),
    ...better.map((wish): CascadeFault => ({ fault: 'better-was-free', vacancy: wish })),
  ];
};

/**
 * Everybody before who is passed by for good: who waits for this very post, or for another under a limit that leaves no seat any more for
 * all of these. Whoever waits elsewhere loses nothing by it, so one offer that is held does not hold up a whole round.
 */
const skippedBy = (
  { now, isFree, limitsOf, leftOf }: Ledger,
  { seeker, vacancy }: { seeker: string; vacancy: string },
): CascadeFault[] => {
  const waiting = rankedBefore(now, seeker).map((one) => ({
    id: one.id,
    wishes: openWishes(one).filter(isFree),
  }));
  const isUnder = (limit: number) => (wish: string) => limitsOf(wish).includes(limit);
  const tight = limitsOf(vacancy).filter((limit) => {
    const crowd = waiting.filter(({ wishes }) => wishes.some(isUnder(limit)));
    return leftOf(limit) - 1 < crowd.length;
  });
  const competes = (wish: string): boolean => wish === vacancy || tight.some((limit) => isUnder(limit)(wish));
  return waiting
    .filter(({ wishes }) => wishes.some(competes))
    .map(({ id }): CascadeFault => ({ fault: 'skipped', seeker: id }));
};

/**
 * Where posts are kept, or a remedy puts somebody first, whom a seat is for cannot be told from one offer: it depends on what everybody before gets. So what is due
 * is allocated, which proves itself stable (no pair that would rather have each other), and an offer is right that is part of it.
 */
const faultsWhereKept = (
  before: Cascade,
  { seeker, vacancy }: { seeker: string; vacancy: string },
  due: Due,
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

const takenOf = (taken: ReadonlyMap<string, number>, vacancies: ReadonlySet<string>): number => {
  let sum = 0;
  for (const [vacancy, seats] of taken) if (vacancies.has(vacancy)) sum += seats;
  return sum;
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
