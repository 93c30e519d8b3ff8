import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replayOf } from '#shared/bundle/check-offers.ts';
import { acceptancesOf } from '#shared/domain/cascade.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { askNext } from '#test/builders/offer-answers.ts';
import {
  accept,
  aPlay,
  change,
  decline,
  file,
  lapse,
  made,
  move,
  onMachine,
  type Play,
  release,
  vacancies,
  wishes,
  withdraw,
} from '#test/builders/offer-moves.ts';
import { expiresAt } from '#test/builders/offered.ts';
import { offersIn } from '#test/builders/offers.ts';
import { toldOf } from '#test/builders/told-offers.ts';

/** What cannot be played again as it was told, and whether a moment goes back. */
const faultsIn = async ({ world, scene }: Play): Promise<unknown[]> => {
  const told = await toldOf(world, scene, { vacancies, plan: file.posts });
  const { isolated, after } = replayOf(told);
  const returns = told.steps.filter(({ at }, index) => at < (told.steps[index - 1]?.at ?? at));
  const misplaced = told.seekers.filter(({ row, has }) => hasIn(after, row) !== has);
  return [...isolated, ...returns, ...misplaced];
};

const hasIn = ({ seekers }: ReturnType<typeof replayOf>['after'], row: number): number | undefined => {
  const seeker = seekers.get(`${row}`);
  const [has] = seeker ? acceptancesOf(seeker) : [];
  return has === undefined ? undefined : Number(has);
};

describe('offers that follow from what a machine with a clock ahead has noted', () => {
  it.for<[string, (ahead: Play) => Promise<void>, string]>([
    ['a decline', (play) => decline(play, 0), '1 MAT-001 open'],
    ['a withdrawal', (play) => withdraw(play, 0), '1 MAT-001 open'],
    ['a release of a post', (play) => release(play, 0), '1 MAT-001 open'],
    ['another number of posts', (play) => change(play, 'MAT-001', 2), '1 MAT-001 open'],
  ])('can be played again after %s', async ([, act, follows]) => {
    const play = await aPlay([['MAT-001'], ['MAT-001']]);

    await act(onMachine(play, 5));
    await askNext(play.world, play.scene);

    expect(await offersIn(play.world, play.scene)).toContain(follows);
    expect(await faultsIn(play)).toEqual([]);
  });

  it('can be played again after a lapse, which takes no turn', async () => {
    const play = await aPlay([['MAT-001'], ['MAT-001']]);
    play.world.clock.to(addSeconds(expiresAt, -0.002));

    await lapse(onMachine(play, 5), 0);
    await askNext(play.world, play.scene);

    expect(await offersIn(play.world, play.scene)).toEqual(['0 MAT-001 lapsed', '1 MAT-001 open']);
    expect(await faultsIn(play)).toEqual([]);
  });

  it('can be played again after an acceptance by which somebody lets a better post go', async () => {
    const play = await aPlay([['MAT-001'], ['MAT-001', 'MAT-002'], ['MAT-001']]);
    await decline(play, 0);
    play.world.clock.pass(60);

    await accept(onMachine(play, 5), 1);
    await askNext(play.world, play.scene);

    expect(await offersIn(play.world, play.scene)).toContain('2 MAT-001 open');
    expect(await faultsIn(play)).toEqual([]);
  });

  it('can be played again whatever happens on machines of whatever clocks', async () => {
    await fc.assert(
      fc.asyncProperty(wishes, fc.array(move, { minLength: 4, maxLength: 14 }), async (people, moves) => {
        const play = await aPlay(people);
        for (const one of moves) await made(play, one);
        expect(await faultsIn(play)).toEqual([]);
      }),
      { numRuns: 40, seed: 20221114 },
    );
  });
});
