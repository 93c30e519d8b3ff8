import { type UnzipFileInfo, unzipSync } from 'fflate';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { readUtf8 } from '#shared/domain/utf8.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** A cell as it is read: its text, and whether the file computes it. */
type SheetCell = { text: string; formula: boolean };
/** A row that is not empty; lines are counted from 1, as spreadsheets show them. */
export type SheetRow = { line: number; cells: readonly SheetCell[] };

/** Why a file is no table; `sheets`: more than one sheet holds something, so that nobody knows which is meant. */
export type SheetFault = 'broken' | 'too-large' | 'sheets';

/** A workbook may unpack to so many bytes and no more, whatever it says of itself. */
export const sheetLimits = { bytes: 24_000_000, rows: 20_001, columns: 64 } as const;

/** XLSX is a ZIP; nothing that people type as CSV begins so. */
export const isWorkbook = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;

/**
 * Reads the one sheet of an XLSX file that holds something. Numbers are texts with a point and at most six decimals. Only the
 * sheets and the table of texts are unpacked: macros, links to other files and pictures are never looked at, and a
 * document type, by which XML could grow without end, breaks the file.
 */
export const readWorkbook = (bytes: Uint8Array): Result<SheetRow[], SheetFault> => {
  const unpacked = unpack(bytes);
  if (!unpacked.ok) return unpacked;
  const parts = Object.entries(unpacked.value);
  const texts = parts.find(([name]) => name === sharedTexts);
  const strings = texts ? readTexts(texts[1]) : [];
  if (!strings) return refuse('broken');
  const filled: SheetRow[][] = [];
  for (const [name, xml] of parts) {
    if (name === sharedTexts) continue;
    const rows = readSheet(xml, strings);
    if (!rows.ok) return rows;
    if (rows.value.length > 0) filled.push(rows.value);
  }
  if (filled.length > 1) return refuse('sheets');
  return parts.length === 0 ? refuse('broken') : ok(filled[0] ?? []);
};

const sharedTexts = 'xl/sharedStrings.xml';
const sheetName = /^xl\/worksheets\/[^/]+\.xml$/;

/** Of each part no more is unpacked than it claims to hold, so the sum of the claims bounds the memory. */
const unpack = (bytes: Uint8Array): Result<Record<string, Uint8Array>, SheetFault> => {
  let claimed = 0;
  const wanted = ({ name, originalSize }: UnzipFileInfo): boolean => {
    if (name !== sharedTexts && !sheetName.test(name)) return false;
    claimed += originalSize;
    return claimed <= sheetLimits.bytes;
  };
  try {
    const parts = unzipSync(bytes, { filter: wanted });
    return claimed > sheetLimits.bytes ? refuse('too-large') : ok(parts);
  } catch {
    // Whatever the bytes are, they are not a ZIP that can be read.
    return refuse('broken');
  }
};

type Watch = {
  open?: (tag: SaxesTagPlain, name: string) => void;
  text?: (text: string) => void;
  close?: (name: string) => void;
};

/** Whether the XML is well-formed and has no document type. Names come without their prefix. */
const walk = (xml: Uint8Array, { open, text, close }: Watch): boolean => {
  const source = readUtf8(xml);
  if (source === undefined) return false;
  const state = { sound: true };
  const parser = new SaxesParser();
  const stop = (): void => {
    state.sound = false;
  };
  parser.on('error', stop);
  parser.on('doctype', stop);
  parser.on('opentag', (tag) => open?.(tag, localName(tag.name)));
  parser.on('text', (part) => text?.(part));
  parser.on('cdata', (part) => text?.(part));
  parser.on('closetag', (tag) => close?.(localName(tag.name)));
  for (let from = 0; state.sound && from < source.length; from += stride) {
    parser.write(source.slice(from, from + stride));
  }
  parser.close();
  return state.sound;
};

/** Characters between two looks at whether it is worth going on. */
const stride = 65_536;

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** The table of texts, in its order; phonetic readings beside a text are not part of it. */
const readTexts = (xml: Uint8Array): string[] | undefined => {
  const texts: string[] = [];
  let current = '';
  let inText = false;
  let aside = 0;
  const sound = walk(xml, {
    open: (_tag, name) => {
      if (name === 'si') current = '';
      if (name === 'rPh') aside += 1;
      inText = name === 't' && aside === 0;
    },
    text: (part) => {
      if (inText) current += part;
    },
    close: (name) => {
      if (name === 't') inText = false;
      if (name === 'rPh') aside -= 1;
      if (name === 'si') texts.push(current);
    },
  });
  return sound ? texts : undefined;
};

type Cell = { column: number; type: string; value: string; formula: boolean };

const readSheet = (xml: Uint8Array, texts: readonly string[]): Result<SheetRow[], SheetFault> => {
  const rows: SheetRow[] = [];
  let line = 0;
  let cells: SheetCell[] = [];
  let cell: Cell | undefined;
  let taking = false;
  let wide = false;
  const sound = walk(xml, {
    open: ({ attributes }, name) => {
      if (name === 'row') {
        line = Number(attributes['r']) || line + 1;
        cells = [];
      }
      if (name === 'c') {
        const column = columnOf(attributes['r']) ?? cells.length;
        cell = { column, type: attributes['t'] ?? 'n', value: '', formula: false };
      }
      if (name === 'f' && cell) cell.formula = true;
      taking = name === 'v' || name === 't';
    },
    text: (part) => {
      if (taking && cell) cell.value += part;
    },
    close: (name) => {
      if (name === 'v' || name === 't') taking = false;
      if (name === 'c' && cell) {
        if (cell.column < sheetLimits.columns) place(cells, cell, texts);
        else wide = true;
        cell = undefined;
      }
      if (name === 'row' && cells.some(({ text, formula }) => formula || text !== '')) {
        rows.push({ line, cells });
      }
    },
  });
  if (!sound) return refuse('broken');
  return wide || rows.length > sheetLimits.rows ? refuse('too-large') : ok(rows);
};

const place = (cells: SheetCell[], cell: Cell, texts: readonly string[]): void => {
  while (cells.length < cell.column) cells.push({ text: '', formula: false });
  cells[cell.column] = { text: textOf(cell, texts).trim(), formula: cell.formula };
};

const textOf = ({ type, value }: Cell, texts: readonly string[]): string => {
  if (type === 's') return texts[Number(value)] ?? '';
  if (type !== 'n' || value === '') return value;
  // Spreadsheets store 72.3 as 72.299999999999997.
  const number = Number(value);
  return Number.isFinite(number) ? String(Math.round(number * 1e6) / 1e6) : value;
};

/** `C7` is column 2. */
const columnOf = (reference: string | undefined): number | undefined => {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0];
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
};
