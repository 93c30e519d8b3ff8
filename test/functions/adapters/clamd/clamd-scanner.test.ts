import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clamdScanner } from '#functions/adapters/clamd/clamd-scanner.ts';
import { eicar, type FakeClamd, fakeClamd } from './fake-clamd.ts';

let daemon: FakeClamd;
beforeEach(async () => {
  daemon = await fakeClamd();
});
afterEach(() => daemon.stop());

async function* pieces(...texts: string[]): AsyncIterable<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

describe('a file that clamd is asked about', () => {
  it('reaches it byte for byte, however it comes in pieces', async () => {
    const large = 'x'.repeat(300_000);

    const verdict = await clamdScanner(daemon.address)(pieces('%PDF', '', large, '%%EOF'));

    expect(verdict).toBe('clean');
    expect(daemon.streams.map(String)).toEqual([`%PDF${large}%%EOF`]);
  });

  it('is infected when it is the test file of EICAR', async () => {
    expect(await clamdScanner(daemon.address)(pieces(eicar.slice(0, 40), eicar.slice(40)))).toBe('infected');
  });

  it.for([
    'stream: Heuristics.Encrypted.PDF FOUND',
    'stream: Heuristics.Encrypted.Zip FOUND',
    'stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND',
    'INSTREAM size limit exceeded. ERROR',
  ])('cannot be read when it answers “%s”', async (line) => {
    daemon.say(line);

    expect(await clamdScanner(daemon.address)(pieces('%PDF'))).toBe('unreadable');
  });

  it.for(['UNKNOWN COMMAND', ''])('is nothing known of when it answers “%s”', async (line) => {
    daemon.say(line);

    await expect(clamdScanner(daemon.address)(pieces('%PDF'))).rejects.toThrow('no verdict');
  });

  it('is nothing known of when it does not run', async () => {
    const { address } = daemon;
    await daemon.stop();

    await expect(clamdScanner(address)(pieces('%PDF'))).rejects.toThrow('ECONNREFUSED');
    daemon = await fakeClamd();
  });
});
