import { strToU8, zipSync } from 'fflate';

/** The least that spreadsheets need: one sheet, bold headings, no formulas, no macros, no links. */
const parts = {
  '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font/><font><b/></font></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
} as const;

/**
 * A table as an XLSX file; the first row is its heading and stays in sight. Every text is a text, whatever it begins with: nothing that
 * somebody typed is run. The same rows give the same bytes.
 */
export const workbookOf = (rows: readonly (readonly (string | number)[])[]): Uint8Array => {
  const xml = { ...parts, 'xl/worksheets/sheet1.xml': sheetOf(rows) };
  const files = Object.entries(xml).map(([name, text]) => [name, strToU8(declaration + text)] as const);
  return zipSync(Object.fromEntries(files), { mtime: firstMoment });
};

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** The earliest that a ZIP can name; the time of day on the machine that writes is nobody's business. */
const firstMoment = '1980-01-01T00:00:00';

const sheetOf = (rows: readonly (readonly (string | number)[])[]): string => {
  const lines = rows.map(
    (cells, line) => `<row r="${line + 1}">${cells.map((cell) => cellOf(cell, line === 0)).join('')}</row>`,
  );
  return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr baseColWidth="18" defaultRowHeight="15"/><sheetData>${lines.join('')}</sheetData></worksheet>`;
};

const cellOf = (value: string | number, isHeading: boolean): string => {
  const style = isHeading ? ' s="1"' : '';
  if (typeof value === 'number') return `<c${style}><v>${value}</v></c>`;
  return `<c t="inlineStr"${style}><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
};

/** Characters that XML 1.0 does not have are left out. */
const escaped = (text: string): string =>
  Array.from(text)
    .filter(isWritable)
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

const isWritable = (character: string): boolean => {
  const code = character.codePointAt(0) ?? 0;
  return code >= 0x20 ? code !== 0xff_fe && code !== 0xff_ff : code === 9 || code === 10 || code === 13;
};
