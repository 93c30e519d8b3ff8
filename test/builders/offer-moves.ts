import * as fc from 'fast-check';
import { withdrawApplication } from '#functions/commands/applications.ts';
import { confirmCapacity, proposeCapacity } from '#functions/commands/capacities.ts';
import { askDeferral, releasePlace } from '#functions/commands/deferrals.ts';
import { lapseOffer } from '#functions/commands/offer-waiting.ts';
import { acceptOffer, declineOffer } from '#functions/commands/offers.ts';
import { PersonId, type RoundId } from '#shared/domain/ids.ts';
import { openOffers } from '#shared/domain/offer.ts';
import { isFinal, roundAggregate } from '#shared/domain/round-record.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { aheadOf } from '#test/builders/closed-round.ts';
import { askNext, offerTo } from '#test/builders/offer-answers.ts';
import {
  aVacancy,
  candidaciesIn,
  type OffersScene,
  releasedIn,
  theAdministrator,
} from '#test/builders/offers.ts';
import { withDeferral } from '#test/builders/round-file.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';

const second = { ...theAdministrator, id: PersonId.parse('ADM1N000000000000002') };
export const file = withDeferral({ always: false, entryUntil: '2023-12-31' });
const codes = ['MAT-001', 'MAT-002', 'MAT-003'] as const;
export const vacancies = codes.map((code) => aVacancy(code));

type Code = (typeof codes)[number];
/** A round that makes offers, played by what people and machines do. */
export type Play = { world: World; scene: OffersScene };

export const onMachine = ({ world, ...play }: Play, ahead: number): Play => ({
  ...play,
  world: aheadOf(world, ahead),
});

export const aPlay = async (wanted: readonly (readonly Code[])[], world = aWorld()): Promise<Play> => {
  const people = wanted.map((choices) => ({ choices }));
  const scene = await releasedIn(world, people, vacancies, file);
  world.clock.pass(60);
  return { world, scene };
};

export const decline = async ({ world, scene }: Play, who: number) => {
  granted(await declineOffer(world, { ...(await offerTo(world, scene, who)), reason: 'distance' }));
};

export const accept = async ({ world, scene }: Play, who: number) => {
  granted(await acceptOffer(world, await offerTo(world, scene, who)));
};

export const withdraw = async ({ world, scene }: Play, who: number) => {
  const person = scene.people[who];
  if (!person) throw new Error(`Nobody is at ${who}.`);
  const { personId, applicationId } = person;
  granted(await withdrawApplication(world, { by: { personId }, applicationId, reasonCode: 'personal' }));
};

export const release = async ({ world, scene }: Play, who: number) => {
  const own = await offerTo(world, scene, who);
  const { placementId } = granted(await acceptOffer(world, own));
  if (!placementId) throw new Error('No placement was opened.');
  const ask = { until: '2023-01-16', reason: 'study', mayRelease: true } as const;
  granted(await askDeferral(world, { ...own, ...ask }));
  granted(await releasePlace(world, { by: theAdministrator, roundId: scene.roundId, placementId }));
};

/** One person proposes and another one confirms, having seen how many offers follow; fewer posts than are taken are refused. */
export const change = async ({ world, scene: { roundId } }: Play, vacancy: Code, posts: number) => {
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
export const lapse = async ({ world, scene }: Play, who: number) => {
  const { offerId, applicationId } = await offerTo(world, scene, who);
  granted(await lapseOffer(world, { offerId, applicationId }));
};

/** What two to five people wish, best first. */
export const wishes = fc.array(fc.shuffledSubarray([...codes], { minLength: 1 }), {
  minLength: 2,
  maxLength: 5,
});

/** What happens to somebody, on a machine whose clock may be wrong. */
export const move = fc.record({
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
export const made = async (play: Play, { what, who, vacancy, posts, ahead, later }: Move): Promise<void> => {
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
