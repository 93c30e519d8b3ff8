import { describe, expect, it } from 'vitest';
import { orderMinutes } from '#functions/commands/minutes.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { noteDrawn } from '#functions/steps/minutes.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { paperDataKey } from '#shared/ports/papers.ts';
import { aClosedRoundIn } from '#test/builders/closed-round.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aCallIn, administrator, aWorld, granted } from '#test/builders/scenes.ts';
import { auditor, chair } from '#test/builders/selection.ts';
import { cancelIn } from '#test/builders/told.ts';

const coordinator: Person = {
  kind: 'person',
  id: PersonId.parse('C00RD'.padEnd(20, '0')),
  role: 'coordinator',
};

/** A round that closed on 15 December 2022, with its minutes. */
const aReported = async () => {
  const world = aWorld();
  const { roundId } = await aClosedRoundIn(world);
  const order = await orderMinutes({ ...world, people: memoryPeople() }, roundId);
  await noteDrawn(world, { ...order, files: [] });
  return { world, roundId, order, site: aCommitteeSite(world) };
};

const cells = (text: string): string[] =>
  [...text.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, cell = '']) => cell);

describe('the half-yearly report', () => {
  it('counts a round in the half-year in which it closed, and in no other', async () => {
    const { site } = await aReported();
    const seat = await site.signIn(administrator);

    const second = cells((await seat.get('/en/report?half=2022-H2')).text);
    const first = await seat.get('/en/report?half=2022-H1');

    expect(second).toContain('2022-3');
    expect(second.slice(second.indexOf('Posts filled')).slice(0, 3)).toEqual(['Posts filled', '1', '1']);
    expect(second.slice(second.indexOf('Posts not filled')).slice(0, 2)).toEqual(['Posts not filled', '437']);
    expect(first.text).toContain('No round with minutes closed in this half-year.');
  });

  it.for([administrator, auditor, coordinator])(
    'is read by the $role, as page, file and from the API',
    async (person) => {
      const { site, roundId } = await aReported();
      const seat = await site.signIn(person);

      const page = await seat.get('/kk/report');
      const file = await seat.get('/ru/report.csv?half=2022-H2');
      const told = JSON.parse((await seat.get('/api/reports/2022-H2')).text);

      expect(page.text).toContain('Толтырылмаған лауазым');
      expect(file.text.split('\r\n')[1]).toMatch(
        /^KZ-19\/2022-3;15 декабря 2022[^;]*;438;7;1;1;1;1;0;0;1;2;1;0;1;437;0;1;0;0;0$/,
      );
      expect(told.rounds).toMatchObject([{ id: roundId, counts: { posts: 438, filled: 1 } }]);
      expect(told.sum).toEqual(told.rounds[0].counts);
    },
  );

  it('is linked from the rounds of administrators, and from every page of those who only read', async () => {
    const { site } = await aReported();

    expect((await (await site.signIn(administrator)).get('/kk/manage')).text).toContain('href="/kk/report"');
    expect((await (await site.signIn(coordinator)).get('/kk/calls')).text).toContain('href="/kk/report"');
  });

  it('is not for the committee, and an address that is no half-year is not found', async () => {
    const { site } = await aReported();

    expect((await (await site.signIn(chair)).get('/en/report')).status).toBe(403);
    expect((await (await site.signIn(auditor)).get('/api/reports/2022-H3')).status).toBe(404);
  });

  it('names what it does not count: drawing, cancelled, running', async () => {
    const world = aWorld();
    await aClosedRoundIn(world);
    const site = aCommitteeSite(world);
    const seat = await site.signIn(administrator);
    const { text } = await seat.get('/api/reports/2022-H2');

    expect(JSON.parse(text)).toMatchObject({ rounds: [], drawing: [{ intake: '2022-3' }], running: [] });
    expect((await seat.get('/en/report?half=2022-H2')).text).toContain(
      'once their minutes are drawn: 2022-3',
    );
  });

  it('counts nothing of a cancelled round', async () => {
    const world = aWorld();
    const roundId = await aCallIn(world);
    const seat = await aCommitteeSite(world).signIn(administrator);
    const running = JSON.parse((await seat.get('/api/reports/2022-H2')).text);
    granted(await cancelIn(world, roundId, 'No money.'));

    const { cancelled, sum } = JSON.parse((await seat.get('/api/reports/2022-H2')).text);

    expect(running.running).toMatchObject([{ stage: 'call' }]);
    expect(cancelled).toMatchObject([{ id: roundId, stage: 'cancelled' }]);
    expect(sum.posts).toBe(0);
  });

  it('counts minutes of another version, of which it knows only what it counts', async () => {
    const world = aWorld();
    const { roundId } = await aClosedRoundIn(world);
    const order = await orderMinutes({ ...world, people: memoryPeople() }, roundId);
    const key = paperDataKey(roundId, order.name);
    const data = JSON.parse(new TextDecoder().decode(world.papers.stored.get(key)));
    const { seats: _seats, gates: _gates, ...kept } = data;
    const text = JSON.stringify({ ...kept, schemaVersion: 7, added: 'later' });
    world.papers.stored.set(key, new TextEncoder().encode(text));
    await noteDrawn(world, { ...order, sha256: sha256Of(text), files: [] });

    const answer = await (await aCommitteeSite(world).signIn(administrator)).get('/api/reports/2022-H2');

    expect(JSON.parse(answer.text).rounds).toMatchObject([
      { counts: { posts: 438, filled: 1, unfilled: 437 } },
    ]);
  });

  it('says that posts for people of other regions were not decided on, rather than none', async () => {
    const world = aWorld();
    const { roundId } = await aClosedRoundIn(world);
    const order = await orderMinutes({ ...world, people: memoryPeople() }, roundId);
    const key = paperDataKey(roundId, order.name);
    const data = JSON.parse(new TextDecoder().decode(world.papers.stored.get(key)));
    const own = { at: data.madeAt, posts: 2, people: 1 };
    const text = JSON.stringify({ ...data, elsewhere: { handed: [], own } });
    world.papers.stored.set(key, new TextEncoder().encode(text));
    await noteDrawn(world, { ...order, sha256: sha256Of(text), files: [] });
    const seat = await aCommitteeSite(world).signIn(administrator);
    const shown = cells((await seat.get('/en/report?half=2022-H2')).text);
    const told = JSON.parse((await seat.get('/api/reports/2022-H2')).text);

    const label = 'Posts proposed to people of other regions (as known when the round closed)';
    expect(shown.slice(shown.indexOf(label)).slice(0, 3)).toEqual([label, 'not decided', 'not decided']);
    expect((await seat.get('/ru/report.csv?half=2022-H2')).text).toMatch(/;не решено\r\n/);
    expect(told.rounds[0].counts).not.toHaveProperty('givenElsewhere');
  });

  it('is refused rather than told from data that are not those of the minutes', async () => {
    const { world, site, roundId, order } = await aReported();
    world.papers.stored.set(paperDataKey(roundId, order.name), Buffer.from('{}'));

    expect((await (await site.signIn(administrator)).get('/en/report?half=2022-H2')).status).toBe(500);
  });
});
