import type { Person } from '#functions/commands/workplace.ts';
import { PersonId } from '#shared/domain/ids.ts';
import type { Locale } from '#shared/i18n/index.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { aCallIn, aCompleteIn, aigul, aWorld } from '#test/builders/scenes.ts';
import { anApplicant, aScreeningIn, candidacyOf, secretary } from '#test/builders/selection.ts';
import { aReferenceScene } from '../commands/reference-scene.ts';
import { named, type SeenPage, seen } from './seen-pages.ts';
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
  const pages = ['', '/sections/motivation', '/check', '/receipt'];
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
  const applicant = await site.applicant(anApplicant(0));
  return named(await seen(applicant.get, [application, `${application}/inquiries/${inquiry}`]), 'asked');
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
    ...(await seen(asReferee, [`/${locale}/reference`, `/${locale}/reference/form`])),
  ];
};

const worker: Person = { kind: 'person', id: PersonId.parse('DESK01'.padEnd(20, '0')), role: 'desk' };

/** Of somebody at the desk, with an application of a person without a mailbox. */
export const atTheDesk = async (locale: Locale): Promise<SeenPage[]> => {
  const world = aWorld();
  const roundId = await aCallIn(world);
  const desk = await aCommitteeSite(world).signIn(worker);
  const person = PersonId.parse('N0MA11'.padEnd(20, '0'));
  const name = 'Сапарова Айгүл Ерланқызы';
  const contact = { person, name, phone: '87010000013', address: 'Қарасай ауданы', locale: 'kk' };
  await desk.post(`/${locale}/desk`, contact);
  const applicationId = await aCompleteIn(world, roundId, { personId: person, assistant: worker.id });
  const page = `/${locale}/desk/people/${person}`;
  const application = `/${locale}/applications/${applicationId}`;
  return named(
    await seen(desk.get, [`/${locale}/desk`, page, `/${locale}/desk/same-iin`, application]),
    'at the desk',
  );
};
