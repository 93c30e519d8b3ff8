import { describe, expect, it } from 'vitest';
import { sayAhead, takeBackAhead } from '#functions/commands/answer-ahead.ts';
import { ownTimeline } from '#functions/commands/application-timeline.ts';
import { lapseOffer, remindOffer } from '#functions/commands/offer-waiting.ts';
import { acceptOffer, declineOffer } from '#functions/commands/offers.ts';
import { replayOf } from '#shared/bundle/check-offers.ts';
import { placementAggregate } from '#shared/domain/placement.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import { askNext, kindsIn, offerTo } from '#test/builders/offer-answers.ts';
import { expiresAt } from '#test/builders/offered.ts';
import { candidaciesIn, offersEndedIn, offersIn, releasedIn } from '#test/builders/offers.ts';
import { wantsBoth } from '#test/builders/offers-contender.ts';
import { ownOf, type Play, twoPosts } from '#test/builders/remedies.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { toldOf } from '#test/builders/told-offers.ts';
import { at } from '#test/builders/worlds.ts';

/** Two people for two posts, each of whom wants the first rather: the second person holds an offer of the second post. */
const aPlay = async (): Promise<Play> => {
  const world = aWorld();
  return { world, scene: await releasedIn(world, [wantsBoth, wantsBoth], twoPosts) };
};

const says = async (play: Play, who: number, upTo: number) =>
  granted(await sayAhead(play.world, { ...ownOf(play, who), upTo }));

/** The time of an open offer is over, and its machine comes, twice as machines may. */
const runsOut = async ({ world, scene }: Play, who: number, now: Instant = expiresAt) => {
  const { applicationId, offerId } = await offerTo(world, scene, who);
  world.clock.to(now);
  const turn = granted(await lapseOffer(world, { applicationId, offerId }));
  granted(await lapseOffer(world, { applicationId, offerId }));
  return turn.next;
};

const eventsOf = async (play: Play, who: number): Promise<string[]> =>
  (await play.world.records.history('candidacy', ownOf(play, who).applicationId)).map(
    ({ fact }) => fact.type,
  );

describe('what an applicant says of offers in advance', () => {
  it('accepts at the deadline what is not answered, opens the post, and is told by letter and timeline', async () => {
    const play = await aPlay();
    const { world, scene } = play;
    await says(play, 1, 2);
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 open', '1 MAT-002 open']);

    expect(await runsOut(play, 1)).toBe('done');

    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 open', '1 MAT-002 accepted']);
    expect(kindsIn(world).filter((kind) => kind === 'offer-accepted-ahead')).toHaveLength(1);
    expect(kindsIn(world)).not.toContain('offer-lapsed');
    const [, second] = await candidaciesIn(world, scene);
    const placement = second?.offers[0]?.placementId;
    expect(placement && (await world.records.find(placementAggregate, placement))?.state.status).toBe('open');
    const { steps } = granted(await ownTimeline(world, ownOf(play, 1)));
    expect(steps.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['answer-ahead', 'offer-accepted-ahead']),
    );
    expect((await eventsOf(play, 1)).filter((type) => type === 'offer-accepted')).toHaveLength(1);
  });

  it('leaves what lies below it, what was taken back, and what was answered otherwise', async () => {
    const below = await aPlay();
    await says(below, 1, 1);
    await runsOut(below, 1);
    const back = await aPlay();
    await says(back, 1, 2);
    granted(await takeBackAhead(back.world, ownOf(back, 1)));
    granted(await takeBackAhead(back.world, ownOf(back, 1)));
    await runsOut(back, 1);
    const other = await aPlay();
    await says(other, 1, 2);
    const offer = await offerTo(other.world, other.scene, 1);
    granted(await declineOffer(other.world, { ...offer, reason: 'distance' }));
    other.world.clock.to(expiresAt);
    granted(await lapseOffer(other.world, offer));

    for (const { world } of [below, back]) expect(kindsIn(world)).toContain('offer-lapsed');
    expect((await offersIn(below.world, below.scene))[1]).toBe('1 MAT-002 lapsed');
    expect((await offersIn(back.world, back.scene))[1]).toBe('1 MAT-002 lapsed');
    expect((await offersIn(other.world, other.scene))[1]).toBe('1 MAT-002 declined');
    expect((await eventsOf(back, 1)).filter((type) => type === 'answer-ahead-taken-back')).toHaveLength(1);
  });

  it('counts for the best open offer alone, and the bundle of it holds', async () => {
    const play = await aPlay();
    const { world, scene } = play;
    await says(play, 1, 2);
    world.clock.to(at('2022-11-15T05:00'));
    granted(await declineOffer(world, { ...(await offerTo(world, scene, 0)), reason: 'distance' }));
    await askNext(world, scene);
    const better = await offerTo(world, scene, 1);
    const [, second] = await candidaciesIn(world, scene);
    const [worse, best] = second?.offers ?? [];
    if (!worse || !best) throw new Error('Two offers were expected.');

    world.clock.to(worse.expiresAt);
    granted(await lapseOffer(world, { ...better, offerId: worse.id }));
    expect((await offersIn(world, scene)).slice(-2)).toEqual(['1 MAT-002 lapsed', '1 MAT-001 open']);
    world.clock.to(best.expiresAt);
    granted(await lapseOffer(world, better));

    expect((await offersIn(world, scene)).slice(-1)).toEqual(['1 MAT-001 accepted']);
    const told = await toldOf(world, scene, { vacancies: twoPosts, plan: aRoundFile().posts });
    expect(replayOf(told).isolated).toEqual([]);
  });

  it('said once the deadline is over saves no offer, and none is accepted once the round makes none', async () => {
    const late = await aPlay();
    late.world.clock.to(expiresAt);
    await says(late, 1, 2);
    await runsOut(late, 1);
    const over = await aPlay();
    await says(over, 1, 2);
    await offersEndedIn(over.world, over.scene.roundId);
    const { applicationId, offerId } = await offerTo(over.world, over.scene, 1);
    over.world.clock.to(expiresAt);
    granted(await lapseOffer(over.world, { applicationId, offerId }));

    expect((await offersIn(late.world, late.scene))[1]).toBe('1 MAT-002 lapsed');
    expect((await offersIn(over.world, over.scene))[1]).toBe('1 MAT-002 closed');
  });

  it('has counted at the deadline, however late its machine comes: nothing undoes it then', async () => {
    const play = await aPlay();
    const { world, scene } = play;
    await says(play, 1, 2);
    world.clock.to(expiresAt);

    const late = { kind: 'too-late', closesAt: expiresAt };
    expect(await sayAhead(world, { ...ownOf(play, 1), upTo: 1 })).toMatchObject({ error: late });
    expect(await takeBackAhead(world, ownOf(play, 1))).toMatchObject({ error: late });
    await says(play, 1, 2);
    await runsOut(play, 1, addSeconds(expiresAt, 7200));

    expect((await offersIn(world, scene))[1]).toBe('1 MAT-002 accepted');
  });

  it('does not lapse where the deadline comes between two looks at the clock', async () => {
    const play = await aPlay();
    const { world, scene } = play;
    await says(play, 1, 2);
    const offer = await offerTo(world, scene, 1);
    const looks = [addSeconds(expiresAt, -0.001)];
    const passing = { ...world, clock: { now: () => looks.shift() ?? expiresAt } };

    expect(granted(await lapseOffer(passing, offer)).next).toBe('lapse');
    expect(granted(await lapseOffer(passing, offer)).next).toBe('done');
    expect((await offersIn(world, scene))[1]).toBe('1 MAT-002 accepted');
  });

  it('is told with the reminder, and gives way to a press in the last instant', async () => {
    const play = await aPlay();
    const { world, scene } = play;
    await says(play, 1, 2);
    const offer = await offerTo(world, scene, 1);
    world.clock.to(at('2022-11-16T03:00'));
    granted(await remindOffer(world, offer));
    world.clock.to(addSeconds(expiresAt, -0.001));
    world.records.interfere(async () => {
      granted(await acceptOffer(world, offer));
    });
    const early = { ...world, clock: { now: () => expiresAt } };
    granted(await lapseOffer(early, offer));

    expect(kindsIn(world)).toContain('offer-reminder-ahead');
    expect(kindsIn(world)).not.toContain('offer-accepted-ahead');
    expect(kindsIn(world).filter((kind) => kind === 'offer-accepted')).toHaveLength(1);
  });

  it('is kept once by two presses, and refused where the list has no such place or it is another’s', async () => {
    const play = await aPlay();
    const { world } = play;
    await says(play, 0, 1);
    await says(play, 0, 1);

    expect((await eventsOf(play, 0)).filter((type) => type === 'answer-said-ahead')).toHaveLength(1);
    for (const upTo of [0, 3, 1.5, Number.NaN]) {
      expect(await sayAhead(world, { ...ownOf(play, 0), upTo })).toMatchObject({
        error: { kind: 'invalid', faults: [{ place: 'upTo' }] },
      });
    }
    const another = { ...ownOf(play, 0), by: ownOf(play, 1).by };
    expect(await sayAhead(world, { ...another, upTo: 1 })).toMatchObject({ error: { kind: 'not-found' } });
    granted(await acceptOffer(world, await offerTo(world, play.scene, 0)));
    expect(await sayAhead(world, { ...ownOf(play, 0), upTo: 2 })).toMatchObject({
      error: { kind: 'not-in-stage' },
    });
  });
});
