import type { CommandDeps } from '#functions/commands/deps.ts';
import { pageSize, writeRows } from '#functions/commands/letters.ts';
import { offerBoard } from '#functions/commands/offer-board.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { type Exchange, isUnplaced } from '#shared/domain/exchange.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { Round } from '#shared/domain/round.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';

type LettersOfExchange = Extract<OutboxMessage['body'], { kind: 'letters-of-exchange' }>;
type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;

/** Asks for the letters to everyone without a post. */
export const lettersOfExchange = (
  { id: roundId, plan }: Pick<Round, 'id' | 'plan'>,
  { until }: Exchange,
  at: Instant,
): OutboxMessage => {
  const facts = { roundId, intake: plan.intake, zone: plan.timeZone, until };
  return { id: `exchange#${roundId}`, at, body: { kind: 'letters-of-exchange', roundId, facts, from: 0 } };
};

/**
 * Turns one page of the people with a final result into letters to those who have no post, then writes the row for the next page.
 * Repeatable: a letter's id follows from its round and its reader.
 */
export const writeLettersOfExchange = async (deps: Deps, message: LettersOfExchange): Promise<void> => {
  const { roundId, facts, from } = message;
  const round = await deps.records.find(roundAggregate, roundId);
  if (!round || round.state.stage !== 'offers') return;
  const { contenders } = await offerBoard(deps, round.state);
  const at = deps.clock.now();
  const asked = contenders.slice(from, from + pageSize).filter(({ state }) => isUnplaced(state));
  const letters = await Promise.all(
    asked.map(async ({ id, state: { applicationId, number } }): Promise<OutboxMessage[]> => {
      const application = await deps.records.find(applicationAggregate, applicationId);
      if (!application) return [];
      const { personId } = application.state;
      const body = { kind: 'letter', template: 'exchange-opened', personId, facts: { ...facts, number } } as const;
      return [{ id: `exchange#${roundId}#${id}`, at, body }];
    }),
  );
  const rows = letters.flat();
  const next = from + pageSize;
  if (next < contenders.length) {
    rows.push({ id: `exchange#${roundId}#page#${next}`, at, body: { ...message, from: next } });
  }
  await writeRows(deps, rows);
};
