import { type CommandDeps, workflow } from '#functions/commands/deps.ts';
import { gateToLetGo, signalGate } from '#functions/commands/gates.ts';
import { neededReason } from '#functions/commands/reasons.ts';
import { intakeClaim } from '#functions/commands/round-import.ts';
import { asShown } from '#functions/commands/round-letters.ts';
import { changed, decideAgain, type LostRace, store, triesInTurn } from '#functions/commands/storing.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type { Actor, Versioned } from '#shared/domain/event.ts';
import { gateAggregate, letGateGo } from '#shared/domain/gate.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { executionName, type OutboxMessage } from '#shared/domain/outbox.ts';
import type { Drawn, Round, RoundEvent } from '#shared/domain/round.ts';
import {
  cancel,
  closeRoundCall,
  extendCall,
  openRound,
  type Previewed,
  restartExecution,
} from '#shared/domain/round-call.ts';
import { recordMinutes } from '#shared/domain/round-minutes.ts';
import { isGatedRound, roundAggregate } from '#shared/domain/round-record.ts';
import type { Shown } from '#shared/domain/shown-recipients.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;
type Attempt = Promise<Result<Versioned<Round>, Refusal | LostRace>>;
type Answer = Promise<Result<Versioned<Round>, Refusal>>;

/** Opens the call, pins the file and the register that were looked at, and asks for the execution. */
export const openCall = (
  deps: Deps,
  command: { by: Actor; roundId: RoundId; previewed: Previewed },
): Answer =>
  advance(
    deps,
    command,
    (round, now) => openRound(round, command.previewed, now),
    (after, at) => ({ outbox: [startExecution(after, at)] }),
  );

/** Moves the deadline to a later moment and writes to everyone who has begun: as many as somebody saw, else it is refused as `recipients-differ`. */
export const extendDeadline = (
  deps: Deps,
  command: { by: Actor; roundId: RoundId; closesAt: Instant; shown: Shown },
): Answer => {
  const { closesAt } = command;
  return advance(
    deps,
    command,
    async (round, now) => {
      const decision = extendCall(round, closesAt, now);
      if (!decision.ok || decision.value.length === 0) return decision;
      const counted = await asShown(deps.records, command, now);
      return counted.ok ? decision : counted;
    },
    (after, at) => ({ outbox: [lettersToRound('deadline-extended', after, at, { closesAt })] }),
  );
};

/** Ends the call at its deadline; the machine asks for it. `too-early` names the deadline that stands. */
export const closeCall = (deps: Deps, roundId: RoundId): Answer =>
  advance(deps, { by: workflow, roundId }, closeRoundCall, () => ({}));

/** Asks for another execution of a round whose attempt `ended` is gone; the sweep does, and may come twice. */
export const restartRound = (deps: Deps, { roundId, ended }: { roundId: RoundId; ended: number }): Answer =>
  advance(
    deps,
    { by: { kind: 'system', name: 'sweep' }, roundId },
    (round, now) => restartExecution(round, ended, now),
    (after, at) => ({ outbox: [startExecution(after, at)] }),
  );

/** Notes that the minutes of a closed round were drawn; the machine asks for it, and again changes nothing. */
export const noteMinutes = (deps: Deps, { roundId, minutes }: { roundId: RoundId; minutes: Drawn }): Answer =>
  advance(
    deps,
    { by: workflow, roundId },
    (round, now) => recordMinutes(round, minutes, now),
    () => ({}),
  );

/**
 * Cancels a round with a reason (typed text, kept as a document), lets its gate go and writes to everyone: as many as somebody saw, else it is refused as
 * `recipients-differ`.
 */
export const cancelRound = async (
  deps: Deps & Pick<CommandDeps, 'chance'>,
  command: Cancelling & { reason: string },
): Answer => {
  const reason = neededReason(deps, command);
  if (!reason.ok) return reason;
  const { value } = reason;
  return await decideAgain(() => cancelOnce(deps, command, value.ref, { documents: [value] }), triesInTurn);
};

type Cancelling = { by: Actor; roundId: RoundId; shown: Shown };

const cancelOnce = async (
  deps: Deps,
  command: Cancelling,
  reason: DocumentRef,
  written: Pick<Commit, 'documents'>,
): Attempt => {
  const { by, roundId } = command;
  const found = await deps.records.find(roundAggregate, roundId);
  if (!found) return refuse({ kind: 'not-found', what: 'round' });
  const now = deps.clock.now();
  const decision = cancel(found.state, reason, now);
  if (!decision.ok) return decision;
  if (decision.value.length === 0) return ok(found);
  const counted = await asShown(deps.records, command, now);
  if (!counted.ok) return counted;
  const { change, after } = changed(roundAggregate, found.id, found, decision.value);
  const { claim, gate } = isGatedRound(found.state) ? await gateToLetGo(deps.records, found.state) : {};
  const letters = found.state.stage === 'draft' ? [] : [lettersToRound('round-cancelled', after, now, {})];
  const stored = await store(deps, {
    by,
    ...written,
    changes: gate
      ? [change, changed(gateAggregate, gate.id, gate, letGateGo(gate.state, 'cancelled', now)).change]
      : [change],
    // A gate that opens between this read and this write must find its place taken, or lose us ours.
    ...(claim && { claims: [claim] }),
    releases: [intakeClaim(found.state)],
    outbox: gate ? [...letters, signalGate(gate, 'cancelled', now)] : letters,
  });
  return stored.ok ? ok(after) : stored;
};

type Decision = Result<RoundEvent[], Refusal>;

/** Finds, decides and stores one step of a round; a decision of no events answers the round as it stands. */
const advance = (
  deps: Deps,
  { by, roundId }: { by: Actor; roundId: RoundId },
  decide: (round: Round, now: Instant) => Decision | Promise<Decision>,
  consequences: (after: Versioned<Round>, at: Instant) => Pick<Commit, 'outbox'>,
): Answer =>
  decideAgain(async (): Attempt => {
    const found = await deps.records.find(roundAggregate, roundId);
    if (!found) return refuse({ kind: 'not-found', what: 'round' });
    const now = deps.clock.now();
    const decision = await decide(found.state, now);
    if (!decision.ok) return decision;
    if (decision.value.length === 0) return ok(found);
    const { change, after } = changed(roundAggregate, found.id, found, decision.value);
    const stored = await store(deps, { by, changes: [change], ...consequences(after, now) });
    return stored.ok ? ok(after) : stored;
  }, triesInTurn);

const startExecution = ({ state }: Versioned<Round>, at: Instant): OutboxMessage => {
  if (state.stage === 'draft' || state.stage === 'cancelled')
    throw new Error(`Nothing runs in ${state.stage}.`);
  const name = executionName(state.region, state);
  return {
    id: `start#${name}`,
    at,
    body: { kind: 'start-execution', machine: 'selection-round', name, input: { roundId: state.id } },
  };
};

const lettersToRound = (
  template: 'deadline-extended' | 'round-cancelled',
  { version, state }: Versioned<Round>,
  at: Instant,
  facts: Record<string, string>,
): OutboxMessage => {
  const cause = `${template}#${state.id}#${version}`;
  const roundId = state.id;
  return {
    id: cause,
    at,
    body: {
      kind: 'letters-to-round',
      template,
      roundId,
      cause,
      facts: { roundId, intake: state.plan.intake, zone: state.plan.timeZone, ...facts },
    },
  };
};
