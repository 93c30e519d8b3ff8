import type { Content } from 'pdfmake/interfaces.js';
import type { Paper } from '#shared/papers/paper.ts';
import { muted, rule } from './style.ts';

const lineLength = 150;
/** So many lines stay together on one page, with their heading. */
const together = 14;

/** For each who signs: the role, a line with a hint below it, and the name. */
export const signatureContent = ({ heading, hint, lines }: Paper['signatures']): Content => ({
  stack: [
    { text: heading, fontSize: 12, bold: true, margin: [0, 22, 0, 0] },
    ...lines.map((line) => signatureLine(line, hint)),
  ],
  unbreakable: lines.length <= together,
});

const signatureLine = ({ role, name }: { role: string; name: string }, hint: string): Content => ({
  columns: [
    { width: 145, text: role, margin: [0, 0, 8, 0] },
    {
      width: lineLength,
      stack: [
        // The line lies at the foot of the text beside it.
        { margin: [0, 12, 0, 0], stack: [rule(lineLength)] },
        { text: hint, fontSize: 7, color: muted, alignment: 'center', margin: [0, 1, 0, 0] },
      ],
    },
    { width: '*', text: name, margin: [12, 0, 0, 0] },
  ],
  margin: [0, 16, 0, 0],
  unbreakable: true,
});
