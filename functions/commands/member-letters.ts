import type { CommandDeps } from '#functions/commands/deps.ts';
import { pageSize, writeRows } from '#functions/commands/letters.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';

type Message = Extract<OutboxMessage['body'], { kind: 'letters-to-members' }>;

/** Turns one row into a letter for each of its readers. Repeatable: what was written before is passed over. */
export const writeLettersToMembers = async (
  deps: Pick<CommandDeps, 'records' | 'clock' | 'nudge'>,
  { template, cause, facts, to }: Omit<Message, 'kind'>,
): Promise<void> => {
  const at = deps.clock.now();
  const letters = to.map(
    ({ personId, ...own }): OutboxMessage => ({
      id: `${cause}#${personId}`,
      at,
      body: { kind: 'letter', template, personId, facts: { ...facts, ...own } },
    }),
  );
  for (let from = 0; from < letters.length; from += pageSize) {
    await writeRows(deps, letters.slice(from, from + pageSize));
  }
};
