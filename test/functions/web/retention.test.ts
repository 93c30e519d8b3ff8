import { parse } from 'node-html-parser';
import { beforeEach, expect, it } from 'vitest';
import type { Person } from '#functions/commands/workplace.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { PersonId, type RoundId } from '#shared/domain/ids.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { aCommitteeSite, type Seat } from '#test/builders/committee-site.ts';
import { aCallIn, aCompleteIn, administrator, aWorld, type World } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const auditor: Person = { kind: 'person', id: PersonId.parse('AVD1T0R'.padEnd(20, '0')), role: 'auditor' };

let world: World;
let roundId: RoundId;
let number: string;
let site: ReturnType<typeof aCommitteeSite>;
let seat: Seat;

beforeEach(async () => {
  world = aWorld();
  roundId = await aCallIn(world);
  const id = await aCompleteIn(world, roundId);
  number = (await world.records.find(applicationAggregate, id))?.state.number ?? '';
  site = aCommitteeSite(world);
  seat = await site.signIn(administrator);
});

const page = (locale = 'en') => `/${locale}/manage/rounds/${roundId}/retention`;
const api = () => `/api/rounds/${roundId}/retention`;

const day = { 'until-day': '1', 'until-month': '2', 'until-year': '2031' };

it.for(locales)('an administrator keeps an application and lifts that on a page, in %s', async (locale) => {
  const t = translator(locale);
  const form = { number: ` ${number.toLowerCase()} `, because: 'court', reason: 'Letter <7>', ...day };

  const held = await seat.post(page(locale), form);
  const shown = await seat.get(page(locale));
  const row = parse(shown.text).querySelector('tbody tr form')?.closest('tr');
  const hidden = row?.querySelectorAll('input[type=hidden]') ?? [];
  const lift = Object.fromEntries(
    hidden.map((one) => [one.getAttribute('name') ?? '', one.getAttribute('value') ?? '']),
  );
  const lifted = await seat.post(`${page(locale)}/lifted`, lift);

  expect([held.status, held.location]).toEqual([303, `${page(locale)}?done=rights.done.held`]);
  expect(row?.text).toContain(number);
  expect(row?.text).toContain(t('rights.hold.court'));
  expect(row?.innerHTML).toContain('Letter &lt;7&gt;');
  // As it was named, not the midnight at which it ends.
  expect(row?.text).toContain(t.day(at('2031-02-01T04:00'), 'Asia/Almaty'));
  expect([lifted.status, lifted.location]).toEqual([303, `${page(locale)}?done=rights.done.lifted`]);
  expect((await seat.get(page(locale))).text).not.toContain(number);
});

it.for(locales)('what was typed comes back with what is wrong with it, in %s', async (locale) => {
  const t = translator(locale);
  const form = { number: 'KZ19-0000-0000', reason: 'Why <b>', 'until-day': '30', 'until-month': '2' };

  const answer = await seat.post(page(locale), { ...form, 'until-year': '2031' });
  const unsaid = await seat.post(page(locale), { number, because: 'audit', reason: ' ' });

  expect(answer.status).toBe(422);
  for (const key of ['no-application', 'no-cause', 'no-day'] as const)
    expect(answer.text).toContain(t(`rights.hold.${key}`));
  const { innerHTML } = parse(answer.text);
  expect(innerHTML).toContain('value="KZ19-0000-0000"');
  expect(innerHTML).toContain('Why &lt;b&gt;');
  expect(unsaid.status).toBe(422);
  expect(unsaid.text).toContain('href="#reason"');
});

it('an auditor reads what is held and why, and cannot change it', async () => {
  await seat.post(page(), { number, because: 'audit', reason: 'Order 3' });
  const reader = await site.signIn(auditor);

  const { text } = await reader.get(page());
  const tried = await reader.post(page(), { number, because: 'court', reason: 'x' });

  expect(text).toContain('Order 3');
  expect(parse(text).querySelectorAll('main form')).toEqual([]);
  expect(tried.status).toBe(403);
});

it('the same over the API', async () => {
  const hold = { number, because: 'dispute', reason: 'A letter', until: '2031-02-01' };

  const held = await seat.send('POST', `${api()}/holds`, hold);
  const wrong = await seat.send('POST', `${api()}/holds`, { ...hold, until: '2001-02-01' });
  const { byHand } = JSON.parse((await seat.get(api())).text);
  const lifted = await seat.send('POST', `${api()}/holds/lifted`, { number, because: 'dispute' });

  expect([held.status, wrong.status, lifted.status]).toEqual([204, 422, 204]);
  expect(JSON.parse(wrong.text).faults).toMatchObject([{ place: 'until' }]);
  expect(byHand).toMatchObject([{ number, because: 'dispute', reason: 'A letter' }]);
  expect(JSON.parse((await seat.get(api())).text).byHand).toEqual([]);
});
