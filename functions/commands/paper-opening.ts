import type { Opening } from '#functions/commands/document-opening.ts';
import type { Papers } from '#shared/ports/papers.ts';

/** For long enough to follow a redirect; afterwards it opens nothing. */
const openSeconds = 60;

/** Opens a paper for a minute, under the name that it is saved by; each asking gets a new address. */
export const openPaper = async (
  papers: Pick<Papers, 'presign'>,
  paper: { key: string; filename: string },
): Promise<Opening> => ({
  url: await papers.presign({ ...paper, seconds: openSeconds }),
  seconds: openSeconds,
});
