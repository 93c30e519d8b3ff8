import { bookInterview, cancelInterview } from '#functions/commands/interview-booking.ts';
import type { Locale } from '#shared/i18n/index.ts';
import { anInterviewRoundIn, applicants, nth, slotsPlanned } from '#test/builders/interview-scenes.ts';
import { publishedIn } from '#test/builders/published.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { named, type SeenPage, seen } from './seen-pages.ts';
import { aSelectionSite } from './selection-site.ts';

/** From the invitation to an interview to the claim against the preliminary results, with the own data beside. */
export const interviewPages = async (locale: Locale): Promise<SeenPage[]> => {
  const world = aWorld();
  const scene = await anInterviewRoundIn(world, { people: applicants(2), stopped: 1 });
  const slots = await slotsPlanned(world, scene.roundId, 6);
  const site = aSelectionSite(world);
  const aigul = nth(scene.candidates, 0);
  const { get } = await site.applicant(aigul.by);
  const application = `/${locale}/applications/${aigul.applicationId}`;
  const of = (parts: readonly string[]) =>
    seen(
      get,
      parts.map((part) => application + part),
    );
  const rights = ['/correction/', '/consent/'].map((right) => `/data${right}${aigul.applicationId}`);
  const account = ['/data', ...rights, '/data/erasure'];

  const pages = [
    ...named(await of(['', '/receipt', '/interview', '/result', '/claim']), 'invited'),
    ...(await seen(
      get,
      account.map((part) => `/${locale}/account${part}`),
    )),
  ];
  granted(await bookInterview(world, { ...aigul, slotId: nth(slots, 0).id }));
  pages.push(...named(await of(['', '/interview']), 'booked'));
  granted(await cancelInterview(world, aigul));
  pages.push(...named(await of(['/interview']), 'cancelled'));
  return [...pages, ...(await withResults(locale, { world, scene, site }))];
};

type Place = {
  world: ReturnType<typeof aWorld>;
  scene: Awaited<ReturnType<typeof anInterviewRoundIn>>;
  site: ReturnType<typeof aSelectionSite>;
};

/** Of somebody who stopped below the minimum and makes a claim. */
const withResults = async (locale: Locale, { world, scene, site }: Place): Promise<SeenPage[]> => {
  const { aigul, bolat } = await publishedIn(world, scene);
  const above = await site.applicant(aigul.by);
  const { get, post } = await site.applicant(bolat.by);
  const application = `/${locale}/applications/${bolat.applicationId}`;
  const open = await seen(
    get,
    ['', '/result', '/claim'].map((part) => application + part),
  );
  const reached = await seen(above.get, [`/${locale}/applications/${aigul.applicationId}/result`]);
  await post(`${application}/claim`, {
    grounds: 'scoring-error',
    text: 'Сертификатым есептелмеген. '.repeat(20),
  });
  const filed = await seen(
    get,
    ['', '/claim', '/claim/withdrawal'].map((part) => application + part),
  );
  return [...named(reached, 'above the minimum'), ...named(open, 'stopped'), ...named(filed, 'claimed')];
};
