import { beforeEach, describe, expect, it, vi } from 'vitest';
import { log } from '#functions/log.ts';
import { expiresAt } from '#test/builders/offered.ts';
import { anOffersRoundIn, aVacancy, deliverOffersIn, type OffersScene } from '#test/builders/offers.ts';
import { counted, written } from '#test/builders/unsound-seats.ts';
import { aDesk, type Desk, type Program } from './desk.ts';

const mail = 'aigul@example.kz';

let desk: Desk;
let scene: OffersScene;
let aigul: Program;
let administrator: Program;
let board: string;
let offers: string;

/** Aigul ranks first and wants either post, Bolat wants the first one. */
beforeEach(async () => {
  desk = await aDesk();
  const { personId } = (await (await desk.signIn(mail)).get('/api/session')).body;
  scene = await anOffersRoundIn(
    desk.world,
    [{ choices: ['MAT-001', 'MAT-002'], personId }, { choices: ['MAT-001'] }],
    [aVacancy('MAT-001'), aVacancy('MAT-002', { posts: 2 })],
  );
  // Two months have passed: sessions are over.
  aigul = await desk.signIn(mail);
  administrator = await desk.administrator();
  board = `/api/rounds/${scene.roundId}/offers`;
  offers = `/api/applications/${scene.people[0]?.applicationId}/offers`;
});

const released = async (): Promise<string> => {
  await administrator.post(board, { confirmed: 1 });
  await deliverOffersIn(desk.world);
  return (await aigul.get(offers)).body.offers[0].id;
};

describe('the board of offers', () => {
  it('says who would be asked, and how much is empty, and asks nobody', async () => {
    const { body } = await administrator.get(board);

    expect(body).toMatchObject({ posts: 3, filled: 0, held: 0, empty: 3, beyondLimit: 0 });
    expect(body.next).toEqual([{ number: 'KZ19-AAAA-0000', vacancy: 'MAT-001', place: 1 }]);
    expect(body.contenders.map(({ number }: { number: string }) => number)).toEqual([
      'KZ19-AAAA-0000',
      'KZ19-AAAA-0001',
    ]);
    expect((await aigul.get(offers)).body.offers).toEqual([]);
  });

  it('lets as many go out as were confirmed, and with another number none', async () => {
    const wrong = await administrator.post(board, { confirmed: 2 });
    const right = await administrator.post(board, { confirmed: 1 });
    await deliverOffersIn(desk.world);

    expect(wrong.body).toMatchObject({ type: '/problems/recipients-differ', recipients: 1, confirmed: 2 });
    expect(right.status).toBe(204);
    expect((await administrator.get(board)).body).toMatchObject({ held: 1, empty: 2, next: [] });
  });

  it('is read by an auditor, who lets nothing go out, and by no applicant', async () => {
    const auditor = await desk.staff('auditor');

    expect((await auditor.get(board)).body.next).toHaveLength(1);
    expect((await auditor.post(board, { confirmed: 1 })).status).toBe(403);
    expect((await aigul.get(board)).status).toBe(403);
  });

  it('names an answer that a check holds, without its reason, and gives it back to its owner whole', async () => {
    vi.spyOn(log, 'error').mockImplementation(() => undefined);
    const id = await released();
    await written(desk.world, scene, 'MAT-001', counted(desk.world, 0));

    const refused = await aigul.post(`${offers}/${id}/acceptance`);

    const since = desk.world.clock.now();
    expect(refused.body).toMatchObject({ type: '/problems/answer-held', status: 409, since });
    const { heldByCheck } = (await administrator.get(board)).body;
    const answered = { at: since, kind: 'accepted' };
    expect(heldByCheck).toContainEqual({
      number: 'KZ19-AAAA-0000',
      vacancy: 'MAT-001',
      faults: [],
      answered,
    });
    expect((await aigul.get(`${offers}/${id}`)).body.held).toEqual({
      at: since,
      answer: { kind: 'accepted' },
    });
    vi.restoreAllMocks();
  });

  it('tells no reason why somebody declined', async () => {
    const id = await released();
    await aigul.post(`${offers}/${id}/refusal`, { reason: 'family' });

    const { body } = await administrator.get(board);
    expect(body.contenders[0].offers).toMatchObject([{ id, status: 'declined' }]);
    expect(JSON.stringify(body)).not.toContain('family');
  });
});

const list = (): string => `/api/applications/${scene.people[0]?.applicationId}/waiting-list`;

const capacities = (): string => `/api/rounds/${scene.roundId}/capacities`;

describe('an acceptance on a condition', () => {
  it('is refused by a round without conditions, and confirmed by nobody but the region', async () => {
    const id = await released();
    const [first] = (await administrator.get(board)).body.contenders;
    const application = first.applicationId;

    const refused = await aigul.post(`${offers}/${id}/conditional-acceptance`, { condition: 'diploma' });
    const own = await aigul.post(`${board}/${application}/${id}/condition`);
    const early = await administrator.post(`${board}/${application}/${id}/condition`);

    expect([refused.status, own.status, early.status]).toEqual([422, 403, 409]);
    expect(refused.body.faults).toMatchObject([{ place: 'condition' }]);
  });
});

describe('numbers of posts that are changed by two people', () => {
  it('are proposed by one and confirmed by the other', async () => {
    await released();
    const colleague = await desk.administrator('second@example.kz');
    const proposal = { vacancy: 'MAT-001', posts: 2, reason: 'The school opened a class.' };

    const proposed = await administrator.post(capacities(), proposal);
    const own = await administrator.post(`${capacities()}/1/confirmation`, { confirmed: 1 });
    const { changes } = (await colleague.get(capacities())).body;
    const confirmed = await colleague.post(`${capacities()}/1/confirmation`, {
      confirmed: changes[0].offers,
    });
    await deliverOffersIn(desk.world);

    expect([proposed.status, own.status, confirmed.status]).toEqual([204, 409, 204]);
    expect(changes).toMatchObject([{ number: 1, from: 1, posts: 2, taken: 1, offers: 1, status: 'waiting' }]);
    expect((await administrator.get(board)).body).toMatchObject({ posts: 4, held: 2 });
  });
});

describe('remedies that two people decide', () => {
  it('are proposed by one and confirmed by the other, and stand first on the waiting list', async () => {
    await released();
    const colleague = await desk.administrator('second@example.kz');
    const remedies = `/api/rounds/${scene.roundId}/remedies`;
    const bolat = 'KZ19-AAAA-0001';
    const proposal = { application: bolat, kind: 'extra-place', vacancies: ['MAT-001'], reason: 'A court.' };

    const proposed = await administrator.post(remedies, proposal);
    const own = await administrator.post(`${remedies}/1/confirmation`, { confirmed: 1 });
    const listed = (await colleague.get(remedies)).body.remedies;
    const granted = await colleague.post(`${remedies}/1/confirmation`, { confirmed: listed[0].offers });
    await deliverOffersIn(desk.world);
    const late = await colleague.post(`${remedies}/1/refusal`, { reason: 'A mistake.' });

    expect([proposed.status, own.status, granted.status, late.status]).toEqual([204, 409, 204, 409]);
    expect(listed).toMatchObject([{ number: 1, application: bolat, offers: 1, status: 'waiting', owed: [] }]);
    expect((await administrator.get(board)).body).toMatchObject({ posts: 4, held: 2 });
    expect((await (await desk.staff('auditor')).get(remedies)).body.remedies).toMatchObject([
      { status: 'granted', owed: [] },
    ]);
    expect((await aigul.get(remedies)).status).toBe(403);
  });
});

describe('the own waiting list', () => {
  it('has no places before the first offers, and is nobody else’s to read', async () => {
    const { body } = await aigul.get(list());
    const foreign = await (await desk.signIn('bolat@example.kz')).get(list());

    expect(body).toEqual({ at: desk.world.clock.now() });
    expect(foreign.status).toBe(404);
  });

  it('says what the board says of the own number', async () => {
    const id = await released();
    await aigul.post(`${offers}/${id}/refusal`, { reason: 'family' });

    const { places } = (await aigul.get(list())).body;

    const free = { vacancy: 'MAT-002', position: 1, atWorst: 1, posts: 2, accepted: 0, held: 0 };
    expect(places).toEqual([{ ...free, isLimited: false, isKept: false }]);
    expect((await administrator.get(board)).body.contenders[0].waiting).toEqual(places);
  });
});

describe('an own offer', () => {
  it('is read with its post and answers nothing by that', async () => {
    const id = await released();

    const { body } = await aigul.get(`${offers}/${id}`);
    expect(body).toMatchObject({ id, status: 'open', expiresAt, post: { code: 'MAT-001' } });
    expect((await aigul.get(offers)).body.offers).toMatchObject([{ id, status: 'open' }]);
  });

  it('is accepted once, however often that is sent', async () => {
    const id = await released();

    const first = await aigul.post(`${offers}/${id}/acceptance`);
    const second = await aigul.post(`${offers}/${id}/acceptance`);
    const declined = await aigul.post(`${offers}/${id}/refusal`, { reason: 'distance' });
    expect(first.body).toMatchObject({ id, status: 'accepted' });
    expect(second.body).toEqual(first.body);
    expect(declined.body).toMatchObject({ type: '/problems/offer-ended', status: 409 });
    expect((await administrator.get(board)).body).toMatchObject({ filled: 1, held: 0, empty: 2 });
  });

  it('is declined for one of the reasons, and for none it is not', async () => {
    const id = await released();

    const without = await aigul.post(`${offers}/${id}/refusal`, { reason: 'because' });
    const declined = await aigul.post(`${offers}/${id}/refusal`, { reason: 'housing' });
    expect(without.status).toBe(422);
    expect(declined.body).toMatchObject({ status: 'declined', reason: 'housing' });
  });

  it('is too late to answer at its deadline', async () => {
    const id = await released();
    desk.world.clock.to(expiresAt);
    const later = await desk.signIn(mail);

    const answer = await later.post(`${offers}/${id}/acceptance`);
    expect(answer.body).toMatchObject({ type: '/problems/too-late', closesAt: expiresAt });
    expect((await later.get(offers)).body.offers).toMatchObject([{ id, status: 'open' }]);
  });

  it('is not there for anybody else', async () => {
    const id = await released();
    const bolat = await desk.signIn('bolat@example.kz');
    const before = desk.world.records.commits.length;

    const answers = [
      await bolat.get(offers),
      await bolat.get(`${offers}/${id}`),
      await bolat.post(`${offers}/${id}/acceptance`),
      await bolat.post(`${offers}/${id}/refusal`, { reason: 'not-said' }),
      await aigul.get(`${offers}/${'0'.repeat(20)}`),
      await aigul.get(`${offers}/nothing`),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    expect(desk.world.records.commits).toHaveLength(before);
  });
});
