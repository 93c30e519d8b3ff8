import { describe, expect, it } from 'vitest';
import { keepMinutes } from '#functions/commands/papers.ts';
import { drawPapers } from '#functions/papers/draw.ts';
import { sha256OfBytes } from '#shared/domain/hash.ts';
import { RoundId } from '#shared/domain/ids.ts';
import { minutesDigest } from '#shared/papers/minutes-paper.ts';
import { drawPaper } from '#shared/papers/order.ts';
import type { Paper } from '#shared/papers/paper.ts';
import { memoryPapers } from '#test/builders/memory-papers.ts';
import { someMinutes } from '#test/builders/minutes.ts';
import { at } from '#test/builders/worlds.ts';

/** Draws a paper as one line of text, and remembers each. */
const aPen = (version = 'first') => {
  const drawn: Paper[] = [];
  const render = async (paper: Paper) => {
    drawn.push(paper);
    return Buffer.from(`${version} ${paper.locale} ${paper.title}`);
  };
  return { drawn, render };
};

const folder = `papers/${'7'.repeat(20)}`;

describe('keeping the data of minutes', () => {
  it('answers the order with which they are drawn', async () => {
    const papers = memoryPapers();
    const minutes = someMinutes();

    const order = await keepMinutes(papers, minutes);

    expect(order).toEqual({
      roundId: minutes.roundId,
      name: 'minutes-1',
      sha256: minutesDigest(minutes),
    });
    expect([...papers.stored.keys()]).toEqual([`${folder}/minutes-1.json`]);
  });

  it('once more orders what was kept first, so that a step may be tried again a minute later', async () => {
    const papers = memoryPapers();
    const first = await keepMinutes(papers, someMinutes());

    const again = await keepMinutes(papers, someMinutes({ madeAt: at('2022-12-15T06:01') }));

    expect(again).toEqual(first);
  });

  it('of another number stand beside the first', async () => {
    const papers = memoryPapers();
    await keepMinutes(papers, someMinutes());

    const second = await keepMinutes(papers, someMinutes({ number: 2 }));

    expect(second.name).toBe('minutes-2');
    expect(papers.stored.size).toBe(2);
  });
});

describe('drawing minutes', () => {
  it('makes a file in each language and answers what it holds', async () => {
    const papers = memoryPapers();
    const { render } = aPen();
    const order = await keepMinutes(papers, someMinutes());

    const answer = drawPaper.output.parse(await drawPapers({ papers, render }, order));

    expect(answer.files.map(({ key }) => key)).toEqual(
      ['kk', 'ru', 'en'].map((locale) => `${folder}/minutes-1-${locale}.pdf`),
    );
    for (const { key, bytes, sha256 } of answer.files) {
      const stored = papers.stored.get(key) ?? new Uint8Array();
      expect([stored.length, sha256OfBytes(stored)]).toEqual([bytes, sha256]);
    }
  });

  it('again draws nothing and answers the same, also after an upgrade that would draw otherwise', async () => {
    const papers = memoryPapers();
    const order = await keepMinutes(papers, someMinutes());
    const first = await drawPapers({ papers, render: aPen().render }, order);

    const { drawn, render } = aPen('newer');
    const again = await drawPapers({ papers, render }, order);

    expect(again).toEqual(first);
    expect(drawn).toEqual([]);
  });

  it('twice at once answers both the file that was first', async () => {
    const papers = memoryPapers();
    const order = await keepMinutes(papers, someMinutes());

    const [one, other] = await Promise.all(
      ['one', 'other'].map((version) => drawPapers({ papers, render: aPen(version).render }, order)),
    );

    expect(one).toEqual(other);
  });

  it('goes on where it was cut off', async () => {
    const papers = memoryPapers();
    const order = await keepMinutes(papers, someMinutes());
    await drawPapers({ papers, render: aPen().render }, order);
    papers.stored.delete(`${folder}/minutes-1-en.pdf`);

    const { drawn, render } = aPen();
    await drawPapers({ papers, render }, order);

    expect(drawn.map(({ locale }) => locale)).toEqual(['en']);
  });

  it('is refused without the data, from other data, and from those of another round', async () => {
    const papers = memoryPapers();
    const { render, drawn } = aPen();
    const order = await keepMinutes(papers, someMinutes());
    const other = await keepMinutes(memoryPapers(), someMinutes({ number: 2 }));
    const roundId = RoundId.parse('8'.repeat(20));
    papers.stored.set(
      `papers/${roundId}/minutes-1.json`,
      papers.stored.get(`${folder}/minutes-1.json`) ?? new Uint8Array(),
    );

    await expect(drawPapers({ papers, render }, other)).rejects.toThrow('no data');
    await expect(drawPapers({ papers, render }, { ...order, sha256: other.sha256 })).rejects.toThrow(
      'not what was ordered',
    );
    await expect(drawPapers({ papers, render }, { ...order, roundId })).rejects.toThrow('another round');
    expect(drawn).toEqual([]);
  });
});
