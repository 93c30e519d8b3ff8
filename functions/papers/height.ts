import type { PaperBlock } from '#shared/papers/paper.ts';

/*
 * How high a block becomes, before it is laid out: what is kept on one page must not be higher than a page, or pdfmake
 * draws it past the page's foot. Counted in lines of text, rather too many than too few. A page has about 50.
 */

/** Letters in a line of the whole width, of the value of a fact, and of a cell in the narrowest of many columns. */
const perLine = { page: 80, fact: 60, cell: 18 };

/** What is at most so high may be kept on one page. */
export const fewLines = 30;

export const linesOf = (block: PaperBlock): number => {
  switch (block.kind) {
    case 'text':
    case 'heading':
      return textLines(block.text, perLine.page);
    case 'facts':
      return sum(block.facts.map(({ value }) => factLines(value)));
    case 'list':
      return sum(block.items.map((item) => textLines(item, perLine.page)));
    case 'table':
      return 2 + 1.5 * sum(block.rows.map(rowLines));
    default:
      return block satisfies never;
  }
};

export const factLines = (value: string): number => textLines(value, perLine.fact);

export const rowLines = (row: readonly string[]): number =>
  Math.max(...row.map((cell) => textLines(cell, perLine.cell)));

const textLines = (text: string, letters: number): number =>
  sum(text.split('\n').map(({ length }) => Math.max(1, Math.ceil(length / letters))));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
