import type { Locale } from '#shared/i18n/index.ts';
import { pressed } from '#test/builders/pressed.ts';
import { aigul, aWorld } from '#test/builders/scenes.ts';
import { anApplicant, aScreeningIn, candidacyOf, secretary } from '#test/builders/selection.ts';
import { aReferenceScene } from '../commands/reference-scene.ts';
import { answered, named, type SeenPage, seen } from './seen-pages.ts';
import { aSelectionSite } from './selection-site.ts';
import { aSite, begin, fillIn } from './site.ts';

/** Of somebody who changes what was submitted. */
export const whenChanged = async (locale: Locale): Promise<SeenPage[]> => {
  const site = aSite();
  const applicant = site.applicant();
  const application = await begin(applicant, await site.openCall(), locale);
  await fillIn(site, applicant, application);
  await applicant.post(`${application}/submit`, { after: '0' });
  await applicant.post(`${application}/amendment`, {});
  const pages = ['', '/sections/motivation', '/check', '/amendment/end'];
  return named(
    await seen(
      applicant.get,
      pages.map((page) => application + page),
    ),
    'changing',
  );
};

/** Of somebody whom the committee asked a question. */
export const whenAsked = async (locale: Locale): Promise<SeenPage[]> => {
  const world = aWorld();
  const { roundId, applications } = await aScreeningIn(world);
  const id = applications[0]?.id;
  if (!id) throw new Error('Nobody applied.');
  const site = aSelectionSite(world);
  const asking = await site.staff(secretary);
  const question = { question: 'Дипломның қосымшасын жіберіңіз.', requirement: 'diploma', workingDays: '2' };
  await asking.post(`/${locale}/committee/rounds/${roundId}/screening/${id}/inquiries`, question);
  const inquiry = (await candidacyOf(world, id)).inquiries?.at(-1)?.id;
  const application = `/${locale}/applications/${id}`;
  const page = `${application}/inquiries/${inquiry}`;
  const applicant = await site.applicant(anApplicant(0));
  const pages = named(await seen(applicant.get, [application, page]), 'asked');
  const typed = { basedOn: '0', text: 'Қосымшасы қоса беріледі.' };
  const upload = await seen((path) => pressed(applicant, path, typed), [`${page}/files`]);
  const early = await applicant.post(page, { ...typed, press: 'send' });
  return [
    ...pages,
    ...upload,
    answered(':id/inquiries/:id (sent too early)', early),
    ...named(await seen(applicant.get, [page]), 'a file on its way'),
  ];
};

/** Of an applicant who names referees, and of the referee, who has a letter and no account. */
export const whenRecommended = async (locale: Locale): Promise<SeenPage[]> => {
  const { world, mine, name, deliver, sent, tokenIn } = await aReferenceScene();
  const site = aSelectionSite(world);
  const references = `/${locale}/applications/${mine.applicationId}/references`;
  const applicant = await site.applicant(aigul);
  await name(1);
  const form = await applicant.get(references);
  const [, referee = ''] = /name="referee" value="(\w+)"/.exec(form.text) ?? [];
  await applicant.post(`${references}/1/letter`, { referee });
  await deliver();
  const token = `https://x.example/${locale}/reference#${tokenIn(sent.at(-1))}`;
  const opened = await site.web.request(`/${locale}/reference`, {
    method: 'POST',
    headers: { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ token }),
  });
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
  const asReferee = async (path: string) => {
    const answer = await site.web.request(path, { headers: { cookie } });
    return { status: answer.status, text: await answer.text() };
  };
  return [
    ...(await seen(applicant.get, [references, `${references}/2`])),
    ...(await seen(
      asReferee,
      ['', '/form', '/thanks'].map((part) => `/${locale}/reference${part}`),
    )),
  ];
};
