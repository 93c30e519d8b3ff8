import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ownTimeline } from '#functions/commands/application-timeline.ts';
import { soundOffers } from '#functions/commands/held-parts.ts';
import { offerBoard } from '#functions/commands/offer-board.ts';
import { previewOffers } from '#functions/commands/offer-preview.ts';
import { lapseOffer, readOffer } from '#functions/commands/offer-waiting.ts';
import { acceptOffer, declineOffer } from '#functions/commands/offers.ts';
import { log } from '#functions/log.ts';
import { replayOf } from '#shared/bundle/check-offers.ts';
import { openOffers } from '#shared/domain/offer.ts';
import { isFinal, roundAggregate } from '#shared/domain/round-record.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { askNext, kindsIn, offerTo } from '#test/builders/offer-answers.ts';
import { wishes } from '#test/builders/offer-moves.ts';
import { expiresAt } from '#test/builders/offered.ts';
import {
  aVacancy,
  candidaciesIn,
  deliverOffersIn,
  type OffersScene,
  offersIn,
  releasedIn,
  theAdministrator,
} from '#test/builders/offers.ts';
import { wantsBoth } from '#test/builders/offers-contender.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { toldOf } from '#test/builders/told-offers.ts';
import { acceptedTwice, unaccepted } from '#test/builders/unsound-seats.ts';

const hour = 3600;
const posts = ['MAT-001', 'MAT-002', 'MAT-003', 'MAT-008', 'MAT-009'].map((code) => aVacancy(code));

/** The machines of all open offers whose time is over come, twice as machines may, and ask whoever comes next. */
const machinesCome = async (world: World, scene: OffersScene): Promise<void> => {
  for (const candidacy of await candidaciesIn(world, scene)) {
    const { applicationId } = candidacy;
    for (const { id: offerId, expiresAt: until } of openOffers(candidacy)) {
      if (until > world.clock.now()) continue;
      granted(await lapseOffer(world, { applicationId, offerId }));
      const { next } = granted(await lapseOffer(world, { applicationId, offerId }));
      if (next === 'ask') await askNext(world, scene);
    }
  }
  await deliverOffersIn(world);
};

/** Offers that could be made now, as if no deadline of these minutes put them off. */
const dueIn = async (world: World, { roundId }: OffersScene): Promise<number> => {
  const round = await world.records.find(roundAggregate, roundId);
  if (!round || !isFinal(round.state)) throw new Error('The round makes no offers.');
  return soundOffers(await offerBoard(world, round.state)).sound.length;
};

const openIn = async (world: World, scene: OffersScene): Promise<string[]> =>
  (await offersIn(world, scene)).filter((one) => one.endsWith(' open')).map((one) => one.slice(0, -5));

const overdueIn = async (world: World, scene: OffersScene): Promise<string[]> =>
  (await candidaciesIn(world, scene)).flatMap((one, who) =>
    openOffers(one).flatMap(({ vacancy, expiresAt: until }) =>
      until <= world.clock.now() ? `${who} ${vacancy}` : [],
    ),
  );

/** Whose steps whoever checks the bundle finds wrong. */
const wrongIn = async (world: World, scene: OffersScene): Promise<ReadonlySet<string>> => {
  const told = await toldOf(world, scene, { vacancies: posts, plan: aRoundFile().posts });
  return new Set(replayOf(told).isolated.map(({ event }) => ('seeker' in event ? event.seeker : event.type)));
};

const heldIn = async (world: World, { roundId }: OffersScene) =>
  granted(await previewOffers(world, { by: theAdministrator, roundId })).held;

/** Three people want either of two posts; the record of the first, who has an open offer, is wrong. */
const unsound = async () => {
  const world = aWorld();
  const scene = await releasedIn(world, [wantsBoth, wantsBoth, wantsBoth], posts);
  const key = await offerTo(world, scene, 0);
  await acceptedTwice(world, scene, 0);
  return { world, scene, key };
};

describe('a lapse that the checker holds', () => {
  beforeEach(() => void vi.spyOn(log, 'error').mockImplementation(() => undefined));
  afterEach(() => void vi.restoreAllMocks());

  it('stays open, is tried each hour, and holds up nobody else', async () => {
    const { world, scene, key } = await unsound();
    world.clock.to(expiresAt);

    await machinesCome(world, scene);

    expect(await openIn(world, scene)).toEqual(['0 MAT-001', '2 MAT-002']);
    expect(granted(await readOffer(world, key))).toMatchObject({
      next: 'wait',
      until: addSeconds(expiresAt, hour),
    });
    world.clock.to(addSeconds(expiresAt, hour));
    expect(granted(await readOffer(world, key)).next).toBe('lapse');
    expect(granted(await lapseOffer(world, key))).toMatchObject({
      next: 'wait',
      until: addSeconds(expiresAt, 2 * hour),
    });
    const facts = await world.records.history('candidacy', key.applicationId);
    expect(facts.filter(({ fact }) => fact.type === 'lapse-held')).toHaveLength(1);
    expect(await heldIn(world, scene)).toContainEqual({
      number: 'KZ19-AAAA-0000',
      vacancy: 'MAT-001',
      faults: [],
      lapsed: expiresAt,
    });
    expect(kindsIn(world).filter((kind) => kind === 'offer-lapsed')).toHaveLength(1);
  });

  it('takes no answer any more, and its owner reads that the time is over', async () => {
    const { world, scene, key } = await unsound();
    world.clock.to(expiresAt);
    await machinesCome(world, scene);
    const late = { error: { kind: 'too-late' } };

    expect(await acceptOffer(world, key)).toMatchObject(late);
    expect(await declineOffer(world, { ...key, reason: 'terms' })).toMatchObject(late);

    expect((await offersIn(world, scene))[0]).toBe('0 MAT-001 open');
    const { steps } = granted(await ownTimeline(world, key));
    expect(steps.filter(({ vacancy }) => vacancy === 'MAT-001').map(({ what }) => what)).toEqual([
      'offer-made',
      'offer-lapse-held',
    ]);
  });

  it('lapses once the records fit, asks the next, and the bundle of it holds', async () => {
    const { world, scene, key } = await unsound();
    world.clock.to(expiresAt);
    await machinesCome(world, scene);
    await unaccepted(world, scene, 0);
    world.clock.to(addSeconds(expiresAt, hour));

    expect(granted(await lapseOffer(world, key)).next).toBe('ask');
    expect(granted(await lapseOffer(world, key)).next).toBe('ask');
    await askNext(world, scene);

    expect(await openIn(world, scene)).toEqual(['1 MAT-001', '2 MAT-002']);
    expect(await heldIn(world, scene)).toEqual([]);
    expect((await wrongIn(world, scene)).size).toBeLessThanOrEqual(1);
  });

  it('leaves out of everything that anybody does the person alone whose record is wrong', async () => {
    const rounds = fc.asyncProperty(wishes, fc.nat(), async (wanted, which) => {
      const world = aWorld();
      const scene = await releasedIn(
        world,
        wanted.map((choices) => ({ choices })),
        posts,
      );
      const asked = (await candidaciesIn(world, scene)).flatMap((one, who) =>
        openOffers(one).length > 0 ? who : [],
      );
      const who = asked[which % asked.length] ?? 0;
      const [held] = openOffers((await candidaciesIn(world, scene))[who] ?? aCandidacy());
      await acceptedTwice(world, scene, who);
      for (let deadline = 1; deadline <= wanted.length + 1; deadline += 1) {
        world.clock.to(addSeconds(expiresAt, deadline * 10 * 24 * hour));
        await machinesCome(world, scene);
        const late = await overdueIn(world, scene);
        expect(late).toEqual([`${who} ${held?.vacancy}`]);
        expect(await dueIn(world, scene)).toBe(0);
      }
      await unaccepted(world, scene, who);
      await machinesCome(world, scene);

      expect(await overdueIn(world, scene)).toEqual([]);
      expect(await dueIn(world, scene)).toBe(0);
    });
    await fc.assert(rounds, { numRuns: 25 * (process.env['SOAK'] ? 100 : 1) });
  });
});
