import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sayAhead } from '#functions/commands/answer-ahead.ts';
import { ownTimeline } from '#functions/commands/application-timeline.ts';
import { acceptConditionally, confirmCondition } from '#functions/commands/offer-conditions.ts';
import type { OfferCommand } from '#functions/commands/offer-place.ts';
import { previewOffers } from '#functions/commands/offer-preview.ts';
import { lapseOffer, readOffer, remindOffer } from '#functions/commands/offer-waiting.ts';
import { acceptOffer, declineOffer } from '#functions/commands/offers.ts';
import { log } from '#functions/log.ts';
import { replayOf } from '#shared/bundle/check-offers.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { askNext, kindsIn, offerTo } from '#test/builders/offer-answers.ts';
import { expiresAt } from '#test/builders/offered.ts';
import {
  aVacancy,
  candidaciesIn,
  type OffersScene,
  offersIn,
  releasedIn,
  theAdministrator,
} from '#test/builders/offers.ts';
import { wantsBoth } from '#test/builders/offers-contender.ts';
import { twoPosts } from '#test/builders/remedies.ts';
import { aRoundFile, withConditions } from '#test/builders/round-file.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { toldOf } from '#test/builders/told-offers.ts';
import { counted, written } from '#test/builders/unsound-seats.ts';

const answerHeld = { ok: false, error: { kind: 'answer-held' } };
const hour = 3600;

type Play = { world: World; scene: OffersScene; key: OfferCommand };

/** Two people for two posts; the seats of the first post do not fit what is offered. */
const unsound = async (): Promise<Play> => {
  const world = aWorld();
  const scene = await releasedIn(world, [wantsBoth, wantsBoth], twoPosts, withConditions());
  await written(world, scene, 'MAT-001', counted(world, 0));
  return { world, scene, key: await offerTo(world, scene, 0) };
};

const mend = ({ world, scene }: Play) => written(world, scene, 'MAT-001', counted(world, 1));

const factsOf = async ({ world, key }: Play): Promise<string[]> =>
  (await world.records.history('candidacy', key.applicationId)).map(({ fact }) => fact.type);

const machineOf = ({ world, key: { applicationId, offerId } }: Play) => {
  const own = { applicationId, offerId };
  return {
    read: async () => granted(await readOffer(world, own)),
    lapse: async () => granted(await lapseOffer(world, own)),
    remind: async () => granted(await remindOffer(world, own)),
  };
};

describe('an answer in time that the checker holds', () => {
  beforeEach(() => void vi.spyOn(log, 'error').mockImplementation(() => undefined));
  afterEach(() => void vi.restoreAllMocks());

  it('is not lost at the deadline: the offer stays, and its machine gives the answer once the data fit, once', async () => {
    const play = await unsound();
    const { world, scene, key } = play;
    const { read, lapse, remind } = machineOf(play);
    world.clock.to(addSeconds(expiresAt, -60));
    const since = world.clock.now();
    expect(await acceptOffer(world, key)).toMatchObject({ error: { kind: 'answer-held', since } });
    expect(await acceptOffer(world, key)).toMatchObject({ error: { kind: 'answer-held', since } });

    expect(await read()).toMatchObject({ next: 'wait', until: addSeconds(since, hour) });
    expect(await remind()).toMatchObject({ next: 'wait' });
    world.clock.to(addSeconds(since, hour));
    expect(await read()).toMatchObject({ next: 'lapse' });
    expect(await lapse()).toMatchObject({ next: 'wait', until: addSeconds(since, 2 * hour) });
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 open', '1 MAT-002 open']);

    await mend(play);
    world.clock.to(addSeconds(since, 2 * hour));
    expect([(await lapse()).next, (await lapse()).next]).toEqual(['done', 'done']);

    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 accepted', '1 MAT-002 open']);
    expect((await factsOf(play)).slice(-3)).toEqual(['offer-made', 'answer-held', 'offer-accepted']);
    expect(kindsIn(world).filter((kind) => kind === 'onboarding')).toHaveLength(1);
    expect(kindsIn(world).filter((kind) => kind === 'offer-accepted')).toHaveLength(1);
    expect(kindsIn(world)).not.toContain('offer-lapsed');
    expect(kindsIn(world)).not.toContain('offer-reminder');
  });

  it('wakes its machine once, which gives it before the deadline already and reminds nobody of it', async () => {
    const play = await unsound();
    const { world, key } = play;
    const { read, lapse, remind } = machineOf(play);
    const since = world.clock.now();
    for (let press = 0; press < 2; press += 1)
      expect(await acceptOffer(world, key)).toMatchObject({ error: { kind: 'answer-held', since } });
    const awaited = { kind: 'offer', id: key.offerId };
    expect([...world.records.outbox.values()].filter(({ id }) => id.startsWith('held#'))).toMatchObject([
      { at: since, body: { kind: 'resume-task', awaited } },
    ]);

    await mend(play);
    world.clock.to(addSeconds(expiresAt, -hour));
    expect([(await read()).next, (await remind()).next, (await lapse()).next]).toEqual([
      'lapse',
      'lapse',
      'done',
    ]);
    expect(kindsIn(world)).not.toContain('offer-reminder');
  });

  it('can be given by the person after the deadline, and no other answer can', async () => {
    const play = await unsound();
    const { world, key } = play;
    expect(await acceptOffer(world, key)).toMatchObject(answerHeld);
    await mend(play);
    world.clock.to(expiresAt);

    expect(await declineOffer(world, { ...key, reason: 'terms' })).toMatchObject({
      error: { kind: 'too-late' },
    });
    expect(await acceptConditionally(world, { ...key, condition: 'diploma' })).toMatchObject({
      error: { kind: 'too-late' },
    });
    expect(granted(await acceptOffer(world, key))).toMatchObject({ status: 'accepted' });
    granted(await acceptOffer(world, key));
    expect(kindsIn(world).filter((kind) => kind === 'onboarding')).toHaveLength(1);
  });

  it('may be answered otherwise until the deadline, and stops nobody else meanwhile', async () => {
    const play = await unsound();
    const { world, scene, key } = play;
    expect(await acceptOffer(world, key)).toMatchObject(answerHeld);
    granted(await declineOffer(world, { ...key, reason: 'terms' }));
    world.clock.to(expiresAt);

    expect(await machineOf(play).lapse()).toMatchObject({ next: 'ask' });
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 declined', '1 MAT-002 open']);
  });

  it('keeps nobody else from being asked once its own deadline is over', async () => {
    const world = aWorld();
    const scene = await releasedIn(
      world,
      [wantsBoth, wantsBoth, wantsBoth],
      [aVacancy('MAT-001'), aVacancy('MAT-002')],
    );
    await written(world, scene, 'MAT-001', counted(world, 0));
    expect(await acceptOffer(world, await offerTo(world, scene, 0))).toMatchObject(answerHeld);
    const second = await offerTo(world, scene, 1);
    world.clock.to(expiresAt);
    granted(await lapseOffer(world, second));

    expect(await askNext(world, scene)).toBe(1);
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 open', '1 MAT-002 lapsed', '2 MAT-002 open']);
  });

  it('is shown to its owner and to staff, and changes nothing of the story that anyone checks', async () => {
    const play = await unsound();
    const { world, scene, key } = play;
    const since = world.clock.now();
    await acceptOffer(world, key);
    const { roundId } = scene;
    const { held } = granted(await previewOffers(world, { by: theAdministrator, roundId }));
    const steps = granted(await ownTimeline(world, key)).steps.filter(({ vacancy }) => vacancy === 'MAT-001');
    expect(held).toContainEqual({
      number: 'KZ19-AAAA-0000',
      vacancy: 'MAT-001',
      faults: [],
      answered: { at: since, kind: 'accepted' },
    });
    expect(steps.map(({ what }) => what)).toEqual(['offer-made', 'answer-held']);

    await mend(play);
    world.clock.to(addSeconds(expiresAt, hour));
    await machineOf(play).lapse();
    expect(granted(await previewOffers(world, { by: theAdministrator, roundId })).held).toEqual([]);
    const told = await toldOf(world, scene, { vacancies: twoPosts, plan: aRoundFile().posts });
    expect(replayOf(told).isolated).toEqual([]);
  });
});

describe('what else is kept', () => {
  beforeEach(() => void vi.spyOn(log, 'error').mockImplementation(() => undefined));
  afterEach(() => void vi.restoreAllMocks());

  it('is an acceptance on a condition, whose time begins when it counts, and later its confirmation', async () => {
    const play = await unsound();
    const { world, scene, key } = play;
    expect(await acceptConditionally(world, { ...key, condition: 'diploma' })).toMatchObject(answerHeld);
    await mend(play);
    world.clock.to(addSeconds(expiresAt, hour));
    const conditional = await machineOf(play).lapse();
    expect(conditional.next).toBe('wait');
    const [first] = await candidaciesIn(world, scene);
    const offer = first?.offers[0];
    expect(offer).toMatchObject({ status: 'open', condition: { code: 'diploma' } });
    expect(offer?.held).toBeUndefined();

    await written(world, scene, 'MAT-001', counted(world, 0));
    const { applicationId, offerId } = key;
    const confirm = { by: theAdministrator, roundId: scene.roundId, applicationId, offerId };
    expect(await confirmCondition(world, confirm)).toMatchObject(answerHeld);
    world.clock.to(addSeconds(offer?.expiresAt ?? expiresAt, 1));
    expect(await machineOf(play).lapse()).toMatchObject({ next: 'wait' });
    await mend(play);
    expect(await machineOf(play).lapse()).toMatchObject({ next: 'done' });
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 accepted', '1 MAT-002 open']);
  });

  it('is what was said in advance, which can be taken back no more once it counts', async () => {
    const play = await unsound();
    const { world, scene, key } = play;
    granted(await sayAhead(world, { ...key, upTo: 1 }));
    world.clock.to(expiresAt);
    expect(await machineOf(play).lapse()).toMatchObject({ next: 'wait' });
    await mend(play);
    expect(await machineOf(play).lapse()).toMatchObject({ next: 'done' });

    expect((await offersIn(world, scene))[0]).toBe('0 MAT-001 accepted');
    expect(kindsIn(world)).toContain('offer-accepted-ahead');
  });
});
