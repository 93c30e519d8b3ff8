import { expect, it } from 'vitest';
import { makeOutcome } from '#functions/commands/elsewhere-outcome.ts';
import { makeStatement } from '#functions/commands/elsewhere-statement.ts';
import { proposedIn, statedIn } from '#test/builders/answered.ts';
import { aRegionWithPeople, aRegionWithPosts, listedIn } from '#test/builders/elsewhere.ts';
import {
  carriedTo,
  chosenIn,
  decidedIn,
  handingUntil,
  outcomeOf,
  twoRegions,
} from '#test/builders/handed.ts';
import { vacancyCode } from '#test/builders/offered.ts';
import { aDesk } from './desk.ts';

const mail = 'aigul@example.kz';

it('a program keeps a key, brings and shows a list, and chooses from it', async () => {
  const desk = await aDesk();
  const { personId } = (await (await desk.signIn(mail)).get('/api/session')).body;
  const { scene } = await aRegionWithPeople(desk.world, { first: personId });
  const { file, key } = await listedIn(await aRegionWithPosts());
  const aigul = await desk.signIn(mail);
  const staff = await desk.administrator();
  const colleague = await desk.staff('administrator', 'colleague@example.kz');
  const round = `/api/rounds/${scene.roundId}/elsewhere`;
  const own = `/api/applications/${scene.people[0]?.applicationId}/elsewhere/1`;
  const sent = { body: file, type: 'application/json' };

  const keyless = await staff.ask('POST', `${round}/lists`, sent);
  const pinned = await staff.post(`${round}/keys`, { region: 'KZ-61', key });
  const brought = await staff.ask('POST', `${round}/lists`, sent);
  const { body: preview } = await colleague.get(`${round}/lists/1`);
  const alone = await staff.post(`${round}/lists/1/confirmation`, { confirmed: preview.unplaced });
  const missing = await aigul.get(own);
  const shown = await colleague.post(`${round}/lists/1/confirmation`, { confirmed: preview.unplaced });
  const forbidden = await aigul.post(`${round}/lists/1/refusal`);
  const { body: asked } = await aigul.get(own);
  const joined = await aigul.post(own, { agree: true });
  const ranked = await aigul.put(`${own}/choices`, { choices: ['T-MAT'], basedOn: [] });
  const { body: chosen } = await aigul.get(own);
  const left = await aigul.post(`${own}/withdrawal`);
  const early = await staff.get(`${round}/own/file`);
  const none = await staff.post(`${round}/own`, { confirmed: 0 });
  const { body: view } = await staff.get(round);

  expect(keyless.status).toBe(422);
  expect(brought).toMatchObject({ status: 201, body: { number: 1 } });
  expect(preview).toMatchObject({ unplaced: 3, without: 1, posts: [{ code: 'T-MAT', takes: 2 }, {}] });
  expect(alone.body).toMatchObject({ type: '/problems/second-person-needed' });
  expect([missing.status, forbidden.status, early.status, none.status]).toEqual([404, 403, 404, 409]);
  expect(asked).toMatchObject({ region: 'KZ-61', compare: 'place', open: true, choices: [] });
  expect(chosen).toMatchObject({ choices: ['T-MAT'], posts: [{ code: 'T-MAT' }] });
  expect([pinned, shown, joined, ranked, left].map(({ status }) => status)).toEqual([
    204, 204, 204, 204, 204,
  ]);
  expect(view).toMatchObject({
    keys: [{ region: 'KZ-61', key }],
    lists: [{ number: 1, status: 'confirmed', asked: 3 }],
    listable: { posts: 1, remaining: 0 },
  });
});

it('a program brings a packet, lets its people count and decides on their posts', async () => {
  const desk = await aDesk();
  Object.assign(desk.deps, { region: 'KZ-61' });
  const regions = await twoRegions(desk.world);
  await chosenIn(regions.here, regions.list, 0, [vacancyCode('T-MAT')]);
  const files = await carriedTo(regions);
  const staff = await desk.administrator();
  const colleague = await desk.staff('administrator', 'colleague@example.kz');
  const people = `/api/rounds/${regions.there.scene.roundId}/elsewhere/people`;

  const torn = await staff.post(people, { ...files, bundle: '{}' });
  const { body: form } = await staff.get(`${people}/results`);
  const unsent = await staff.post(people, { packet: files.packet, results: form.id });
  await desk.deps.files.write(form.upload.fields.key, Buffer.from(files.bundle));
  const brought = await staff.post(people, { packet: files.packet, results: form.id });
  const again = await staff.post(people, files);
  const alone = await staff.post(`${people}/1/confirmation`, { confirmed: 1 });
  const counted = await colleague.post(`${people}/1/confirmation`, { confirmed: 1 });
  const late = await colleague.post(`${people}/1/refusal`);
  const early = await staff.post(`${people}/posts`, { confirmed: 1 });
  desk.world.clock.to(handingUntil);
  const later = await desk.staff('administrator', 'later@example.kz');
  const { body: seen } = await later.get(people);
  const given = await later.post(`${people}/posts`, { confirmed: seen.given });
  const unsigned = await later.get(`${people}/1/outcome`);
  const { world, scene, signer } = regions.there;
  await makeOutcome({ ...world, signer }, { roundId: scene.roundId, arrival: 1 });
  const outcome = await later.get(`${people}/1/outcome`);

  expect(torn.body).toMatchObject({ faults: [{ message: 'elsewhere.fault.bundle' }] });
  expect(unsent.body).toMatchObject({ faults: [{ message: 'elsewhere.fault.noResults' }] });
  expect(brought).toMatchObject({ status: 201, body: { number: 1 } });
  expect(again.body).toEqual(brought.body);
  expect(alone.body).toMatchObject({ type: '/problems/second-person-needed' });
  expect([counted.status, late.status, early.status, given.status]).toEqual([204, 409, 409, 204]);
  expect(seen).toMatchObject({
    packets: [{ number: 1, from: 'KZ-19', people: 1, status: 'confirmed' }],
    people: [{ number: 'KZ19-AAAA-0000', rank: 1, of: 3, vacancy: 'T-MAT' }],
    given: 1,
  });
  expect([unsigned.status, outcome.status]).toEqual([404, 200]);
  expect(outcome.body).toMatchObject({ url: expect.stringContaining('outcome-1.json'), seconds: 60 });
});

it('a program stops a list, and brings back what became of who was handed over', async () => {
  const desk = await aDesk();
  const regions = await twoRegions(undefined, { near: desk.world });
  const { here, list } = regions;
  await chosenIn(here, list, 0, [vacancyCode('T-MAT')]);
  const file = await decidedIn(regions);
  desk.world.clock.to(handingUntil);
  const staff = await desk.administrator();
  const colleague = await desk.staff('administrator', 'colleague@example.kz');
  const page = `/api/rounds/${here.scene.roundId}/elsewhere/lists/${list}`;
  const sent = { body: file, type: 'application/json' };
  const outcome = await outcomeOf(file);

  const stopped = await staff.post(`${page}/stop`);
  const early = await colleague.post(`${page}/outcome/confirmation`, { outcome, confirmed: 1 });
  const brought = await staff.ask('POST', `${page}/outcome`, sent);
  const alone = await staff.post(`${page}/outcome/confirmation`, { outcome, confirmed: 1 });
  const { body: seen } = await colleague.get(page);
  const confirmed = await colleague.post(`${page}/outcome/confirmation`, {
    outcome: seen.list.outcome.sha256,
    confirmed: seen.untold,
  });
  const { body: after } = await colleague.get(page);

  expect(stopped.body).toMatchObject({ type: '/problems/already-decided' });
  expect(alone.body).toMatchObject({ type: '/problems/second-person-needed' });
  expect([early.status, brought.status, confirmed.status]).toEqual([404, 204, 204]);
  expect(seen).toMatchObject({ untold: 1, list: { outcome: { posts: 1 } } });
  expect(after).toMatchObject({ list: { outcome: { posts: 1, told: 1 } } });
});

it('a program notes what somebody answered, and has it stated to their region', async () => {
  const desk = await aDesk();
  Object.assign(desk.deps, { region: 'KZ-61' });
  const regions = await proposedIn(desk.world);
  const { world, scene, signer } = regions.there;
  const staff = await desk.administrator();
  const people = `/api/rounds/${scene.roundId}/elsewhere/people`;
  const said = { who: 'KZ19-AAAA-0000', answer: 'accepted', on: '2022-11-22' };

  const untimely = await staff.post(`${people}/said`, { ...said, on: '2022-11-30' });
  const noted = await staff.post(`${people}/said`, said);
  const { body: seen } = await staff.get(people);
  const asked = await staff.post(`${people}/1/answers`, { confirmed: seen.packets[0].answers });
  const early = await staff.get(`${people}/1/answers`);
  await makeStatement({ ...world, signer }, { roundId: scene.roundId, arrival: 1, statement: 1 });
  const file = await staff.get(`${people}/1/answers`);

  expect(untimely.body).toMatchObject({ faults: [{ place: 'on', message: 'elsewhere.fault.day' }] });
  expect([noted.status, asked.status, early.status, file.status]).toEqual([204, 204, 404, 200]);
  expect(seen.said).toMatchObject([{ number: 'KZ19-AAAA-0000', answer: 'accepted' }]);
  expect(JSON.stringify(seen)).not.toMatch(/replyTo|statements/);
  expect(file.body.url).toContain('answers-1-1.json');
});

it('a program brings such a statement, sees what follows, and another person lets it count', async () => {
  const desk = await aDesk();
  const regions = await proposedIn(undefined, { near: desk.world });
  const { here, list } = regions;
  const file = await statedIn(regions, { 'KZ19-AAAA-0000': 'accepted' });
  const staff = await desk.administrator();
  const colleague = await desk.staff('administrator', 'colleague@example.kz');
  const page = `/api/rounds/${here.scene.roundId}/elsewhere/lists/${list}`;

  const brought = await staff.ask('POST', `${page}/answers`, { body: file, type: 'application/json' });
  const { body: seen } = await colleague.get(page);
  const seenSo = { statement: seen.list.answers.waiting.sha256, follows: seen.follows };
  const alone = await staff.post(`${page}/answers/confirmation`, seenSo);
  const counted = await colleague.post(`${page}/answers/confirmation`, seenSo);
  const { body: after } = await colleague.get(page);

  expect(alone.body).toMatchObject({ type: '/problems/second-person-needed' });
  expect([brought.status, counted.status]).toEqual([204, 204]);
  expect(seen.follows).toEqual({ closing: 1, offers: 0, returning: 0, conflicts: 0 });
  expect(seen.concerned).toEqual([
    { number: 'KZ19-AAAA-0000', answer: 'accepted', on: '2022-11-22', effect: 'closes', vacancies: [] },
  ]);
  expect(after.list.answers).toMatchObject({ counting: { number: 1, people: 1 } });
});
