import { sha256OfBytes } from '#shared/domain/hash.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { minutesPaper } from '#shared/papers/minutes-paper.ts';
import { type DrawnPaper, PaperData, type PaperOrder } from '#shared/papers/order.ts';
import { type Papers, paperDataKey, paperKey } from '#shared/ports/papers.ts';
import type { Render } from './render.ts';

type Deps = { papers: Papers; render: Render };
type Drawn = DrawnPaper['files'][number];

/**
 * Draws a paper in every language from the data that was kept for it, and keeps the files. A file that is there
 * already stays: what somebody may have signed does not change with a newer version of the program.
 * @throws when the data is not there, or is not what was ordered
 */
export const drawPapers = async ({ papers, render }: Deps, order: PaperOrder): Promise<DrawnPaper> => {
  const { roundId, name, sha256 } = order;
  const data = await readData(papers, order);
  const files: Drawn[] = [];
  for (const locale of locales) {
    const key = paperKey(roundId, name, locale);
    const bytes =
      (await papers.read(key)) ??
      (await keep(papers, key, await render(minutesPaper(data, translator(locale)))));
    files.push({ locale, key, bytes: bytes.length, sha256: sha256OfBytes(bytes) });
  }
  return { roundId, name, sha256, files };
};

const readData = async (papers: Papers, { roundId, name, sha256 }: PaperOrder): Promise<PaperData> => {
  const bytes = await papers.read(paperDataKey(roundId, name));
  if (!bytes) throw new Error(`There is no data for ${name} of round ${roundId}.`);
  if (sha256OfBytes(bytes) !== sha256) throw new Error(`The data for ${name} is not what was ordered.`);
  const data = PaperData.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  if (data.roundId !== roundId) throw new Error(`The data for ${name} is of another round.`);
  return data;
};

/** Of two that draw at once, the first file stays and both answer it. */
const keep = async (papers: Papers, key: string, bytes: Uint8Array): Promise<Uint8Array> => {
  if (await papers.put({ key, bytes, mediaType: 'application/pdf' })) return bytes;
  const first = await papers.read(key);
  if (!first) throw new Error(`The file ${key} could neither be written nor read.`);
  return first;
};
