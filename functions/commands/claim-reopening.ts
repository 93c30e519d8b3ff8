import { keptWith } from '#functions/commands/claim-keeping.ts';
import { mayDecide, type OpenClaim } from '#functions/commands/claim-place.ts';
import { claimReminders } from '#functions/commands/claim-reminder.ts';
import {
  openReopening,
  type ReopenCommand,
  type ReopeningEffects,
  reopeningEffects,
} from '#functions/commands/claim-reopening-effects.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { neededReason } from '#functions/commands/reasons.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { stands } from '#functions/commands/workplace.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { type ClaimEvent, claimAggregate, onceEach, type ResultClaim } from '#shared/domain/claim.ts';
import {
  askReopening as decideAsk,
  confirmReopening as decideConfirm,
  refuseReopening as decideRefuse,
} from '#shared/domain/claim-reopening.ts';
import { correctedBy } from '#shared/domain/corrected-points.ts';
import type { DocumentWrite } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { PersonId, Sha256 } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { owedInterviewAggregate } from '#shared/domain/owed-interview.ts';
import type { Round } from '#shared/domain/round.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;
type Answer = Promise<Result<Versioned<ResultClaim>, Refusal>>;
type Attempt = Promise<Result<Versioned<ResultClaim>, Refusal | LostRace>>;
type Requires = NonNullable<Commit['requires']>;

/**
 * Asks that a decided claim be open again, with a reason that its applicant reads once it is. Whoever decides the claim does, having seen what falls
 * away by it; where that is something else by now, `changed-meanwhile`.
 */
export const askReopening = async (
  deps: Deps,
  command: ReopenCommand & { reason: string; shown: Sha256 },
): Answer => {
  const reason = neededReason(deps, command);
  if (!reason.ok) return reason;
  return await decideAgain(async (): Attempt => {
    const effects = await reopeningEffects(deps, command, mayDecide);
    if (!effects.ok) return effects;
    const { claim, digest } = effects.value;
    const said = { by: command.by.id, reason: reason.value.ref };
    const decision = decideAsk(claim.state, said, deps.clock.now());
    if (!decision.ok) return decision;
    if (decision.value.length === 0) return ok(claim);
    if (digest !== command.shown) return refuse({ kind: 'changed-meanwhile' });
    const untouched = await owedUntouched(deps, claim.state);
    if (!untouched.ok) return untouched;
    return await keep(deps, effects.value, { events: decision.value, documents: [reason.value] });
  });
};

/** Ends what was asked for, with a reason. */
export const refuseReopening = async (deps: Deps, command: ReopenCommand & { reason: string }): Answer => {
  const reason = neededReason(deps, command);
  if (!reason.ok) return reason;
  return await decideAgain(async (): Attempt => {
    const opened = await openReopening(deps, command);
    if (!opened.ok) return opened;
    const said = { by: command.by.id, reason: reason.value.ref };
    const decision = decideRefuse(opened.value.claim.state, said, deps.clock.now());
    if (!decision.ok) return decision;
    return await keep(deps, opened.value, { events: decision.value, documents: [reason.value] });
  });
};

/**
 * Reopens a claim, as another person asked: what it was granted counts no more from the same transaction on, its clock begins anew, and its applicant
 * is told. What was shown must still be so.
 */
export const confirmReopening = (deps: Deps, command: ReopenCommand & { shown: Sha256 }): Answer =>
  decideAgain(async (): Attempt => {
    const opened = await openReopening(deps, command);
    if (!opened.ok) return opened;
    const { claim, place } = opened.value;
    const now = deps.clock.now();
    const decision = decideConfirm(claim.state, { by: command.by.id, shown: command.shown }, now);
    if (!decision.ok) return decision;
    if (decision.value.length === 0) return ok(claim);
    const effects = await reopeningEffects(deps, command);
    if (!effects.ok) return effects;
    if (effects.value.claim.version !== claim.version) return refuse({ kind: 'lost-race' });
    if (effects.value.digest !== command.shown) return refuse({ kind: 'changed-meanwhile' });
    const untouched = await owedUntouched(deps, claim.state);
    if (!untouched.ok) return untouched;
    const { state: after } = changed(claimAggregate, claim.id, claim, decision.value).after;
    const letter = await reopenedLetter(deps, place.round.state, after, now);
    const kept = keptWithout(deps, effects.value, command.by.id);
    return await keep(deps, opened.value, {
      ...kept,
      events: decision.value,
      requires: [...kept.requires, ...untouched.value],
      outbox: [letter, ...claimReminders(place.file, after)],
    });
  });

/** The list of what counts from then on; where nothing was counted by the claim, corrections must still be those that were read. */
const keptWithout = (deps: Deps, { decided, trial, found }: ReopeningEffects, by: PersonId) => {
  const granted = decided.status === 'upheld' ? correctedBy(decided.corrected) : {};
  const event = { type: 'claim-uncounted', claim: decided.id } as const;
  const counted = Object.keys(granted).length > 0;
  return keptWith(deps, trial, { by, found, event: counted ? event : undefined });
};

/**
 * That nobody was given, or waits for, an interview which the claim found, with what must still be so; else `interview-owed`: what was granted to a
 * person is not taken from them.
 */
const owedUntouched = async (
  { records }: Pick<Deps, 'records'>,
  { id, applicationId }: ResultClaim,
): Promise<Result<Requires, Refusal>> => {
  const owed = await records.find(owedInterviewAggregate, applicationId);
  const isBy = owed && 'claim' in owed.state.found && owed.state.found.claim === id;
  if (isBy && owed.state.status !== 'refused') return refuse({ kind: 'interview-owed' });
  return ok([{ aggregate: owedInterviewAggregate.name, id: applicationId, version: owed?.version ?? 0 }]);
};

type Kept = Partial<Pick<Commit, 'changes' | 'requires' | 'blobs' | 'outbox'>> & {
  events: readonly ClaimEvent[];
  documents?: readonly DocumentWrite[];
};

const keep = async (
  deps: Deps,
  { place, claim }: OpenClaim,
  { events, changes = [], requires = [], blobs = [], documents = [], outbox = [] }: Kept,
): Attempt => {
  if (events.length === 0) return ok(claim);
  const { change, after } = changed(claimAggregate, claim.id, claim, events);
  const stored = await store(deps, {
    by: place.by,
    changes: [change, ...changes],
    requires: [...stands(place), ...requires],
    blobs,
    documents: [...documents],
    outbox,
  });
  return stored.ok ? ok(after) : stored;
};

const reopenedLetter = async (
  { records }: Pick<Deps, 'records'>,
  { id: roundId, plan: { intake, timeZone: zone } }: Round,
  claim: ResultClaim,
  reopenedAt: Instant,
): Promise<OutboxMessage> => {
  const { applicationId, number } = claim;
  const application = await records.find(applicationAggregate, applicationId);
  if (!application) throw new Error(`Claim ${claim.id} is about no application.`);
  const { personId } = application.state;
  const facts = { applicationId, number, roundId, intake, zone, reopenedAt };
  return {
    id: onceEach('claim-reopened', claim),
    at: reopenedAt,
    body: { kind: 'letter', template: 'claim-reopened', personId, facts },
  };
};
