import { describe, expect, it } from 'vitest';
import { importRoundFile, listRounds, publicCall, publicCalls } from '#functions/commands/rounds.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { aCallIn, aDraftIn, aWorld, administrator as by, granted } from '#test/builders/scenes.ts';
import { cancelIn } from '#test/builders/told.ts';
import { at } from '#test/builders/worlds.ts';

const closesAt = at('2022-10-04T12:00');

describe('what the public sees', () => {
  it('is seen by the public with its vacancies, and open until the deadline', async () => {
    const world = aWorld();
    const roundId = await aCallIn(world);

    const during = granted(await publicCall(world, roundId));
    world.clock.to(closesAt);
    const after = granted(await publicCall(world, roundId));

    expect([during.open, after.open]).toEqual([true, false]);
    expect(during.vacancies[0]).toMatchObject({ code: 'CHE-001', subject: 'chemistry' });
    expect(await publicCalls(world)).toMatchObject([{ open: false, file: { intake: '2022-3' } }]);
  });

  it('of a draft is seen by nobody', async () => {
    const world = aWorld();
    const roundId = await aDraftIn(world);

    expect(await publicCall(world, roundId)).toEqual({
      ok: false,
      error: { kind: 'not-found', what: 'round' },
    });
    expect(await publicCalls(world)).toEqual([]);
  });

  it('that was cancelled before it opened stays unseen', async () => {
    const world = aWorld();
    const roundId = await aDraftIn(world);
    granted(await cancelIn(world, roundId, 'A mistake.'));

    expect(await publicCall(world, roundId)).toMatchObject({ error: { kind: 'not-found' } });
  });
});

describe('the list of rounds', () => {
  it('has the newest first, page by page', async () => {
    const world = aWorld();
    for (const intake of ['2022-1', '2022-2', '2022-3']) {
      granted(await importRoundFile(world, { by, file: asUpload(aRoundFile({ intake })) }));
      world.clock.pass(60);
    }

    const first = await listRounds(world, { limit: 2 });
    const rest = await listRounds(world, { limit: 2, after: first.next ?? '' });

    expect([...first.items, ...rest.items].map(({ state }) => state.plan.intake)).toEqual([
      '2022-3',
      '2022-2',
      '2022-1',
    ]);
  });
});
