import type { Person } from '#functions/commands/workplace.ts';
import { PersonId } from '#shared/domain/ids.ts';
import type { Locale } from '#shared/i18n/index.ts';
import { aLetterKeptIn } from '#test/builders/kept-letter.ts';
import { aCallIn, aCompleteIn, aWorld } from '#test/builders/scenes.ts';
import { openBrowser } from './account/home.ts';
import { answered, named, type SeenPage, seen } from './seen-pages.ts';
import { aSelectionSite, cookieName } from './selection-site.ts';

const worker: Person = { kind: 'person', id: PersonId.parse('DESK01'.padEnd(20, '0')), role: 'desk' };
const personId = PersonId.parse('N0MA11'.padEnd(20, '0'));

/** Of somebody at the desk, with an application of a person without a mailbox, a letter to hand over, and their own data. */
export const deskPages = async (locale: Locale): Promise<SeenPage[]> => {
  const world = aWorld();
  const roundId = await aCallIn(world);
  const site = aSelectionSite(world);
  const desk = openBrowser({ app: site.web });
  desk.jar.set(cookieName, await site.tokens.staff(worker));
  const at = `/${locale}/desk`;
  const page = `${at}/people/${personId}`;
  const contact = { person: personId, phone: '87010000013', address: 'Қарасай ауданы', locale: 'kk' };
  const unnamed = await desk.post(at, { ...contact, name: '' });
  await desk.post(at, { ...contact, name: 'Сапарова Айгүл Ерланқызы' });
  const applicationId = await aCompleteIn(world, roundId, { personId, assistant: worker.id });
  await aLetterKeptIn(world, applicationId);
  const announced = await desk.post(`/${locale}/applications/${applicationId}/documents/signed-paper`);
  const paper = await desk.get(announced.headers.get('location') ?? '');
  await desk.post(`${page}/mailbox`, { mail: 'aigul@example.kz' });
  const ofPerson = [
    '',
    '/letters/1',
    '/mailbox/code',
    '/data',
    `/data/correction/${applicationId}`,
    `/data/consent/${applicationId}`,
    '/data/erasure',
  ];
  const application = `/${locale}/applications/${applicationId}`;
  const get = async (path: string) => {
    const answer = await desk.get(path);
    return { status: answer.status, text: await answer.text() };
  };
  const pages = await seen(get, [
    at,
    `${at}/same-iin`,
    ...ofPerson.map((part) => page + part),
    ...['', '/documents', '/check'].map((part) => application + part),
  ]);
  return [
    ...named(pages, 'at the desk'),
    answered('/desk (with a fault)', { text: await unnamed.text() }),
    answered('/documents/signed-paper (at the desk)', { text: await paper.text() }),
  ];
};
