import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { operations } from '#functions/api/app.ts';
import { reassignOpen } from '#functions/commands/rater-assignment.ts';
import { releaseText, withholdCopy } from '#functions/commands/redaction.ts';
import type { Route } from '#functions/http/authorize.ts';
import { routes } from '#functions/web/routes.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { aHostingScene, guest, hosting, secretaryHolds } from '#test/builders/guest-scene.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aRedactionScene } from '#test/builders/redaction-scene.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import { chair, members, score, secretary } from '#test/builders/selection.ts';
import { comeTo } from './come-to.ts';

const typed = {
  fullName: 'Маркерова Айгүл',
  employer: 'MARKEREMPLOYER school',
  institution: 'MARKERPLACE University',
  motivation: `${'To teach in a village school is my wish. '.repeat(15)}Маркерова А., MARKEREMPLOYER.`,
};

/** A blind round of three applications, of which a guest has one; whoever sits on its committee has a name. */
const aVisitedRound = async () => {
  const scene = await aRedactionScene('stop', [typed, typed, typed]);
  const { world, applications, on, roundId } = scene;
  for (const { id, documents } of applications) {
    const about = { ...on(secretary), applicationId: id };
    granted(
      await releaseText(world, { ...about, item: 'motivation', text: 'To teach is my wish.', sure: false }),
    );
    const item = documents[0]?.id;
    if (item) granted(await withholdCopy(world, { ...about, item, reason: 'MARKER seal' }));
  }
  await scene.toScoring();
  await secretaryHolds(world);
  const host = hosting(world, roundId);
  const [own, ...others] = applications;
  if (!own) throw new Error('Nobody applied.');
  granted(await host.invite({ atMost: '', applications: own.number }));
  granted(await host.join());
  granted(await reassignOpen(world, { by: secretary, roundId }));
  const site = aCommitteeSite(world);
  return { world, roundId, own, others, site, seat: await site.signIn(guest) };
};

const all = (world: World): readonly Route[] => {
  const deps = { ...world, people: memoryPeople(), publicOrigin: '', sendCode: async () => {} };
  return [...routes(deps), ...operations(deps)];
};

const addressOf = ({ path }: Route, ids: Partial<Record<string, string>>): string =>
  path
    .replaceAll(/:locale(\{[^}]*\})?/g, 'en')
    .replaceAll(/:(\w+)(\{[^}]*\})?/g, (_whole, name: string) => ids[name] ?? 'X');

describe('a guest', () => {
  it('opens the own items and no other address of the round', { timeout: 60_000 }, async () => {
    const { world, roundId, own, others, seat } = await aVisitedRound();
    const ids = { round: roundId, application: own.id, document: own.documents[0]?.id };
    const acting = all(world).filter(({ does }) => does !== undefined);
    const opened: string[] = [];
    let told = '';
    for (const route of acting.filter(({ method }) => method === 'GET')) {
      const { status, text } = await seat.get(addressOf(route, ids));
      expect(status).toBeLessThan(500);
      if (status === 200) opened.push(route.path.replaceAll(/\{[^}]*\}/g, ''));
      told += text;
    }

    expect(opened.toSorted()).toEqual([
      '/:locale/committee/rounds/:round/competences',
      '/:locale/committee/rounds/:round/own-scores',
      '/:locale/committee/rounds/:round/scoring',
      '/:locale/committee/rounds/:round/scoring/:application',
      '/:locale/committee/rounds/:round/scoring/:application/declining',
      '/:locale/committee/rounds/:round/scoring/:application/versions',
      '/:locale/guest',
      '/api/guest/rounds',
      '/api/rounds/:round/candidacies/:application/copies',
      '/api/rounds/:round/candidacies/:application/score',
      '/api/rounds/:round/candidacies/:application/score/versions',
      '/api/rounds/:round/competences',
      '/api/rounds/:round/scoring',
      '/api/rounds/:round/scoring/own',
    ]);
    expect(told).not.toMatch(/MARKER|Маркеров/);
    for (const { number, id } of others)
      expect([told.includes(number), told.includes(id)]).toEqual([false, false]);
    for (const { id } of [chair, ...members, secretary]) expect(told).not.toContain(id);
  });

  it('finds nothing where another application is asked for, and writes nothing', async () => {
    const { world, roundId, others, seat } = await aVisitedRound();
    const [other] = others;
    const ids = { round: roundId, application: other?.id, document: other?.documents[0]?.id };
    const commits = world.records.commits.length;
    const wrong: string[] = [];
    for (const route of all(world)) {
      if (!route.does || !route.path.includes(':application')) continue;
      const address = addressOf(route, ids);
      const { status } = await (route.method === 'GET'
        ? comeTo(seat, address)
        : address.startsWith('/api/')
          ? seat.send(route.method === 'PUT' ? 'PUT' : 'POST', address, { points: {} })
          : seat.post(address));
      if (status < 400) wrong.push(`${route.method} ${address} ${status}`);
    }

    expect(wrong).toEqual([]);
    expect(world.records.commits).toHaveLength(commits);
  });

  it('scores on the page of the card, declares a conflict there, and is led back to the own list', async () => {
    const { roundId, own, seat, world } = await aVisitedRound();
    const list = `/en/committee/rounds/${roundId}/scoring`;
    const card = `${list}/${own.id}`;

    const home = parse((await seat.get('/en/guest')).text);
    expect(home.querySelector(`a[href="${list}"]`)).not.toBeNull();
    const page = parse((await seat.get(card)).text);
    expect(page.text).toContain('To teach is my wish.');
    expect((await seat.post(card)).status).toBe(422);
    granted(await score({ world, roundId }, guest, own.id));
    expect((await seat.get(card)).text).toContain('100');
    const declared = await seat.post(`/en/committee/rounds/${roundId}/screening/${own.id}/conflict`);
    expect(declared.location).toBe(`${list}?done=screening.done.conflict`);
    expect((await seat.get(card)).status).toBe(403);
    expect((await seat.get(list)).text).not.toContain(own.number);
  });
});

describe('the secretary', () => {
  it('invites on the page, with what was typed wrongly coming back, and ends it', async () => {
    const { world, roundId, deliver, sent } = await aHostingScene();
    const site = aCommitteeSite(world);
    const seat = await site.signIn(secretary);
    const page = `/en/committee/rounds/${roundId}/guests`;
    const form = {
      name: 'Saule Guest',
      mail: 'saule@example.kz',
      region: 'KZ-35',
      locale: 'en',
      atMost: '2',
      'until-day': '20',
      'until-month': '10',
      'until-year': '2022',
    };

    expect((await seat.get(`/en/committee/rounds/${roundId}`)).text).toContain(page);
    const refused = await seat.post(page, { ...form, mail: 'saule' });
    expect(refused.status).toBe(422);
    expect(parse(refused.text).querySelector('#mail-error')?.text).toContain('e-mail address');
    expect(parse(refused.text).querySelector('input[name=name]')?.getAttribute('value')).toBe('Saule Guest');
    const invited = await seat.post(page, form);
    expect(invited.location).toBe(`${page}?done=guests.done.invited`);
    await deliver();
    expect(sent[0]?.text).toContain('https://irikteu.example/en/enrol#');
    const shown = (await seat.get(page)).text;
    for (const text of ['Saule Guest', 'Karaganda Region', '2 applications by lot', 'Invited']) {
      expect(shown).toContain(text);
    }
    expect((await seat.post(`${page}/1/letter`)).location).toBe(`${page}?done=guests.done.written`);
    expect((await seat.post(`${page}/1/ending`)).location).toBe(`${page}?done=guests.done.ended`);
    expect((await seat.post(`${page}/9/ending`)).status).toBe(404);
    expect((await (await site.signIn(chair)).get(page)).status).toBe(403);
  });

  it('does the same through the API, and sees how far the guest is', async () => {
    const { world, roundId, deliver, join, applications } = await aHostingScene();
    const site = aCommitteeSite(world);
    const seat = await site.signIn(secretary);
    const api = `/api/rounds/${roundId}/guests`;
    const invitation = {
      name: 'Saule Guest',
      mail: 'saule@example.kz',
      region: 'KZ-35',
      locale: 'en',
      applications: [applications[0]?.number],
      until: '2022-10-20',
    };

    expect((await seat.send('POST', api, { ...invitation, region: 'KZ-19' })).status).toBe(422);
    expect((await seat.send('POST', api, invitation)).status).toBe(204);
    await deliver();
    granted(await join());
    granted(await reassignOpen(world, { by: secretary, roundId }));
    const { guests } = JSON.parse((await seat.get(api)).text);
    expect(guests).toMatchObject([{ standing: 'scores', asked: [applications[0]?.number], given: 0 }]);
    const own = await site.signIn(guest);
    expect(JSON.parse((await own.get('/api/guest/rounds')).text).rounds).toMatchObject([{ roundId }]);
    const { progress } = JSON.parse((await seat.get(`/api/rounds/${roundId}/scoring`)).text);
    expect(progress).toContainEqual({ personId: guest.id, asked: 1, given: 0, sits: true, guest: 'KZ-35' });
    expect((await seat.get(`/en/committee/rounds/${roundId}/scoring`)).text).toContain(
      'guest, Karaganda Region',
    );
    expect((await seat.send('POST', `${api}/1/letter`)).status).toBe(409);
    expect((await seat.send('POST', `${api}/1/ending`)).status).toBe(204);
    expect((await own.get(`/api/rounds/${roundId}/scoring`)).status).toBe(404);
  });
});
