import { expect, it } from 'vitest';
import { acceptOffer } from '#functions/commands/offers.ts';
import { restingIn } from '#test/builders/exchange.ts';
import { askNext, offerTo } from '#test/builders/offer-answers.ts';
import { deliverOffersIn, offersIn } from '#test/builders/offers.ts';
import { granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';
import { aDesk } from './desk.ts';

const mail = 'aigul@example.kz';

it('a program goes the way of the second chance, for staff and for an applicant', async () => {
  const desk = await aDesk();
  const { world } = desk;
  const { personId } = (await (await desk.signIn(mail)).get('/api/session')).body;
  const scene = await restingIn(world, { first: personId });
  await askNext(world, scene);
  granted(await acceptOffer(world, await offerTo(world, scene, 1)));
  const aigul = await desk.signIn(mail);
  const staff = await desk.administrator();
  const round = `/api/rounds/${scene.roundId}/exchange`;
  const own = `/api/applications/${scene.people[0]?.applicationId}/exchange`;

  const { body: before } = await staff.get(round);
  const missing = await aigul.get(own);
  const opened = await staff.post(round, { confirmed: before.unplaced });
  const unsaid = await aigul.post(own, { agree: false });
  const joined = await aigul.post(own, { agree: true });
  const { body: asked } = await aigul.get(own);
  const ranked = await aigul.put(`${own}/choices`, { choices: ['MAT-002'], basedOn: [] });
  const unknown = await aigul.put(`${own}/choices`, { choices: ['PHY-001'], basedOn: ['MAT-002'] });
  const left = await aigul.post(`${own}/withdrawal`);
  await aigul.post(own, { agree: true });
  await aigul.put(`${own}/choices`, { choices: ['MAT-002'], basedOn: [] });
  const early = await staff.post(`${round}/run`, { confirmed: 1 });
  const forbidden = await aigul.post(`${round}/run`, { confirmed: 1 });
  world.clock.to(at('2022-11-17T18:00'));
  const later = await desk.staff('administrator', 'colleague@example.kz');
  const { body: due } = await later.get(round);
  const ran = await later.post(`${round}/run`, { confirmed: due.next.length });
  await deliverOffersIn(world);

  expect(before).toMatchObject({ unplaced: 2, remaining: 0, participants: [], next: [] });
  expect(missing.status).toBe(404);
  expect(unsaid.status).toBe(422);
  expect(asked).toMatchObject({ posts: [{ code: 'MAT-002', posts: 2 }], choices: [], limit: 5 });
  expect(unknown.body).toMatchObject({ type: '/problems/unknown-vacancy' });
  expect(early.body).toMatchObject({ type: '/problems/too-early' });
  expect(forbidden.status).toBe(403);
  expect(due).toMatchObject({
    participants: [{ number: 'KZ19-AAAA-0000', choices: ['MAT-002'] }],
    next: [{ number: 'KZ19-AAAA-0000', vacancy: 'MAT-002' }],
  });
  expect([opened, joined, ranked, left, ran].map(({ status }) => status)).toEqual([204, 204, 204, 204, 204]);
  expect(await offersIn(world, scene)).toContain('0 MAT-002 open');
});
