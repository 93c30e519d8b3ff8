import type { Locale } from '#shared/i18n/index.ts';
import { fromAbroadWell, graduateWell } from '#test/builders/application.ts';
import { asPosted } from '#test/builders/posted-form.ts';
import { pressed } from '#test/builders/pressed.ts';
import { accountPages } from './account-pages.ts';
import { deskPages } from './desk-pages.ts';
import { whenAsked, whenChanged, whenRecommended } from './further-pages.ts';
import { interviewPages } from './interview-pages.ts';
import { offerPages } from './offer-pages.ts';
import { publicPages } from './public-pages.ts';
import { answered, named, type SeenPage, seen } from './seen-pages.ts';
import { aSite, begin, fillIn, posted, type Site } from './site.ts';

/**
 * Every page of an applicant, from the start page to the post, with those of referees and the desk, in one language. That none is
 * forgotten is a test of its own (first-view.test.ts).
 */
export const applicantPages = async (locale: Locale): Promise<SeenPage[]> => [
  ...(await publicPages(locale)),
  ...(await accountPages(locale)),
  ...(await whileApplying(locale)),
  ...(await whenChanged(locale)),
  ...(await whenAsked(locale)),
  ...(await whenRecommended(locale)),
  ...(await interviewPages(locale)),
  ...(await offerPages(locale)),
  ...(await deskPages(locale)),
];

const whileApplying = async (locale: Locale): Promise<SeenPage[]> => {
  const site = aSite();
  const roundId = await site.openCall();
  const applicant = site.applicant();
  const application = await begin(applicant, roundId, locale);
  const begun = named(await seen(applicant.get, [application, `${application}/check`]), 'begun');
  await fillIn(site, applicant, application);
  const { text } = await applicant.get(application);
  const sections = new Set([...text.matchAll(/\/sections\/\w+/g)].map(([part]) => part));
  const parts = [
    '',
    ...sections,
    '/documents',
    '/choices',
    '/choices?subject=physics',
    '/check',
    '/withdraw',
  ];
  const own = parts.map((part) => `${application}${part}`);
  return [
    ...begun,
    ...(await seen(applicant.get, [...own, `/${locale}/applications`])),
    ...(await seen((path) => pressed(applicant, path), [`${application}/documents/diploma`])),
    ...(await otherwise(site, roundId, locale)),
  ];
};

/** Of a graduate from abroad who has no IIN, on the sections that ask them otherwise, and of forms that come back with faults. */
const otherwise = async (site: Site, roundId: string, locale: Locale): Promise<SeenPage[]> => {
  const applicant = site.applicant('from abroad');
  const application = await begin(applicant, roundId, locale);
  const save = (section: 'identity' | 'education' | 'motivation', typed: Record<string, string | string[]>) =>
    applicant.post(`${application}/sections/${section}`, {
      basedOn: '0',
      revealed: 'yes',
      next: 'go-on',
      ...typed,
    });
  const unread = await save('identity', { fullName: '', iinHeld: 'yes', iin: '123' });
  const unwritten = await save('motivation', { motivation: 'Қысқа.' });
  await save('identity', { ...posted('identity'), ...asPosted(fromAbroadWell) });
  await save('education', { ...posted('education'), ...asPosted(graduateWell) });
  const asked = ['', '/sections/identity', '/sections/education', '/sections/work', '/check'];
  return [
    answered(':id/sections/identity (with faults)', unread),
    answered(':id/sections/motivation (with a fault)', unwritten),
    ...named(
      await seen(
        applicant.get,
        asked.map((part) => application + part),
      ),
      'a graduate from abroad',
    ),
  ];
};
