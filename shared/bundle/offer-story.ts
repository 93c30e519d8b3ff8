import type { OfferStep } from '#shared/bundle/format.ts';
import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import type { ApplicationId, VacancyCode } from '#shared/domain/ids.ts';
import { offerOf } from '#shared/domain/offer.ts';
import type { Instant } from '#shared/domain/time.ts';

/**
 * One contender as the end of the offers found them, and everything that happened to them until then, oldest first. `from`: the edition by which
 * they came in, where that is not the first.
 */
export type Contender = { candidacy: Candidacy; history: readonly CandidacyEvent[]; from?: number };

/** Another number of posts that counted from a moment on, and the turn that it took. */
export type Counted = { vacancy: VacancyCode; posts: number; at: Instant; turn?: number | undefined };

/** Whom a remedy put first from a moment on, and the turn that it took. */
export type PutFirst = {
  applicationId: ApplicationId;
  vacancies: readonly VacancyCode[];
  at: Instant;
  turn?: number | undefined;
};

/** From a turn on offers went by the order of this edition. */
export type Reranking = {
  edition: number;
  at: Instant;
  turn?: number | undefined;
  /** Who goes on by it, best rank first. */
  order: readonly ApplicationId[];
};

type Places = { places: ReadonlyMap<string, number>; rows: ReadonlyMap<ApplicationId, number> };

/** What happened to all at once, beside everyone's own steps. */
type Beside = Places & {
  /** When the choices of the exchange began to count. */
  exchanged: { at: Instant; turn?: number | undefined } | undefined;
  capacities: readonly Counted[];
  firsts?: readonly PutFirst[] | undefined;
  rerankings?: readonly Reranking[] | undefined;
};

/** A step, and the turn by which it is told; 0 where it took none or an older record does not say it. */
type Told = { step: OfferStep; turn: number };

/**
 * Everyone's steps as one story, each person's in their own order. Those that took a turn follow each other by their turns, which are the
 * order in which they were stored whatever the clocks of two machines said; the others stand among them by their moments. Of one moment,
 * what took no turn comes first; where nothing has one, answers come before the offers that follow from them, and offers by the order that counts
 * then.
 */
export const stepsOf = (contenders: readonly Contender[], beside: Beside): OfferStep[] => {
  const own = contenders.map(({ candidacy, history }) => ownSteps(candidacy, history, beside));
  const all = [rerankedSteps(beside), firstSteps(beside), exchangedSteps(contenders, beside)];
  const open = [...countedSteps(beside), ...all, ...own].filter(isFilled);
  const turns = open
    .flat()
    .flatMap(({ turn }) => (turn === 0 ? [] : turn))
    .toSorted((a, b) => b - a);
  const story: OfferStep[] = [];
  let order = contenders.map(({ candidacy }) => beside.rows.get(candidacy.applicationId) ?? 0);
  let placeOf = placesIn(order);
  while (open.length > 0) {
    const due = open.filter(([{ turn }]) => turn === 0 || turn === turns.at(-1));
    const next = due.reduce((first, other) => (comesBefore(other[0], first[0], placeOf) ? other : first));
    const { step } = next[0];
    story.push(step);
    if (step.type === 'reranked') {
      const on = new Set(step.order);
      order = [...step.order, ...order.filter((row) => !on.has(row))];
      placeOf = placesIn(order);
    }
    if (next[0].turn !== 0) turns.pop();
    const rest = next.slice(1);
    if (isFilled(rest)) open[open.indexOf(next)] = rest;
    else open.splice(open.indexOf(next), 1);
  }
  return withoutReturns(story);
};

/** A clock that was behind says an earlier moment than what came before: there the step has the moment of that. */
const withoutReturns = (story: readonly OfferStep[]): OfferStep[] => {
  let latest = story[0]?.at;
  return story.map((step) => {
    latest = latest === undefined || latest < step.at ? step.at : latest;
    return { ...step, at: latest };
  });
};

/** Numbers of posts are numbered as they were proposed, and a later one may count before. */
const countedSteps = ({ capacities, places }: Beside): Told[][] => {
  const counted = capacities.flatMap(({ vacancy: code, posts, at, turn = 0 }): Told[] => {
    const vacancy = places.get(code);
    if (vacancy === undefined) return [];
    return [{ step: { type: 'capacity-changed', at, vacancy, posts }, turn }];
  });
  return [
    counted.filter(({ turn }) => turn === 0).toSorted(byMoment),
    counted.filter(({ turn }) => turn !== 0).toSorted((a, b) => a.turn - b.turn),
  ];
};

const firstSteps = ({ firsts = [], places, rows }: Beside): Told[] =>
  firsts.map(({ applicationId, vacancies: codes, at, turn = 0 }) => {
    const vacancies = codes.flatMap((code) => places.get(code) ?? []);
    return { step: { type: 'put-first', at, seeker: rows.get(applicationId) ?? 0, vacancies }, turn };
  });

const rerankedSteps = ({ rerankings = [], rows }: Beside): Told[] =>
  rerankings.map(({ edition, at, turn = 0, order }) => ({
    step: { type: 'reranked', at, edition, order: order.flatMap((id) => rows.get(id) ?? []) },
    turn,
  }));

/** The choices of the exchange, of all in the same moment. */
const exchangedSteps = (contenders: readonly Contender[], { exchanged, places, rows }: Beside): Told[] =>
  contenders.flatMap(({ candidacy: { applicationId, exchange } }): Told[] => {
    if (!exchanged || !exchange) return [];
    const { at, turn = 0 } = exchanged;
    const wishes = exchange.choices.flatMap((code) => places.get(code) ?? []);
    return [{ step: { type: 'exchanged', at, seeker: rows.get(applicationId) ?? 0, wishes }, turn }];
  });

const byMoment = ({ step: { at: a } }: Told, { step: { at: b } }: Told): number =>
  a < b ? -1 : Number(a > b);

const isFilled = (steps: Told[]): steps is [Told, ...Told[]] => steps.length > 0;

type PlaceOf = (step: OfferStep) => number;

/** Where the person of a step stands; what is about nobody alone comes first. */
const placesIn = (order: readonly number[]): PlaceOf => {
  const places = new Map(order.map((row, place) => [row, place]));
  return (step) => ('seeker' in step ? (places.get(step.seeker) ?? Infinity) : -1);
};

const comesBefore = (a: Told, b: Told, placeOf: PlaceOf): boolean => {
  if (a.step.at !== b.step.at) return a.step.at < b.step.at;
  if (a.turn !== b.turn) return a.turn < b.turn;
  const [first, second] = [a, b].map(({ step }) => Number(step.type === 'offered'));
  return first !== second ? first === 0 : placeOf(a.step) < placeOf(b.step);
};

const ownSteps = (candidacy: Candidacy, history: readonly CandidacyEvent[], named: Places): Told[] => {
  // What an acceptance or a withdrawal closes follows from it.
  const closes = new Set(history.filter(({ type }) => closing.has(type)).map(({ at }) => at));
  return history.flatMap((event): Told[] => {
    const step = stepIn(candidacy, event, named);
    if (!step || (step.type === 'closed' && closes.has(event.at))) return [];
    const turn = 'turn' in event ? (event.turn ?? 0) : 0;
    return [{ step, turn }];
  });
};

const stepIn = (
  candidacy: Candidacy,
  event: CandidacyEvent,
  { places, rows }: Places,
): OfferStep | undefined => {
  const seeker = rows.get(candidacy.applicationId) ?? 0;
  if (event.type === 'candidacy-deferred') return { type: 'deferred', at: event.at, seeker };
  if (event.type === 'elsewhere-returned') {
    const offered = event.offers.flatMap((id) => offerOf(candidacy, id) ?? []);
    const vacancies = offered.flatMap(({ vacancy: code }) => places.get(code) ?? []);
    return { type: 'returned', at: event.at, seeker, vacancies };
  }
  // Anyone reads who left; why is the person's own.
  if (event.type === 'elsewhere-gone') return { type: 'withdrawn', at: event.at, seeker };
  if (event.type === 'candidacy-withdrawn') return { type: 'withdrawn', at: event.at, seeker };
  const type = 'offer' in event ? stepTypes[event.type] : undefined;
  if (!type || !('offer' in event)) return undefined;
  const code: VacancyCode | undefined = offerOf(candidacy, event.offer)?.vacancy;
  const vacancy = places.get(code ?? '');
  return vacancy === undefined ? undefined : { type, at: event.at, seeker, vacancy };
};

const closing: ReadonlySet<CandidacyEvent['type']> = new Set([
  'offer-accepted',
  'offer-accepted-conditionally',
  'candidacy-deferred',
  'candidacy-withdrawn',
  'elsewhere-gone',
]);

type OfferEventType = Extract<CandidacyEvent, { offer: unknown }>['type'];

/** Reminders, executions and answers that are only kept change nothing that counts. */
const stepTypes: Readonly<
  Record<
    OfferEventType,
    | Exclude<
        OfferStep['type'],
        'withdrawn' | 'deferred' | 'returned' | 'capacity-changed' | 'exchanged' | 'put-first' | 'reranked'
      >
    | undefined
  >
> = {
  'offer-made': 'offered',
  'offer-accepted': 'accepted',
  'offer-accepted-conditionally': 'accepted-conditionally',
  'offer-declined': 'declined',
  'offer-lapsed': 'lapsed',
  'offer-closed': 'closed',
  'answer-held': undefined,
  'lapse-held': undefined,
  'offer-reminded': undefined,
  'offer-execution-restarted': undefined,
};
