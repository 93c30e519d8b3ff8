import * as z from 'zod';
import { addWorkingDays, type WorkingCalendar } from '#shared/domain/calendar.ts';
import type { Candidacy, CandidacyEvent, Offer } from '#shared/domain/candidacy.ts';
import { type Reordering, reordered } from '#shared/domain/choice-order.ts';
import type { Contender } from '#shared/domain/contender.ts';
import { goneElsewhere } from '#shared/domain/elsewhere-gone.ts';
import { PersonId, VacancyCode } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import { Turn } from '#shared/domain/turn.ts';
import { dayAt, endOfDay } from '#shared/domain/zone.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/**
 * The second chance of a round (ANCHORS B11): once the offers have come to rest, people above the minimum who have no post are asked
 * whether they want one of those that stay empty. Who agrees ranks them until a deadline; then somebody lets these choices count, and
 * offers go on by the same ranks, limits and guards as before.
 */
export const Exchange = z.object({
  openedAt: Instant,
  by: PersonId,
  /** Too late from this moment on to agree, to choose or to take the consent back. */
  until: Instant,
  /** People who were asked. */
  asked: z.int().min(1),
  /** Since when the choices count, who decided so, and the offers that followed at once. */
  ran: z.object({ at: Instant, by: PersonId, recipients: z.int().min(0), turn: Turn }).optional(),
});
export type Exchange = z.infer<typeof Exchange>;

/** Events of a round. */
export const exchangeEvents = [
  z.object({
    type: z.literal('exchange-opened'),
    at: Instant,
    ...Exchange.pick({ by: true, until: true, asked: true }).shape,
  }),
  z.object({
    type: z.literal('exchange-run'),
    at: Instant,
    by: PersonId,
    recipients: z.int().min(0),
    turn: Turn,
  }),
] as const;
const ExchangeEvent = z.discriminatedUnion('type', exchangeEvents);
export type ExchangeEvent = z.infer<typeof ExchangeEvent>;

export const isExchangeEvent = (event: { type: string }): event is ExchangeEvent =>
  exchangeEvents.some(({ shape }) => shape.type.value === event.type);

export const evolveExchange = (exchange: Exchange | undefined, event: ExchangeEvent): Exchange => {
  if (event.type === 'exchange-opened') {
    const { type: _opened, at: openedAt, ...facts } = event;
    return { openedAt, ...facts };
  }
  if (!exchange) throw new Error('An exchange that was not opened cannot be run.');
  const { type: _run, ...ran } = event;
  return { ...exchange, ran };
};

/** Who agreed to take part, and the posts that they want, best first: after whatever they ranked in the application. */
export const SecondChoices = z.object({ agreedAt: Instant, choices: z.array(VacancyCode) });
export type SecondChoices = z.infer<typeof SecondChoices>;

/** Events of a candidacy. */
export const secondChoiceEvents = [
  z.object({ type: z.literal('exchange-joined'), at: Instant }),
  z.object({ type: z.literal('exchange-ranked'), at: Instant, choices: z.array(VacancyCode) }),
  z.object({ type: z.literal('exchange-left'), at: Instant }),
] as const;

export type SecondChoiceEvent = z.infer<(typeof secondChoiceEvents)[number]>;

export const isSecondChoiceEvent = (event: { type: string }): event is SecondChoiceEvent =>
  secondChoiceEvents.some(({ shape }) => shape.type.value === event.type);

/** What somebody's part in the exchange comes to; undefined once the consent is taken back. */
export const evolveSecondChoices = (
  before: SecondChoices | undefined,
  event: SecondChoiceEvent,
): SecondChoices | undefined => {
  switch (event.type) {
    case 'exchange-joined':
      return { agreedAt: event.at, choices: [] };
    case 'exchange-ranked':
      return { ...(before ?? { agreedAt: event.at }), choices: event.choices };
    case 'exchange-left':
      return undefined;
    default:
      return event satisfies never;
  }
};

type ExchangePlan = {
  timeZone: string;
  calendar: WorkingCalendar;
  exchange?: { workingDays: number; opensOn?: string | undefined } | undefined;
};

/** Until when somebody may agree and choose where the exchange is opened now: the end of the last of so many working days. */
export const exchangeUntil = (
  { timeZone, calendar }: ExchangePlan,
  workingDays: number,
  now: Instant,
): Instant => endOfDay(timeZone, addWorkingDays(dayAt(timeZone, now), workingDays, calendar));

/**
 * Opens the exchange, once. Refused as `unfinished-work` while offers are awaited or still to be made, unless the first ones were let out and the
 * day that the round file names has come; as `recipients-differ` where other people are without a post than somebody looked at. Nobody to ask changes nothing.
 */
export const openExchange = (
  exchange: Exchange | undefined,
  plan: ExchangePlan,
  { by, asked, confirmed, ...offers }: { by: PersonId; asked: number; confirmed: number } & Offers,
  now: Instant,
): Result<ExchangeEvent[], Refusal> => {
  const rule = plan.exchange;
  if (!rule) return refuse({ kind: 'not-found', what: 'page' });
  if (exchange) return ok([]);
  if (!mayBegin(plan, offers, now))
    return refuse({ kind: 'unfinished-work', remaining: offers.remaining, of: 'offers' });
  if (asked !== confirmed) return refuse({ kind: 'recipients-differ', recipients: asked, confirmed });
  if (asked === 0) return ok([]);
  const until = exchangeUntil(plan, rule.workingDays, now);
  return ok([{ type: 'exchange-opened', at: now, by, until, asked }]);
};

/** What offers still wait for, and since when they are made. */
type Offers = { remaining: number; releasedAt: Instant | undefined };

/**
 * Whether people may be asked: once the offers have come to rest, or from the day of the round file on although answers are still awaited. Before
 * anybody was offered anything, everyone would be without a post.
 */
export const mayBegin = (
  { timeZone, exchange }: ExchangePlan,
  { remaining, releasedAt }: Offers,
  now: Instant,
): boolean => {
  const isDay = exchange?.opensOn !== undefined && dayAt(timeZone, now) >= exchange.opensOn;
  return remaining === 0 || (isDay && releasedAt !== undefined);
};

/**
 * Lets the choices count, once. Refused as `too-early` before the deadline, and as `recipients-differ` where more or fewer offers would
 * follow than somebody looked at. Also where nobody gets one: the exchange is over then.
 */
export const runExchange = (
  exchange: Exchange | undefined,
  { by, recipients, confirmed, zone }: { by: PersonId; recipients: number; confirmed: number; zone: string },
  now: Instant,
): Result<ExchangeEvent[], Refusal> => {
  if (!exchange) return refuse({ kind: 'not-found', what: 'page' });
  if (exchange.ran) return ok([]);
  if (now < exchange.until) return refuse({ kind: 'too-early', until: exchange.until, zone });
  if (recipients !== confirmed) return refuse({ kind: 'recipients-differ', recipients, confirmed });
  return ok([{ type: 'exchange-run', at: now, by, recipients }]);
};

/** An exchange as somebody comes to it, with the zone for the deadline that a refusal names. */
export type AtExchange = { exchange: Exchange | undefined; zone: string };

/** Agrees to take part. Again changes nothing. Refused as `too-late` from the deadline on; who has a post, or an offer of one, needs none. */
export const joinExchange = (
  candidacy: Candidacy,
  at: AtExchange,
  now: Instant,
): Result<CandidacyEvent[], Refusal> => {
  const open = stillOpen(at, now);
  if (!open.ok) return open;
  if (candidacy.exchange) return ok([]);
  if (!isUnplaced(candidacy)) return refuse({ kind: 'not-in-stage' });
  return ok([{ type: 'exchange-joined', at: now }]);
};

/** Ranks posts, best first (`reordered`); what was chosen before may stay chosen. The same order again changes nothing. */
export const rankInExchange = (
  candidacy: Candidacy,
  wanted: Reordering,
  at: AtExchange,
  now: Instant,
): Result<CandidacyEvent[], Refusal> => {
  const open = stillOpen(at, now);
  if (!open.ok) return open;
  const own = candidacy.exchange;
  if (!own) return refuse({ kind: 'not-in-stage' });
  const posts = new Set([...wanted.posts, ...own.choices]);
  const choices = reordered(own.choices, { ...wanted, posts });
  if (!choices.ok) return choices;
  return ok(choices.value ? [{ type: 'exchange-ranked', at: now, choices: choices.value }] : []);
};

/** Takes the consent back, with everything that was chosen. Again changes nothing. */
export const leaveExchange = (
  candidacy: Candidacy,
  at: AtExchange,
  now: Instant,
): Result<CandidacyEvent[], Refusal> => {
  const open = stillOpen(at, now);
  if (!open.ok) return open;
  return ok(candidacy.exchange ? [{ type: 'exchange-left', at: now }] : []);
};

const stillOpen = ({ exchange, zone }: AtExchange, now: Instant): Result<Exchange, Refusal> => {
  if (!exchange) return refuse({ kind: 'not-found', what: 'page' });
  const isOver = exchange.ran !== undefined || now >= exchange.until;
  return isOver ? refuse({ kind: 'too-late', closesAt: exchange.until, zone }) : ok(exchange);
};

/** Without a post, and not asked about one now. */
export const isUnplaced = (one: Contender): boolean =>
  isStaying(one) && !one.offers.some(({ status }) => status === 'open' || status === 'accepted');

/** Takes part in the offers: neither withdrew, nor put the post off, nor has one in another region. */
export const isStaying = (one: Pick<Contender, 'withdrawnAt' | 'deferred' | 'elsewhere'>): boolean =>
  one.withdrawnAt === undefined && one.deferred === undefined && !goneElsewhere(one);

/** Whether somebody whose offer has just ended is asked as well: others were asked before, and may still choose. */
export const isAskedLate = (candidacy: Candidacy, exchange: Exchange | undefined, now: Instant): boolean =>
  exchange !== undefined &&
  !exchange.ran &&
  now < exchange.until &&
  isUnplaced(candidacy) &&
  candidacy.exchange === undefined;

/** Since when the choices of a round's exchange count, as the offers' plan says it; nothing while they do not. */
export const exchangedIn = ({ exchange }: { exchange?: Exchange | undefined }): Exchanged =>
  exchange?.ran ? { exchangedAt: exchange.ran.at, exchangedTurn: exchange.ran.turn } : {};

/** When the choices of the exchange began to count, and the turn that it took; undefined while they do not. */
export type Exchanged = { exchangedAt?: Instant | undefined; exchangedTurn?: number | undefined };

/** Own wishes, best first. Once the choices of the exchange count they come last, each in its new place. */
export const wishesOf = (
  { facts, exchange }: Contender,
  exchangedAt: Instant | undefined,
): readonly VacancyCode[] => {
  if (exchangedAt === undefined || !exchange) return facts.choices;
  const anew = new Set(exchange.choices);
  return [...facts.choices.filter((code) => !anew.has(code)), ...exchange.choices];
};

/**
 * Whether an offer was over when the choices began to count and its post was chosen anew, or ended for a reason that turned out to be none: it may be offered once more. One that was still
 * open then is over for good once it is let go. What took a turn is told by it, whatever the clocks of two machines said; a lapse, which takes none, and
 * what older records hold, by its moment.
 */
export const isChosenAnew = (
  { exchange }: Contender,
  { vacancy, status, madeAt, madeTurn, endedAt, endedTurn, returned }: Offer,
  { exchangedAt, exchangedTurn }: Exchanged,
): boolean =>
  returned === true ||
  (exchangedAt !== undefined &&
    endedAt !== undefined &&
    isBefore(madeTurn, exchangedTurn, madeAt < exchangedAt) &&
    isBefore(endedTurn, exchangedTurn, endedAt <= exchangedAt) &&
    (status === 'declined' || status === 'lapsed' || status === 'closed') &&
    exchange?.choices.includes(vacancy) === true);

/** Whether what took a turn, or happened at a moment, came before something else that did. */
export const isBefore = (turn: number | undefined, other: number | undefined, byMoment: boolean): boolean =>
  turn === undefined || other === undefined ? byMoment : turn < other;
