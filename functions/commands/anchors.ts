import type { CommandDeps } from '#functions/commands/deps.ts';
import type { Opening } from '#functions/commands/document-opening.ts';
import { openPaper } from '#functions/commands/paper-opening.ts';
import { keptText } from '#functions/commands/receipt-keeping.ts';
import { hashOfAnchor, readAnchor } from '#shared/checks/anchor.ts';
import type { MadeAnchor } from '#shared/checks/run.ts';
import type { Refusal } from '#shared/errors.ts';
import { anchorKey } from '#shared/ports/checks.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'checks' | 'papers'>;

/** The newest are enough: each names the one before. */
const shownAnchors = 10;

/** The newest anchors, newest first, as their files say; one whose file is gone or is none is left out, which the checks tell. */
export const newestAnchors = async ({ checks, papers }: Deps): Promise<Omit<MadeAnchor, 'heads'>[]> => {
  const newest = (await checks.read()).anchor?.number ?? 0;
  const numbers = Array.from({ length: Math.min(newest, shownAnchors) }, (_, index) => newest - index);
  const texts = await Promise.all(numbers.map((number) => keptText(papers, anchorKey(number))));
  const anchors = await Promise.all(texts.flatMap((text) => (text === undefined ? [] : [readAnchor(text)])));
  return anchors.flatMap((anchor) => {
    if (!anchor) return [];
    const { number, madeAt } = anchor.statement;
    return [{ number, madeAt, sha256: hashOfAnchor(anchor) }];
  });
};

/** The number in an address as anchors are numbered; 0, which no anchor has, for anything else. */
export const numberOfAnchor = (text = ''): number => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0);

/** An address under which anyone can download an anchor for a minute. */
export const openAnchor = async (
  { checks, papers }: Deps,
  number: number,
): Promise<Result<Opening, Refusal>> => {
  const newest = (await checks.read()).anchor?.number ?? 0;
  if (!(number >= 1 && number <= newest)) return refuse({ kind: 'not-found', what: 'document' });
  return ok(await openPaper(papers, { key: anchorKey(number), filename: `anchor-${number}.json` }));
};
