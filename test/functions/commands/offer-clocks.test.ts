import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withdrawApplication } from '#functions/commands/applications.ts';
import { confirmCapacity, proposeCapacity } from '#functions/commands/capacities.ts';
import { askDeferral, releasePlace } from '#functions/commands/deferrals.ts';
import { lapseOffer } from '#functions/commands/offer-waiting.ts';
import { acceptOffer, declineOffer } from '#functions/commands/offers.ts';
import { replayOf } from '#shared/bundle/check-offers.ts';
import { acceptancesOf } from '#shared/domain/cascade.ts';
import { PersonId, type RoundId } from '#shared/domain/ids.ts';
import { openOffers } from '#shared/domain/offer.ts';
import { isFinal, roundAggregate } from '#shared/domain/round-record.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { aheadOf } from '#test/builders/closed-round.ts';
import { askNext, offerTo } from '#test/builders/offer-answers.ts';
import { expiresAt } from '#test/builders/offered.ts';
import {
  aVacancy,
  candidaciesIn,
  type OffersScene,
  offersIn,
  releasedIn,
  theAdministrator,
} from '#test/builders/offers.ts';
import { withDeferral } from '#test/builders/round-file.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { toldOf } from '#test/builders/told-offers.ts';

const second = { ...theAdministrator, id: PersonId.parse('ADM1N000000000000002') };
const file = withDeferral({ always: false, entryUntil: '2023-12-31' });
const codes = ['MAT-001', 'MAT-002', 'MAT-003'] as const;
const vacancies = codes.map((code) => aVacancy(code));

type Code = (typeof codes)[number];
type Play = { world: World; scene: OffersScene };

const onMachine = ({ world, ...play }: Play, ahead: number): Play => ({
  ...play,
  world: aheadOf(world, ahead),
});

const aPlay = async (wishes: readonly (readonly Code[])[]): Promise<Play> => {
  const world = aWorld();
  const people = wishes.map((choices) => ({ choices }));
  const scene = await releasedIn(world, people, vacancies, file);
  world.clock.pass(60);
  return { world, scene };
};

const decline = async ({ world, scene }: Play, who: number) => {
  granted(await declineOffer(world, { ...(await offerTo(world, scene, who)), reason: 'distance' }));
};

const accept = async ({ world, scene }: Play, who: number) => {
  granted(await acceptOffer(world, await offerTo(world, scene, who)));
};

const withdraw = async ({ world, scene }: Play, who: number) => {
  const person = scene.people[who];
  if (!person) throw new Error(`Nobody is at ${who}.`);
  const { personId, applicationId } = person;
  granted(await withdrawApplication(world, { by: { personId }, applicationId, reasonCode: 'personal' }));
};

const release = async ({ world, scene }: Play, who: number) => {
  const own = await offerTo(world, scene, who);
  const { placementId } = granted(await acceptOffer(world, own));
  if (!placementId) throw new Error('No placement was opened.');
  const ask = { until: '2023-01-16', reason: 'study', mayRelease: true } as const;
  granted(await askDeferral(world, { ...own, ...ask }));
  granted(await releasePlace(world, { by: theAdministrator, roundId: scene.roundId, placementId }));
};

/** One person proposes and another one confirms, having seen how many offers follow; fewer posts than are taken are refused. */
const change = async ({ world, scene: { roundId } }: Play, vacancy: Code, posts: number) => {
  const typed = { vacancy, posts: `${posts}`, reason: 'A class opened.' };
  const proposed = await proposeCapacity(world, { by: theAdministrator, roundId, ...typed });
  const { capacities = [] } = await offersRoundIn(world, roundId);
  const waiting = capacities.findLast((one) => one.status === 'waiting' && one.vacancy === vacancy);
  if (!proposed.ok || !waiting) return;
  const command = { by: second, roundId, change: waiting.number };
  const seen = await confirmCapacity(world, { ...command, confirmed: -1 });
  if (seen.ok || seen.error.kind !== 'recipients-differ') return;
  granted(await confirmCapacity(world, { ...command, confirmed: seen.error.recipients }));
};

const offersRoundIn = async (world: World, roundId: RoundId) => {
  const round = await world.records.find(roundAggregate, roundId);
  if (!round || !isFinal(round.state)) throw new Error('The round makes no offers.');
  return round.state;
};

/** The machine of an offer, whose deadline has come by its own clock. */
const lapse = async ({ world, scene }: Play, who: number) => {
  const { offerId, applicationId } = await offerTo(world, scene, who);
  granted(await lapseOffer(world, { offerId, applicationId }));
};

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
    const wishes = fc.array(fc.shuffledSubarray([...codes], { minLength: 1 }), {
      minLength: 2,
      maxLength: 5,
    });
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

const move = fc.record({
  what: fc.constantFrom('accept', 'decline', 'withdraw', 'release', 'lapse', 'change', 'ask', 'ask'),
  who: fc.nat({ max: 4 }),
  vacancy: fc.constantFrom(...codes),
  posts: fc.integer({ min: 1, max: 3 }),
  /** Milliseconds by which the machine is ahead, and those until the next move. */
  ahead: fc.integer({ min: -40, max: 40 }),
  later: fc.nat({ max: 20 }),
});
type Move = typeof move extends fc.Arbitrary<infer One> ? One : never;

/** One move, where it is possible: whoever has no offer open answers none. */
const made = async (play: Play, { what, who, vacancy, posts, ahead, later }: Move): Promise<void> => {
  const { world, scene } = play;
  world.clock.pass(later / 1000);
  const machine = onMachine(play, ahead);
  const one = (await candidaciesIn(world, scene))[who];
  const [open] = one ? openOffers(one) : [];
  if (what === 'ask') return void (await askNext(machine.world, scene));
  if (what === 'change') return await change(machine, vacancy, posts);
  if (!one || one.withdrawnAt || one.deferred) return;
  if (what === 'withdraw') return await withdraw(machine, who);
  if (!open) return;
  // Its deadline comes, by the clock of its own machine.
  if (what === 'lapse' && machine.world.clock.now() < open.expiresAt) {
    world.clock.to(addSeconds(open.expiresAt, -ahead / 1000));
  }
  const now = machine.world.clock.now();
  if (what === 'lapse' || openOffers(one).every(({ expiresAt: until }) => now < until)) {
    await answers[what](machine, who);
  }
};

const answers = { accept, decline, release, lapse } as const;
