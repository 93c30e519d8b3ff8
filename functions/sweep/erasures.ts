import type { CommandDeps } from '#functions/commands/deps.ts';
import { isErased } from '#functions/commands/erasing.ts';
import { log } from '#functions/log.ts';
import type { Actor } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { Erasure, OutboxMessage } from '#shared/domain/outbox.ts';
import type { ErasureList } from '#shared/ports/erasure.ts';

export type ErasureSweepDeps = {
  commands: Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;
  erasures: Pick<ErasureList, 'all'>;
};

const by: Actor = { kind: 'system', name: 'sweep' };

/** Where the tables say how far they follow the list. */
const followed = 'erasures-followed';

/**
 * Erases again whoever the list names and the records still hold: tables that were restored from before an erasure do not
 * know of it. The list is compared by its SHA-256, so that a sweep after which nothing changed asks for nothing else.
 * @returns how many are erased again
 */
export const sweepErasures = async ({ commands, erasures }: ErasureSweepDeps): Promise<number> => {
  const list = (await erasures.all()).toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const value = sha256Of(list.map(nameOf).join('\n'));
  const before = await commands.records.claimed(followed);
  if (before === value || (list.length === 0 && before === undefined)) return 0;
  let again = 0;
  for (const of of list) {
    if (await isErased(commands, of)) continue;
    await commands.records.commit({ by, changes: [], outbox: [rowFor(of, before, commands)] });
    again += 1;
  }
  const releases = before === undefined ? {} : { releases: [{ key: followed, value: before }] };
  await commands.records.commit({ by, changes: [], claims: [{ key: followed, value }], ...releases });
  if (again > 0) {
    log.warn('ERASED_AGAIN', { count: again });
    await commands.nudge.outbox();
  }
  return again;
};

const nameOf = ({ kind, id }: Erasure): string => `${kind}/${id}`;

/** Of its own name after each restore; one that was written before a crash is not written twice. */
const rowFor = (
  of: Erasure,
  before: string | undefined,
  { clock }: ErasureSweepDeps['commands'],
): OutboxMessage => ({
  id: `erase#${of.kind}#${of.id}#${(before ?? 'first').slice(0, 12)}`,
  at: clock.now(),
  // Alone, without its account, an application is only erased because its time was over.
  body: { kind: 'erase', of, ...(of.kind === 'application' && { because: 'retention' }) },
});
