import type { Context } from 'hono';
import { ListName, type RoundList, roundList } from '#functions/commands/lists.ts';
import { partIn } from '#functions/http/part.ts';
import { csvText } from '#shared/domain/csv-text.ts';
import { openIn } from '#shared/domain/walls.ts';
import { roundCommand } from '../acting.ts';
import { sheetsBehind } from '../committee/proposal-table.tsx';
import type { WebDeps } from '../deps.ts';
import { refusalPage } from '../problem.tsx';
import { isSample } from '../sample-note.tsx';
import { viewOf } from '../view.ts';
import { rowsOf } from './rows.ts';

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** One list of a round as a file for a spreadsheet: `ranking.csv`, `scores.xlsx`, … */
export const showListFile = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'lists.export');
  if (!command.ok) return refusalPage(c, command.error);
  const [, named, isWorkbook] = /^([a-z]+)\.(?:csv|(xlsx))$/.exec(c.req.param('file') ?? '') ?? [];
  const name = ListName.safeParse(named);
  if (!name.success) return refusalPage(c, { kind: 'not-found', what: 'document' });
  const part = partIn(c);
  if (!part.ok) return refusalPage(c, part.error);
  const found = await roundList(deps, { ...command.value, name: name.data, part: part.value });
  if (!found.ok) return refusalPage(c, found.error);
  const type = isWorkbook === undefined ? 'csv' : 'xlsx';
  const rows = rowsOf(viewOf(c).t, found.value);
  // A row above the heading would be in the way of whoever reckons with it.
  const sample = sheetsOf(found.value).some(isSample) ? '-sample' : '';
  const { intake } = found.value.place.file;
  const listed = isOfInterviews(found.value) ? 'interview-scores' : name.data;
  return await spreadsheetOf(c, { name: `${listed}-${intake}${sample}`, type, rows });
};

const isOfInterviews = (found: RoundList): boolean =>
  found.name === 'scores' && found.table.part === 'interviews';

/** By which sheets the points in a list were given. */
const sheetsOf = (found: RoundList) => {
  const { file } = found.place;
  switch (found.name) {
    case 'applications':
      return [];
    case 'scores':
      return [found.table.part === 'scoring' ? file.rubric : file.interviews];
    case 'ranking':
      return sheetsBehind(openIn(found.list), file);
    default:
      return found satisfies never;
  }
};

type Spreadsheet = {
  name: string;
  type: keyof typeof types;
  rows: readonly (readonly (string | number)[])[];
};

/** A table to be taken away, in which nothing is run that somebody typed. */
export const spreadsheetOf = async (c: Context, { name, type, rows }: Spreadsheet): Promise<Response> => {
  c.header('content-type', types[type]);
  c.header('content-disposition', `attachment; filename="${name}.${type}"`);
  c.header('cache-control', 'private, no-store');
  if (type === 'csv') return c.body(csvText(rows));
  // Loaded when somebody wants a workbook.
  const { workbookOf } = await import('#shared/workbook.ts');
  return c.body(new Uint8Array(workbookOf(rows)));
};
