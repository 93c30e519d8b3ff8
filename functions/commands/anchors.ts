import type { CommandDeps } from '#functions/commands/deps.ts';
import type { Opening } from '#functions/commands/document-opening.ts';
import { openPaper } from '#functions/commands/paper-opening.ts';
import { keptText } from '#functions/commands/receipt-keeping.ts';
import { Anchor, hashOfAnchor } from '#shared/checks/anchor.ts';
import type { MadeAnchor } from '#shared/checks/run.ts';
import type { Refusal } from '#shared/errors.ts';
import { anchorKey } from '#shared/ports/checks.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'checks' | 'papers'>;

/** The newest are enough: each names the one before. */
const shownAnchors = 10;

/** The newest anchors, newest first, as their files say; one whose file is gone is left out, which the checks tell. */
export const newestAnchors = async ({ checks, papers }: Deps): Promise<MadeAnchor[]> => {
  const newest = (await checks.read()).anchor?.number ?? 0;
  const numbers = Array.from({ length: Math.min(newest, shownAnchors) }, (_, index) => newest - index);
  const texts = await Promise.all(numbers.map((number) => keptText(papers, anchorKey(number))));
  return texts.flatMap((text) => {
    if (text === undefined) return [];
    const anchor = Anchor.parse(JSON.parse(text));
    const { number, heads, madeAt } = anchor.statement;
    return [{ number, heads, madeAt, sha256: hashOfAnchor(anchor) }];
  });
};

/** An address under which anyone can download an anchor for a minute. */
export const openAnchor = async (
  { checks, papers }: Deps,
  number: number,
): Promise<Result<Opening, Refusal>> => {
  const newest = (await checks.read()).anchor?.number ?? 0;
  if (!(number >= 1 && number <= newest)) return refuse({ kind: 'not-found', what: 'document' });
  return ok(await openPaper(papers, { key: anchorKey(number), filename: `anchor-${number}.json` }));
};
