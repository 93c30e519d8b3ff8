import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { keepMinutes } from '#functions/commands/papers.ts';
import { sha256OfBytes } from '#shared/domain/hash.ts';
import { DrawnPaper, type PaperOrder } from '#shared/papers/order.ts';
import { someMinutes } from '#test/builders/minutes.ts';
import { readPdf } from '#test/functions/papers/pdf.ts';
import { type HomeProcess, homeProcess } from './home-process.ts';
import { enterHome, papersIn } from './inside-home.ts';

/*
 * Minutes in a whole home: the function of the template with its bundle, its fonts and its own grants.
 */

let home: HomeProcess;

beforeAll(async () => {
  home = await homeProcess();
  await home.start();
  enterHome(home);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await home.remove();
});

const drawnBy = async (order: PaperOrder) => {
  const lambda = new LambdaClient();
  const answer = await lambda.send(
    new InvokeCommand({ FunctionName: 'irikteu-kz-19-papers', Payload: Buffer.from(JSON.stringify(order)) }),
  );
  lambda.destroy();
  return JSON.parse(Buffer.from(answer.Payload ?? []).toString('utf8'));
};

describe('minutes in a home', () => {
  it('are drawn by its function and opened by an address', async () => {
    const papers = papersIn(home);
    const order = await keepMinutes(papers, someMinutes());

    const { files } = DrawnPaper.parse(await drawnBy(order));

    expect(files.map(({ locale }) => locale)).toEqual(['kk', 'ru', 'en']);
    for (const { key, sha256 } of files) {
      const address = await papers.presign({ key, seconds: 60, filename: 'Хаттама.pdf' });
      const opened = await fetch(address);
      const bytes = new Uint8Array(await opened.arrayBuffer());
      expect([opened.status, opened.headers.get('content-type')]).toEqual([200, 'application/pdf']);
      expect(sha256OfBytes(bytes)).toBe(sha256);
      expect(readPdf(bytes).pages.length).toBeGreaterThan(5);
    }
  });

  it('are not drawn again when the function is asked again', async () => {
    const order = await keepMinutes(papersIn(home), someMinutes());

    const once = await drawnBy(order);
    const again = await drawnBy(order);

    expect(again).toEqual(once);
  });

  it('are not drawn from data that nobody kept', async () => {
    const { roundId, sha256 } = await keepMinutes(papersIn(home), someMinutes());

    const answer = await drawnBy({ roundId, name: 'minutes-9', sha256 } as PaperOrder);

    expect(answer).toMatchObject({ errorMessage: expect.stringContaining('no data') });
  });
});
