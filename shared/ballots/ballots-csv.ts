import { type CsvRow, headerFaults, readCsvTable } from '#shared/domain/csv-table.ts';
import type { Fault } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import type { RankedBallot } from './pairwise.ts';

/** `order`: best first, `A > C = B`; `voters`: how many say so, one when absent; `without`: `D | E`, whom they compare with nobody. */
const columns = ['order', 'voters', 'without'] as const;
type Column = (typeof columns)[number];

const limits = { name: 60, names: 100, rows: 10_000, voters: 1_000_000, faults: 100 } as const;

export type BallotsFile = { names: string[]; ballots: RankedBallot<string>[] };

/**
 * Reads ballots from CSV with a header row: comma or semicolon, quotes, a byte order mark. Candidates are all that some ballot names; whom a
 * ballot does not name stands below all whom it does.
 * @returns every fault with its line and column, counted from 1
 */
export const readBallots = (text: string): Result<BallotsFile, Fault[]> => {
  const read = readCsvTable(text);
  if (!read.ok) {
    const { reason, ...at } = read.error;
    return refuse([{ place: '', message: `ratings.${reason}`, ...at }]);
  }
  const [header, ...rows] = read.value;
  if (!header || rows.length === 0) {
    return refuse([
      { place: '', message: 'ballots.file.empty', line: header ? header.line + 1 : 1, column: 1 },
    ]);
  }
  const heads = header.cells.map((cell) => cell.toLowerCase());
  const wrong = headerFaults(heads, header.line, { known: columns, needed: ['order'] });
  if (wrong.length > 0) return refuse(wrong);
  if (rows.length > limits.rows) {
    return refuse([fault('', 'many-rows', rows[limits.rows]?.line, { maximum: limits.rows })]);
  }
  const faults: Fault[] = [];
  const ballots = rows.flatMap((row) => readRow(heads, row, faults));
  const names = [...new Set(ballots.flatMap(({ ranks, without = [] }) => [...ranks.keys(), ...without]))];
  if (names.length > limits.names) faults.push(fault('order', 'many-names', 1, { maximum: limits.names }));
  return faults.length > 0
    ? refuse(faults.slice(0, limits.faults))
    : ok({ names: names.toSorted(), ballots });
};

const fault = (place: string, message: string, line = 1, facts?: Fault['facts']): Fault => ({
  place,
  message: `ballots.file.${message}`,
  line,
  column: 1,
  ...(facts && { facts }),
});

const readRow = (
  heads: readonly string[],
  { cells, line }: CsvRow,
  faults: Fault[],
): RankedBallot<string>[] => {
  const before = faults.length;
  const note = (place: Column, message: string, facts?: Fault['facts']): void => {
    faults.push({ ...fault(place, message, line, facts), column: heads.indexOf(place) + 1 });
  };
  const text = (name: Column): string => (cells[heads.indexOf(name)] ?? '').normalize('NFC');
  const ranked = text('order')
    .split('>')
    .map((level) => namesIn(level, '='));
  const without = namesIn(text('without'), '|');
  const all = [...ranked.flat(), ...without];
  if (all.length === 0) note('order', 'none');
  const doubled = all.find((name, index) => all.indexOf(name) !== index);
  if (doubled !== undefined) note('order', 'doubled', { name: doubled.slice(0, limits.name) });
  if (all.some((name) => name.length > limits.name)) note('order', 'long', { maximum: limits.name });
  const voters = text('voters');
  const count = voters === '' ? 1 : /^\d{1,7}$/.test(voters) ? Number(voters) : 0;
  if (count < 1 || count > limits.voters) note('voters', 'voters', { maximum: limits.voters });
  if (faults.length > before) return [];
  const ranks = new Map(ranked.flatMap((level, rank) => level.map((name) => [name, rank] as const)));
  return [{ ranks, without: new Set(without), voters: count }];
};

const namesIn = (text: string, between: string): string[] =>
  text
    .split(between)
    .map((name) => name.trim())
    .filter((name) => name !== '');
