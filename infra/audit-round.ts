import { readFileSync, writeFileSync } from 'node:fs';
import { chronicleFile } from '#functions/commands/chronicle.ts';
import { replay } from '#functions/commands/replay.ts';
import type { Print } from '#infra/local/command.ts';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';
import { RoundId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Records } from '#shared/ports/records.ts';
import { type Chronicle, type ChronicleFault, readChronicle } from '#shared/replay/chronicle.ts';

/** The options of `npm run audit` about a whole round. */
export const roundOptions = {
  round: { type: 'string' },
  export: { type: 'string' },
  from: { type: 'string' },
} as const;

type Reads = Pick<Records, 'history' | 'versions' | 'blob'>;

/** From where a round is read, and up to when it is shown. */
export type RoundAudit = {
  round?: string | undefined;
  /** A file to write the round's chronicle to, for its owner only. */
  export?: string | undefined;
  /** A chronicle that was written before; no home is asked then. */
  from?: string | undefined;
  /** The whole round where it is left out. */
  until?: Instant | undefined;
};

/**
 * Prints a round as it stood, and whether each proposal until then follows from what it was drawn up from.
 * @param home opens the records, where they are needed
 * @returns how many proposals do not follow
 * @throws HomeFault when there is no such round, or the file is no unbroken chronicle
 */
export const auditRound = async (asked: RoundAudit, home: () => Reads, print: Print): Promise<number> => {
  const text = asked.from === undefined ? await fileOf(home(), asked.round) : textOf(asked.from);
  const chronicle = readOrFail(text);
  if (asked.export !== undefined) writeFileSync(asked.export, text, { mode: 0o600 });
  const until = asked.until ?? lastOf(chronicle);
  const replayed = until && (await replay(chronicle, until));
  if (!replayed) throw new HomeFault('Nothing had happened by then.', exitCodes.data);
  print(JSON.stringify(replayed.stood, null, 2));
  for (const { stage, at, proposal, follows } of replayed.recomputed) {
    const verdict = follows ? 'follows from the record' : 'FAULT: does not follow from the record';
    print(`${at}  ${stage}  ${proposal.slice(0, 12)}  ${verdict}`);
  }
  return replayed.recomputed.filter(({ follows }) => !follows).length;
};

const fileOf = async (records: Reads, round: string | undefined): Promise<string> => {
  const id = RoundId.safeParse(round);
  const text = id.success ? await chronicleFile(records, id.data) : undefined;
  if (text === undefined) throw new HomeFault(`There is no round "${round}".`, exitCodes.usage);
  return text;
};

/** @throws HomeFault when it cannot be read */
export const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new HomeFault(`"${path}" cannot be read${code}.`, exitCodes.usage);
  }
};

const readOrFail = (text: string): Chronicle => {
  const chronicle = readChronicle(text);
  if (chronicle.ok) return chronicle.value;
  throw new HomeFault(faultWords(chronicle.error), exitCodes.data);
};

const faultWords = (fault: ChronicleFault): string => {
  switch (fault.kind) {
    case 'unreadable':
      return 'The file is no chronicle of a round.';
    case 'broken-chain':
      return `FAULT ${fault.record} at version ${fault.version}: its events are not those that were written (${fault.fault}).`;
    case 'changed-text':
      return `FAULT the text ${fault.sha256} was changed.`;
    default:
      return fault satisfies never;
  }
};

const lastOf = ({ events }: Chronicle): Instant | undefined =>
  events
    .map(({ fact }) => fact.at)
    .toSorted()
    .at(-1);
