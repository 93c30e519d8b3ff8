import type { Content, ContentSection, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { fill } from '#shared/i18n/message.ts';
import type { Paper } from '#shared/papers/paper.ts';
import { factsContent } from './blocks.ts';
import { beginsTooLow, sectionContent } from './sections.ts';
import { signatureContent } from './signatures.ts';
import { bodySize, contentWidth, margins, muted, rule } from './style.ts';

/** How a paper looks: A4 with a margin for binding, head, facts, remarks, sections, signatures. Each further one begins a page. */
export const layoutOf = (paper: Paper, further: readonly Paper[] = []): TDocumentDefinitions => ({
  pageSize: 'A4',
  pageMargins: margins,
  version: '1.7',
  language: paper.locale,
  displayTitle: true,
  info: {
    title: paper.file ?? runningText(paper),
    author: paper.issuer,
    creator: 'Irikteu',
    creationDate: new Date(paper.madeAt),
  },
  defaultStyle: { font: 'NotoSans', fontSize: bodySize, lineHeight: 1.15 },
  header: (page) => (page === 1 ? '' : runningHead(paper)),
  footer: (page, pages) => foot(paper, page, pages),
  pageBreakBefore: beginsTooLow,
  content: further.length === 0 ? contentOf(paper) : [paper, ...further].map(partOf),
});

/** One of several papers in a file: its pages say whose they are, also behind the first. */
const partOf = (paper: Paper): ContentSection => ({
  section: contentOf(paper),
  header: (page) => (page === 1 ? '' : runningHead(paper)),
});

const contentOf = (paper: Paper): Content[] => [
  head(paper),
  ...(paper.facts.length > 0 ? [factsContent(paper.facts)] : []),
  ...paper.remarks.map(remark),
  ...paper.sections.flatMap(sectionContent),
  ...(paper.signatures.lines.length > 0 ? [signatureContent(paper.signatures)] : []),
];

const head = ({ issuer, title, subject, place, date }: Paper): Content => ({
  stack: [
    { text: issuer, fontSize: 10, color: muted },
    { text: title, fontSize: 20, bold: true, margin: [0, 2, 0, 2] },
    { text: subject, fontSize: 11.5 },
    { columns: [{ text: place }, { text: date, alignment: 'right' }], margin: [0, 10, 0, 4] },
    rule(contentWidth),
  ],
  margin: [0, 0, 0, 8],
});

/** A bar at its left, so that it is seen in black and white too. */
const remark = (text: string): Content => ({
  table: { widths: ['*'], body: [[{ text, bold: true }]] },
  layout: {
    hLineWidth: () => 0,
    vLineWidth: (index) => (index === 0 ? 4 : 0),
    vLineColor: () => '#b25000',
    fillColor: () => '#fbf1e6',
    paddingLeft: () => 10,
    paddingRight: () => 10,
    paddingTop: () => 6,
    paddingBottom: () => 6,
  },
  margin: [0, 8, 0, 4],
});

const runningHead = (paper: Paper): Content => ({
  text: shortened(runningText(paper)),
  fontSize: 8,
  color: muted,
  margin: [margins[0], 28, margins[2], 0],
});

const runningText = ({ title, subject, running }: Paper): string => running ?? `${title}. ${subject}`;

/** Two lines of small letters, of about 110 each: the margin has no room for more. What is too long ends behind a whole word. */
const shortened = (text: string): string =>
  text.length > mostLetters ? `${text.slice(0, mostLetters).replace(/\s+\S*$/, '')}…` : text;

const mostLetters = 200;

const foot = ({ digest, pageOf, locale }: Paper, page: number, pages: number): Content => ({
  stack: [
    rule(contentWidth),
    {
      columns: [
        { text: `${digest.label}\n${digest.sha256}`, fontSize: 6.5, color: muted, width: '*' },
        { text: fill(pageOf, { page, pages }, locale), fontSize: 8, alignment: 'right', width: 'auto' },
      ],
      margin: [0, 4, 0, 0],
    },
  ],
  margin: [margins[0], 14, margins[2], 0],
});
