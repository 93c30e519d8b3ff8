import { ownClaim } from '#functions/commands/claim-reading.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { keptAway } from '#functions/commands/kept-away.ts';
import {
  grantNextIntake,
  keepRemedy,
  proposeNextIntake,
  remedyPlace,
} from '#functions/commands/next-intake.ts';
import { momentOn, nextTurn } from '#functions/commands/offer-board.ts';
import { makeOffers } from '#functions/commands/offer-messages.ts';
import { cascadeIn, keepChange, type PostsPlace, postsPlace } from '#functions/commands/posts-place.ts';
import { neededReason } from '#functions/commands/reasons.ts';
import {
  addedPlace,
  isSound,
  letterTo,
  offersAfterRemedy,
  recounted,
} from '#functions/commands/remedy-effects.ts';
import { decideAgain, type LostRace } from '#functions/commands/storing.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { openWishes } from '#shared/domain/cascade.ts';
import type { Contender } from '#shared/domain/contender.ts';
import { type ApplicationId, type ClaimId, VacancyCode } from '#shared/domain/ids.ts';
import {
  grantRemedy as decideGrant,
  proposeRemedy as decidePropose,
  refuseRemedy as decideRefuse,
  type RemedyKind,
} from '#shared/domain/remedy.ts';
import { inTurn } from '#shared/domain/turn.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;
type Answer = Promise<Result<void, Refusal>>;
type Attempt = Promise<Result<void, Refusal | LostRace>>;

/** What a person typed into the form of a remedy; `vacancies` are codes with commas or spaces between them. */
export type TypedRemedy = CommitteeCommand & {
  application: string;
  kind: RemedyKind;
  vacancies: string;
  reason: string;
  /** Of a promise for the next intake, the last day on which its call closes. */
  until?: string;
};

/**
 * Proposes a remedy for somebody of the final results, for a reason; it counts once a second person confirms it. What is typed wrongly is
 * refused as `invalid` at `application` or `vacancies`.
 */
export const proposeRemedy = async (deps: Deps, command: TypedRemedy): Answer => {
  const reason = neededReason(deps, command);
  if (!reason.ok) return reason;
  const claimOf = (id: ApplicationId) => upheldClaim(deps.records, id);
  return await decideAgain(async (): Attempt => {
    if (command.kind === 'next-intake') {
      const typed = { vacancies: codesIn(command.vacancies), until: command.until ?? '' };
      return await proposeNextIntake(deps, { ...command, ...typed }, { reason: reason.value, claimOf });
    }
    const place = await postsPlace(deps, command, 'remedy.decide');
    if (!place.ok) return place;
    const person = contenderOf(place.value, command.application.trim().toUpperCase());
    if (!person) {
      const fault = { place: 'application', message: 'remedy.error.application' };
      return refuse({ kind: 'invalid', faults: [fault] });
    }
    const { applicationId, number: application } = person;
    const kept = keptAway(place.value, applicationId);
    if (kept) return refuse(kept);
    const claim = await claimOf(applicationId);
    const vacancies = codesIn(command.vacancies);
    const who = { kind: command.kind, applicationId, application, vacancies, by: command.by.id };
    const decision = decidePropose(
      place.value.round.state.remedies ?? [],
      { ...who, reason: reason.value.ref, ...(claim && { claim }) },
      waitsFor(place.value, applicationId),
      deps.clock.now(),
    );
    if (!decision.ok) return decision;
    return await keepChange(deps, place.value, { events: decision.value, documents: [reason.value] });
  });
};

const codesIn = (typed: string): VacancyCode[] => [
  ...new Set(
    typed
      .toUpperCase()
      .split(/[\s,;]+/)
      .flatMap((code) => VacancyCode.safeParse(code).data ?? []),
  ),
];

const contenderOf = ({ board }: PostsPlace, typed: string): Contender | undefined =>
  board.contenders.find(({ state }) => state.number === typed)?.state;

const upheldClaim = async (
  records: Pick<Records, 'claimed' | 'find'>,
  applicationId: ApplicationId,
): Promise<ClaimId | undefined> => {
  const claim = (await ownClaim(records, applicationId))?.state;
  return claim?.status === 'upheld' ? claim.id : undefined;
};

/** Posts that somebody could still be offered, best first. */
export const waitsFor = ({ board }: Pick<PostsPlace, 'board'>, applicationId: ApplicationId): string[] => {
  const seeker = cascadeIn(board).seekers.get(applicationId);
  return seeker ? openWishes(seeker) : [];
};

/**
 * Lets a remedy count: who comes first, the place that is added and the next offers follow in one transaction, and the person is told. Another
 * person than who proposed it does so, having seen how many offers follow; refused as `recipients-differ` when there are more or fewer.
 */
export const grantRemedy = (
  deps: Deps,
  command: CommitteeCommand & { remedy: number; confirmed: number },
): Answer =>
  decideAgain(async (): Attempt => {
    const place = await remedyPlace(deps, command);
    if (!place.ok) return place;
    const remedy = place.value.round.state.remedies?.find(({ number }) => number === command.remedy);
    const kept = remedy && keptAway(place.value, remedy.applicationId);
    if (kept) return refuse(kept);
    return remedy?.kind === 'next-intake'
      ? await grantNextIntake(deps, command, { place: place.value, remedy })
      : await grantPlace(deps, command);
  });

const grantPlace = async (
  deps: Deps,
  command: CommitteeCommand & { remedy: number; confirmed: number },
): Attempt => {
  // Offers that are made meanwhile move the turn: none is made on a board that does not know who comes first.
  const { claims, releases, turn } = await nextTurn(deps.records, command.roundId);
  const place = await postsPlace(deps, command, 'remedy.decide');
  if (!place.ok) return place;
  const { round, board } = place.value;
  const { remedies = [], offersReleasedAt } = round.state;
  const remedy = remedies.find(({ number }) => number === command.remedy);
  if (!remedy) return refuse({ kind: 'not-found', what: 'page' });
  const now = momentOn(board, deps.clock.now());
  const who = { remedy: command.remedy, by: command.by.id };
  const decision = decideGrant(remedies, who, waitsFor(place.value, remedy.applicationId), now);
  if (!decision.ok || decision.value.length === 0) return decision.ok ? ok(undefined) : decision;
  const added = addedPlace(place.value, remedy, { by: command.by.id, now });
  if (!added.ok) return added;
  if (!isSound(place.value, remedy)) return refuse({ kind: 'changed-meanwhile' });
  const recipients = offersAfterRemedy(place.value, remedy, now);
  if (recipients !== command.confirmed)
    return refuse({ kind: 'recipients-differ', recipients, confirmed: command.confirmed });
  const seats = await recounted(deps, place.value, remedy, now);
  if (!seats.ok) return refuse({ kind: 'lost-race' });
  return await keepChange(deps, place.value, {
    events: [...inTurn(added.value, turn), ...inTurn(decision.value, turn)],
    changes: seats.value,
    claims,
    releases,
    outbox: [
      await letterTo(deps, place.value, remedy, now),
      ...(offersReleasedAt ? [makeOffers(round.state, `${round.id}#turn-${turn}`, now)] : []),
    ],
  });
};

/** Ends a remedy before it counts, with a reason. */
export const refuseRemedy = async (
  deps: Deps,
  command: CommitteeCommand & { remedy: number; reason: string },
): Answer => {
  const reason = neededReason(deps, command);
  if (!reason.ok) return reason;
  return await decideAgain(async (): Attempt => {
    const place = await remedyPlace(deps, command);
    if (!place.ok) return place;
    const { remedies = [] } = place.value.round.state;
    const remedy = remedies.find(({ number }) => number === command.remedy);
    const kept = remedy && keptAway(place.value, remedy.applicationId);
    if (kept) return refuse(kept);
    const who = { remedy: command.remedy, by: command.by.id, reason: reason.value.ref };
    const decision = decideRefuse(remedies, who, deps.clock.now());
    if (!decision.ok) return decision;
    return await keepRemedy(deps, place.value, { events: decision.value, documents: [reason.value] });
  });
};
