import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beginChecks } from '#functions/sweep/checks.ts';
import { main } from '#infra/audit.ts';
import { auditAnchor } from '#infra/audit-anchor.ts';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';
import { anchorKey } from '#shared/ports/checks.ts';
import { signerOf } from '#test/builders/signer.ts';
import { aCheckedRegion, type CheckedRegion } from '#test/functions/sweep/checked-region.ts';

let region: CheckedRegion;
let lines: string[];
beforeEach(async () => {
  region = await aCheckedRegion();
  lines = [];
});
afterEach(() => region.engine.stop());

/** The file as somebody outside has kept it. */
const kept = (number: number): string =>
  new TextDecoder().decode(region.papers.stored.get(anchorKey(number)));

const say = (line: string): void => {
  lines.push(line);
};

const compared = (text: string): Promise<number> =>
  auditAnchor(text, { heads: region.deps.heads, papers: region.papers }, say);

describe('an anchor that was kept elsewhere', () => {
  it('still stands where records only grew, also nights later', async () => {
    await region.night();
    const file = kept(1);
    await region.grow(3, 4);
    await region.night();

    expect(await compared(file)).toBe(0);
    expect(lines[0]).toMatch(/^Anchor 1 of KZ-19, made .*, signed by the key [0-9a-f]{64}\.$/);
    expect(lines[1]).toBe('12 records compared with what was signed, 0 faults.');
  });

  it('shows a record that was cut, and whose anchors were made anew so that the region finds nothing', async () => {
    const { person, papers, night, grow, history, forge, deps } = region;
    await grow(4, 2);
    await night();
    const file = kept(1);
    await forge(4, (await history(4)).slice(0, 2), 4);
    papers.stored.delete(anchorKey(1));
    const { revision } = await deps.reports.read();
    await deps.reports.save({ revision });
    await beginChecks(deps, 'anew');
    expect(await night()).toEqual([]);

    expect(await compared(file)).toBe(2);
    expect(lines.filter((line) => line.startsWith('FAULT'))).toEqual([
      'FAULT anchor-1: A file of an anchor was changed',
      `FAULT person#${person(4)} at version 4: Events are gone that the last anchor signed`,
    ]);
  });

  it('shows that what it is over is gone, and that the region has no such anchor', async () => {
    const { papers, night } = region;
    await night();
    const file = kept(1);
    for (const key of papers.stored.keys()) papers.stored.delete(key);

    expect(await compared(file)).toBe(2);
    expect(lines.slice(1)).toEqual([
      'FAULT anchor-1: A file of an anchor is gone',
      expect.stringMatching(/^FAULT contents-[0-9a-f]{64}: A file of an anchor is gone$/),
    ]);
  });

  it('shows that those after it are signed by another key', async () => {
    const { deps, night } = region;
    await night();
    const file = kept(1);
    deps.signer = signerOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }));
    await beginChecks(deps, 'anew');

    expect(await compared(file)).toBe(1);
    expect(lines.at(-1)).toMatch(/^FAULT anchor-2: .*another key/);
  });

  it('is refused where the file was changed, or is none', async () => {
    await region.night();
    const other = kept(1).replace('"number":1', '"number":2');

    await expect(compared(other)).rejects.toBeInstanceOf(HomeFault);
    await expect(compared('{}')).rejects.toBeInstanceOf(HomeFault);
    expect(await main(['--anchor', '/nowhere.json', '--records-table', 'x'], say)).toBe(exitCodes.usage);
  });
});
