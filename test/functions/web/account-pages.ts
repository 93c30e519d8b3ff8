import { invite } from '#functions/commands/staff.ts';
import type { Locale } from '#shared/i18n/index.ts';
import { letterReturned } from '#test/builders/returned.ts';
import { aWorld, bolat, granted } from '#test/builders/scenes.ts';
import { anApplicant, aScreeningIn } from '#test/builders/selection.ts';
import { openBrowser } from './account/home.ts';
import { answered, named, type SeenPage, seen } from './seen-pages.ts';
import { aSelectionSite, cookieName } from './selection-site.ts';
import { origin } from './site.ts';

/** Signing in, another mailbox, a role that is taken on by a link, and what somebody is told whose letters come back. */
export const accountPages = async (locale: Locale): Promise<SeenPage[]> => {
  const world = aWorld();
  const site = aSelectionSite(world);
  const browser = openBrowser({ app: site.web });
  const get = async (path: string) => {
    const answer = await browser.get(path);
    return { status: answer.status, text: await answer.text() };
  };
  const at = (path: string): string => `/${locale}${path}`;

  const unreadable = await browser.post(at('/sign-in'), { mail: 'aigul' });
  await browser.post(at('/sign-in'), { mail: 'aigul@example.kz' });
  const pages = [
    ...(await seen(get, [at('/sign-in'), at('/sign-in/code'), at('/enrol')])),
    answered('/sign-in (with a fault)', { text: await unreadable.text() }),
  ];
  browser.jar.set(cookieName, await site.tokens.applicant(bolat));
  await browser.post(at('/account/mailbox'), { mail: 'bolat.new@example.kz' });
  pages.push(
    ...(await seen(
      get,
      ['', '/mailbox', '/mailbox/code'].map((part) => at(`/account${part}`)),
    )),
  );
  const invited = await invite(
    { ...world, publicOrigin: origin },
    { by: { kind: 'operator' }, role: 'desk', locale },
  );
  await browser.post(at('/enrol'), { invitation: granted(invited).link });
  return [
    ...pages,
    ...(await seen(get, [at('/enrol/passkey'), at('/passkey')])),
    ...(await whenReturned(locale)),
  ];
};

const whenReturned = async (locale: Locale): Promise<SeenPage[]> => {
  const world = aWorld();
  const { applications } = await aScreeningIn(world, [{}]);
  const applicant = anApplicant(0);
  await letterReturned(world, applicant.personId);
  const { get } = await aSelectionSite(world).applicant(applicant);
  const pages = ['/applications', `/applications/${applications[0]?.id}`, '/account'];
  return named(
    await seen(
      get,
      pages.map((page) => `/${locale}${page}`),
    ),
    'letters come back',
  );
};
