import { beforeEach, describe, expect, it } from 'vitest';
import { keepForDesk } from '#functions/commands/kept-letters.ts';
import { receivePaper } from '#functions/commands/request-papers.ts';
import { DataRequestId, DocumentId } from '#shared/domain/ids.ts';
import { fileKey, requestFiles } from '#shared/ports/files.ts';
import { sectionsWell } from '#test/builders/application.ts';
import { aDesk, type Desk, type Program } from './desk.ts';

const person = 'N0MA11'.padEnd(20, '0');
const at = `/api/desk/people/${person}`;
const contact = { name: 'Сапарова Айгүл', phone: '8 701 000 00 13', locale: 'kk' };

let desk: Desk;
let round: string;
let worker: Program;
let administrator: Program;

beforeEach(async () => {
  desk = await aDesk();
  administrator = await desk.administrator();
  round = await desk.openCall(administrator);
  worker = await desk.staff('desk');
});

const entered = async (): Promise<string> => {
  await worker.post('/api/desk/people', { ...contact, person });
  return (await worker.post(`${at}/applications`, { round })).body.id;
};

/** Everything that the call asks for, and the signed paper, by the operations of any applicant. */
const submitted = async (): Promise<string> => {
  const id = await entered();
  for (const [section, typed] of Object.entries(sectionsWell)) {
    await worker.put(`/api/applications/${id}/sections/${section}`, { basedOn: 0, typed });
  }
  for (const requirement of ['signed-paper', 'diploma', 'employment-record', 'category-certificate']) {
    await desk.upload(worker, id, requirement);
  }
  await worker.put(`/api/applications/${id}/choices`, { basedOn: [], codes: ['MAT-001'] });
  const answer = await worker.post(`/api/applications/${id}/submission`);
  expect(answer.status).toBe(200);
  return id;
};

describe('a program at the desk', () => {
  it('enters one person however often it asks, and is told every fault', async () => {
    const wrong = await worker.post('/api/desk/people', { ...contact, person, phone: '7', name: ' ' });
    const first = await worker.post('/api/desk/people', { ...contact, person });
    const again = await worker.post('/api/desk/people', { ...contact, person });

    expect(wrong.status).toBe(422);
    expect(wrong.body.faults.map(({ place }: { place: string }) => place)).toEqual(['name', 'phone']);
    expect(again.body).toEqual(first.body);
    expect((await worker.get('/api/desk/people')).body.people).toMatchObject([
      { id: person, name: contact.name, phone: '+77010000013', applications: [] },
    ]);
    expect((await worker.put(`${at}/contact`, { ...contact, locale: 'ru' })).status).toBe(204);
    expect((await worker.get(at)).body.locale).toBe('ru');
  });

  it('fills in and submits an application for the person, and hands the letter over', async () => {
    const id = await submitted();

    const history = await desk.world.records.history('application', id);
    expect(new Set(history.map(({ by }) => (by.kind === 'person' ? by.role : by.kind)))).toEqual(
      new Set(['desk', 'system']),
    );
    const row = [...desk.world.records.outbox.values()].find(({ id: name }) =>
      name.startsWith('application-submitted'),
    );
    if (row?.body.kind !== 'letter') throw new Error('No letter was written.');
    await keepForDesk(desk.world, row.id, row.body);
    const letter = await worker.get(`${at}/letters/1`);
    expect(letter.body).toMatchObject({ number: 1, template: 'application-submitted', locale: 'kk' });
    expect(letter.body.text).toContain('KZ19-');
    expect((await worker.post(`${at}/letters/1/hand-over`, { way: 'post' })).status).toBe(204);
    expect((await worker.get(at)).body.letters).toMatchObject([{ handedOver: { way: 'post' } }]);
    expect((await worker.get(`${at}/letters/2`)).status).toBe(404);
    expect((await worker.get('/api/desk/same-iin')).body).toEqual({ groups: [] });
  });

  it('files requests about the person’s data, granted with the signed paper', async () => {
    const id = await submitted();
    expect((await worker.get(`${at}/data`)).body.account.name).toBe(contact.name);
    expect((await worker.post(`${at}/erasure`)).status).toBe(409);
    const filed = await worker.post(`/api/applications/${id}/correction`, { text: 'Туған жылым қате' });
    const request = filed.body.id;
    const grant = () => administrator.post(`/api/data-requests/${request}/answer`, { outcome: 'done' });

    expect((await grant()).body.type).toBe('/problems/paper-needed');
    const { body } = await worker.post(`${at}/requests/${request}/paper`);
    const [requestId, documentId] = [DataRequestId.parse(request), DocumentId.parse(body.paper)];
    desk.deps.files.put(fileKey('quarantine', requestFiles(requestId), documentId), '%PDF-1.7 signed');
    await receivePaper(desk.deps, { requestId, documentId, scanning: false });

    const read = await administrator.get(`/api/data-requests/${request}`);
    expect(read.body.papers).toMatchObject([{ id: body.paper }]);
    expect((await administrator.get(`/api/data-requests/${request}/papers/${body.paper}`)).status).toBe(200);
    expect((await grant()).body.outcome).toBe('done');
  });

  it('gives the person over to a mailbox, and finds nobody there afterwards', async () => {
    const id = await entered();
    const { body } = await worker.post(`${at}/mailbox`, { mail: 'aigul@example.kz' });
    const wrong = await worker.post(`${at}/mailbox/code`, { attempt: body.attempt, code: '000000' });
    const code = desk.letters.at(-1)?.code;
    const proved = await worker.post(`${at}/mailbox/code`, { attempt: body.attempt, code });

    expect([wrong.body.type, proved.status]).toEqual(['/problems/code-wrong', 204]);
    expect((await worker.get(at)).status).toBe(404);
    expect((await worker.get(`/api/applications/${id}`)).status).toBe(404);
    const aigul = await desk.signIn('aigul@example.kz');
    expect((await aigul.get(`/api/applications/${id}`)).status).toBe(200);
  });

  it('reaches nothing of anybody who applies alone, and nobody else reaches the desk', async () => {
    const aigul = await desk.signIn('aigul@example.kz');
    const own = (await aigul.post(`/api/calls/${round}/applications`)).body.id;
    await entered();

    expect((await worker.get(`/api/applications/${own}`)).status).toBe(404);
    const { body } = await aigul.get('/api/session');
    expect((await worker.get(`/api/desk/people/${body.personId}`)).status).toBe(404);
    expect((await worker.get(`/api/desk/people/${body.personId}/data`)).status).toBe(404);
    expect((await worker.post(`/api/desk/people/${body.personId}/erasure`)).status).toBe(404);
    for (const who of [aigul, administrator]) expect((await who.get(at)).status).toBe(403);
  });
});
