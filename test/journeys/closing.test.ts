import { setTimeout as sleep } from 'node:timers/promises';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { verifyResults } from '#shared/bundle/verify.ts';
import { sha256OfBytes } from '#shared/domain/hash.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { minutesName } from '#shared/papers/order.ts';
import { paperKey } from '#shared/ports/papers.ts';
import type { Records } from '#shared/ports/records.ts';
import { aClosedRoundIn } from '#test/builders/closed-round.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { readPdf } from '#test/functions/papers/pdf.ts';
import { type HomeProcess, homeProcess } from './home-process.ts';
import { enterHome, papersIn, recorded, recordsIn, storeIn } from './inside-home.ts';

/*
 * What happens when a round closes, in a whole home: the machine of the template, its steps with their own grants, the paper.
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

const closedIn = async (records: Records): Promise<RoundId> => {
  const world = aWorld();
  const played = recorded(world);
  const { roundId } = await aClosedRoundIn(world);
  await storeIn(records, played);
  return roundId;
};

const swept = async (): Promise<void> => {
  const lambda = new LambdaClient();
  await lambda.send(new InvokeCommand({ FunctionName: 'irikteu-kz-19-sweep', Payload: Buffer.from('{}') }));
  lambda.destroy();
};

const publishedOf = async (records: Records, roundId: RoundId) => {
  for (let tries = 0; tries < 600; tries += 1) {
    const round = (await records.find(roundAggregate, roundId))?.state;
    if (round?.stage === 'closed' && round.publications?.length === 2) return round.publications;
    await sleep(200);
  }
  throw new Error('The results were not published.');
};

const minutesOf = async (records: Records, roundId: RoundId) => {
  for (let tries = 0; tries < 600; tries += 1) {
    const round = (await records.find(roundAggregate, roundId))?.state;
    if (round?.stage === 'closed' && round.minutes) return round.minutes;
    await sleep(200);
  }
  throw new Error('The minutes were not drawn.');
};

describe('a round that closed before its home knew of minutes and bundles', () => {
  it('is found by the sweep: its minutes are drawn once, its results published for anyone to check', async () => {
    const records = recordsIn(home);
    const papers = papersIn(home);
    const roundId = await closedIn(records);

    await swept();
    const minutes = await minutesOf(records, roundId);
    await swept();

    expect(minutes.files.map(({ locale }) => locale)).toEqual(['kk', 'ru', 'en']);
    for (const { locale, sha256 } of minutes.files) {
      const bytes = await papers.read(paperKey(roundId, minutesName(minutes.number), locale));
      expect(sha256OfBytes(bytes ?? new Uint8Array())).toBe(sha256);
      expect(readPdf(bytes ?? new Uint8Array()).pages.length).toBeGreaterThan(4);
    }
    for (const { stage, root, key } of await publishedOf(records, roundId)) {
      const answer = await fetch(`${home.origin}/kk/calls/${roundId}/results/${stage}`);
      const { holds, bundle } = await verifyResults(await answer.text());
      expect([holds, bundle?.statement.root, bundle?.key]).toEqual([true, root, key]);
    }
    const events = await records.history('round', roundId);
    expect(events.filter(({ fact }) => fact.type === 'minutes-drawn')).toHaveLength(1);
  });
});
