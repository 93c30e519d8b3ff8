import { parse } from 'node-html-parser';
import { expect, it } from 'vitest';
import { changed } from '#functions/commands/storing.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { staffAggregate, staffId } from '#shared/domain/staff.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { aHostingScene, guest } from '#test/builders/guest-scene.ts';
import { administrator, aWorld, granted } from '#test/builders/scenes.ts';
import {
  aScreeningIn,
  committeeChangedIn,
  dana,
  leaves,
  seatIn,
  secretary,
} from '#test/builders/selection.ts';

const newcomer = { ...dana, id: PersonId.parse('NEWC0MER'.padEnd(20, '0')) };

/** The seats page, after somebody who was secretary while applications were read has left with these roles. */
const pageAfter = async (roles: readonly ('member' | 'secretary')[]) => {
  const world = aWorld();
  const { roundId } = await aScreeningIn(world);
  const site = aCommitteeSite(world);
  await site.signIn(newcomer);
  const [first = 'member', ...others] = roles;
  await site.signIn({ ...secretary, id: former, role: first });
  const staff = await world.records.find(staffAggregate, staffId);
  const at = world.clock.now();
  const more = others.map((role) => ({ type: 'role-granted', at, personId: former, role }) as const);
  const { change } = changed(staffAggregate, staffId, staff, more);
  granted(await world.records.commit({ by: { kind: 'operator' }, changes: more.length > 0 ? [change] : [] }));
  const seat = await site.signIn(administrator);
  await leaves(world, roundId, secretary);
  return parse((await seat.get(`/en/manage/rounds/${roundId}/committee`)).text);
};

const former = secretary.id;
const successor = PersonId.parse('SVCCESS0R'.padEnd(20, '0'));

const optionsOf = (page: ReturnType<typeof parse>, name: string) =>
  page.querySelectorAll(`select[name="${name}"] option`).map((one) => one.getAttribute('value'));

it('offers nobody who has seen names, and says why', async () => {
  const page = await pageAfter(['member']);

  expect(optionsOf(page, 'personId')).toContain(newcomer.id);
  expect(optionsOf(page, 'personId')).not.toContain(former);
  const named = page.querySelectorAll('.govuk-inset-text li').map(({ text }) => text);
  expect(named).toContain(`${former.toLowerCase()}@example.kz`);
  expect(page.text).toContain('whoever votes or scores must not have seen them');
});

it('offers them as the secretary alone where they have that role', async () => {
  const page = await pageAfter(['member', 'secretary']);

  const [chosen] = page.querySelectorAll(`option[value="${former}"]`);
  expect(chosen?.text).toContain('(secretary of the committee)');
  expect(optionsOf(page, 'seat')).toContain('secretary');
});

it('offers no seat to somebody who scores as a guest, for it would be refused, until that ends', async () => {
  const scene = await aHostingScene();
  await scene.hosted();
  const { world, roundId } = scene;
  const site = aCommitteeSite(world);
  for (const one of [newcomer, guest]) await site.signIn({ ...one, role: 'member' });
  const seat = await site.signIn(administrator);
  const page = `/en/manage/rounds/${roundId}/committee`;
  const offered = async () => optionsOf(parse((await seat.get(page)).text), 'personId');

  expect(await offered()).toContain(newcomer.id);
  expect(await offered()).not.toContain(guest.id);
  expect((await seat.post(page, { personId: guest.id, seat: 'member' })).status).toBe(409);
  await committeeChangedIn(world, roundId, [{ type: 'guest-ended', at: world.clock.now(), guest: 1 }]);
  expect(await offered()).toContain(guest.id);
});

it('calls in no substitute of an older record who has seen names, and says why', async () => {
  const world = aWorld();
  const { roundId } = await aScreeningIn(world);
  await leaves(world, roundId, secretary);
  await seatIn(world, roundId, [
    [{ ...secretary, role: 'member' }, 'substitute'],
    [newcomer, 'substitute'],
    [{ ...newcomer, id: successor, role: 'secretary' }, 'secretary'],
  ]);
  const site = aCommitteeSite(world);
  const seat = await site.signIn({ ...secretary, id: successor });
  const { text } = await seat.get(`/en/committee/rounds/${roundId}`);
  const form = parse(text).querySelectorAll('form[action$="/substitute"] input[name=personId]');
  const called = { personId: former, standsInFor: dana.id };

  expect(form.map((one) => one.getAttribute('value'))).toContain(newcomer.id);
  expect(form.map((one) => one.getAttribute('value'))).not.toContain(former);
  expect(text).toContain('whoever votes or scores must not have seen them');
  const refused = await seat.post(`/en/committee/rounds/${roundId}/substitute`, called);
  expect(refused.status).toBe(409);
});
