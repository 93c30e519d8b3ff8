import type { CommandDeps } from '#functions/commands/deps.ts';
import { pageSize, writeRows } from '#functions/commands/letters.ts';
import { affectedListOf } from '#functions/commands/pinned.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { correctionsAggregate } from '#shared/replay/correction.ts';
import { correctionOf } from '#shared/replay/correction-decisions.ts';

type Message = Extract<OutboxMessage['body'], { kind: 'letters-of-correction' }>;

/**
 * Turns one page of the people whom a correction concerns into letters, then writes the row for the next page. The list is the one that was
 * confirmed. Repeatable: a letter's id follows from the correction and its reader.
 */
export const writeLettersOfCorrection = async (
  deps: Pick<CommandDeps, 'records' | 'clock' | 'nudge'>,
  message: Message,
): Promise<void> => {
  const { roundId, correction: number, from } = message;
  const round = await deps.records.find(roundAggregate, roundId);
  const corrections = await deps.records.find(correctionsAggregate, roundId);
  const applied = corrections && correctionOf(corrections.state, number)?.applied;
  if (!round || !applied) return;
  const { affected } = await affectedListOf(deps.records, applied.affected);
  const { intake, timeZone: zone } = round.state.plan;
  const at = deps.clock.now();
  const rows: OutboxMessage[] = [];
  for (const { applicationId, number: own } of affected.slice(from, from + pageSize)) {
    const application = await deps.records.find(applicationAggregate, applicationId);
    if (!application) continue;
    const { personId } = application.state;
    const facts = { applicationId, roundId, intake, zone, number: own, correctedAt: applied.at };
    const body = { kind: 'letter', template: 'result-corrected', personId, facts } as const;
    rows.push({ id: `correction#${roundId}#${number}#${applicationId}`, at, body });
  }
  const next = from + pageSize;
  if (next < affected.length) {
    rows.push({ id: `correction#${roundId}#${number}#page#${next}`, at, body: { ...message, from: next } });
  }
  await writeRows(deps, rows);
};
