import { keepCorrection, mayCorrect, openWork } from '#functions/commands/correction-keeping.ts';
import { type Counterfactual, type Trial, tryCorrection } from '#functions/commands/counterfactual.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { isMiscounted } from '#functions/commands/owed-interview-counting.ts';
import { neededReason } from '#functions/commands/reasons.ts';
import { decideAgain, type LostRace } from '#functions/commands/storing.ts';
import { atWork, type CommitteeCommand, workplace } from '#functions/commands/workplace.ts';
import type { DocumentWrite } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { Refusal } from '#shared/errors.ts';
import {
  type CorrectionEvent,
  type Corrections,
  type Corrects,
  correctionsAggregate,
} from '#shared/replay/correction.ts';
import {
  correctionOf,
  askCorrection as decideAsk,
  refuseCorrection as decideRefuse,
  withdrawCorrection as decideWithdraw,
} from '#shared/replay/correction-decisions.ts';
import { type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;
type Answer = Promise<Result<Versioned<Corrections>, Refusal>>;
type Attempt = Promise<Result<Versioned<Corrections>, Refusal | LostRace>>;
type OneCorrection = CommitteeCommand & { correction: number };

/** Asks for a correction that was tried, with a reason. What changes nothing is refused, and a file of marks that counts already. */
export const askCorrection = async (
  deps: Deps,
  command: CommitteeCommand & { corrects: Corrects; reason: string },
): Answer => {
  const reason = neededReason(deps, command);
  if (!reason.ok) return reason;
  return await decideAgain(async (): Attempt => {
    const { corrects } = command;
    const opened = await openWork(deps, command);
    if (!opened.ok) return opened;
    const { place, trial } = opened.value;
    const before = trial.corrections?.state;
    const allowed = await mayCorrect(deps, place, { corrects, before });
    if (!allowed.ok) return allowed;
    const tried = tryCorrection(trial, corrects);
    if (!tried.ok) return tried;
    const fault = askFault(trial, corrects, tried.value);
    if (fault) return refuse({ kind: 'invalid', faults: [{ place: fault.place, message: fault.message }] });
    const { roundId } = command;
    const rater = 'rater' in corrects ? corrects.rater : undefined;
    const raterId = rater === undefined ? undefined : trial.raterOf(rater);
    const asked = {
      by: command.by.id,
      roundId,
      corrects,
      ...(raterId && { raterId }),
      reason: reason.value.ref,
    };
    const events = decideAsk(trial.corrections?.state, asked, deps.clock.now());
    if (!events.ok) return events;
    return await keepCorrection(deps, place, {
      before: trial.corrections,
      events: events.value,
      documents: reason.value,
    });
  });
};

const askFault = (
  trial: Trial,
  corrects: Corrects,
  { same }: Counterfactual,
): { place: string; message: string } | undefined => {
  if (corrects.kind === 'marks-file' && !trial.waitingMarks.includes(corrects.import)) {
    return { place: 'import', message: 'replay.fault.import' };
  }
  if (isMiscounted(trial.owed, corrects)) {
    return { place: 'number', message: 'owed-interview.fault.cards' };
  }
  return corrects.kind === 'as-recorded' || same
    ? { place: 'kind', message: 'replay.fault.nothing' }
    : undefined;
};

/** Answers no to a request, with a reason. */
export const refuseCorrection = async (deps: Deps, command: OneCorrection & { reason: string }): Answer => {
  const reason = neededReason(deps, command);
  if (!reason.ok) return reason;
  const said = { by: command.by.id, correction: command.correction, reason: reason.value.ref };
  return await answer(deps, command, (state) => decideRefuse(state, said, deps.clock.now()), reason.value);
};

/** Takes the own request back. */
export const withdrawCorrection = (deps: Deps, command: OneCorrection): Answer =>
  answer(deps, command, (state) =>
    decideWithdraw(state, { by: command.by.id, correction: command.correction }, deps.clock.now()),
  );

const answer = (
  deps: Deps,
  command: OneCorrection,
  decide: (state: Corrections) => Result<CorrectionEvent[], Refusal>,
  documents?: DocumentWrite,
): Answer =>
  decideAgain(async (): Attempt => {
    const found = await workplace(deps, command, 'correction.apply');
    const place = found.ok ? atWork(found.value) : found;
    if (!place.ok) return place;
    const before = await deps.records.find(correctionsAggregate, command.roundId);
    const correction = before && correctionOf(before.state, command.correction);
    if (!before || !correction) return refuse({ kind: 'not-found', what: 'correction' });
    const { corrects } = correction;
    const allowed = await mayCorrect(deps, place.value, { corrects, before: before.state });
    if (!allowed.ok) return allowed;
    const events = decide(before.state);
    if (!events.ok) return events;
    return await keepCorrection(deps, place.value, { before, events: events.value, documents });
  });
