import { lettersToContenders } from '#functions/commands/contender-letters.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import {
  boardAt,
  cascadeAfterWave,
  momentOn,
  nextTurn,
  type OfferBoard,
  offerBoard,
} from '#functions/commands/offer-board.ts';
import { makeOffers } from '#functions/commands/offer-messages.ts';
import { type OffersPlace, offersPlace } from '#functions/commands/posts-place.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { wallIn } from '#functions/commands/walls.ts';
import { type CommitteeCommand, stands, type Workplace, workplace } from '#functions/commands/workplace.ts';
import { unfilledIn } from '#shared/domain/cascade-check.ts';
import {
  openExchange as decideOpen,
  runExchange as decideRun,
  type Exchange,
  type ExchangeEvent,
  exchangeUntil,
  isStaying,
  isUnplaced,
  mayBegin,
  type SecondChoices,
} from '#shared/domain/exchange.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import { openOffers } from '#shared/domain/offer.ts';
import { goingOut, type Letting } from '#shared/domain/offer-parts.ts';
import { nextWave, type WaveOffer } from '#shared/domain/offer-wave.ts';
import { type Action, permit } from '#shared/domain/permission.ts';
import type { RoundIn } from '#shared/domain/round.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';
import { inTurn } from '#shared/domain/turn.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import type { Walled } from '#shared/domain/walls.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;
type Answer = Promise<Result<void, Refusal>>;
type Attempt = Promise<Result<void, Refusal | LostRace>>;

/** Who takes part, by number, in the order of the final ranks. */
type Participant = Omit<SecondChoices, 'agreedAt'> & { number: ApplicationNumber; agreedAt: Instant };

export type ExchangeView = {
  place: Workplace;
  exchange: Exchange | undefined;
  /** Posts that stay empty, each with the number of its empty seats. */
  empty: readonly Vacancy[];
  /** People above the minimum without a post or an offer: whom the letters ask. */
  unplaced: number;
  /** Whoever a conflict of interest closes to the reader keeps their place, and nothing stands there. */
  participants: readonly (Participant | Walled)[];
  /** Offers that would follow if the choices counted now, in the same way; none once they do. */
  wave: readonly (WaveOffer | Walled)[];
  /** What the offers still wait for, 0 where they have come to rest. */
  remaining: number;
  /** Until when people could choose if it were opened now; absent where nobody may open it now. */
  opensUntil?: Instant;
  /** Whether this person may let the choices count now. */
  mayRun: boolean;
};

/** The second chance of a round as staff see it: by number, never by name. */
export const viewExchange = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  command: CommitteeCommand,
): Promise<Result<ExchangeView, Refusal>> => {
  const found = await workplace(deps, command, 'exchange.read');
  if (!found.ok) return found;
  const place = found.value;
  const { state } = place.round;
  if (!place.file.exchange) return refuse({ kind: 'not-found', what: 'page' });
  if (!('decisions' in state) || !('claimsCloseAt' in state))
    return refuse({ kind: 'wrong-stage', stage: state.stage });
  const board = await offerBoard(deps, state);
  const now = deps.clock.now();
  const { exchange, offersReleasedAt: releasedAt } = state;
  const remaining = remainingOf(board);
  const may = (action: Action): boolean => permit(action, place.by.role, state.stage).ok;
  const mayRun = may('exchange.run') && exchange !== undefined && !exchange.ran && now >= exchange.until;
  const wall = wallIn(place);
  const wave = exchange && !exchange.ran ? waveAfter({ board, round: state }, momentOn(board, now)) : [];
  const mayOpen = may('exchange.open') && !exchange && mayBegin(place.file, { remaining, releasedAt }, now);
  return ok({
    place,
    exchange,
    empty: emptyPosts(board),
    unplaced: unplacedOf(board).length,
    participants: board.contenders.flatMap(({ state: one }) => {
      if (!one.exchange || !isStaying(one)) return [];
      const walled = wall(one.applicationId);
      return walled ? { walled } : Object.assign({ number: one.number }, one.exchange);
    }),
    wave: wave.map((offer) => {
      const walled = wall(offer.applicationId);
      return walled ? { walled } : offer;
    }),
    remaining,
    ...(mayOpen && { opensUntil: exchangeUntil(place.file, place.file.exchange.workingDays, now) }),
    mayRun,
  });
};

/**
 * Asks everyone who has no post, by letter, whether they take part. `confirmed` is the number of people that somebody looked at; refused as
 * `unfinished-work` while offers have not come to rest.
 */
export const openExchange = (deps: Deps, command: CommitteeCommand & { confirmed: number }): Answer =>
  decideAgain(async (): Attempt => {
    const place = await offersPlace(deps, command, 'exchange.open');
    if (!place.ok) return place;
    const { by, round, file, board } = place.value;
    const counts = {
      by: by.id,
      asked: unplacedOf(board).length,
      confirmed: command.confirmed,
      remaining: remainingOf(board),
      releasedAt: round.state.offersReleasedAt,
    };
    const now = deps.clock.now();
    const decision = decideOpen(round.state.exchange, file, counts, now);
    if (!decision.ok) return decision;
    return await keep(deps, place.value, decision.value, (after) => ({
      outbox: [lettersToContenders(after, { kind: 'exchange' }, now)],
    }));
  });

/**
 * Lets the choices count, and the offers that follow go out like any others. `confirmed` is the number of offers that somebody looked at.
 * Refused as `too-early` before the deadline of the choices.
 */
export const runExchange = (deps: Deps, command: CommitteeCommand & { confirmed: number }): Answer =>
  decideAgain(async (): Attempt => {
    const turn = await nextTurn(deps.records, command.roundId);
    const place = await offersPlace(deps, command, 'exchange.run');
    if (!place.ok) return place;
    const { by, round, file, board } = place.value;
    const now = momentOn(board, deps.clock.now());
    const recipients = waveAfter({ board, round: round.state }, now).length;
    const counts = { by: by.id, recipients, confirmed: command.confirmed, zone: file.timeZone };
    const decision = decideRun(round.state.exchange, counts, now);
    if (!decision.ok) return decision;
    const { claims, releases } = turn;
    return await keep(deps, place.value, inTurn(decision.value, turn.turn), (after) => ({
      claims,
      releases,
      outbox: [makeOffers(after, `${after.id}#turn-${turn.turn}`, now)],
    }));
  });

/** Posts that nobody has, is asked about or is about to be, as long as no limit keeps them empty; `posts` counts the empty seats. */
export const emptyPosts = (board: OfferBoard): Vacancy[] => {
  const empty = unfilledIn(cascadeAfterWave(board));
  return board.vacancies.flatMap((vacancy) => {
    const seats = empty.get(vacancy.code);
    return seats === undefined ? [] : [Object.assign({}, vacancy, { posts: seats })];
  });
};

/** Whom the exchange is for. */
export const unplacedOf = ({ contenders }: Pick<OfferBoard, 'contenders'>): OfferBoard['contenders'] =>
  contenders.filter(({ state }) => isUnplaced(state));

/** What would follow from the choices, from who has what now: these are the first offers where none were let out before, and go to whom a part has reached. */
const waveAfter = (
  { board, round }: { board: OfferBoard; round: Letting },
  now: Instant,
): readonly WaveOffer[] => {
  const candidacies = board.contenders.map(({ state }) => state);
  const wave = nextWave(candidacies, board.vacancies, { ...board.posts, exchangedAt: now });
  return goingOut(boardAt({ ...board, wave }, now), {
    ...round,
    offersReleasedAt: round.offersReleasedAt ?? now,
  });
};

/** Answers that are awaited and offers still to be made. A post that is held until a condition is fulfilled rests. */
export const remainingOf = ({ contenders, wave }: OfferBoard): number =>
  wave.length +
  contenders.flatMap(({ state }) => openOffers(state)).filter(({ condition }) => !condition).length;

const keep = async (
  deps: Deps,
  place: OffersPlace,
  events: readonly ExchangeEvent[],
  follows: (after: RoundIn<'offers'>) => Partial<Commit>,
): Attempt => {
  if (events.length === 0) return ok(undefined);
  const { by, round } = place;
  const { change, after } = changed(roundAggregate, round.id, round, events);
  if (after.state.stage !== 'offers') throw new Error(`The exchange of ${round.id} has moved its round.`);
  const requires = stands(place).filter(({ aggregate }) => aggregate !== 'round');
  return await store(deps, { by, changes: [change], requires, ...follows(after.state) });
};
