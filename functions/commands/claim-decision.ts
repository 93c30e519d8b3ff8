import { asShown } from '#functions/commands/claim-effects.ts';
import type { SaidVerdict } from '#functions/commands/claim-items.ts';
import { nothingKept } from '#functions/commands/claim-keeping.ts';
import { type OpenClaim, openClaim } from '#functions/commands/claim-place.ts';
import { claimTexts } from '#functions/commands/claim-reading.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { typedReason } from '#functions/commands/reasons.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { type CommitteeCommand, stands } from '#functions/commands/workplace.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { claimAggregate, isDecided, onceEach, type ResultClaim } from '#shared/domain/claim.ts';
import { type ClaimVerdict, decideClaim, isSound } from '#shared/domain/claim-decisions.ts';
import { isOfThisTime } from '#shared/domain/claim-rule.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import type { ClaimId, PersonId, Sha256 } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { Round } from '#shared/domain/round.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;
type Attempt = Promise<Result<Versioned<ResultClaim>, Refusal | LostRace>>;

/**
 * `shown`: the digest of the effects that whoever upholds has seen; without it, or with another, it is `changed-meanwhile`. `items`: the points that are
 * changed, from which totals are counted. `openSince`: of the claim that was read; needed of one that was open before.
 */
export type DecideClaim = CommitteeCommand & { claimId: ClaimId; reason: string } & SaidVerdict & {
    shown?: Sha256 | undefined;
    openSince?: Instant | undefined;
  };

/**
 * Decides a claim, with a reason that its applicant reads; upheld, what it grants is counted from the same transaction on, where it
 * changes what was shown and nothing else. The chair decides, and where the chair has a
 * conflict of interest who replaces them on this application.
 */
export const settleClaim = (
  deps: Deps,
  command: DecideClaim,
): Promise<Result<Versioned<ResultClaim>, Refusal>> =>
  decideAgain(async (): Attempt => {
    const opened = await openClaim(deps, command);
    if (!opened.ok) return opened;
    if (await isThis(deps, command, opened.value.claim.state)) return ok(opened.value.claim);
    return await storeDecision(deps, command, opened.value);
  });

/** Whether a claim was decided by this very decision: a second press, or a retry whose answer was lost. */
const isThis = async (
  { records }: Pick<Deps, 'records'>,
  command: DecideClaim,
  claim: ResultClaim,
): Promise<boolean> => {
  if (!isDecided(claim) || claim.by !== command.by.id) return false;
  return isSame(command, claim) && (await claimTexts(records, claim)).reason === command.reason.trim();
};

/** Totals that follow from points nobody typed: what was seen with them stands for both. */
const isSame = (command: DecideClaim, claim: ResultClaim): boolean => {
  if (command.verdict === 'rejected' || claim.status !== 'upheld') return command.verdict === claim.status;
  return claim.corrected.items
    ? command.items?.length === claim.corrected.items.length && command.shown === claim.shown
    : !command.items?.length && canonicalJson(claim.corrected) === canonicalJson(command.corrected);
};

const storeDecision = async (deps: Deps, command: DecideClaim, { place, claim }: OpenClaim): Attempt => {
  const now = deps.clock.now();
  const typed = typedReason(deps, command);
  if (!typed.ok) return typed;
  const reason = typed.value;
  const by = { by: command.by.id, reason: reason?.ref };
  const sound = isSound(claim.state, saidIn(command, by));
  if (!sound.ok) return sound;
  const meant = isMeant(claim.state, command);
  if (!meant.ok) return meant;
  const seen = command.verdict === 'upheld' ? await asShown(deps, command) : ok(undefined);
  if (!seen.ok) return seen;
  const verdict: ClaimVerdict = seen.value
    ? { verdict: 'upheld', corrected: seen.value.granted }
    : { verdict: 'rejected' };
  const decision = decideClaim(claim.state, { ...verdict, ...by, shown: command.shown }, now);
  if (!decision.ok) return decision;
  const { applicationId } = claim.state;
  const application = await deps.records.find(applicationAggregate, applicationId);
  if (!application) throw new Error(`Claim ${claim.id} is about no application.`);
  const { changes, requires, blobs } = seen.value?.kept ?? nothingKept;
  const { change, after } = changed(claimAggregate, claim.id, claim, decision.value);
  const stored = await store(deps, {
    by: place.by,
    changes: [change, ...changes],
    requires: [...stands(place), ...requires],
    blobs,
    documents: reason ? [reason] : [],
    outbox: [decidedLetter(after.state, place.round.state, application.state.personId, now)],
  });
  return stored.ok ? ok(after) : stored;
};

/** Nobody decides a claim that was made again since it was read: it may say something else now. */
const isMeant = (claim: ResultClaim, { openSince }: DecideClaim): Result<void, Refusal> =>
  isOfThisTime(claim, openSince)
    ? ok(undefined)
    : refuse({ kind: 'invalid', faults: [{ place: 'openSince', message: 'results.fault.other-claim' }] });

const saidIn = <By>(command: DecideClaim, by: By) =>
  command.verdict === 'rejected'
    ? ({ verdict: 'rejected', ...by } as const)
    : ({ verdict: 'upheld', corrected: { ...command.corrected, items: command.items }, ...by } as const);

const decidedLetter = (
  claim: ResultClaim,
  { id: roundId, plan: { intake, timeZone: zone } }: Round,
  personId: PersonId,
  at: Instant,
): OutboxMessage => {
  const { number, applicationId } = claim;
  const facts = { applicationId, number, roundId, intake, zone, decidedAt: at };
  return {
    id: onceEach('claim-decided', claim),
    at,
    body: { kind: 'letter', template: 'claim-decided', personId, facts },
  };
};
