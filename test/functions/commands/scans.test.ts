import { describe, expect, it } from 'vitest';
import { announceScan, receiveScan } from '#functions/commands/scans.ts';
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
});
