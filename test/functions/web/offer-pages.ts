import { acceptOffer } from '#functions/commands/offers.ts';
import type { Locale } from '#shared/i18n/index.ts';
import { aRegionWithPeople, aRegionWithPosts, listedIn, shownIn } from '#test/builders/elsewhere.ts';
import { openedIn, restingIn } from '#test/builders/exchange.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { askNext, offerTo } from '#test/builders/offer-answers.ts';
import { aVacancy, releasedIn } from '#test/builders/offers.ts';
import { aRoundFile, withConditions, withDeferral } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { named, type SeenPage, seen } from './seen-pages.ts';
import { aSelectionSite } from './selection-site.ts';

/** From an offer to the post, and the two second chances of who has none. */
export const offerPages = async (locale: Locale): Promise<SeenPage[]> => [
  ...(await whenOffered(locale)),
  ...(await inTheExchange(locale)),
  ...(await elsewhere(locale)),
];

/** Of four people for three posts one accepts, one on a condition, one declines, and one waits for what becomes free. */
const whenOffered = async (locale: Locale): Promise<SeenPage[]> => {
  const world = aWorld();
  const { answer } = withConditions();
  const file = aRoundFile({
    answer: { ...withDeferral({ always: true, entryUntil: '2023-12-31' }).answer, ...answer },
  });
  const people = Array.from({ length: 4 }, () => ({ choices: ['MAT-001', 'MAT-002'] }));
  const posts = [aVacancy('MAT-001', { posts: 2, incentives: ['housing'] }), aVacancy('MAT-002')];
  const scene = await releasedIn(world, people, posts, file);
  const site = aSelectionSite(world);
  const personAt = async (who: number) => {
    const { get, post } = await site.applicant(nth(scene.people, who));
    return { get, post, application: `/${locale}/applications/${scene.people[who]?.applicationId}` };
  };
  const [accepting, onCondition, declining, waiting] = await Promise.all([0, 1, 2, 3].map(personAt));
  if (!accepting || !onCondition || !declining || !waiting) throw new Error('Four applied.');
  const offerOf = async (who: number) => `/offers/${(await offerTo(world, scene, who)).offerId}`;
  const offers = [await offerOf(0), await offerOf(1), await offerOf(2)] as const;

  const asked = named(
    await seen(
      accepting.get,
      ['', '/result', offers[0]].map((part) => accepting.application + part),
    ),
    'offered',
  );
  await accepting.post(`${accepting.application}${offers[0]}/acceptance`, {});
  const accepted = ['', offers[0], '/placement'].map((part) => accepting.application + part);
  await onCondition.post(`${onCondition.application}${offers[1]}/conditional-acceptance`, {
    condition: 'diploma',
  });
  await declining.post(`${declining.application}${offers[2]}/refusal`, { reason: 'distance' });
  return [
    ...asked,
    ...named(await seen(accepting.get, accepted), 'accepted'),
    ...named(await seen(onCondition.get, [onCondition.application + offers[1]]), 'on a condition'),
    ...named(await seen(declining.get, [declining.application + offers[2]]), 'declined'),
    ...named(
      await seen(
        waiting.get,
        ['', '/waiting'].map((part) => waiting.application + part),
      ),
      'waiting',
    ),
  ];
};

const inTheExchange = async (locale: Locale): Promise<SeenPage[]> => {
  const world = aWorld();
  const scene = await restingIn(world);
  await askNext(world, scene);
  granted(await acceptOffer(world, await offerTo(world, scene, 1)));
  await openedIn(world, scene);
  const { get, post } = await aSelectionSite(world).applicant(nth(scene.people, 0));
  const application = `/${locale}/applications/${scene.people[0]?.applicationId}`;
  const own = `${application}/exchange`;
  const asked = named(await seen(get, [application, own]), 'asked');
  await post(own, { agree: 'yes' });
  const agreed = named(await seen(get, [own]), 'agreed');
  await post(`${own}/choices`, { press: 'add MAT-002', order: '', filter: '' });
  return [...asked, ...agreed, ...named(await seen(get, [own]), 'chosen')];
};

/** With posts enough in the other region for two parts of the list. */
const elsewhere = async (locale: Locale): Promise<SeenPage[]> => {
  const posts = Array.from({ length: 40 }, (_, index) =>
    aVacancy(`T-${index + 100}`, { incentives: ['housing'] }),
  );
  const { world, scene } = await aRegionWithPeople();
  await shownIn(world, scene.roundId, await listedIn(await aRegionWithPosts(undefined, posts)));
  const { get, post } = await aSelectionSite(world).applicant(nth(scene.people, 0));
  const application = `/${locale}/applications/${scene.people[0]?.applicationId}`;
  const own = `${application}/elsewhere/1`;
  const asked = named(await seen(get, [application, own, `${own}?page=2`]), 'other regions');
  await post(own, { agree: 'yes' });
  const agreed = named(await seen(get, [own]), 'agreed');
  await post(`${own}/choices`, { press: 'add T-101', order: '', filter: '' });
  return [...asked, ...agreed, ...named(await seen(get, [own]), 'chosen')];
};
