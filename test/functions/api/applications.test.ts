import { beforeEach, describe, expect, it } from 'vitest';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import { translator } from '#shared/i18n/index.ts';
import { sectionsWell } from '#test/builders/application.ts';
import { at } from '#test/builders/worlds.ts';
import { aDesk, type Desk, type Program } from './desk.ts';

let desk: Desk;
let round: string;
let aigul: Program;
beforeEach(async () => {
  desk = await aDesk();
  round = await desk.openCall(await desk.administrator());
  aigul = await desk.signIn('aigul@example.kz', 'kk');
});

const begin = async (who: Program): Promise<string> =>
  (await who.post(`/api/calls/${round}/applications`)).body.id;

const letters = (template: string) =>
  [...desk.world.records.outbox.values()].filter(
    ({ body }) => body.kind === 'letter' && body.template === template,
  );

describe('an applicant', () => {
  it('has one application in a call, however often it is begun', async () => {
    const first = await begin(aigul);

    expect(await begin(aigul)).toBe(first);
    expect((await aigul.get('/api/applications')).body.applications).toMatchObject([
      { id: first, stage: 'draft' },
    ]);
  });

  it('saves sections and is told in the own language what submission still needs', async () => {
    const id = await begin(aigul);
    const { identity } = sectionsWell;
    await aigul.put(`/api/applications/${id}/sections/identity`, { basedOn: 0, typed: identity });

    const { body } = await aigul.get(`/api/applications/${id}`);
    expect(body.sections.identity).toEqual({ version: 1, typed: identity });
    const places = body.missing.map(({ place }: { place: string }) => place);
    expect(places).toContain('motivation');
    expect(places).not.toContain('iin');
    for (const { text } of body.missing) expect(text).toMatch(/[а-яәғқңөұүһі]/);
  });

  it('is shown what another tab saved instead of writing over it', async () => {
    const id = await begin(aigul);
    const save = (motivation: string) =>
      aigul.put(`/api/applications/${id}/sections/motivation`, { basedOn: 0, typed: { motivation } });
    await save('Бірінші терезе.');

    const second = await save('Екінші терезе.');
    expect(second.status).toBe(409);
    expect(second.body.stored).toMatchObject({ version: 1, fields: { motivation: 'Бірінші терезе.' } });
    const { body } = await aigul.get(`/api/applications/${id}`);
    expect(body.sections.motivation.typed).toEqual({ motivation: 'Бірінші терезе.' });
  });

  it('is told everything that is missing, and nothing is submitted', async () => {
    const id = await begin(aigul);

    const answer = await aigul.post(`/api/applications/${id}/submission`);
    expect(answer.status).toBe(422);
    expect(answer.body.missing.length).toBeGreaterThan(10);
    expect((await aigul.get(`/api/applications/${id}`)).body.stage).toBe('draft');
    expect(letters('application-submitted')).toEqual([]);
  });

  it('submits twice and has the same receipt and one letter', async () => {
    const id = await desk.fillIn(aigul, round);

    const first = await aigul.post(`/api/applications/${id}/submission`);
    const second = await aigul.post(`/api/applications/${id}/submission`);
    expect(first.status).toBe(200);
    expect(second.body).toEqual(first.body);
    expect((await aigul.get(`/api/applications/${id}/receipt`)).body).toEqual(first.body);
    expect(sha256Of(canonicalJson(first.body.receipt))).toBe(first.body.sha256);
    expect(letters('application-submitted')).toHaveLength(1);
  });

  it('changes nothing once it is submitted', async () => {
    const id = await desk.fillIn(aigul, round);
    await aigul.post(`/api/applications/${id}/submission`);
    const before = desk.world.records.commits.length;

    const kinds = await Promise.all([
      aigul.put(`/api/applications/${id}/choices`, { basedOn: ['MAT-001'], codes: [] }),
      aigul.put(`/api/applications/${id}/sections/motivation`, { basedOn: 1, typed: { motivation: 'Жаңа' } }),
      aigul.post(`/api/applications/${id}/documents`, { requirement: 'diploma' }),
    ]);
    expect(new Set(kinds.map(({ body }) => body.type))).toEqual(new Set(['/problems/already-submitted']));
    expect(desk.world.records.commits).toHaveLength(before);
  });

  it('opens a submission again, changes it and submits it anew, or gives the changes up', async () => {
    const id = await desk.fillIn(aigul, round);
    const first = await aigul.post(`/api/applications/${id}/submission`);
    const amendment = `/api/applications/${id}/amendment`;

    expect((await aigul.ask('PUT', amendment)).body).toMatchObject({ amendment: { choices: ['MAT-001'] } });
    await aigul.put(`/api/applications/${id}/choices`, { basedOn: ['MAT-001'], codes: ['PHY-001'] });
    const open = await aigul.get(`/api/applications/${id}`);
    const late = await aigul.post(`/api/applications/${id}/submission`, { after: 0 });
    const second = await aigul.post(`/api/applications/${id}/submission`, { after: 1 });

    expect(open.body).toMatchObject({ choices: ['MAT-001'], amendment: { choices: ['PHY-001'] } });
    expect(late.body).toEqual(first.body);
    expect(second.body.receipt).toMatchObject({ submission: 2, choices: ['PHY-001'] });
    expect(letters('application-amended')).toHaveLength(1);
    await aigul.ask('PUT', amendment);
    expect((await aigul.ask('DELETE', amendment)).body).not.toHaveProperty('amendment');
    expect((await aigul.get(`/api/applications/${id}`)).body).toMatchObject({ submissions: 2 });
  });

  it('withdraws, twice without harm, and may begin anew', async () => {
    const id = await begin(aigul);
    const withdraw = () => aigul.post(`/api/applications/${id}/withdrawal`, { reasonCode: 'personal' });

    expect((await withdraw()).body.stage).toBe('withdrawn');
    expect((await withdraw()).status).toBe(200);
    expect(letters('application-withdrawn')).toHaveLength(1);
    expect(await begin(aigul)).not.toBe(id);
  });

  it('is too late after the deadline, and told when it was', async () => {
    const id = await desk.fillIn(aigul, round);
    desk.world.clock.to(at('2022-10-04T12:01'));
    const later = await desk.signIn('aigul@example.kz', 'kk');

    const answer = await later.post(`/api/applications/${id}/submission`);
    expect(answer.body).toMatchObject({ type: '/problems/too-late', closesAt: '2022-10-04T12:00:00.000Z' });
    expect(answer.body.detail).toContain('2022');
    expect(letters('application-submitted')).toEqual([]);
  });
});

describe('a document', () => {
  it('is announced, arrives and is removed again', async () => {
    const id = await begin(aigul);
    const document = await desk.upload(aigul, id, 'diploma');

    const stored = async () => (await aigul.get(`/api/applications/${id}`)).body.documents;
    expect(await stored()).toMatchObject([
      { id: document, status: 'received', mediaType: 'application/pdf' },
    ]);
    expect((await aigul.ask('DELETE', `/api/applications/${id}/documents/${document}`)).status).toBe(200);
    expect(await stored()).toEqual([]);
    expect(desk.world.files.stored.size).toBe(0);
  });

  it('that nobody asks for is refused', async () => {
    const id = await begin(aigul);

    const answer = await aigul.post(`/api/applications/${id}/documents`, { requirement: 'portrait' });
    expect(answer.body).toMatchObject({ type: '/problems/unknown-requirement', requirement: 'portrait' });
  });

  it('that has not arrived holds submission up', async () => {
    const id = await desk.fillIn(aigul, round);
    const { documents } = (await aigul.get(`/api/applications/${id}`)).body;
    const diploma = documents.find(({ requirement }: { requirement: string }) => requirement === 'diploma');
    await aigul.ask('DELETE', `/api/applications/${id}/documents/${diploma.id}`);
    await aigul.post(`/api/applications/${id}/documents`, { requirement: 'diploma' });

    const answer = await aigul.post(`/api/applications/${id}/submission`);
    expect(answer.body.type).toBe('/problems/document-not-arrived');
    expect(answer.body.detail).toContain('Дипломның қосымшасымен көшірмесі');
  });

  it('that was given up can be left out of the submission', async () => {
    const id = await desk.fillIn(aigul, round);
    const announced = await aigul.post(`/api/applications/${id}/documents`, {
      requirement: 'recommendation',
    });
    const { missing } = (await aigul.get(`/api/applications/${id}`)).body;

    const { documentId } = announced.body;
    const answer = await aigul.post(`/api/applications/${id}/submission`, { without: [documentId] });

    expect(missing).toMatchObject([
      {
        facts: { requirement: 'recommendation', document: documentId },
        text: 'Файл әлі келген жоқ: Ұсыным хат',
      },
    ]);
    expect(answer.status).toBe(200);
    expect(answer.body.receipt.files).toHaveLength(3);
  });
});

describe('ranking', () => {
  it('keeps the order and refuses what the call does not have', async () => {
    const id = await begin(aigul);
    let basedOn: string[] = [];
    const rank = (codes: string[]) => aigul.put(`/api/applications/${id}/choices`, { basedOn, codes });

    expect((await rank(['MAT-003', 'MAT-001'])).body.choices).toEqual(['MAT-003', 'MAT-001']);
    expect((await rank([])).body.type).toBe('/problems/changed-meanwhile');
    basedOn = ['MAT-003', 'MAT-001'];
    expect((await rank(['MAT-001', 'XXX-999'])).body).toMatchObject({
      type: '/problems/unknown-vacancy',
      codes: ['XXX-999'],
    });
    const six = ['MAT-001', 'MAT-002', 'MAT-003', 'MAT-004', 'MAT-005', 'MAT-006'];
    expect((await rank(six)).body).toMatchObject({ type: '/problems/too-many-choices', limit: 5 });
    expect((await aigul.get(`/api/applications/${id}`)).body.choices).toEqual(['MAT-003', 'MAT-001']);
  });
});

describe("another person's application", () => {
  it('is not found, whatever is asked of it, and stays as it was', async () => {
    const id = await desk.fillIn(aigul, round);
    const { documents } = (await aigul.get(`/api/applications/${id}`)).body;
    const stranger = await desk.signIn('stranger@example.kz', 'ru');
    const before = desk.world.records.commits.length;
    const own = `/api/applications/${id}`;

    const answers = [
      await stranger.get(own),
      await stranger.get(`${own}/receipt`),
      await stranger.put(`${own}/sections/motivation`, { basedOn: 0, typed: { motivation: 'Чужое' } }),
      await stranger.put(`${own}/choices`, { basedOn: [], codes: [] }),
      await stranger.post(`${own}/documents`, { requirement: 'diploma' }),
      await stranger.ask('DELETE', `${own}/documents/${documents[0].id}`),
      await stranger.post(`${own}/submission`),
      await stranger.post(`${own}/withdrawal`, {}),
    ];

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    expect(new Set(answers.map(({ body }) => body.title))).toEqual(
      new Set([translator('ru')('problems.not-found.title')]),
    );
    expect(desk.world.records.commits).toHaveLength(before);
    expect((await stranger.get('/api/applications')).body.applications).toEqual([]);
  });

  it('is answered like one that does not exist', async () => {
    const missing = '0'.repeat(20);

    expect((await aigul.get(`/api/applications/${missing}`)).body.what).toBe('application');
    expect((await aigul.get('/api/applications/..')).status).toBe(404);
  });
});

describe('a body that is not as described', () => {
  it.for([
    ['{"codes": [', 'round-file.json.'],
    ['{"codes": [], "codes": []}', 'round-file.duplicate-key'],
    ['{"basedOn": [], "codes": [], "more": 1}', 'round-file.unknown-key'],
    ['{}', 'round-file.missing'],
    ['{"basedOn": [], "codes": "MAT-001"}', 'round-file.type'],
  ])('%s is answered with its faults', async ([body = '', message]) => {
    const id = await begin(aigul);

    const answer = await aigul.ask('PUT', `/api/applications/${id}/choices`, {
      body,
      type: 'application/json',
    });
    expect(answer.status).toBe(422);
    expect(answer.body.faults[0].message).toContain(message);
    expect(answer.body.faults[0].text).toMatch(/[а-яәғқңөұүһі]/);
  });

  it('or a form, is refused by its type', async () => {
    const id = await begin(aigul);

    const answer = await aigul.ask('PUT', `/api/applications/${id}/choices`, {
      body: 'codes=MAT-001',
      type: 'application/x-www-form-urlencoded',
    });
    expect(answer.body.type).toBe('/problems/unreadable');
  });
});
