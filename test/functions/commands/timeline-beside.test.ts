import { describe, expect, it } from 'vitest';
import { ownTimeline } from '#functions/commands/application-timeline.ts';
import { submitApplication } from '#functions/commands/applications.ts';
import { bringOutcome, confirmOutcome } from '#functions/commands/elsewhere-outcome-import.ts';
import { runExchange, viewExchange } from '#functions/commands/exchange.ts';
import { acceptOffer } from '#functions/commands/offers.ts';
import { joinElsewhere } from '#functions/commands/own-elsewhere.ts';
import { joinExchange, rankInExchange } from '#functions/commands/own-exchange.ts';
import { declineReference, giveReference } from '#functions/commands/reference-answer.ts';
import { nameReferee } from '#functions/commands/references.ts';
import type { TimelineStep } from '#shared/domain/timeline-step.ts';
import { theColleague } from '#test/builders/elsewhere.ts';
import { openedIn, ownOf, restingIn, staffOf } from '#test/builders/exchange.ts';
import {
  chosenIn,
  decidedIn,
  handedIn,
  handingUntil,
  outcomeOf,
  tellIn,
  twoRegions,
} from '#test/builders/handed.ts';
import { askNext, offerTo } from '#test/builders/offer-answers.ts';
import { vacancyCode } from '#test/builders/offered.ts';
import { theAdministrator } from '#test/builders/offers.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';
import { aReferenceScene, contact } from './reference-scene.ts';

type Own = Parameters<typeof ownTimeline>[1];

/** The steps of one subject, each with whether it is over and its moment. */
const stepsOf = async (world: World, own: Own, subject: string): Promise<TimelineStep[]> =>
  granted(await ownTimeline(world, own)).steps.filter(({ what }) => what.startsWith(`${subject}-`));

const wordsOf = (steps: readonly TimelineStep[]): string[] =>
  steps.map(({ what, done, at: moment }) => [done ? 'done' : 'ahead', what, moment ?? ''].join(' '));

/** Two people were asked, when the application was submitted. */
const asked = async () => {
  const scene = await aReferenceScene();
  granted(await scene.name(1));
  granted(await scene.name(2, { name: 'Second Referee', mail: 'second@example.kz' }));
  granted(await submitApplication(scene.world, scene.mine));
  await scene.deliver();
  const [first = '', second = ''] = scene.sent.map(scene.tokenIn);
  return { ...scene, first, second };
};

describe('references in the timeline of an own application', () => {
  it('say who was asked, and that an answer is expected by the end of screening as planned', async () => {
    const { world, mine } = await asked();

    const steps = await stepsOf(world, mine, 'reference');
    const when = at('2022-09-20T04:00');
    // Five working days after the call, which ends on 4 October.
    const by = at('2022-10-11T18:00');
    expect(steps).toEqual([
      { what: 'reference-asked', done: true, at: when, reference: 1, referee: contact.name },
      { what: 'reference-asked', done: true, at: when, reference: 2, referee: 'Second Referee' },
      { what: 'reference-awaited', done: false, at: by, reference: 1, referee: contact.name },
      { what: 'reference-awaited', done: false, at: by, reference: 2, referee: 'Second Referee' },
    ]);
  });

  it('say who answered, and what is left to do where somebody declined', async () => {
    const { world, mine, first, second } = await asked();
    world.clock.to(at('2022-09-21T04:00'));
    const answer = { known: 'Five years', recommends: 'yes', text: 'An able teacher.' } as const;
    granted(await giveReference(world, { token: first, answer }));
    granted(await declineReference(world, second));

    const after = (await stepsOf(world, mine, 'reference')).map(({ what, done, reference }) => [
      what,
      done,
      reference,
    ]);
    expect(after.slice(2)).toEqual([
      ['reference-given', true, 1],
      ['reference-declined', true, 2],
      ['reference-replace', false, 2],
    ]);

    const other = { ...contact, name: 'Third Referee', mail: 'third@example.kz' };
    granted(await nameReferee(world, { ...mine, slot: 2, contact: other }));
    expect((await stepsOf(world, mine, 'reference')).at(-1)).toMatchObject({
      what: 'reference-ask',
      done: false,
      referee: 'Third Referee',
    });
  });
});

/** The second one has the post, the others have none and are asked. */
const opened = async () => {
  const world = aWorld();
  const scene = await restingIn(world);
  await askNext(world, scene);
  granted(await acceptOffer(world, await offerTo(world, scene, 1)));
  expect(granted(await viewExchange(world, staffOf(scene))).unplaced).toBe(2);
  await openedIn(world, scene);
  return { world, scene };
};

describe('the second chance in the timeline of an own application', () => {
  const until = at('2022-11-17T18:00');

  it('is offered until its deadline to who has no post, and to nobody else', async () => {
    const { world, scene } = await opened();

    expect(wordsOf(await stepsOf(world, ownOf(scene, 0), 'exchange'))).toEqual([
      `ahead exchange-open ${until}`,
    ]);
    expect(await stepsOf(world, ownOf(scene, 1), 'exchange')).toEqual([]);
    world.clock.to(until);
    expect(await stepsOf(world, ownOf(scene, 0), 'exchange')).toEqual([]);
  });

  it('goes on with the consent, the choice, and the wait for the region', async () => {
    const { world, scene } = await opened();
    const own = ownOf(scene, 0);
    const steps = async () => wordsOf(await stepsOf(world, own, 'exchange'));
    const joined = `done exchange-joined ${world.clock.now()}`;
    granted(await joinExchange(world, own));

    expect(await steps()).toEqual([joined, `ahead exchange-choose ${until}`]);
    granted(await rankInExchange(world, { ...own, choices: [vacancyCode('MAT-002')], basedOn: [] }));
    expect(await steps()).toEqual([joined, `ahead exchange-change ${until}`]);
    world.clock.to(until);
    expect(await steps()).toEqual([joined, 'ahead exchange-awaited ']);
    const { wave } = granted(await viewExchange(world, staffOf(scene)));
    granted(await runExchange(world, { ...staffOf(scene), confirmed: wave.length }));
    expect(await steps()).toEqual([joined, `done exchange-ran ${until}`]);
  });

  it('has nothing more to say to who agreed and chose nothing', async () => {
    const { world, scene } = await opened();
    granted(await joinExchange(world, ownOf(scene, 0)));
    world.clock.to(until);

    const steps = await stepsOf(world, ownOf(scene, 0), 'exchange');
    expect(steps.map(({ what }) => what)).toEqual(['exchange-joined']);
  });
});

describe('posts of other regions in the timeline of an own application', () => {
  it('are offered, chosen, handed over, and then with the other region', async () => {
    const regions = await twoRegions();
    const { here, list } = regions;
    const { world, scene } = here;
    const steps = async (who: number) => wordsOf(await stepsOf(world, ownOf(scene, who), 'elsewhere'));
    const now = world.clock.now();
    const until = at('2022-11-16T18:00');

    expect(await stepsOf(world, ownOf(scene, 0), 'elsewhere')).toEqual([
      { what: 'elsewhere-open', done: false, at: until, list, region: 'KZ-61' },
    ]);
    await chosenIn(here, list, 0, [vacancyCode('T-MAT')]);
    granted(await joinElsewhere(world, { ...ownOf(scene, 1), list }));
    expect(await steps(0)).toEqual([`done elsewhere-joined ${now}`, `ahead elsewhere-change ${until}`]);
    expect(await steps(1)).toEqual([`done elsewhere-joined ${now}`, `ahead elsewhere-choose ${until}`]);

    world.clock.to(until);
    expect((await steps(0)).at(-1)).toBe(`ahead elsewhere-awaited ${handingUntil}`);
    await handedIn(regions);
    expect((await steps(0)).slice(1)).toEqual([
      `done elsewhere-handed ${until}`,
      expect.stringMatching(/^ahead elsewhere-answer 2022-12-/),
    ]);
    expect(await steps(1)).toEqual([`done elsewhere-joined ${now}`]);
    expect(await steps(2)).toEqual([]);
  });

  it('that were chosen and not handed over in time say so', async () => {
    const { here, list } = await twoRegions();
    const { world, scene } = here;
    const now = world.clock.now();
    await chosenIn(here, list, 0, [vacancyCode('T-MAT')]);
    world.clock.to(handingUntil);
    const before = wordsOf(await stepsOf(world, ownOf(scene, 0), 'elsewhere'));
    await tellIn(world);

    expect(before).toEqual([`done elsewhere-joined ${now}`, `done elsewhere-not-handed ${handingUntil}`]);
    expect(wordsOf(await stepsOf(world, ownOf(scene, 0), 'elsewhere'))).toEqual(before);
  });

  it('end with what the other region decided', async () => {
    const regions = await twoRegions();
    const { here, list } = regions;
    const { world, scene } = here;
    await chosenIn(here, list, 0, [vacancyCode('T-MAT')]);
    const file = await decidedIn(regions);
    world.clock.to(handingUntil);
    const command = { roundId: scene.roundId, list };
    granted(await bringOutcome(world, { ...command, by: theAdministrator, file }));
    const seen = { outcome: await outcomeOf(file), confirmed: 1 };
    granted(await confirmOutcome(world, { ...command, by: theColleague, ...seen }));
    await tellIn(world);

    expect(wordsOf(await stepsOf(world, ownOf(scene, 0), 'elsewhere')).at(-1)).toBe(
      `done elsewhere-post ${handingUntil}`,
    );
  });
});
