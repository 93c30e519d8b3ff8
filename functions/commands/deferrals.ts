import { type ApplicationCommand } from '#functions/commands/application-reading.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { gateOfRound } from '#functions/commands/gates.ts';
import { nextTurn } from '#functions/commands/offer-board.ts';
import { letterAbout, makeOffers, postFacts } from '#functions/commands/offer-messages.ts';
import { vacancyOf } from '#functions/commands/offer-place.ts';
import { seatsOf } from '#functions/commands/offers.ts';
import { roundFileOf } from '#functions/commands/pinned.ts';
import { concerned, ownPlacement, type PlacementCommand } from '#functions/commands/placements.ts';
import { promiseEntry } from '#functions/commands/promised-entry.ts';
import { neededReason, reasonText } from '#functions/commands/reasons.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import {
  type DeferralReason,
  askDeferral as decideAsk,
  grantDeferral as decideGrant,
  refuseDeferral as decideRefuse,
  releasePlace as decideRelease,
  deferralIn,
} from '#shared/domain/deferral.ts';
import type { DocumentWrite } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { acceptsWork } from '#shared/domain/gate-decisions.ts';
import { deferCandidacy } from '#shared/domain/offer.ts';
import { type Placement, type PlacementEvent, placementAggregate } from '#shared/domain/placement.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { isGatedRound } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';
import { inTurn } from '#shared/domain/turn.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;
type Answer = Promise<Result<void, Refusal>>;

/** An applicant with a post asks to begin on a later day; the post is held until it is decided. */
export const askDeferral = async (
  deps: Deps,
  command: ApplicationCommand & {
    until: string;
    /** Undefined where none was chosen, which is refused. */
    reason: DeferralReason | undefined;
    /** Agrees that the post goes to the next person if it is not held. */
    mayRelease?: boolean | undefined;
  },
): Answer => {
  const own = await ownPlacement(deps, command);
  if (!own.ok) return own;
  const by = { kind: 'person', id: command.by.personId, role: 'applicant' } as const;
  const placementId = own.value.placement.id;
  return await decided(deps, { by, placementId }, 'deferral.ask', {
    decide: ({ placement, round, file }, now) => {
      const { until, reason, mayRelease } = command;
      const answer = { deferral: deferralIn(round.state.stage, file.answer.deferral) };
      return decideAsk(placement.state, { until, reason, mayRelease }, { ...file, answer }, now);
    },
  });
};

/** An administrator grants it: what is still to be done is due later, and a letter says so. */
export const grantDeferral = (deps: Deps, command: PlacementCommand): Answer =>
  decided(deps, command, 'deferral.decide', {
    decide: ({ placement, file }, now) => decideGrant(placement.state, command.by.id, file, now),
    letter: 'onboarding-deferred',
  });

/**
 * An administrator releases the post to the next person, for who agreed to that: the placement and the candidacy end, the seat becomes
 * free, and an entry to a later intake is promised, all in one transaction. Only while offers are made and no proposal lies on the table.
 */
export const releasePlace = (deps: Deps, command: PlacementCommand): Answer =>
  decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const found = await concerned(deps, command, 'deferral.release');
    if (!found.ok) return found;
    const { placement, round, stands } = found.value;
    const { applicationId, offerId } = placement.state;
    const [candidacy, application, turn, file] = await Promise.all([
      deps.records.find(candidacyAggregate, applicationId),
      deps.records.find(applicationAggregate, applicationId),
      nextTurn(deps.records, round.state.id),
      roundFileOf(deps.records, round.state.plan),
    ]);
    if (!candidacy || !application) throw new Error(`Placement ${placement.id} is nobody's.`);
    const now = deps.clock.now();
    const decision = decideRelease(placement.state, command.by.id, file, now);
    if (!decision.ok) return decision;
    const [released] = decision.value;
    if (!released) return ok(undefined);
    // What the committee votes on names who has which post.
    const gate = isGatedRound(round.state) ? await gateOfRound(deps.records, round.state) : undefined;
    const working = acceptsWork(gate?.state);
    if (!gate || !working.ok) return working.ok ? refuse({ kind: 'gate-not-open' }) : working;
    const events = inTurn(deferCandidacy(candidacy.state, released.entryUntil, now), turn.turn);
    const seats = await seatsOf(deps, { candidacy }, events, now);
    if (!seats.ok) return seats;
    const { change, after } = changed(placementAggregate, placement.id, placement, decision.value);
    const promise = await promiseEntry(deps.records, application.state.personId, applicationId);
    return await store(deps, {
      by: command.by,
      changes: [change, changed(candidacyAggregate, candidacy.id, candidacy, events).change, ...seats.value],
      requires: [...stands, { aggregate: 'gate', id: gate.id, version: gate.version }],
      claims: [...turn.claims, ...promise.claims],
      releases: [...turn.releases, ...promise.releases],
      outbox: [
        ...(await letters(deps, { placement: after, round, file }, 'onboarding-released', now)),
        makeOffers(round.state, `${round.id}#freed-${offerId}`, now),
      ],
    });
  });

/** An administrator refuses it for a reason, which a letter points to. */
export const refuseDeferral = async (deps: Deps, command: PlacementCommand & { reason: string }): Answer => {
  const found = await concerned(deps, command, 'deferral.decide');
  if (!found.ok) return found;
  const typed = { roundId: found.value.round.state.id, reason: command.reason };
  const reason = neededReason(deps, typed);
  if (!reason.ok) return reason;
  return await decided(deps, command, 'deferral.decide', {
    decide: ({ placement }, now) => decideRefuse(placement.state, command.by.id, reason.value.ref, now),
    letter: 'onboarding-not-deferred',
    documents: [reason.value],
  });
};

/** Why a later day was refused, for whoever asked and whoever decided; undefined where none was. */
export const refusalOf = (
  { records }: Pick<CommandDeps, 'records'>,
  { deferral }: Placement,
): Promise<string | undefined> => reasonText(records, deferral?.decided?.reason);

type Place = { placement: Versioned<Placement>; round: Versioned<Round>; file: RoundFile };

type DeferralLetter = 'onboarding-deferred' | 'onboarding-not-deferred' | 'onboarding-released';

type Deciding = {
  decide: (place: Place, now: Instant) => Result<PlacementEvent[], Refusal>;
  letter?: DeferralLetter;
  documents?: readonly DocumentWrite[];
};

const decided = (
  deps: Deps,
  command: PlacementCommand,
  action: 'deferral.ask' | 'deferral.decide',
  { decide, letter, documents = [] }: Deciding,
): Answer =>
  decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const found = await concerned(deps, command, action);
    if (!found.ok) return found;
    const { placement, round, stands } = found.value;
    const file = await roundFileOf(deps.records, round.state.plan);
    const now = deps.clock.now();
    const decision = decide({ placement, round, file }, now);
    if (!decision.ok) return decision;
    if (decision.value.length === 0) return ok(undefined);
    const { change, after } = changed(placementAggregate, placement.id, placement, decision.value);
    return await store(deps, {
      by: command.by,
      changes: [change],
      requires: stands,
      outbox: letter ? await letters(deps, { placement: after, round, file }, letter, now) : [],
      documents,
    });
  });

const letters = async (
  { records }: Deps,
  { placement: { state, version }, round }: Place,
  template: DeferralLetter,
  now: Instant,
): Promise<NonNullable<Commit['outbox']>> => {
  const application = await records.find(applicationAggregate, state.applicationId);
  if (!application) throw new Error(`Placement ${state.id} is nobody's.`);
  const post = postFacts(await vacancyOf(records, round.state, state.vacancy));
  const { until = '', entryUntil = '' } = state.deferral ?? {};
  const facts = { number: state.number, ...post, until, ...(entryUntil && { entryUntil }) };
  const letter = { template, cause: `${state.id}#${version}`, to: application.state.personId };
  return [letterAbout(letter, round.state, facts, now)];
};
