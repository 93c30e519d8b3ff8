import { expect, it } from 'vitest';
import { discussionView } from '#functions/commands/discussion-view.ts';
import { openDiscussionOf } from '#functions/commands/discussions.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { locales } from '#shared/i18n/index.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aScoringIn, chair, members, ratersOf, score, secretary } from '#test/builders/selection.ts';
import { aSelectionSite } from './selection-site.ts';

/*
 * Whether an application waits for cards tells something of it. Two tables differ in nothing else: on one of them the application that is closed to
 * the chair and to a member waits, on the other it does not.
 */

const reason = 'Сарапшы науқас, отырысты кейінге қалдыруға болмайды.';

/** Four applications, of which the one that is closed is neither the chair's nor the member's to judge. */
const aTable = async (waits: boolean, absent: readonly Person[] = []) => {
  const world = { ...aWorld(), people: memoryPeople() };
  const { roundId, applications } = await aScoringIn(world, [{}, {}, {}, {}]);
  const raters = await Promise.all(applications.map(({ id }) => ratersOf(world, id)));
  const closed = raters.findIndex((some) => !some.includes(chair));
  const member = members.findLast((one) => !raters[closed]?.includes(one));
  if (!member) throw new Error('Two judge it.');
  const order = [...applications.keys()].toSorted((a, b) => Number(a === closed) - Number(b === closed));
  for (const index of waits ? order.slice(0, -1) : order) {
    const { id } = nth(applications, index);
    for (const by of raters[index] ?? []) granted(await score({ world, roundId }, by, id));
  }
  const { id, number } = nth(applications, closed);
  await inConflictWith(world, roundId, id, [chair.id, member.id]);
  const numbers = applications.map((one) => one.number);
  const opening = { roundId, suggested: false, numbers, absent: absent.map((one) => one.id) };
  granted(await openDiscussionOf(world, { ...opening, by: secretary }));
  const view = async (by: Person) => granted(await discussionView(world, { by, roundId }));
  const items = (await view(secretary)).meeting?.items ?? [];
  const place = items.findIndex((item) => 'number' in item && item.number === number) + 1;
  const replacing = members.find((one) => one !== member);
  if (!replacing) throw new Error('Four have a seat.');
  const site = aSelectionSite(world);
  const signedIn = new Map<string, Awaited<ReturnType<typeof site.staff>>>();
  const seat = async (by: Person) => {
    const found = signedIn.get(by.id) ?? (await site.staff(by));
    signedIn.set(by.id, found);
    return found;
  };
  /** What somebody is answered, and which records were read for it. */
  const answersTo = async (by: Person, requests: readonly Asked[]) => {
    const browser = await seat(by);
    const told = [];
    for (const { method, path, body } of requests) {
      const { find } = world.records;
      const read: string[] = [];
      world.records.find = async (aggregate, one) => {
        read.push(`${aggregate.name} ${one}`);
        return await find(aggregate, one);
      };
      const { status, text, location } =
        method === 'GET'
          ? await browser.get(path)
          : path.startsWith('/api/')
            ? await browser.json('POST', path, body)
            : await browser.post(path, asForm(body));
      world.records.find = find;
      told.push({ path, body, status, text: withoutIds(text), location, read: read.toSorted() });
    }
    return told;
  };
  return { world, roundId, number, place, member, replacing, view, seat, answersTo };
};

type Told = Awaited<ReturnType<Table['answersTo']>>;

/** What one is told otherwise than the other, from where it begins to differ. */
const differing = (some: Told, others: Told): string[] =>
  Array.from({ length: Math.max(some.length, others.length) }).flatMap((_, index) => {
    const [one = '', other = ''] = [some[index], others[index]].map((told) => JSON.stringify(told) ?? '');
    const from = Array.from({ length: one.length }).findIndex((_sign, at) => one[at] !== other[at]);
    const [told, otherwise] = [one, other].map((text) => text.slice(Math.max(0, from - 60), from + 60));
    const about = `${some[index]?.path} ${JSON.stringify(some[index]?.body)}`;
    return one === other ? [] : [`${about}: ${told} ≠ ${otherwise}`];
  });

type Table = Awaited<ReturnType<typeof aTable>>;
type Asked = { method: 'GET' | 'POST'; path: string; body?: Record<string, unknown> };

const asForm = (body: Asked['body']): Record<string, string> =>
  Object.fromEntries(Object.entries(body ?? {}).map(([name, value]) => [name, String(value)]));

/** What a page makes anew each time: what belongs to a request. */
const withoutIds = (text: string): string => text.replaceAll(/"instance":"[^"]*"/g, '');

/** Everything that is shown of a discussion. */
const reading = ({ roundId }: Table): Asked[] => [
  { method: 'GET', path: `/api/rounds/${roundId}/discussion` },
  { method: 'GET', path: `/api/rounds/${roundId}/history` },
  ...locales.flatMap((locale): Asked[] => [
    { method: 'GET', path: `/${locale}/committee/rounds/${roundId}/discussion` },
    { method: 'GET', path: `/${locale}/committee/rounds/${roundId}` },
    { method: 'GET', path: `/${locale}/manage/rounds/${roundId}/history` },
  ]),
];

/** Everything that could be sent about the closed one, by pages and API, with a reason and without, up to date and behind. */
const trying = async (table: Table): Promise<Asked[]> => {
  const { roundId, place, number } = table;
  const { seen } = await table.view(secretary);
  const api = `/api/rounds/${roundId}/discussion`;
  const page = `/kk/committee/rounds/${roundId}/discussion`;
  const move = { kind: 'take-up', place };
  return [
    { method: 'POST', path: `${api}/steps`, body: { seen, move } },
    { method: 'POST', path: `${api}/steps`, body: { seen, move, reason } },
    { method: 'POST', path: `${api}/steps`, body: { seen: seen + 1, move, reason } },
    { method: 'POST', path: `${api}/despite`, body: { number, reason } },
    { method: 'POST', path: `${page}/steps`, body: { seen, move: 'next', next: place } },
    { method: 'POST', path: `${page}/steps`, body: { seen, move: 'next', next: place, reason } },
    { method: 'POST', path: `${page}/steps`, body: { seen, move: 'next', next: place, reason: '' } },
    { method: 'POST', path: `${page}/steps`, body: { seen: seen + 1, move: 'next', next: place, reason } },
    { method: 'POST', path: `${page}/despite`, body: { number, reason } },
    { method: 'POST', path: page, body: { numbers: number, suggested: 'yes' } },
  ];
};

/** The chair takes up whatever is offered, until nothing is; what the chair and a member are told all along. */
const ledByChair = async (table: Table) => {
  const { roundId, member, answersTo } = table;
  const told: Told = [];
  for (;;) {
    for (const by of [chair, member]) {
      told.push(...(await answersTo(by, [...reading(table), ...(await trying(table))])));
    }
    const { seen, meeting } = await table.view(chair);
    if (meeting?.takes === undefined) break;
    const body = { seen, move: { kind: 'take-up', place: meeting.takes } };
    const path = `/api/rounds/${roundId}/discussion/steps`;
    told.push(...(await answersTo(chair, [{ method: 'POST', path, body }])));
  }
  return told;
};

it('whoever leads is told nothing of whether what is closed to them waits for cards', async () => {
  const [one, other] = [await aTable(true), await aTable(false)];
  // The two differ for whoever may know it.
  expect((await one.view(secretary)).meeting?.waiting.map(({ number }) => number)).toEqual([one.number]);
  expect((await other.view(secretary)).meeting?.waiting).toEqual([]);
  const told = await ledByChair(one);
  const { spans, number } = { spans: (await one.view(secretary)).meeting?.items, number: one.number };

  expect(differing(told, await ledByChair(other))).toEqual([]);
  // All the others were discussed, and nothing that was tried came through.
  expect(spans?.filter(({ state }) => state === 'to-come')).toMatchObject([{ number }]);
  const statuses = told.flatMap(({ body, status }) => (body ? [status] : []));
  expect(statuses.filter((status) => status < 400)).toHaveLength(3);
});

it('whoever presides over it sees that it waits, allows it and takes it up where nobody else who leads may', async () => {
  const table = await aTable(true, [secretary]);
  const { roundId, place, number, replacing, seat, view, answersTo } = table;
  const other = await aTable(false, [secretary]);
  const path = `/kk/committee/rounds/${roundId}/discussion`;
  const led = await seat(replacing);

  expect((await view(replacing)).meeting?.waiting).toMatchObject([{ number, place, opens: true }]);
  // Another is next until it is allowed.
  expect((await view(replacing)).meeting?.takes).toBeUndefined();
  const before = await answersTo(chair, reading(table));
  expect((await led.post(`${path}/despite`, { number, reason })).status).toBe(303);
  expect(differing(before, await answersTo(chair, reading(table)))).toEqual([]);
  expect(differing(before, await other.answersTo(chair, reading(other)))).toEqual([]);

  for (;;) {
    const { seen, meeting } = await view(chair);
    if (meeting?.takes === undefined) break;
    const move = { kind: 'take-up', place: meeting.takes };
    expect(
      (await (await seat(chair)).json('POST', `/api/rounds/${roundId}/discussion/steps`, { seen, move }))
        .status,
    ).toBe(200);
  }
  const { seen, meeting, leads } = await view(replacing);
  expect([leads, meeting?.next, meeting?.takes]).toEqual([false, place, place]);
  const { text } = await led.get(path);
  expect(text).toContain(`name="next" value="${place}"`);
  expect(text).not.toContain('value="close"');
  const press = () => led.post(`${path}/steps`, { seen: String(seen), move: 'next', next: String(place) });
  expect([(await press()).status, (await press()).status]).toEqual([303, 303]);
  expect((await view(chair)).meeting?.items[place - 1]).toEqual({ place, state: 'up', walled: 'conflict' });
});

it('whoever presides over it leaves it to who leads and is there', async () => {
  const { roundId, place, replacing, view, seat } = await aTable(false);
  const { seen } = await view(replacing);
  const path = `/api/rounds/${roundId}/discussion/steps`;
  const body = { seen, move: { kind: 'take-up', place } };

  expect((await view(replacing)).meeting?.takes).toBeUndefined();
  expect((await (await seat(replacing)).json('POST', path, body)).status).toBe(403);
  expect((await (await seat(secretary)).json('POST', path, body)).status).toBe(200);
});
