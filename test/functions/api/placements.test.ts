import { beforeEach, describe, expect, it } from 'vitest';
import { anOffersRoundIn, aVacancy, deliverOffersIn } from '#test/builders/offers.ts';
import { withDeferral } from '#test/builders/round-file.ts';
import { aDesk, type Desk, type Program } from './desk.ts';

const mail = 'aigul@example.kz';

let desk: Desk;
let aigul: Program;
let administrator: Program;
let own: string;
let round: string;
let id: string;

/** Aigul has accepted the one post that there is. */
beforeEach(async () => {
  desk = await aDesk();
  const { personId } = (await (await desk.signIn(mail)).get('/api/session')).body;
  const contenders = [{ choices: ['MAT-001'], personId }];
  const { roundId, people } = await anOffersRoundIn(
    desk.world,
    contenders,
    [aVacancy('MAT-001')],
    withDeferral(),
  );
  aigul = await desk.signIn(mail);
  administrator = await desk.administrator();
  round = `/api/rounds/${roundId}`;
  await administrator.post(`${round}/offers`, { confirmed: 1 });
  await deliverOffersIn(desk.world);
  const application = `/api/applications/${people[0]?.applicationId}`;
  own = `${application}/placement`;
  const { offers } = (await aigul.get(`${application}/offers`)).body;
  await aigul.post(`${application}/offers/${offers[0].id}/acceptance`);
  id = (await aigul.get(own)).body.id;
});

type Item = { code: string; owner: string; doneAt?: string };

const doneIn = (items: Item[]): string[] => items.flatMap(({ code, doneAt }) => (doneAt ? [code] : []));

const aSchool = async (): Promise<Program> => {
  const school = await desk.staff('school');
  const { contacts } = (await administrator.get(`${round}/school-contacts`)).body;
  await administrator.put(`${round}/placements/${id}/school`, { personId: contacts[0].personId });
  return school;
};

const tick = () => aigul.ask('PUT', `${own}/items/health/tick`);
const undo = (reason: string) => aigul.post(`${own}/items/health/undoing`, { reason });
const done = async () => doneIn((await aigul.get(own)).body.items);

describe('an own placement', () => {
  it('says what is to be done, by whom and by when, in three languages', async () => {
    const { body } = await aigul.get(own);

    expect(body).toMatchObject({ status: 'open', post: { code: 'MAT-001' }, contactNamed: false });
    const health = body.items.find(({ code }: Item) => code === 'health');
    expect(health).toMatchObject({ owner: 'applicant', title: { ru: 'Справка о состоянии здоровья' } });
    expect(health.dueAt).toMatch(/^2022-/);
  });

  it('is ticked off and taken back with a reason, each twice without harm', async () => {
    expect([(await tick()).status, (await tick()).status]).toEqual([204, 204]);
    expect(await done()).toEqual(['health']);
    expect((await undo('')).body.type).toBe('/problems/reason-needed');
    expect(await done()).toEqual(['health']);
    expect([(await undo('Қате')).status, (await undo('Қате')).status]).toEqual([204, 204]);
    expect(await done()).toEqual([]);
  });

  it('has items that are others’ to do, and none that nobody knows', async () => {
    expect((await aigul.ask('PUT', `${own}/items/contract/tick`)).status).toBe(403);
    expect((await aigul.ask('PUT', `${own}/items/nothing/tick`)).status).toBe(404);
    expect((await aigul.post(`${own}/items/health/undoing`, { reason: 'a'.repeat(9999) })).status).toBe(422);
  });

  it('is not there for anybody else', async () => {
    const bolat = await desk.signIn('bolat@example.kz');

    expect((await bolat.get(own)).status).toBe(404);
    expect((await bolat.ask('PUT', `${own}/items/health/tick`)).status).toBe(404);
    expect(doneIn((await aigul.get(own)).body.items)).toEqual([]);
  });
});

describe('the placements of a round', () => {
  it('are listed by number to administrators and auditors', async () => {
    const auditor = await desk.staff('auditor');

    const { body } = await auditor.get(`${round}/placements`);
    expect(body.placements).toMatchObject([{ id, number: 'KZ19-AAAA-0000', status: 'open' }]);
    expect((await administrator.get(`${round}/placements`)).body).toEqual(body);
    expect((await auditor.ask('PUT', `${round}/placements/${id}/items/housing/tick`)).status).toBe(403);
    expect((await auditor.get(`${round}/school-contacts`)).status).toBe(403);
  });

  it('have items of the administrator, who ticks no others', async () => {
    const items = `${round}/placements/${id}/items`;

    expect((await administrator.ask('PUT', `${items}/housing/tick`)).status).toBe(204);
    expect((await administrator.ask('PUT', `${items}/health/tick`)).status).toBe(403);
    expect(doneIn((await administrator.get(`${round}/placements`)).body.placements[0].items)).toEqual([
      'housing',
    ]);
    expect((await administrator.post(`${items}/housing/undoing`, { reason: 'Not yet' })).status).toBe(204);
  });

  it('are not there under the address of another round', async () => {
    await aSchool();
    const { contacts } = (await administrator.get(`${round}/school-contacts`)).body;
    const contact = { personId: contacts[0].personId };
    const elsewhere = `/api/rounds/${'A'.repeat(20)}/placements/${id}`;

    expect((await administrator.ask('PUT', `${elsewhere}/items/housing/tick`)).status).toBe(404);
    expect((await administrator.post(`${elsewhere}/items/housing/undoing`, { reason: 'No' })).status).toBe(
      404,
    );
    expect((await administrator.put(`${elsewhere}/school`, contact)).status).toBe(404);
    expect(doneIn((await aigul.get(own)).body.items)).toEqual([]);
  });

  it('get a contact who holds the role of a school, and nobody else', async () => {
    const personId = (await aigul.get('/api/session')).body.personId;
    const contact = `${round}/placements/${id}/school`;

    expect((await administrator.put(contact, { personId })).status).toBe(404);
    await aSchool();
    expect((await aigul.get(own)).body.contactNamed).toBe(true);
  });
});

describe('a school', () => {
  it('sees the placements that it confirms, without the application, and ticks its own items', async () => {
    const school = await aSchool();

    const { body } = await school.get('/api/school/placements');
    expect(body.placements).toMatchObject([{ id, post: { code: 'MAT-001' } }]);
    expect(JSON.stringify(body)).not.toContain('applicationId');
    expect((await school.ask('PUT', `/api/school/placements/${id}/items/contract/tick`)).status).toBe(204);
    expect((await school.ask('PUT', `/api/school/placements/${id}/items/health/tick`)).status).toBe(403);
    expect(doneIn((await aigul.get(own)).body.items)).toEqual(['contract']);
  });

  it('learns by which day somebody begins who was granted a later one, and not why', async () => {
    const school = await aSchool();
    const later = { until: '2023-01-16', reason: 'study' };
    await aigul.post(`${own}/deferral`, later);
    const [asked] = (await administrator.get(`${round}/placements`)).body.placements;
    await administrator.post(`${round}/placements/${id}/deferral/grant`);

    const [seen] = (await school.get('/api/school/placements')).body.placements;
    expect(asked.deferral).toMatchObject({ until: later.until, status: 'asked' });
    expect(seen.beginsAt).toBe('2023-01-16T18:00:00.000Z');
    expect(seen).not.toHaveProperty('deferral');
  });

  it('touches no placement of another school', async () => {
    await aSchool();
    const other = await desk.staff('school', 'other@example.kz');

    expect((await other.ask('PUT', `/api/school/placements/${id}/items/contract/tick`)).status).toBe(404);
    expect((await other.get('/api/school/placements')).body.placements).toEqual([]);
  });
});
