import type { CommandDeps } from '#functions/commands/deps.ts';
import { boardAt, type OfferBoard } from '#functions/commands/offer-board.ts';
import { cascadeIn, type PostsPlace } from '#functions/commands/posts-place.ts';
import { changed } from '#functions/commands/storing.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { CapacityEvent } from '#shared/domain/capacity.ts';
import { soundSteps } from '#shared/domain/cascade-check.ts';
import type { LetterTemplate } from '#shared/domain/letter-template.ts';
import { goingOut, type Letting } from '#shared/domain/offer-parts.ts';
import { nextWave } from '#shared/domain/offer-wave.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { Remedy } from '#shared/domain/remedy.ts';
import type { Round } from '#shared/domain/round.ts';
import { recountSeats, seatsAggregate, seatsId } from '#shared/domain/seats.ts';
import type { Instant } from '#shared/domain/time.ts';
import { maxPosts } from '#shared/domain/vacancy.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Change } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/*
 * What follows from a remedy that counts: a place that is added, the seats, the next offers, and the letter.
 */

type Reads = Pick<CommandDeps, 'records'>;

/**
 * One place more, as a number of posts that two people changed: the proposal is that of the remedy, so it has its reason. A number that waits
 * for the vacancy gives way to it: it was proposed without the place.
 */
export const addedPlace = (
  { round, board }: PostsPlace,
  { kind, vacancies: [vacancy], by: proposer, reason }: Remedy,
  { by, now }: { by: Remedy['by']; now: Instant },
): Result<CapacityEvent[], Refusal> => {
  if (kind !== 'extra-place' || !vacancy) return ok([]);
  const from = board.vacancies.find(({ code }) => code === vacancy)?.posts ?? 0;
  if (from >= maxPosts) return refuse({ kind: 'changed-meanwhile' });
  const number = (round.state.capacities?.length ?? 0) + 1;
  const proposed = { type: 'capacity-proposed', number, vacancy, from, posts: from + 1 } as const;
  return ok([
    { ...proposed, at: now, by: proposer, reason },
    { type: 'capacity-changed', at: now, change: number, by },
  ]);
};

/** The remedy once more by the checker of the cascade, which does not know how it came to be. */
export const isSound = (
  { board }: PostsPlace,
  { kind, applicationId: seeker, vacancies }: Remedy,
): boolean => {
  const [vacancy] = vacancies;
  const posts = board.vacancies.find(({ code }) => code === vacancy)?.posts ?? 0;
  const { isolated } = soundSteps(cascadeIn(board), [
    ...(kind === 'extra-place' && vacancy
      ? [{ type: 'capacity-changed' as const, vacancy, posts: posts + 1 }]
      : []),
    { type: 'put-first', seeker, vacancies },
  ]);
  return isolated.length === 0;
};

/** How many offers follow from a remedy once it counts; none before the first offers are let out, and only to those whom a part has reached. */
export const offersAfterRemedy = (
  { round, board }: { round: { state: Letting }; board: OfferBoard },
  { kind, applicationId, vacancies }: Pick<Remedy, 'kind' | 'applicationId' | 'vacancies'>,
  now: Instant,
): number => {
  if (kind === 'next-intake') return 0;
  const [vacancy] = vacancies;
  const withPlace = board.vacancies.map((one) =>
    kind === 'extra-place' && one.code === vacancy ? { ...one, posts: one.posts + 1 } : one,
  );
  const posts = { ...board.posts, first: [...(board.posts.first ?? []), { applicationId, vacancies }] };
  const candidacies = board.contenders.map(({ state }) => state);
  return goingOut(boardAt({ ...board, wave: nextWave(candidacies, withPlace, posts) }, now), round.state)
    .length;
};

export const recounted = async (
  deps: Reads,
  { round, board }: PostsPlace,
  { kind, vacancies: [vacancy] }: Remedy,
  now: Instant,
): Promise<Result<Change[], Refusal>> => {
  if (kind !== 'extra-place' || !vacancy) return ok([]);
  const seats = await deps.records.find(seatsAggregate, seatsId(round.state.id, vacancy));
  if (!seats) return ok([]);
  const posts = board.vacancies.find(({ code }) => code === vacancy)?.posts ?? 0;
  const events = recountSeats(seats.state, posts + 1, now);
  return events.ok ? ok([changed(seatsAggregate, seats.id, seats, events.value).change]) : events;
};

/** Told in the same transaction: that a place is owed, and by which posts, or in which intake; the offer has its own letter. */
export const letterTo = async (
  { records }: Reads,
  { round }: { round: { state: Pick<Round, 'id' | 'plan'> } },
  { number, kind, applicationId, application, vacancies, until }: Remedy,
  at: Instant,
): Promise<OutboxMessage> => {
  const found = await records.find(applicationAggregate, applicationId);
  if (!found) throw new Error(`Remedy ${number} is for nobody.`);
  const { id: roundId, plan } = round.state;
  const facts = { roundId, intake: plan.intake, zone: plan.timeZone, number: application };
  return {
    id: `remedy#${roundId}#${number}`,
    at,
    body: {
      kind: 'letter',
      template: templates[kind],
      personId: found.state.personId,
      facts: { ...facts, vacancies: vacancies.join(', '), ...(until && { until }) },
    },
  };
};

const templates = {
  'offer-next': 'remedy-next',
  'extra-place': 'remedy-place',
  'next-intake': 'remedy-intake',
} as const satisfies Record<Remedy['kind'], LetterTemplate>;
