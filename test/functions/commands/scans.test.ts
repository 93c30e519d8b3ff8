import { describe, expect, it } from 'vitest';
import { openScan } from '#functions/commands/document-opening.ts';
import { announceScan, checkScan, maxScanBytes, receiveScan } from '#functions/commands/scans.ts';
import { standingScans } from '#shared/domain/gate.ts';
import type { DocumentId, GateId, RoundId } from '#shared/domain/ids.ts';
import { fileKey, gateFiles } from '#shared/ports/files.ts';
import { aScreeningIn, aWorld, committee, granted, type World } from '#test/builders/scenes.ts';
import { gateIn } from './committee-room.ts';

const { secretary } = committee;

type Announced = { world: World; roundId: RoundId; gateId: GateId; scan: DocumentId };

const announced = async (): Promise<Announced> => {
  const world = aWorld();
  const roundId = await aScreeningIn(world);
  const { scan } = granted(await announceScan(world, { by: secretary, roundId }));
  return { world, roundId, gateId: (await gateIn(world, roundId)).id, scan };
};

const keyOf = ({ gateId, scan }: Announced, area: 'quarantine' | 'clean'): string =>
  fileKey(area, gateFiles(gateId), scan);

const arrive = ({ world, gateId, scan }: Announced) =>
  receiveScan(world, { gateId, documentId: scan, scanning: false });

const digestIn = async ({ world, roundId }: Announced) => (await gateIn(world, roundId)).scans[0]?.sha256;

describe('a signed sheet', () => {
  it('is in its place before anybody can enter votes from it', async () => {
    const one = await announced();
    one.world.files.put(keyOf(one, 'quarantine'), '%PDF-1.7 signed');

    granted(await arrive(one));

    expect([...one.world.files.stored.keys()]).toEqual([keyOf(one, 'clean')]);
    expect(await digestIn(one)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is recorded by the next news of it when the first broke off after moving it', async () => {
    const one = await announced();
    one.world.files.put(keyOf(one, 'clean'), '%PDF-1.7 signed');

    granted(await arrive(one));
    granted(await arrive(one));

    expect(await digestIn(one)).toMatch(/^[0-9a-f]{64}$/);
    const history = await one.world.records.history('gate', one.gateId);
    expect(history.filter(({ fact }) => fact.type === 'scan-received')).toHaveLength(1);
  });

  it('stays when another one is posted with the same form', async () => {
    const one = await announced();
    one.world.files.put(keyOf(one, 'quarantine'), '%PDF-1.7 signed');
    granted(await arrive(one));
    const first = await digestIn(one);
    one.world.files.put(keyOf(one, 'quarantine'), '%PDF-1.7 another');

    granted(await arrive(one));

    expect(await digestIn(one)).toBe(first);
    expect([...one.world.files.stored.keys()]).toEqual([keyOf(one, 'clean')]);
  });

  it('is looked at again when another took its place while it was moved', async () => {
    const one = await announced();
    one.world.files.put(keyOf(one, 'quarantine'), '%PDF-1.7 first');
    const { move } = one.world.files;
    let moves = 0;
    one.world.files.move = async (way) => {
      moves += 1;
      if (moves === 1) one.world.files.put(keyOf(one, 'quarantine'), '%PDF-1.7 second');
      return await move(way);
    };

    granted(await arrive(one));

    expect(moves).toBe(2);
    expect([...one.world.files.stored.keys()]).toEqual([keyOf(one, 'clean')]);
  });

  it('that is no sheet, or that nobody waits for, is thrown away', async () => {
    const one = await announced();
    one.world.files.put(keyOf(one, 'quarantine'), 'just a text');

    const refused = await arrive(one);

    expect(refused).toMatchObject({ error: { kind: 'unreadable' } });
    expect(one.world.files.stored.size).toBe(0);
  });

  it.for([
    ['empty', ''],
    ['too-large', `%PDF-1.7 ${'x'.repeat(maxScanBytes)}`],
    ['wrong-type', 'just a text'],
  ] as const)(
    'that is %s is thrown away, and its record says so: storage lets it in, the page answers',
    async ([fault, bytes]) => {
      const one = await announced();
      one.world.files.put(keyOf(one, 'quarantine'), bytes);

      await arrive(one);
      await arrive(one);

      const { scans } = await gateIn(one.world, one.roundId);
      expect(scans).toMatchObject([{ refused: fault }]);
      expect(one.world.files.stored.size).toBe(0);
      const history = await one.world.records.history('gate', one.gateId);
      expect(history.filter(({ fact }) => fact.type === 'scan-refused')).toHaveLength(1);
    },
  );
});

const held = async () => {
  const one = await announced();
  one.world.files.put(keyOf(one, 'quarantine'), '%PDF-1.7 signed');
  const { world, gateId, scan: documentId } = one;
  granted(await receiveScan(world, { gateId, documentId, scanning: true }));
  const says = async (verdict: 'clean' | 'infected' | 'unreadable') =>
    await checkScan({ ...world, scanner: async () => verdict }, { gateId, documentId });
  const sheet = async () => (await gateIn(world, one.roundId)).scans[0];
  return { ...one, says, sheet };
};

describe('a signed sheet that the scanner does not let through', () => {
  it.for([
    ['infected', 'malware'],
    ['unreadable', 'unreadable'],
  ] as const)(
    'because it is %s says so for good, opens for nobody, and gives no vote',
    async ([verdict, because]) => {
      const { world, roundId, scan, says, sheet } = await held();

      expect(await says(verdict)).toBe(verdict);
      expect(await says(verdict)).toBe('gone');
      expect(await sheet()).toMatchObject({ refused: because });
      expect(world.files.stored.size).toBe(0);
      const opening = await openScan(world, { by: secretary, roundId, scan });
      expect(opening).toMatchObject({ error: { kind: 'not-found' } });
      expect(standingScans(await gateIn(world, roundId))).toEqual([]);
    },
  );

  it('is one that stands where it is clean', async () => {
    const { world, roundId, says, sheet } = await held();

    expect(await says('clean')).toBe('clean');
    expect((await sheet())?.refused).toBeUndefined();
    expect(standingScans(await gateIn(world, roundId))).toHaveLength(1);
  });
});
