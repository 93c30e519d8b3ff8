import { describe, expect, it } from 'vitest';
import { saveSection, startApplication, viewApplication } from '#functions/commands/applications.ts';
import { closeAndRead } from '#functions/steps/standing.ts';
import { sectionsWell } from '#test/builders/application.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { aCallIn, aigul, aStartIn, aWorld, bolat, granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const closesAt = at('2022-10-04T12:00');

const withGrace = async () => {
  const world = aWorld();
  const { call, ...file } = aRoundFile();
  const roundId = await aCallIn(world, asUpload({ ...file, call: { ...call, graceMinutes: 10 } }));
  const applicationId = (await aStartIn(world, roundId)).state.id;
  return { world, roundId, mine: { by: aigul, applicationId } };
};

describe('the grace of a round file', () => {
  const save = { section: 'identity', basedOn: 0, typed: sectionsWell.identity } as const;

  it('takes what was begun before the deadline, until it is over', async () => {
    const { world, mine } = await withGrace();

    world.clock.to(at('2022-10-04T12:09'));
    const inGrace = granted(await viewApplication(world, mine));
    granted(await saveSection(world, { ...mine, ...save }));
    world.clock.to(at('2022-10-04T12:10'));
    const late = await saveSection(world, { ...mine, ...save, basedOn: 1, typed: { fullName: 'Кеш' } });

    expect(inGrace.grace).toBe(at('2022-10-04T12:10'));
    expect(late).toEqual({
      ok: false,
      error: { kind: 'too-late', closesAt, zone: 'Asia/Almaty', of: 'applications' },
    });
  });

  it('lets nobody begin, and holds the close of the call up until it is over', async () => {
    const { world, roundId } = await withGrace();

    world.clock.to(closesAt);
    const late = await startApplication(world, { by: bolat, roundId });
    const early = await closeAndRead(world, roundId);
    world.clock.to(at('2022-10-04T12:10'));
    const closed = await closeAndRead(world, roundId);

    expect(late).toMatchObject({ error: { kind: 'too-late' } });
    expect(early).toMatchObject({ stage: 'call', closesAt: at('2022-10-04T12:10') });
    expect(closed).toMatchObject({ stage: 'screening' });
  });
});
