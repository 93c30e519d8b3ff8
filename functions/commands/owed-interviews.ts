import type { CandidacyCommand } from '#functions/commands/candidacies.ts';
import { ownClaim } from '#functions/commands/claim-reading.ts';
import { correctedNow } from '#functions/commands/corrected.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { owedLetter } from '#functions/commands/owed-interview-letters.ts';
import { foundFor, type OwedPlace, owedPlace } from '#functions/commands/owed-interview-reading.ts';
import { neededReason } from '#functions/commands/reasons.ts';
import { candidaciesIn } from '#functions/commands/selection.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { type CommitteeCommand, standsWithEffect, workplace } from '#functions/commands/workplace.ts';
import { claimAggregate } from '#shared/domain/claim.ts';
import { grantedTotals } from '#shared/domain/corrected.ts';
import type { DocumentWrite } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import {
  type OwedInterview,
  type OwedInterviewEvent,
  owedInterviewAggregate,
} from '#shared/domain/owed-interview.ts';
import {
  askOwedInterview as decideAsk,
  grantOwedInterview as decideGrant,
  refuseOwedInterview as decideRefuse,
} from '#shared/domain/owed-interview-decisions.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;
type Answer = Promise<Result<Versioned<OwedInterview>, Refusal>>;
type Attempt = Promise<Result<Versioned<OwedInterview>, Refusal | LostRace>>;

/**
 * Asks, by the number of an application and for a reason, that it be given the interview that it was owed; another person grants it. Refused
 * as `invalid` at `application` where there is no such number, where nothing found that one is owed, and for who had one.
 */
export const askOwedInterview = async (
  deps: Deps,
  { application, ...command }: CommitteeCommand & { application: string; reason: string },
): Answer => {
  const allowed = await workplace(deps, command, 'owed-interview.grant');
  if (!allowed.ok) return allowed;
  const reason = neededReason(deps, command);
  if (!reason.ok) return reason;
  const number = application.trim().toUpperCase();
  const all = await candidaciesIn(deps.records, command.roundId);
  const applicationId = all.find(({ state }) => state.number === number)?.state.applicationId;
  return await decideAgain(async (): Attempt => {
    const found =
      applicationId && (await owedPlace(deps, { ...command, applicationId }, 'owed-interview.grant'));
    if (!found) {
      const fault = { place: 'application', message: 'owed-interview.fault.application' };
      return refuse({ kind: 'invalid', faults: [fault] });
    }
    if (!found.ok) return found;
    const { candidacy, owed } = found.value;
    const corrected = grantedTotals(candidacy.state, await correctedNow(deps.records, command.roundId));
    const by = await foundFor(deps.records, candidacy.state);
    const claim = by && 'claim' in by ? await ownClaim(deps.records, applicationId) : undefined;
    // Reopened at this very moment it finds nothing.
    if (by && 'claim' in by && claim?.state.status !== 'upheld') return refuse({ kind: 'lost-race' });
    const about = { candidacy: { ...candidacy.state, corrected }, found: by };
    const said = { by: command.by.id, reason: reason.value.ref };
    const decision = decideAsk(owed?.state, about, said, deps.clock.now());
    if (!decision.ok) return decision;
    const requires = claim ? [{ aggregate: claimAggregate.name, id: claim.id, version: claim.version }] : [];
    return await keepOwed(deps, found.value, { events: decision.value, documents: [reason.value], requires });
  });
};

/** Grants what another person asked for; the applicant is told that an interview is owed, and gets its time later. */
export const grantOwedInterview = (deps: Deps, command: CandidacyCommand): Answer =>
  decideAgain(async (): Attempt => {
    const found = await owedPlace(deps, command, 'owed-interview.grant');
    if (!found.ok) return found;
    const { candidacy, owed } = found.value;
    if (candidacy.state.withdrawnAt) return refuse({ kind: 'not-in-stage' });
    const now = deps.clock.now();
    const decision = decideGrant(owed?.state, command.by.id, now);
    if (!decision.ok) return decision;
    const told = { template: 'owed-interview-granted', at: now, version: owed?.version ?? 0 } as const;
    const outbox = [await owedLetter(deps, found.value, told)];
    return await keepOwed(deps, found.value, { events: decision.value, outbox });
  });

/** Ends what was asked for before it is granted, with a reason. */
export const refuseOwedInterview = async (
  deps: Deps,
  command: CandidacyCommand & { reason: string },
): Answer => {
  const reason = neededReason(deps, command);
  if (!reason.ok) return reason;
  return await decideAgain(async (): Attempt => {
    const found = await owedPlace(deps, command, 'owed-interview.grant');
    if (!found.ok) return found;
    const said = { by: command.by.id, reason: reason.value.ref };
    const decision = decideRefuse(found.value.owed?.state, said, deps.clock.now());
    if (!decision.ok) return decision;
    return await keepOwed(deps, found.value, { events: decision.value, documents: [reason.value] });
  });
};

type Kept = {
  events: readonly OwedInterviewEvent[];
  documents?: readonly DocumentWrite[];
  outbox?: readonly OutboxMessage[];
  requires?: NonNullable<Commit['requires']>;
};

const keepOwed = async (
  deps: Deps,
  { place, candidacy, owed }: OwedPlace,
  { events, documents = [], outbox = [], requires: also = [] }: Kept,
): Attempt => {
  if (events.length === 0) return owed ? ok(owed) : refuse({ kind: 'not-found', what: 'page' });
  const { change, after } = changed(owedInterviewAggregate, candidacy.id, owed, events);
  const { changes, requires } = standsWithEffect(place, deps.clock.now());
  const stored = await store(deps, {
    by: place.by,
    changes: [change, ...changes],
    documents: [...documents],
    requires: [...requires, ...also],
    outbox: [...outbox],
  });
  return stored.ok ? ok(after) : stored;
};
