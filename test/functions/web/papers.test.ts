import { beforeEach, describe, expect, it } from 'vitest';
import { orderMinutes } from '#functions/commands/minutes.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { drawPapers } from '#functions/papers/draw.ts';
import { noteDrawn } from '#functions/steps/minutes.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { aClosedRoundIn } from '#test/builders/closed-round.ts';
import { aCommitteeSite, type Seat } from '#test/builders/committee-site.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { administrator, aWorld, type World } from '#test/builders/scenes.ts';
import { auditor, chair, dana, secretary, stranger } from '#test/builders/selection.ts';

const school: Person = { kind: 'person', id: PersonId.parse('SCH001'.padEnd(20, '0')), role: 'school' };

const aClosed = async () => {
  const world = aWorld();
  const { roundId } = await aClosedRoundIn(world);
  const site = aCommitteeSite(world);
  return { world, roundId, site, page: `manage/rounds/${roundId}/papers` };
};

/** A pen that writes one line. */
const render = async ({ title }: { title: string }) => Buffer.from(title);

/** As the machine does. */
const drawnIn = async (world: World, roundId: Awaited<ReturnType<typeof aClosed>>['roundId']) => {
  const order = await orderMinutes({ ...world, people: memoryPeople() }, roundId);
  const drawn = await drawPapers({ papers: world.papers, render }, order);
  await noteDrawn(world, drawn);
  return drawn;
};

describe('the papers of a closed round', () => {
  let scene: Awaited<ReturnType<typeof aClosed>>;
  beforeEach(async () => {
    scene = await aClosed();
  });

  it('are being drawn, says their page, until they are there', async () => {
    const { site, page } = scene;
    const seat = await site.signIn(administrator);

    const said = await Promise.all(['kk', 'ru', 'en'].map((locale) => seat.get(`/${locale}/${page}`)));

    expect(said.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(said[2]?.text).toContain('The minutes are being drawn up.');
    expect((await seat.get(`/en/${page}/kk`)).status).toBe(404);
    const { text } = await seat.get(`/api/rounds/${scene.roundId}/minutes`);
    expect(JSON.parse(text)).toEqual({});
  });

  it('name each file with its SHA-256, and when they were drawn', async () => {
    const { site, page, world, roundId } = scene;
    const { files, sha256 } = await drawnIn(world, roundId);

    const { text } = await (await site.signIn(administrator)).get(`/ru/${page}`);

    expect(text).toContain('15 декабря 2022');
    for (const hash of [sha256, ...files.map((file) => file.sha256)]) expect(text).toContain(hash);
  });

  it.for([
    ['the administrator', administrator],
    ['the chair', chair],
    ['the secretary', secretary],
    ['a member', dana],
    ['the auditor', auditor],
  ] as const)('are opened by %s for a minute, and the reading is noted', async ([, person]) => {
    const { site, page, world, roundId } = scene;
    await drawnIn(world, roundId);
    const seat = await site.signIn(person);

    const opened = await seat.get(`/kk/${page}/ru`);
    const data = await seat.get(`/kk/${page}/data`);
    const told = JSON.parse((await seat.get(`/api/rounds/${roundId}/minutes/en`)).text);

    const folder = `https://storage.example/papers/${roundId}/minutes-1`;
    expect([opened.status, opened.location]).toEqual([
      303,
      `${folder}-ru.pdf?seconds=60&as=minutes-2022-3-1-ru.pdf`,
    ]);
    expect(data.location).toBe(`${folder}.json?seconds=60&as=minutes-2022-3-1.json`);
    expect(told).toEqual({
      url: `${folder}-en.pdf?seconds=60&as=minutes-2022-3-1-en.pdf`,
      seconds: 60,
    });
    const reads = await world.readLog.of(`round#${roundId}`);
    expect(reads.map(({ reader, what }) => [reader, what])).toEqual(
      Array.from({ length: 3 }, () => [person, 'minutes']),
    );
  });

  it.for([
    ['somebody without a seat', stranger, 404],
    ['a school', school, 403],
  ] as const)('are not for %s', async ([, person, status]) => {
    const { site, page, world, roundId } = scene;
    await drawnIn(world, roundId);
    const seat = await site.signIn(person);
    const asked = (path: string): ReturnType<Seat['get']> => seat.get(path);

    const answers = await Promise.all(
      [`/en/${page}`, `/en/${page}/kk`, `/api/rounds/${roundId}/minutes/kk`].map(asked),
    );

    expect(answers.map((answer) => answer.status)).toEqual([status, status, status]);
    expect(await world.readLog.of(`round#${roundId}`)).toEqual([]);
  });

  it('are linked where each of them looks at the round', async () => {
    const { site, page, roundId } = scene;
    const link = `href="/en/${page}"`;

    const from = async (person: Person, path: string) => (await (await site.signIn(person)).get(path)).text;

    expect(await from(administrator, `/en/manage/rounds/${roundId}`)).toContain(link);
    expect(await from(chair, `/en/committee/rounds/${roundId}`)).toContain(link);
    expect(await from(auditor, '/en/audit')).toContain(link);
  });
});
