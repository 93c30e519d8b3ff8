import type { Content, CustomTableLayout, TableCell } from 'pdfmake/interfaces.js';
import type { PaperBlock, PaperColumn, PaperFact, PaperTable } from '#shared/papers/paper.ts';
import { factLines, fewLines, rowLines } from './height.ts';
import { bodySize, lineColour, muted } from './style.ts';

/** How one block of a section looks. */
export const blockContent = (block: PaperBlock): Content => {
  switch (block.kind) {
    case 'text':
      return { text: block.text, bold: block.strong ?? false, margin: [0, 3, 0, 5] };
    case 'heading':
      return { text: block.text, fontSize: 10.5, bold: true, margin: [0, 9, 0, 3] };
    case 'facts':
      return factsContent(block.facts);
    case 'list':
      // A copy: pdfmake writes its nodes into the list that it is given.
      return { ul: [...block.items], margin: [0, 3, 0, 5] };
    case 'table':
      return tableContent(block);
    default:
      return block satisfies never;
  }
};

/** Names at the left in one column, so that the eye finds a value without reading the others. */
export const factsContent = (facts: readonly PaperFact[]): Content => ({
  table: {
    // Beside it, a SHA-256 in body letters has room in one line.
    widths: [118, '*'],
    dontBreakRows: facts.every(({ value }) => factLines(value) <= fewLines),
    body: facts.map(({ name, value, strong = false }): TableCell[] => [
      { text: name, color: muted },
      { text: value, bold: strong },
    ]),
  },
  layout: {
    hLineWidth: () => 0,
    vLineWidth: () => 0,
    paddingLeft: () => 0,
    paddingRight: (column) => (column === 0 ? 8 : 0),
    paddingTop: () => 1,
    paddingBottom: () => 1,
  },
  margin: [0, 2, 0, 4],
});

const tableContent = ({ columns, rows, totals = false }: PaperTable): Content => ({
  table: {
    headerRows: 1,
    keepWithHeaderRows: 1,
    dontBreakRows: rows.every((row) => rowLines(row) <= fewLines),
    widths: columns.map(({ width }) => (width === 'fit' ? 'auto' : '*')),
    body: [
      columns.map((column) => ({ text: column.title, bold: true, alignment: alignments[column.align] })),
      ...rows.map((row, index) => cells(row, columns, totals && index === rows.length - 1)),
    ],
  },
  fontSize: bodySize - 0.5,
  layout: tableLayout,
  margin: [0, 3, 0, 6],
});

/** What is as wide as its text is not broken: a number in two lines is hard to compare. */
const cells = (row: readonly string[], columns: readonly PaperColumn[], bold: boolean): TableCell[] =>
  row.map((text, index) => ({
    text,
    bold,
    alignment: alignments[columns[index]?.align ?? 'start'],
    noWrap: columns[index]?.width === 'fit',
  }));

const alignments = { start: 'left', end: 'right', center: 'center' } as const;

const tableLayout: CustomTableLayout = {
  hLineWidth: (index, { table }) => (index <= 1 || index === table.body.length ? 0.9 : 0.4),
  hLineColor: (index, { table }) => (index <= 1 || index === table.body.length ? muted : lineColour),
  vLineWidth: () => 0,
  fillColor: (row) => (row === 0 ? '#eef1f3' : null),
  paddingLeft: () => 5,
  paddingRight: () => 7,
  paddingTop: () => 2.5,
  paddingBottom: () => 2.5,
};
