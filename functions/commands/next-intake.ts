import type { CommandDeps } from '#functions/commands/deps.ts';
import { applicationOfNumber } from '#functions/commands/holds-by-hand.ts';
import { keptAway } from '#functions/commands/kept-away.ts';
import { promisePlace } from '#functions/commands/promised-entry.ts';
import { letterTo } from '#functions/commands/remedy-effects.ts';
import { changed, type LostRace, store } from '#functions/commands/storing.ts';
import {
  atWork,
  type CommitteeCommand,
  type OpenWorkplace,
  stands,
  workplace,
} from '#functions/commands/workplace.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { DocumentWrite } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { VacancyCode } from '#shared/domain/ids.ts';
import { isStillToCome, untilFaults } from '#shared/domain/promised-first.ts';
import {
  grantRemedy,
  proposeRemedy,
  type Remedy,
  type RemedyEvent,
  type RemedyProposal,
} from '#shared/domain/remedy.ts';
import type { RoundIn } from '#shared/domain/round.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/*
 * A remedy that takes nothing of its own round: the first place in the next intake. It may be decided until the round is closed, also once
 * the offers have ended and no other remedy is left.
 */

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;
type Attempt = Promise<Result<void, Refusal | LostRace>>;

/** A round whose results are final, at work. */
export type RemedyPlace = Omit<OpenWorkplace, 'round'> & {
  round: Versioned<RoundIn<'offers' | 'onboarding'>>;
};

/** Where remedies are decided: a round whose results are final, while nothing lies on the committee's table. */
export const remedyPlace = async (
  deps: Pick<Deps, 'records' | 'clock'>,
  command: CommitteeCommand,
): Promise<Result<RemedyPlace, Refusal>> => {
  const found = await workplace(deps, command, 'remedy.decide');
  const work = found.ok ? atWork(found.value) : found;
  if (!work.ok) return work;
  const { state } = work.value.round;
  return state.stage === 'offers' || state.stage === 'onboarding'
    ? ok({ ...work.value, round: { ...work.value.round, state } })
    : refuse({ kind: 'wrong-stage', stage: state.stage });
};

/** Proposes it, for posts of the own choices: by their subjects it counts in the next intake. */
export const proposeNextIntake = async (
  deps: Deps,
  command: CommitteeCommand & { application: string; vacancies: VacancyCode[]; until: string },
  { reason, claimOf }: { reason: DocumentWrite; claimOf: ClaimOf },
): Attempt => {
  const place = await remedyPlace(deps, command);
  if (!place.ok) return place;
  const { by, round, file } = place.value;
  const number = { roundId: round.state.id, number: command.application };
  const application = await applicationOfNumber(deps, number);
  const candidacy = application && (await deps.records.find(candidacyAggregate, application.state.id))?.state;
  if (!candidacy || candidacy.withdrawnAt)
    return refuse({
      kind: 'invalid',
      faults: [{ place: 'application', message: 'remedy.error.applicationThere' }],
    });
  const kept = keptAway(place.value, candidacy.applicationId);
  if (kept) return refuse(kept);
  const now = deps.clock.now();
  const faults = untilFaults(command.until, file.timeZone, now);
  const claim = await claimOf(candidacy.applicationId);
  const proposal = {
    kind: 'next-intake' as const,
    applicationId: candidacy.applicationId,
    application: candidacy.number,
    vacancies: command.vacancies,
    until: command.until,
    by: by.id,
    reason: reason.ref,
    ...(claim && { claim }),
  };
  const decision = proposeRemedy(round.state.remedies ?? [], proposal, candidacy.facts.choices, now);
  const more = !decision.ok && decision.error.kind === 'invalid' ? decision.error.faults : [];
  if (faults.length > 0) return refuse({ kind: 'invalid', faults: [...more, ...faults] });
  return decision.ok
    ? await keepRemedy(deps, place.value, { events: decision.value, documents: [reason] })
    : decision;
};

type ClaimOf = (id: RemedyProposal['applicationId']) => Promise<RemedyProposal['claim']>;

/** Lets it count: the promise is kept by the person, and a letter says so, in one transaction. No offer follows from it here. */
export const grantNextIntake = async (
  deps: Deps,
  command: CommitteeCommand & { confirmed: number },
  { place, remedy }: { place: RemedyPlace; remedy: Remedy },
): Attempt => {
  const now = deps.clock.now();
  const who = { remedy: remedy.number, by: command.by.id };
  const decision = grantRemedy(place.round.state.remedies ?? [], who, remedy.vacancies, now);
  if (!decision.ok || decision.value.length === 0) return decision.ok ? ok(undefined) : decision;
  if (command.confirmed !== 0)
    return refuse({ kind: 'recipients-differ', recipients: 0, confirmed: command.confirmed });
  if (!isStillToCome(remedy.until, place.file.timeZone, now)) return refuse({ kind: 'changed-meanwhile' });
  const application = await deps.records.find(applicationAggregate, remedy.applicationId);
  if (!application) throw new Error(`Remedy ${remedy.number} is for nobody.`);
  return await keepRemedy(deps, place, {
    events: decision.value,
    ...(await promisePlace(deps.records, application.state.personId, remedy.applicationId)),
    outbox: [await letterTo(deps, place, remedy, now)],
  });
};

type Kept = Partial<Pick<Commit, 'claims' | 'releases' | 'outbox' | 'documents'>> & {
  events: readonly RemedyEvent[];
};

/** Stores what was decided about a remedy that gives nothing in this round; nothing where nothing was. */
export const keepRemedy = async (
  deps: Deps,
  place: RemedyPlace,
  { events, ...beside }: Kept,
): Promise<Result<void, LostRace>> => {
  if (events.length === 0) return ok(undefined);
  const { by, round } = place;
  const requires = stands(place).filter(({ aggregate }) => aggregate !== 'round');
  const { change } = changed(roundAggregate, round.id, round, events);
  return await store(deps, { by, changes: [change], requires, ...beside });
};
