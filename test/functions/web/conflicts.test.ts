import { describe, expect, it } from 'vitest';
import { searchConflicts } from '#functions/commands/conflict-search.ts';
import { aboutApplications } from '#functions/commands/disclosure-gate.ts';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { openGate } from '#functions/commands/gates.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { Route } from '#functions/http/authorize.ts';
import { screeningPrepared } from '#functions/steps/prepared.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { permissions } from '#shared/domain/permission.ts';
import { aDisclosureIn, conflictsUpload, type ToldDisclosure } from '#test/builders/conflicts.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import {
  aClosedCallIn,
  advanceIn,
  chair,
  committeeChangedIn,
  dana,
  members,
  secretary,
} from '#test/builders/selection.ts';
import { comeTo } from './come-to.ts';
import { aSelectionSite } from './selection-site.ts';

const forms = [{ fullName: 'Сериков Асан', employer: 'Лицей № 165' }, {}, {}];

/** Screening is open; Dana bears the family name of the first applicant, and everybody else nobody's. */
const aConflict = async (who: Person = dana, told: ToldDisclosure = { familyNames: 'Серикова' }) => {
  const world = aWorld();
  const { roundId, applications } = await aClosedCallIn(world, forms, conflictsUpload());
  const site = aSelectionSite(world);
  const there = { ...world, people: site.people };
  const browsers = new Map<Person, Awaited<ReturnType<typeof site.staff>>>();
  for (const by of [chair, secretary, ...members]) {
    browsers.set(by, await site.staff(by));
    await aDisclosureIn(there, by, by === who ? told : {});
  }
  const [desk, member] = [browsers.get(secretary), browsers.get(dana)];
  if (!desk || !member) throw new Error('Nobody is signed in.');
  await screeningPrepared(there, roundId);
  granted(await openGate(world, { roundId, token: 'screening' }));
  const first = nth(applications, 0);
  return { world, there, site, desk, member, roundId, first, round: `/kk/committee/rounds/${roundId}` };
};

type Scene = Awaited<ReturnType<typeof aConflict>>;

const addressOf = ({ path }: Route, { roundId, first }: Scene): string =>
  path
    .replace(/:locale(\{[^}]*\})?/, 'kk')
    .replace(':round', roundId)
    .replace(':application', first.id)
    .replace(':member', secretary.id)
    .replaceAll(/:\w+(\{[^}]*\})?/g, 'motivation');

/** Every route by which somebody on a committee comes to one application. */
const waysTo = ({ site }: Scene): Route[] =>
  site.routes.filter(
    ({ path, who }) =>
      path.includes(':round') &&
      path.includes(':application') &&
      Array.isArray(who) &&
      who.includes('member'),
  );

describe('an application that a found conflict closes', () => {
  it.for(['screening', 'scoring'] as const)(
    'is closed by every route in %s, and written by none',
    async (stage) => {
      const scene = await aConflict();
      const { world, member, roundId, first } = scene;
      if (stage === 'scoring') await advanceIn(world, roundId);
      const before = await world.records.history('candidacy', first.id);
      const open: string[] = [];
      let tried = 0;
      for (const route of waysTo(scene)) {
        // Declaring is what somebody without access may do about it.
        if (route.does === 'conflict.declare') continue;
        const address = addressOf(route, scene);
        const answer =
          route.method === 'GET'
            ? await comeTo(member, address)
            : address.startsWith('/api/')
              ? await member.json(route.method, address, {})
              : await member.post(address, { verdict: 'admitted', reason: 'Себеп' });
        const isClosed = [403, 404, 409, 422].includes(answer.status);
        if (!isClosed || /Сериков|165/.test(answer.text))
          open.push(`${route.method} ${route.path}: ${answer.status}`);
        tried += 1;
      }

      expect(tried).toBeGreaterThan(15);
      expect(open).toEqual([]);
      expect(await world.records.history('candidacy', first.id)).toEqual(before);
    },
  );

  it('stands in no list of the member', async () => {
    const scene = await aConflict();
    const { member, first, round, roundId } = scene;

    for (const path of [
      `${round}/screening`,
      `/api/rounds/${roundId}/candidacies`,
      `${round}/lists/applications.csv`,
    ]) {
      const { status, text } = await member.get(path);
      expect([path, status]).toEqual([path, 200]);
      expect(text).not.toContain(first.number);
    }
  });

  it('is named to the member by number alone, without why', async () => {
    const { member, round, first } = await aConflict();
    const { text } = await member.get(`${round}/conflicts`);

    expect(text).toContain(first.number);
    expect(text).toContain('Салыстырғанда табылды');
    expect(text).not.toMatch(/Тегі бірдей|Сериков/);
  });
});

describe('the secretary', () => {
  it('sees the ground, clears it with a reason, and gets what was typed back without one', async () => {
    const { member, desk, round, first } = await aConflict();
    const page = `${round}/conflicts/${first.id}`;
    expect((await desk.get(`${round}/conflicts`)).text).toContain('Тегі бірдей');

    const form = { memberId: dana.id, ruling: 'cleared', reason: '' };
    const refused = await desk.post(page, form);
    expect(refused.status).toBe(422);
    expect(refused.text).toMatch(/value="cleared" checked/);
    const ruled = await desk.post(page, { ...form, reason: 'Екеуі туыс емес' });
    expect([ruled.status, ruled.location]).toEqual([303, expect.stringContaining('conflicts.done.cleared')]);
    expect((await desk.get(page)).text).toContain('Екеуі туыс емес');
    expect((await member.get(`${round}/screening/${first.id}`)).status).toBe(200);
  });

  it('is asked for what was not chosen', async () => {
    const { desk, round, first } = await aConflict();
    const { status, text } = await desk.post(`${round}/conflicts/${first.id}`, { memberId: 'X' });

    expect(status).toBe(422);
    expect(text).toContain('Комиссия мүшесін таңдаңыз');
    expect(text).toContain('Шешімді таңдаңыз');
  });

  it('does the same by the API', async () => {
    const { desk, roundId, first } = await aConflict();
    const list = `/api/rounds/${roundId}/conflicts`;
    const read = async () => JSON.parse((await desk.get(list)).text);

    expect(await read()).toMatchObject({
      all: [
        {
          number: first.number,
          bars: true,
          found: { grounds: [{ ground: 'family-name', strength: 'strong' }] },
        },
      ],
    });
    const ruling = { ruling: 'pinned', reason: 'Әпкесі' };
    expect((await desk.json('PUT', `${list}/${first.id}/${dana.id}`, ruling)).status).toBe(204);
    expect(await read()).toMatchObject({ all: [{ bars: true, ruling }] });
  });
});

describe('a disclosure', () => {
  it('is told on a page, comes back where something is wrong, and is removed', async () => {
    const { member, there } = await aConflict();
    const page = '/kk/committee/disclosure';
    const wrong = await member.post(page, { familyNames: ' ', employers: '№ 9 мектеп' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('№ 9 мектеп');

    expect((await member.post(page, { familyNames: 'Ахметова\nСерикова' })).status).toBe(303);
    expect((await member.get(page)).text).toContain('Ахметова');
    expect((await member.post(`${page}/removal`, {})).status).toBe(303);
    expect((await there.people.profiles.find(dana.id))?.disclosure).toBeUndefined();
  });

  it('is told and read by the API, by its owner alone', async () => {
    const { member, there, roundId } = await aConflict();
    const told = {
      familyNames: ['Ахметова'],
      employers: [],
      pastEmployers: [],
      institutions: [],
      addresses: [],
    };
    expect((await member.json('PUT', '/api/disclosure', told)).status).toBe(204);
    expect(JSON.parse((await member.get('/api/disclosure')).text)).toMatchObject({
      told,
      rounds: [{ roundId, compared: true }],
    });
    await searchConflicts(there, roundId);
    expect((await member.json('DELETE', '/api/disclosure', {})).status).toBe(204);
  });

  it('is asked for, with the way to it, from whoever comes to applications before', async () => {
    const scene = await aConflict();
    const late: Person = { kind: 'person', id: PersonId.parse('1ATE'.padEnd(20, '0')), role: 'member' };
    const { world, there, roundId, site, round, desk, first } = scene;
    const seat = {
      type: 'seat-given',
      at: world.clock.now(),
      roundId,
      personId: late.id,
      seat: 'member',
    } as const;
    granted(await drawUpProposal(there, { by: secretary, roundId }));
    await committeeChangedIn(world, roundId, [seat]);
    const browser = await site.staff(late);
    const answer = await browser.get(`${round}/screening`);

    expect(answer.status).toBe(403);
    expect(answer.text).toContain('/kk/committee/disclosure');
    // Nobody knows yet which rows of the list are closed to them.
    expect((await desk.get(round)).text).toContain(first.number);
    expect((await browser.get(round)).text).not.toContain(first.number);
    const { list } = JSON.parse((await browser.get(`/api/rounds/${roundId}/gate`)).text);
    expect(list.standings).toEqual(Array.from({ length: 3 }, () => ({ walled: 'disclosure' })));
  });
});

/** What a seat may do before anything was compared: nothing of it shows or changes a single application. */
const beforeComparing = [
  'substitute.call',
  'beacon.record',
  'beacon.waive',
  'committee.read',
  'competence.tell',
  'conflict.declare',
  'conflict.read',
  'elsewhere.import',
  'elsewhere.outcome',
  'elsewhere.read',
  'elsewhere.receive',
  'guest.keep',
  'gate.read',
  'gate.draw-up',
  'gate.record',
  'exchange.open',
  'gate.decide',
  'sheet.open',
  'advance.undo',
  'screening.prepare',
  'practice.score',
  'practice.ask',
  'raters.reassign',
  'marks.read',
  'marks.import',
  'marks.bring',
  'household.count',
  'interview.plan',
  'panel.compose',
  'letters.release',
  'members.remind',
  'minutes.read',
  'round.watch',
  'retention.read',
];

it('every action of a seat either waits for a disclosure or is known to need none', () => {
  const ofSeats = Object.entries(permissions)
    .filter(([, { roles }]) => roles.some((role) => ['chair', 'secretary', 'member'].includes(role)))
    .map(([name]) => name);
  const waiting = new Set<string>(aboutApplications);

  expect(ofSeats.filter((name) => !waiting.has(name)).toSorted()).toEqual(beforeComparing.toSorted());
});
