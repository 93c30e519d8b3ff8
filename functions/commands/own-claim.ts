import { type ApplicationCommand, openApplication } from '#functions/commands/application-reading.ts';
import { type ClaimTexts, claimTexts, ownClaim } from '#functions/commands/claim-reading.ts';
import { actorOf, type CommandDeps } from '#functions/commands/deps.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import type { Application } from '#shared/domain/application.ts';
import { claimAggregate, onceEach, type ResultClaim } from '#shared/domain/claim.ts';
import { withdrawClaim } from '#shared/domain/claim-decisions.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { permit } from '#shared/domain/permission.ts';
import type { Round } from '#shared/domain/round.ts';
import { acceptsClaims } from '#shared/domain/round-advance.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** What an applicant's claim page shows. `accepts` is why no claim can be made now, where none can. */
export type ClaimView = {
  application: Application;
  round: Round;
  file: RoundFile;
  accepts: Result<unknown, Refusal>;
  claim?: { claim: ResultClaim } & ClaimTexts;
};

export const viewClaim = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  command: ApplicationCommand,
): Promise<Result<ClaimView, Refusal>> => {
  const opened = await openApplication(deps, command);
  if (!opened.ok) return opened;
  const { found, file } = opened.value;
  const round = opened.value.round.state;
  const claim = await ownClaim(deps.records, found.state.id);
  const view = { application: found.state, round, file, accepts: acceptsClaims(round, deps.clock.now()) };
  if (!claim) return ok(view);
  return ok({ ...view, claim: { claim: claim.state, ...(await claimTexts(deps.records, claim.state)) } });
};

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;
type Attempt = Promise<Result<Versioned<ResultClaim>, Refusal | LostRace>>;

/**
 * Takes the own claim back before it is decided, and confirms it by letter: nobody decides it, is reminded of it or waits for it any more. What it said
 * stays in the record. `filedAt`: of the claim that was seen.
 */
export const takeBackClaim = (
  deps: Deps,
  command: ApplicationCommand & { filedAt: Instant },
): Promise<Result<Versioned<ResultClaim>, Refusal>> =>
  decideAgain(async (): Attempt => {
    const opened = await openApplication(deps, command);
    if (!opened.ok) return opened;
    const { found, round } = opened.value;
    const permitted = permit('claim.withdraw', 'applicant', round.state.stage);
    if (!permitted.ok) return permitted;
    const claim = await ownClaim(deps.records, command.applicationId);
    if (!claim) return refuse({ kind: 'not-found', what: 'claim' });
    const now = deps.clock.now();
    const decision = withdrawClaim(claim.state, command, now);
    if (!decision.ok) return decision;
    if (decision.value.length === 0) return ok(claim);
    const { change, after } = changed(claimAggregate, claim.id, claim, decision.value);
    const stored = await store(deps, {
      by: actorOf(command.by),
      changes: [change],
      requires: [{ aggregate: 'round', id: round.id, version: round.version }],
      outbox: [withdrawnLetter(found.state, round.state, after.state, now)],
    });
    return stored.ok ? ok(after) : stored;
  });

const withdrawnLetter = (
  { id: applicationId, number, personId }: Application,
  { id: roundId, plan: { intake, timeZone: zone } }: Round,
  claim: ResultClaim,
  withdrawnAt: Instant,
): OutboxMessage => {
  const facts = { applicationId, number, roundId, intake, zone, withdrawnAt };
  return {
    id: onceEach('claim-withdrawn', claim),
    at: withdrawnAt,
    body: { kind: 'letter', template: 'claim-withdrawn', personId, facts },
  };
};
