import type { Mark } from '#shared/analysis/rasch/marks.ts';
import type { Rating } from '#shared/analysis/ratings.ts';
import { type CsvRow, headerFaults, readCsvTable } from '#shared/domain/csv-table.ts';
import type { Fault } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** The columns of a table of ratings, in any order; the last three may be missing. */
const columns = ['application', 'rater', 'score', 'criterion', 'weight', 'panel'] as const;
type Column = (typeof columns)[number];
const needed: readonly Column[] = ['application', 'rater', 'score'];

/** A million ratings take a minute and 1.5 GB; with many more, memory would run out without a word. */
const ratingsLimits = { cell: 200, faults: 200, ratings: 1_000_000 } as const;

/** Ratings; where the table names panels, for each rating its panel, and where it names criteria, its scores of them, all in one order. */
export type RatingsFile = { ratings: Rating[]; panels?: string[]; sheets?: number[][] };

/**
 * Reads ratings from CSV with a header row: comma or semicolon (the header decides), quotes, a byte order mark, a decimal point
 * or comma. With criteria, a rater's score of an application is their mean by weight, Σ w·s / Σ w (ANCHORS 5.1), each as heavy as the
 * others where the table has no weights; all raters must have scored all of them.
 * @returns every fault with its line and column, counted from 1, at most 200 of them and then how many more there are
 */
export const readRatings = (text: string): Result<RatingsFile, Fault[]> => {
  const read = readCells(text);
  if (!read.ok) return read;
  const { cells, names } = read.value;
  const faults: Fault[] = [];
  const means = meansOf(cells, names.includes('criterion'), faults);
  if (faults.length > 0) return refuse(shown(faults));
  return ok({
    ratings: means.map(ratingOf),
    ...(names.includes('panel') && { panels: means.map(({ panel }) => panel) }),
    ...(names.includes('criterion') && { sheets: means.map(({ sheet = [] }) => sheet) }),
  });
};

/**
 * The same table as marks of a rating scale, each criterion by itself (`''` where the table has none).
 * @returns as `readRatings`, and every score that is no whole number
 */
export const readMarks = (text: string): Result<Mark[], Fault[]> => {
  const read = readCells(text);
  if (!read.ok) return read;
  const { cells, names } = read.value;
  const column = names.indexOf('score') + 1;
  const faults = cells
    .filter(({ score }) => !Number.isSafeInteger(score))
    .map(({ line }): Fault => ({ place: 'score', message: 'ratings.rasch.whole', line, column }));
  if (faults.length === 0) meansOf(cells, names.includes('criterion'), faults);
  if (faults.length > 0) return refuse(shown(faults));
  return ok(
    cells.map(({ application, rater, criterion, score }) => ({ application, rater, criterion, score })),
  );
};

/** Every row by itself. */
const readCells = (text: string): Result<{ cells: Cells[]; names: string[] }, Fault[]> => {
  const excess = excessOf(text);
  if (excess) return refuse([excess]);
  const read = readCsvTable(text);
  if (!read.ok) {
    const { reason, ...at } = read.error;
    return refuse([{ place: '', message: `ratings.${reason}`, ...at }]);
  }
  const [header, ...rows] = read.value;
  if (!header) return refuse([{ place: '', message: 'ratings.empty', line: 1, column: 1 }]);
  const names = header.cells.map((cell) => cell.toLowerCase());
  const wrong = [
    ...headerFaults(names, header.line, { known: columns, needed }),
    ...weightAlone(names, header.line),
  ];
  if (wrong.length > 0) return refuse(wrong);
  if (rows.length === 0)
    return refuse([{ place: '', message: 'ratings.empty', line: header.line + 1, column: 1 }]);
  const faults: Fault[] = [];
  const cells = rows.flatMap((row) => readRow(names, row, faults));
  noteDoubled(cells, names, faults);
  noteOtherWeights(cells, names, faults);
  return faults.length > 0 ? refuse(shown(faults)) : ok({ cells, names });
};

const weightAlone = (names: readonly string[], line: number): Fault[] =>
  names.includes('weight') && !names.includes('criterion')
    ? [{ place: 'weight', message: 'ratings.weight-alone', line, column: names.indexOf('weight') + 1 }]
    : [];

/** Looked at before anything is taken apart, line ends as either system writes them. */
const excessOf = (text: string): Fault | undefined => {
  const { ratings } = ratingsLimits;
  const lines = Math.max(countOf(text, '\n'), countOf(text, '\r'));
  // The header is one of them, and the last may end or not.
  if (lines <= ratings + 1) return undefined;
  return { place: '', message: 'ratings.too-many', line: ratings + 2, facts: { limit: ratings } };
};

const countOf = (text: string, end: string): number => {
  let count = 0;
  for (let at = text.indexOf(end); at >= 0; at = text.indexOf(end, at + 1)) count += 1;
  return count;
};

type Cells = {
  application: string;
  rater: string;
  score: number;
  criterion: string;
  /** Of the criterion, in any unit; 1 where the table has none. */
  weight: number;
  panel: string;
  line: number;
};

const ratingOf = ({ application, rater, score }: Cells): Rating => ({ application, rater, score });

const readRow = (names: readonly string[], { cells, line }: CsvRow, faults: Fault[]): Cells[] => {
  const before = faults.length;
  const note = (column: number, message: string, facts?: Fault['facts']): void => {
    faults.push({
      place: names[column - 1] ?? '',
      message: `ratings.${message}`,
      line,
      column,
      ...(facts && { facts }),
    });
  };
  if (cells.length !== names.length) {
    note(Math.min(cells.length, names.length), 'cell-count', { expected: names.length, found: cells.length });
    return [];
  }
  const text = (name: Column): string => {
    const place = names.indexOf(name);
    const cell = cells[place] ?? '';
    if (place >= 0 && cell === '') note(place + 1, 'missing');
    if (cell.length > ratingsLimits.cell) note(place + 1, 'too-long', { limit: ratingsLimits.cell });
    if (/\p{Cc}/u.test(cell)) note(place + 1, 'control-character');
    return cell.normalize('NFC');
  };
  const score = text('score');
  const number = numberIn(score);
  if (score !== '' && number === undefined) note(names.indexOf('score') + 1, 'number');
  const heavy = text('weight');
  const weight = names.includes('weight') ? (numberIn(heavy) ?? 0) : 1;
  if (heavy !== '' && weight <= 0) note(names.indexOf('weight') + 1, 'weight');
  const [application, rater, criterion, panel] = [
    text('application'),
    text('rater'),
    text('criterion'),
    text('panel'),
  ];
  return faults.length > before
    ? []
    : [{ application, rater, criterion, weight, panel, score: number ?? 0, line }];
};

/** A number as people and programs write one: `7`, `7,5`, `.5`, `7.333333333333333`, `1e-3`; below a thousand million. */
const numberIn = (cell: string): number | undefined => {
  if (!/^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d{1,2})?$/i.test(cell)) return undefined;
  const number = Number(cell.replace(',', '.'));
  return Math.abs(number) < 1e9 ? number : undefined;
};

const keyOf = (...parts: string[]): string => JSON.stringify(parts);

const noteDoubled = (cells: readonly Cells[], names: readonly string[], faults: Fault[]): void => {
  const lines = new Map<string, number>();
  for (const { application, rater, criterion, line } of cells) {
    const key = keyOf(application, rater, criterion);
    const first = lines.get(key);
    if (first === undefined) lines.set(key, line);
    else {
      const facts = { application, rater, first };
      faults.push({
        place: 'rater',
        message: 'ratings.doubled',
        line,
        column: names.indexOf('rater') + 1,
        facts,
      });
    }
  }
};

/** A criterion weighs the same in every row. */
const noteOtherWeights = (cells: readonly Cells[], names: readonly string[], faults: Fault[]): void => {
  const firsts = new Map<string, Cells>();
  for (const each of cells) {
    const first = firsts.get(each.criterion);
    if (!first) firsts.set(each.criterion, each);
    else if (first.weight !== each.weight) {
      const facts = { criterion: each.criterion, weight: first.weight, first: first.line };
      const column = names.indexOf('weight') + 1;
      faults.push({ place: 'weight', message: 'ratings.another-weight', line: each.line, column, facts });
    }
  }
};

type Mean = Cells & { sheet?: number[] };

/** One row for each rater and application: its criteria's scores and their mean, and the one panel that all of them name. */
const meansOf = (cells: readonly Cells[], byCriterion: boolean, faults: Fault[]): Mean[] => {
  if (!byCriterion) return [...cells];
  const criteria = [...new Set(cells.map(({ criterion }) => criterion))].toSorted();
  const sheets = new Map<string, Cells[]>();
  for (const each of cells) {
    const key = keyOf(each.application, each.rater);
    const known = sheets.get(key);
    if (known) known.push(each);
    else sheets.set(key, [each]);
  }
  return [...sheets.values()].flatMap((sheet) => {
    const [first] = sheet;
    const lacking = criteria.find((name) => !sheet.some(({ criterion }) => criterion === name));
    if (first && lacking !== undefined) {
      const facts = { application: first.application, rater: first.rater, criterion: lacking };
      faults.push({ place: 'criterion', message: 'ratings.lacking', line: first.line, column: 1, facts });
    }
    const other = sheet.find(({ panel }) => panel !== first?.panel);
    if (first && other) {
      const { application, rater, panel } = first;
      const facts = { application, rater, panel, first: first.line };
      faults.push({ place: 'panel', message: 'ratings.another-panel', line: other.line, column: 1, facts });
    }
    const sorted = sheet.toSorted((a, b) => (a.criterion < b.criterion ? -1 : 1));
    const sum = sorted.reduce((all, { score, weight }) => all + weight * score, 0);
    const whole = sorted.reduce((all, { weight }) => all + weight, 0);
    return first ? [{ ...first, score: sum / whole, sheet: sorted.map(({ score }) => score) }] : [];
  });
};

const shown = (faults: readonly Fault[]): Fault[] => {
  const sorted = faults.toSorted(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
  const more = sorted.length - ratingsLimits.faults;
  const last = sorted.at(ratingsLimits.faults - 1);
  return more > 0
    ? [
        ...sorted.slice(0, ratingsLimits.faults),
        { place: '', message: 'ratings.more', line: last?.line ?? 1, facts: { more } },
      ]
    : sorted;
};
