import type { OfferStep } from '#shared/bundle/format.ts';
import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import type { ApplicationId, VacancyCode } from '#shared/domain/ids.ts';
import { offerOf } from '#shared/domain/offer.ts';
import type { Instant } from '#shared/domain/time.ts';

/** One contender as the end of the offers found them, and everything that happened to them until then, oldest first. */
export type Contender = { candidacy: Candidacy; history: readonly CandidacyEvent[] };

/** Another number of posts that counted from a moment on, and the turn that it took. */
export type Counted = { vacancy: VacancyCode; posts: number; at: Instant; turn?: number | undefined };

type Places = { places: ReadonlyMap<string, number>; rows: ReadonlyMap<ApplicationId, number> };

/** What happened to all at once, beside everyone's own steps. */
type Beside = Places & {
  /** When the choices of the exchange began to count. */
  exchanged: { at: Instant; turn?: number | undefined } | undefined;
  capacities: readonly Counted[];
};

/** A step, and the turn by which it is told among others of its moment; 0 where it took none or an older record does not say it. */
type Told = { step: OfferStep; turn: number };

/**
 * Everyone's steps as one story: by their moments, each person's in their own order. Of one moment, by the turns that they took, which
 * are the order in which they were stored; where there is none, answers come before the offers that follow from them, and offers by rank.
 */
export const stepsOf = (contenders: readonly Contender[], beside: Beside): OfferStep[] => {
  // They are numbered as they were proposed, and a later one may count before.
  const counted = beside.capacities
    .toSorted(byMoment)
    .flatMap(({ vacancy: code, posts, at, turn = 0 }): Told[] => {
      const vacancy = beside.places.get(code);
      return vacancy === undefined ? [] : [{ step: { type: 'capacity-changed', at, vacancy, posts }, turn }];
    });
  const own = contenders.map(({ candidacy, history }) => ownSteps(candidacy, history, beside));
  const open = [counted, exchangedSteps(contenders, beside), ...own].filter(isFilled);
  const story: OfferStep[] = [];
  while (open.length > 0) {
    const next = open.reduce((first, other) => (comesBefore(other[0], first[0]) ? other : first));
    story.push(next[0].step);
    const rest = next.slice(1);
    if (isFilled(rest)) open[open.indexOf(next)] = rest;
    else open.splice(open.indexOf(next), 1);
  }
  return story;
};

/** The choices of the exchange, of all in the same moment. */
const exchangedSteps = (contenders: readonly Contender[], { exchanged, places, rows }: Beside): Told[] =>
  contenders.flatMap(({ candidacy: { applicationId, exchange } }): Told[] => {
    if (!exchanged || !exchange) return [];
    const { at, turn = 0 } = exchanged;
    const wishes = exchange.choices.flatMap((code) => places.get(code) ?? []);
    return [{ step: { type: 'exchanged', at, seeker: rows.get(applicationId) ?? 0, wishes }, turn }];
  });

const byMoment = (a: { at: Instant }, b: { at: Instant }): number => (a.at < b.at ? -1 : Number(a.at > b.at));

const isFilled = (steps: Told[]): steps is [Told, ...Told[]] => steps.length > 0;

const comesBefore = (a: Told, b: Told): boolean => {
  if (a.step.at !== b.step.at) return a.step.at < b.step.at;
  if (a.turn !== b.turn) return a.turn < b.turn;
  const [first, second] = [a, b].map(({ step }) => Number(step.type === 'offered'));
  return first !== second ? first === 0 : seekerIn(a.step) < seekerIn(b.step);
};

const seekerIn = (step: OfferStep): number => ('seeker' in step ? step.seeker : -1);

const ownSteps = (candidacy: Candidacy, history: readonly CandidacyEvent[], named: Places): Told[] => {
  // What an acceptance or a withdrawal closes follows from it.
  const closes = new Set(history.filter(({ type }) => closing.has(type)).map(({ at }) => at));
  return history.flatMap((event): Told[] => {
    const step = stepIn(candidacy, event, named);
    if (!step || (step.type === 'closed' && closes.has(event.at))) return [];
    return [{ step, turn: 'turn' in event ? (event.turn ?? 0) : 0 }];
  });
};

const stepIn = (
  candidacy: Candidacy,
  event: CandidacyEvent,
  { places, rows }: Places,
): OfferStep | undefined => {
  const seeker = rows.get(candidacy.applicationId) ?? 0;
  if (event.type === 'candidacy-deferred') return { type: 'deferred', at: event.at, seeker };
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
]);

type OfferEventType = Extract<CandidacyEvent, { offer: unknown }>['type'];

/** Reminders and executions change nothing that counts. */
const stepTypes: Readonly<
  Record<
    OfferEventType,
    Exclude<OfferStep['type'], 'withdrawn' | 'deferred' | 'capacity-changed' | 'exchanged'> | undefined
  >
> = {
  'offer-made': 'offered',
  'offer-accepted': 'accepted',
  'offer-accepted-conditionally': 'accepted-conditionally',
  'offer-declined': 'declined',
  'offer-lapsed': 'lapsed',
  'offer-closed': 'closed',
  'offer-reminded': undefined,
  'offer-execution-restarted': undefined,
};
