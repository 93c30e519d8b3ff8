import { lettersToContenders } from '#functions/commands/contender-letters.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { boardAt, momentOn, nextTurn, type OfferBoard } from '#functions/commands/offer-board.ts';
import { makeOffers } from '#functions/commands/offer-messages.ts';
import { cascadeIn, keepChange, postsPlace } from '#functions/commands/posts-place.ts';
import { neededReason } from '#functions/commands/reasons.ts';
import { changed, decideAgain, type LostRace } from '#functions/commands/storing.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import {
  confirmCapacity as decideConfirm,
  proposeCapacity as decidePropose,
  refuseCapacity as decideRefuse,
} from '#shared/domain/capacity.ts';
import { checkedStep } from '#shared/domain/cascade-check.ts';
import { VacancyCode } from '#shared/domain/ids.ts';
import { goingOut, type Letting } from '#shared/domain/offer-parts.ts';
import { nextWave, seatsTaken } from '#shared/domain/offer-wave.ts';
import { recountSeats, seatsAggregate, seatsId } from '#shared/domain/seats.ts';
import type { Instant } from '#shared/domain/time.ts';
import { inTurn } from '#shared/domain/turn.ts';
import { maxPosts, type Vacancy } from '#shared/domain/vacancy.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;
type Answer = Promise<Result<void, Refusal>>;
type Attempt = Promise<Result<void, Refusal | LostRace>>;

/** What a person typed into the form of a change. */
export type TypedCapacity = CommitteeCommand & { vacancy: string; posts: string; reason: string };

/**
 * Proposes another number of posts of a vacancy, for a reason; it counts once a second person confirms it. What is typed wrongly is refused
 * as `invalid` at `vacancy` or `posts`.
 */
export const proposeCapacity = async (deps: Deps, command: TypedCapacity): Answer => {
  const reason = neededReason(deps, command);
  if (!reason.ok) return reason;
  return await decideAgain(async (): Attempt => {
    const place = await postsPlace(deps, command, 'capacity.change');
    if (!place.ok) return place;
    const { round, board } = place.value;
    const typed = readCapacity(command, board.vacancies);
    if (!typed.ok) return typed;
    const { vacancy, posts } = typed.value;
    const proposal = { vacancy: vacancy.code, from: vacancy.posts, posts, by: command.by.id };
    const decision = decidePropose(
      round.state.capacities ?? [],
      { ...proposal, reason: reason.value.ref },
      { taken: takenOf(board, vacancy.code) },
      deps.clock.now(),
    );
    if (!decision.ok) return decision;
    return await keepChange(deps, place.value, { events: decision.value, documents: [reason.value] });
  });
};

const readCapacity = (
  { vacancy: code, posts: typed }: TypedCapacity,
  vacancies: readonly Vacancy[],
): Result<{ vacancy: Vacancy; posts: number }, Refusal> => {
  const vacancy = vacancies.find((one) => one.code === VacancyCode.safeParse(code.trim()).data);
  const posts = /^\d{1,4}$/.test(typed.trim()) ? Number(typed) : undefined;
  const faults = [
    ...(vacancy ? [] : [{ place: 'vacancy', message: 'capacity.error.vacancy' }]),
    ...(posts === undefined || posts > maxPosts
      ? [{ place: 'posts', message: 'capacity.error.posts', facts: { maximum: maxPosts } }]
      : []),
    ...(posts !== undefined && posts === vacancy?.posts
      ? [{ place: 'posts', message: 'capacity.error.same' }]
      : []),
  ];
  return vacancy && posts !== undefined && faults.length === 0
    ? ok({ vacancy, posts })
    : refuse({ kind: 'invalid', faults });
};

/**
 * Lets a change count: the number of posts, the seats and the next offers follow in one transaction. Another person than who proposed it does
 * so, having seen how many offers follow; refused as `recipients-differ` when there are more or fewer than `confirmed`.
 */
export const confirmCapacity = (
  deps: Deps,
  command: CommitteeCommand & { change: number; confirmed: number },
): Answer =>
  decideAgain(async (): Attempt => {
    // Offers that are made meanwhile move the turn: none is left out of the count of seats.
    const { claims, releases, turn } = await nextTurn(deps.records, command.roundId);
    const place = await postsPlace(deps, command, 'capacity.change');
    if (!place.ok) return place;
    const { round, board } = place.value;
    const { capacities = [], offersReleasedAt } = round.state;
    const change = capacities.find(({ number }) => number === command.change);
    if (!change) return refuse({ kind: 'not-found', what: 'vacancy' });
    const taken = takenOf(board, change.vacancy);
    const now = momentOn(board, deps.clock.now());
    const who = { change: command.change, by: command.by.id };
    const decision = decideConfirm(capacities, who, { taken }, now);
    if (!decision.ok || decision.value.length === 0) return decision.ok ? ok(undefined) : decision;
    const checked = checkedStep(cascadeIn(board), { type: 'capacity-changed', ...change });
    if (!checked.ok) return refuse({ kind: 'seats-taken', taken });
    const recipients = offersAfter(place.value, change, now);
    if (recipients !== command.confirmed)
      return refuse({ kind: 'recipients-differ', recipients, confirmed: command.confirmed });
    const seats = await deps.records.find(seatsAggregate, seatsId(round.state.id, change.vacancy));
    const recounted = seats ? recountSeats(seats.state, change.posts, now) : ok([]);
    if (!recounted.ok) return refuse({ kind: 'lost-race' });
    return await keepChange(deps, place.value, {
      events: inTurn(decision.value, turn),
      changes: seats ? [changed(seatsAggregate, seats.id, seats, recounted.value).change] : [],
      claims,
      releases,
      outbox: offersReleasedAt
        ? [
            makeOffers(round.state, `${round.id}#turn-${turn}`, now),
            lettersToContenders(round.state, { kind: 'capacity', change: command.change }, now),
          ]
        : [],
    });
  });

/** Ends a change before it counts, with a reason. */
export const refuseCapacity = async (
  deps: Deps,
  command: CommitteeCommand & { change: number; reason: string },
): Answer => {
  const reason = neededReason(deps, command);
  if (!reason.ok) return reason;
  return await decideAgain(async (): Attempt => {
    const place = await postsPlace(deps, command, 'capacity.change');
    if (!place.ok) return place;
    const who = { change: command.change, by: command.by.id, reason: reason.value.ref };
    const decision = decideRefuse(place.value.round.state.capacities ?? [], who, deps.clock.now());
    if (!decision.ok) return decision;
    return await keepChange(deps, place.value, { events: decision.value, documents: [reason.value] });
  });
};

const takenOf = ({ contenders }: OfferBoard, vacancy: VacancyCode): number =>
  seatsTaken(contenders.map(({ state }) => state)).get(vacancy) ?? 0;

/** How many offers follow from a change once it counts; none before the first offers are let out, and only to those whom a part has reached. */
export const offersAfter = (
  { round, board }: { round: { state: Letting }; board: OfferBoard },
  { vacancy, posts }: { vacancy: VacancyCode; posts: number },
  now: Instant,
): number => {
  const vacancies = board.vacancies.map((one) => (one.code === vacancy ? { ...one, posts } : one));
  const candidacies = board.contenders.map(({ state }) => state);
  return goingOut(
    boardAt({ ...board, wave: nextWave(candidacies, vacancies, board.posts) }, now),
    round.state,
  ).length;
};
