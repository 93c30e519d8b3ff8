import { beforeEach, describe, expect, it } from 'vitest';
import { submitApplication, withdrawApplication } from '#functions/commands/applications.ts';
import { announceDocument, receiveDocument } from '#functions/commands/documents.ts';
import { erase } from '#functions/commands/erasing.ts';
import { checkPaper, receivePaper } from '#functions/commands/request-papers.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { dataRequestAggregate, dataRequestsOf } from '#shared/domain/data-request.ts';
import { type ApplicationId, DocumentId, PersonId, type RoundId } from '#shared/domain/ids.ts';
import { signedPaper } from '#shared/domain/signed-paper.ts';
import { translator } from '#shared/i18n/index.ts';
import { fileKey, requestFiles } from '#shared/ports/files.ts';
import { aCommitteeSite, type Seat } from '#test/builders/committee-site.ts';
import { memoryEraser, memoryErasures } from '#test/builders/memory-erasure.ts';
import { pressed } from '#test/builders/pressed.ts';
import {
  aCallIn,
  aCompleteIn,
  administrator,
  aigul,
  aStartIn,
  aWorld,
  granted,
  type World,
} from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const worker: Person = { kind: 'person', id: PersonId.parse('DESK01'.padEnd(20, '0')), role: 'desk' };
const personId = PersonId.parse('N0MA11'.padEnd(20, '0'));
const data = `/en/desk/people/${personId}/data`;
const contact = {
  person: personId,
  name: 'Сапарова Айгүл Ерланқызы',
  phone: '8 701 000 00 13',
  address: '',
  locale: 'kk',
};

let world: World;
let roundId: RoundId;
let applicationId: ApplicationId;
let site: ReturnType<typeof aCommitteeSite>;
let desk: Seat;
let staff: Seat;
const acting = { personId, assistant: worker.id };

beforeEach(async () => {
  world = aWorld();
  roundId = await aCallIn(world);
  site = aCommitteeSite(world);
  desk = await site.signIn(worker);
  staff = await site.signIn(administrator);
  await desk.post('/en/desk', contact);
  applicationId = await aCompleteIn(world, roundId, acting);
  const requirement = signedPaper.code;
  const { documentId } = granted(await announceDocument(world, { by: acting, applicationId, requirement }));
  world.files.put(fileKey('quarantine', applicationId, documentId), '%PDF-1.7 a signature');
  granted(await receiveDocument(world, { applicationId, documentId, scanning: false }));
  granted(await submitApplication(world, { by: acting, applicationId }));
});

const requests = async () =>
  (await world.records.list(dataRequestAggregate, 'owner', dataRequestsOf(personId))).items;

const onlyRequest = async () => {
  const [found, ...others] = await requests();
  if (!found || others.length > 0) throw new Error(`There are ${others.length} other requests.`);
  return found.state;
};

const letters = () =>
  [...world.records.outbox.values()].flatMap(({ body }) =>
    body.kind === 'letter' && body.personId === personId ? [body.template] : [],
  );

/** The scan comes by the form that the page answers. */
const scanned = async (scanning = false): Promise<void> => {
  const { id } = await onlyRequest();
  const form = await pressed(desk, `${data}/requests/${id}/paper`);
  expect(form.status).toBe(200);
  const paper = (await onlyRequest()).papers?.at(-1)?.id;
  if (!paper) throw new Error('No paper was announced.');
  expect(form.text).toContain(`quarantine/request-${id}/${paper}`);
  world.files.put(fileKey('quarantine', requestFiles(id), paper), '%PDF-1.7 a signed request');
  granted(await receivePaper(world, { requestId: id, documentId: paper, scanning }));
};

const answer = async (outcome: 'done' | 'refused', text = '') =>
  staff.post(`/en/manage/data-requests/${(await onlyRequest()).id}`, { outcome, text });

describe('what is held about somebody without a mailbox', () => {
  it('is seen and printed at the desk, which is on record, without the answers about equality', async () => {
    const page = await desk.get(data);
    const file = await desk.get(`${data}/export.json`);
    const paper = await desk.get(`${data}/export.pdf`);

    expect(page.text).toContain(`You act for ${contact.name}`);
    expect(page.text).toContain(contact.name);
    expect([page, file, paper].map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(JSON.parse(file.text).applications[0]).not.toHaveProperty('equality');
    expect(paper.text).toContain('"personal-data"');
    const reads = await world.readLog.of(`person#${personId}`);
    expect(reads.filter(({ what }) => what === 'data')).toHaveLength(3);
  });

  it('is nobody’s who has a mailbox, nor anybody’s who is not at the desk', async () => {
    const own = (await aStartIn(world, roundId, aigul)).state.id;

    expect((await desk.get(`/en/desk/people/${aigul.personId}/data`)).status).toBe(404);
    expect((await desk.post(`${data}/consent/${own}`)).status).toBe(404);
    expect((await staff.get(data)).status).toBe(403);
  });
});

describe('a request that the desk files', () => {
  it('names the desk in its trace, writes a letter to hand over, and is counted by the same days', async () => {
    const empty = await desk.post(`${data}/correction/${applicationId}`, { text: ' ' });
    const filed = await desk.post(`${data}/correction/${applicationId}`, { text: 'Туған жылым қате' });

    expect(empty.status).toBe(422);
    expect(filed.location).toBe(`${data}?done=rights.done.correction`);
    const { id, assisted, dueAt } = await onlyRequest();
    expect([assisted, dueAt]).toEqual([true, at('2022-09-21T18:00')]);
    const [event] = await world.records.history('data-request', id);
    expect(event).toMatchObject({ by: worker, fact: { type: 'data-request-filed' } });
    expect(letters()).toContain('correction-asked');
  });

  it('is granted only with the signed paper, which whoever answers can open', async () => {
    await desk.post(`${data}/correction/${applicationId}`, { text: 'Туған жылым қате' });
    expect((await desk.get(data)).text).toContain('missing');
    const without = await answer('done');
    await scanned();
    const { id, papers } = await onlyRequest();

    expect(without.status).toBe(409);
    expect(without.text).toContain('The signed paper is missing');
    expect((await desk.get(data)).text).toContain('1 scan received');
    const open = `/en/manage/data-requests/${id}/papers/${papers?.[0]?.id}`;
    expect((await staff.get(`/en/manage/data-requests/${id}`)).text).toContain(`href="${open}"`);
    expect((await staff.get(open)).status).toBe(303);
    expect((await desk.get(open)).status).toBe(403);
    expect(await world.readLog.of(`data-request#${id}`)).toContainEqual(
      expect.objectContaining({ what: 'document' }),
    );
    expect((await answer('done', 'Түзетілді')).status).toBe(303);
    expect(letters()).toContain('data-request-done');
    expect((await desk.post(`${data}/requests/${id}/paper`)).status).toBe(409);
  });

  it('may be refused without one', async () => {
    await desk.post(`${data}/correction/${applicationId}`, { text: 'Туған жылым қате' });

    expect((await answer('refused', 'Қол қойылған қағаз жоқ')).status).toBe(303);
  });

  it('withdraws the consent at once: the application leaves the selection, by the desk', async () => {
    expect((await desk.get(`${data}/consent/${applicationId}`)).text).toContain('Withdraw your consent?');

    expect((await desk.post(`${data}/consent/${applicationId}`)).status).toBe(303);

    const found = await world.records.find(applicationAggregate, applicationId);
    expect(found?.state).toMatchObject({ stage: 'withdrawn', reasonCode: 'consent' });
    expect((await world.records.history('application', applicationId)).at(-1)?.by).toEqual(worker);
  });

  it('is a paper of its own: a file that is no document is thrown away, a second one does not replace the first', async () => {
    await desk.post(`${data}/correction/${applicationId}`, { text: 'Туған жылым қате' });
    await scanned();
    const { id, papers } = await onlyRequest();
    const documentId = papers?.[0]?.id;
    if (!documentId) throw new Error('No paper has come.');
    const command = { requestId: id, documentId, scanning: false };
    world.files.put(fileKey('quarantine', requestFiles(id), documentId), '%PDF-1.7 another one');
    granted(await receivePaper(world, command));
    expect((await onlyRequest()).papers).toEqual(papers);

    await desk.post(`${data}/requests/${id}/paper`);
    const second = (await onlyRequest()).papers?.at(-1)?.id ?? documentId;
    world.files.put(fileKey('quarantine', requestFiles(id), second), 'no picture');
    const refused = await receivePaper(world, { ...command, documentId: second });
    expect(refused).toMatchObject({ error: { kind: 'unreadable' } });
    expect([...world.files.stored.keys()].filter((key) => key.includes(second))).toEqual([]);
    expect((await desk.get(data)).text).toContain('The file is of another type than the ones accepted.');
    // The other one still stands.
    expect((await answer('done')).status).toBe(303);
  });

  it.for([
    ['infected', 'A harmful program was found in the file'],
    ['unreadable', 'it has a password, is damaged'],
  ] as const)(
    'that is %s is thrown away, says so to both sides, and grants nothing',
    async ([says, words]) => {
      await desk.post(`${data}/correction/${applicationId}`, { text: 'Туған жылым қате' });
      await scanned(true);
      const { id, papers } = await onlyRequest();
      const paper = { requestId: id, documentId: DocumentId.parse(papers?.[0]?.id) };
      const scanner = async () => says;

      expect(await checkPaper({ ...world, scanner }, paper)).toBe(says);
      // The news of its arrival comes again.
      expect(await checkPaper({ ...world, scanner }, paper)).toBe('gone');

      const request = await staff.get(`/en/manage/data-requests/${id}`);
      for (const { text } of [request, await desk.get(data)]) expect(text).toContain(words);
      expect(request.text).not.toContain(`/papers/${paper.documentId}`);
      expect([...world.files.stored.keys()].filter((key) => key.includes(paper.documentId))).toEqual([]);
      expect((await answer('done')).status).toBe(409);
      const events = (await world.records.history('data-request', id)).map(({ fact }) => fact.type);
      expect(events.filter((type) => type === 'request-paper-refused')).toHaveLength(1);

      await scanned();
      expect((await answer('done')).status).toBe(303);
    },
  );
});

describe('an erasure that the desk files', () => {
  it('leaves the rest of the day for its letter, and takes the signed paper with it', async () => {
    const tooEarly = await desk.post(`${data}/erasure`);
    granted(await withdrawApplication(world, { by: acting, applicationId, reasonCode: 'personal' }));
    const asking = await desk.get(`${data}/erasure`);
    await desk.post(`${data}/erasure`);
    await scanned();
    const { id, dueAt } = await onlyRequest();
    const answering = await staff.get(`/en/manage/data-requests/${id}`);
    expect((await answer('done')).status).toBe(303);

    expect(tooEarly.status).toBe(409);
    expect(asking.text).toContain('it is erased when that day ends');
    expect(answering.text).toContain(`removed at ${translator('en').moment(dueAt)}`);
    const row = [...world.records.outbox.values()].find(({ body }) => body.kind === 'erase');
    expect(row?.at).toBe(dueAt);
    expect(letters()).toContain('erasure-begun');
    const ofIt = () => [...world.files.stored.keys()].filter((key) => key.includes(`request-${id}`));
    expect(ofIt()).toHaveLength(1);
    world.clock.to(dueAt);
    await erase(
      { ...world, eraser: memoryEraser(world.records), erasures: memoryErasures() },
      { kind: 'account', id: personId },
    );
    expect(ofIt()).toEqual([]);
  });
});
