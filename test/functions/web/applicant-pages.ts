import { sha256Of } from '#shared/domain/hash.ts';
import { PersonId } from '#shared/domain/ids.ts';
import type { Locale } from '#shared/i18n/index.ts';
import { anInterviewRoundIn, applicants, nth, slotsPlanned } from '#test/builders/interview-scenes.ts';
import { offerTo } from '#test/builders/offer-answers.ts';
import { anOffersRoundIn, aVacancy, deliverOffersIn } from '#test/builders/offers.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { atTheDesk, whenAsked, whenChanged, whenRecommended } from './further-pages.ts';
import { named, type SeenPage, seen } from './seen-pages.ts';
import { aSelectionSite } from './selection-site.ts';
import { aSite, begin, fillIn } from './site.ts';

/** Every page of an applicant, from the start page to the offer, with those of referees and the desk, in one language. */
export const applicantPages = async (locale: Locale): Promise<SeenPage[]> => [
  ...(await whileApplying(locale)),
  ...(await whenInvited(locale)),
  ...(await whenOffered(locale)),
  ...(await whenChanged(locale)),
  ...(await whenAsked(locale)),
  ...(await whenRecommended(locale)),
  ...(await atTheDesk(locale)),
];

const open = ['/', '/programme', '/personal-data', '/calls', '/vacancies', '/sign-in'];

const whileApplying = async (locale: Locale): Promise<SeenPage[]> => {
  const site = aSite();
  const roundId = await site.openCall();
  const call = `/${locale}/calls/${roundId}`;
  const applicant = site.applicant();
  const pages = await seen(site.anonymous.get, [
    ...open.map((path) => `/${locale}${path}`),
    ...['', '/rules', '/vacancies', '/vacancies/MAT-002', '/results', '/apply'].map(
      (path) => `${call}${path}`,
    ),
  ]);
  const application = await begin(applicant, roundId, locale);
  await fillIn(site, applicant, application);
  const { text } = await applicant.get(application);
  const sections = new Set([...text.matchAll(/\/sections\/\w+/g)].map(([part]) => part));
  const parts = ['', ...sections, '/documents', '/choices', '/check'];
  pages.push(
    ...(await seen(applicant.get, [
      ...parts.map((part) => `${application}${part}`),
      `/${locale}/applications`,
      `${application}/withdraw`,
    ])),
    ...(await seen((path) => applicant.post(path, {}), [`${application}/documents/diploma`])),
  );
  return pages;
};

const whenInvited = async (locale: Locale): Promise<SeenPage[]> => {
  const world = aWorld();
  const scene = await anInterviewRoundIn(world, { people: applicants(2) });
  await slotsPlanned(world, scene.roundId, 6);
  const site = aSelectionSite(world);
  const aigul = nth(scene.candidates, 0);
  const browser = await site.applicant(aigul.by);
  const application = `/${locale}/applications/${aigul.applicationId}`;
  const parts = ['', '/receipt', '/interview', '/result', '/claim'];
  const rights = ['/correction/', '/consent/'].map((right) => `/data${right}${aigul.applicationId}`);
  const account = ['', '/mailbox', '/data', ...rights, '/data/erasure'];
  const pages = await seen(browser.get, [
    ...parts.map((part) => `${application}${part}`),
    ...account.map((part) => `/${locale}/account${part}`),
  ]);
  return named(pages, 'submitted');
};

const whenOffered = async (locale: Locale): Promise<SeenPage[]> => {
  const site = aSite();
  const { records, clock, deps } = site;
  const world = { ...aWorld(), records, clock, chance: deps.chance };
  const personId = PersonId.parse(sha256Of('applicant').toUpperCase().slice(0, 20));
  const choices = ['MAT-001'];
  const scene = await anOffersRoundIn(world, [{ choices, personId }], [aVacancy('MAT-001')]);
  const administrator = await site.administrator();
  await administrator.post(`/en/manage/rounds/${scene.roundId}/offers`, { confirmed: '1' });
  await deliverOffersIn(world);
  const { applicationId, offerId } = await offerTo(world, scene, 0);
  const application = `/${locale}/applications/${applicationId}`;
  const pages = await seen(site.applicant().get, [
    application,
    `${application}/result`,
    `${application}/offers/${offerId}`,
    `/${locale}/calls/${scene.roundId}/results`,
  ]);
  return named(pages, 'offered');
};
