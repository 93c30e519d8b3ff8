import type { Content } from 'pdfmake/interfaces.js';
import type { PaperBlock, PaperSection } from '#shared/papers/paper.ts';
import { blockContent } from './blocks.ts';
import { fewLines, linesOf } from './height.ts';
import { pageFoot } from './style.ts';

/**
 * A section as a page takes it: what leads to a list, to facts or to a table stays with it. Where that is short, all of
 * it stays on one page, so that a decision is not torn from its votes; before a long one a page may end only with some
 * of its rows.
 */
export const sectionContent = ({ heading, blocks }: PaperSection): Content[] => {
  const contents: Content[] = [];
  let lead: Lead = { contents: [sectionHeading(heading)], lines: headingLines };
  const end = (body?: PaperBlock): void => {
    contents.push(...ended(lead, body));
    lead = { contents: [], lines: 0 };
  };
  for (const block of blocks) {
    if (block.kind !== 'text' && block.kind !== 'heading') {
      end(block);
      continue;
    }
    // What was said before a heading belongs to what stands above it.
    if (block.kind === 'heading' && contents.length > 0) end();
    lead = { contents: [...lead.contents, blockContent(block)], lines: lead.lines + linesOf(block) };
  }
  end();
  return contents;
};

/** Headings and sentences that lead to something, and how high they are. */
type Lead = { contents: Content[]; lines: number };

const ended = ({ contents, lines }: Lead, body: PaperBlock | undefined): Content[] => {
  const all = body ? [...contents, blockContent(body)] : contents;
  if (all.length === 0) return [];
  if (lines + (body ? linesOf(body) : 0) <= fewLines) return [{ stack: all, unbreakable: true }];
  const [first, ...others] = all;
  // Only the first may begin a page: the others follow it.
  return first === undefined ? [] : [{ headlineLevel: 1, stack: [first] }, ...others];
};

/** `pageBreakBefore` of a layout: true for what begins so low on a page that hardly anything would follow it there. */
export const beginsTooLow = (node: {
  headlineLevel?: number | undefined;
  startPosition: { top: number };
}): boolean => node.headlineLevel !== undefined && node.startPosition.top > pageFoot - spaceBelow;

/** For a heading, a sentence, the head of a table and a row of two lines, in points. */
const spaceBelow = 130;

const headingLines = 3;

const sectionHeading = (text: string): Content => ({
  text,
  fontSize: 12,
  bold: true,
  margin: [0, 16, 0, 5],
});
