import type { CommandDeps } from '#functions/commands/deps.ts';
import { gateOfRound } from '#functions/commands/gates.ts';
import { interviewReminders } from '#functions/commands/interview-reminder.ts';
import { everyRound, restartRound } from '#functions/commands/rounds.ts';
import { store } from '#functions/commands/storing.ts';
import { log } from '#functions/log.ts';
import { remindOfLetters } from '#functions/sweep/letters-waiting.ts';
import { sweepSelected } from '#functions/sweep/selected.ts';
import type { Actor } from '#shared/domain/event.ts';
import { executionName } from '#shared/domain/outbox.ts';
import { publicationMessages } from '#shared/domain/results-publication.ts';
import { type Round, RoundEvent } from '#shared/domain/round.ts';
import { nextMinutesAttempt } from '#shared/domain/round-minutes.ts';
import { isGatedRound, isRunning, type RunningRound, roundAggregate } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Machines } from '#shared/ports/machines.ts';

export type RoundSweepDeps = {
  commands: Pick<CommandDeps, 'records' | 'region' | 'clock' | 'chance' | 'nudge'>;
  machines: Pick<Machines, 'start' | 'state'>;
};

/**
 * Looks whether every open round has its execution, and starts what is missing. A closed round counts as open until its
 * minutes are drawn, and is tried less and less often. A round that cannot be helped now does not keep the others from it.
 * @returns how many rounds are open, and how many executions were started
 */
export const sweepRounds = async (deps: RoundSweepDeps): Promise<{ open: number; started: number }> => {
  const sum = { open: 0, started: 0 };
  for (const { state: round, version } of await everyRound(deps.commands)) {
    await askForRows(deps, round, version);
    await askForRelease(deps, round);
    if (!isRunning(round)) continue;
    sum.open += 1;
    if (await lookAfter(deps, round)) sum.started += 1;
    sum.started += await lookAfterSelected(deps, round);
  }
  log.info('SWEEP_COMPLETED', { count: sum.open });
  return sum;
};

/** Reminders of interviews are asked for each morning, and a bundle that is owed is asked for again: one that an older version of the program did not know, or that became due by an effect. */
const askForRows = async ({ commands }: RoundSweepDeps, round: Round, version: number): Promise<void> => {
  try {
    const now = commands.clock.now();
    const outbox = [...publicationMessages(round, version, now), ...interviewReminders(round, now)];
    for (const message of outbox) await store(commands, { by: sweep, changes: [], outbox: [message] });
  } catch (error) {
    log.error('FAILED', { roundId: round.id, step: 'sweep' }, error);
  }
};

/** Whoever can release letters about decisions hears that they wait; that they cannot be told must not keep a round from going on. */
const askForRelease = async ({ commands }: RoundSweepDeps, round: Round): Promise<void> => {
  try {
    if (isGatedRound(round)) await remindOfLetters(commands, round);
  } catch (error) {
    log.error('FAILED', { roundId: round.id, step: 'sweep' }, error);
  }
};

const sweep: Actor = { kind: 'system', name: 'sweep' };

/** True when an execution was started. */
const lookAfter = async (deps: RoundSweepDeps, round: RunningRound): Promise<boolean> => {
  const name = executionName(round.region, round);
  const facts = { roundId: round.id, executionName: name, attempt: round.attempt };
  try {
    await warnOfWaiting(deps.commands, round);
    const state = await deps.machines.state({ machine: 'selection-round', name });
    if (state === 'running') return false;
    // Never started, perhaps because the outbox has not come to it: the same name twice starts one.
    if (state === 'missing') {
      await deps.machines.start({ machine: 'selection-round', name, input: { roundId: round.id } });
    } else if ((await mustWait(deps.commands, round)) || !(await nextAttempt(deps.commands, round)))
      return false;
    log.warn('ROUND_EXECUTION_RESTARTED', { ...facts, reason: state });
    return true;
  } catch (error) {
    log.error('FAILED', { ...facts, step: 'sweep' }, error);
    return false;
  }
};

/** Offers and placements of a round; what cannot be helped now must not keep other rounds from being looked at. */
const lookAfterSelected = async (deps: RoundSweepDeps, round: RunningRound): Promise<number> => {
  try {
    return await sweepSelected(deps, round);
  } catch (error) {
    log.error('FAILED', { roundId: round.id, step: 'sweep' }, error);
    return 0;
  }
};

/** A committee that has not decided for this long is reminded of by an alarm; the gate itself never decides. */
const patienceSeconds = 21 * 86_400;

const warnOfWaiting = async (
  { records, clock }: RoundSweepDeps['commands'],
  round: RunningRound,
): Promise<void> => {
  const { id, stage } = round;
  const gate = isGatedRound(round) ? await gateOfRound(records, round) : undefined;
  if (gate?.state.status !== 'open') return;
  const ageSeconds = secondsBetween(gate.state.openedAt, clock.now());
  if (ageSeconds > patienceSeconds) {
    log.warn('GATE_WAITING_LONG', { roundId: id, gateId: gate.id, stage, ageSeconds });
  }
};

const secondsBetween = (from: Instant, to: Instant): number =>
  Math.floor((new Date(to).getTime() - new Date(from).getTime()) / 1000);

/** Only minutes wait between attempts: an open round has deadlines to keep. */
const mustWait = async (
  { records, clock }: RoundSweepDeps['commands'],
  { id, stage }: RunningRound,
): Promise<boolean> => {
  if (stage !== 'closed') return false;
  const history = await records.history(roundAggregate.name, id);
  const next = nextMinutesAttempt(history.map(({ fact }) => RoundEvent.parse(fact)));
  return next !== undefined && clock.now() < next;
};

/** An ended execution cannot be started by its name again: the round asks for its next, unless it has moved on. */
const nextAttempt = async (
  commands: RoundSweepDeps['commands'],
  { id: roundId, attempt: ended }: RunningRound,
): Promise<boolean> => (await restartRound(commands, { roundId, ended })).ok;
