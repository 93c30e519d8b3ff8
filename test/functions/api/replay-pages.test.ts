import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { replayedPath } from '#functions/api/replay-pages.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import type { ApplicationId, RoundId } from '#shared/domain/ids.ts';
import { theAdministrator } from '#test/builders/offers.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { auditor, chair, committeeChangedIn, secretary, stranger } from '#test/builders/selection.ts';
import { aWatchedRoundIn, programOf } from '#test/builders/watched-round.ts';

/** Addresses of today that have one in the past. */
const paths = [
  '/api/rounds/:round/gate',
  '/api/rounds/:round/candidacies',
  '/api/rounds/:round/candidacies/:application',
  '/api/rounds/:round/candidacies/:application/timeline',
  '/api/rounds/:round/scoring',
  '/api/rounds/:round/lists/scores',
  '/api/rounds/:round/lists/scores?part=interviews',
  '/api/rounds/:round/lists/ranking',
  '/api/rounds/:round/interviews',
  '/api/rounds/:round/panels',
  '/api/rounds/:round/claims',
  '/api/rounds/:round/offers',
  '/api/rounds/:round/capacities',
  '/api/calls/:round/results',
  '/api/calls/:round/vacancies',
];

type Asked = { who: string; path: string; moment: string };
type Seen = Asked & { status: number; text: string };

/** A whole round, and what everybody was answered after every transaction. */
const played = async () => {
  const world = aWorld();
  const readers = new Map<string, ReturnType<typeof programOf>>(
    [theAdministrator, auditor, chair, secretary].map((one) => [one.role, programOf(world, one)]),
  );
  const seen: Seen[] = [];
  let round: { roundId: RoundId; applicationId: ApplicationId } | undefined;
  const ask = (who: string, address: string) => {
    const path = address
      .replace(':round', round?.roundId ?? '')
      .replace(':application', round?.applicationId ?? '');
    return readers.get(who)?.(path) ?? { status: 0, text: '', link: null };
  };
  await aWatchedRoundIn(world, async (of) => {
    round = of;
    const moment = world.clock.now();
    for (const who of readers.keys()) {
      for (const path of paths) {
        const { status, text } = await ask(who, path);
        seen.push({ who, path, moment, status, text });
      }
    }
  });
  if (!round) throw new Error('Nobody looked at the round.');
  const again = ({ who, path, moment }: Asked) => ask(who, replayedPath(path).replace(':until', moment));
  return { world, ...round, seen, ask, again, readers };
};

let given: Awaited<ReturnType<typeof played>>;
beforeAll(async () => {
  given = await played();
}, 120_000);

/** Not for secretaries. */
const offers = new Set(['/api/rounds/:round/offers', '/api/rounds/:round/capacities']);

/** Members of an object have another order in a snapshot than in events. */
const sorted = (text: string): string => canonicalJson(JSON.parse(text));

describe('what a program was answered on any day', () => {
  it('is answered again once the round is over, and nobody is answered more', {
    timeout: 120_000,
  }, async () => {
    const wrong: string[] = [];
    const answers = changedAmong(given.seen);
    for (const one of answers) {
      const { status, text } = await given.again(one);
      const isSame = one.status === 200 ? status === 200 && sorted(text) === sorted(one.text) : status >= 400;
      if (!isSame) wrong.push(`${one.who} ${one.path} ${one.moment}: ${one.status}, then ${status}`);
    }

    expect(wrong).toEqual([]);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(300);
    for (const path of paths) {
      expect(
        given.seen.some((one) => one.path === path && one.status === 200),
        path,
      ).toBe(true);
    }
  });

  it('is reached from one change to the one before, with none left out', { timeout: 60_000 }, async () => {
    const boards = given.seen.filter(
      ({ who, path, status }) => who === 'auditor' && path.endsWith('/offers') && status === 200,
    );
    const changes = changedAmong(boards);
    const visited = new Set<string>();
    let next: string | undefined = boards.at(-1)?.moment;
    while (next !== undefined && visited.size < 500) {
      visited.add(next);
      const { link } = await given.again({ who: 'auditor', path: '/api/rounds/:round/offers', moment: next });
      next = link?.match(/replay\/([^/]+)\/offers>; rel="prev"/)?.[1];
    }

    expect(changes.length).toBeGreaterThan(5);
    expect(changes.map(({ moment }) => moment).filter((moment) => !visited.has(moment))).toEqual([]);
  });
});

/** Answers that somebody had not had before at the same address, and their first and last ones. */
const changedAmong = (seen: readonly Seen[]): Seen[] =>
  [...Map.groupBy(seen, ({ who, path }) => `${who} ${path}`).values()].flatMap((own) =>
    own.filter(({ text }, index) => text !== own[index - 1]?.text || index === own.length - 1),
  );

/** What there was to be seen last at an address, by somebody. */
const lastSeen = (who: string, path: string, holding = ''): Seen => {
  const found = given.seen.findLast(
    (one) => one.who === who && one.path === path && one.status === 200 && one.text.includes(holding),
  );
  if (!found) throw new Error(`${who} never saw ${path}.`);
  return found;
};

describe('whoever looks back', () => {
  const candidacies = '/api/rounds/:round/candidacies';
  const claims = '/api/rounds/:round/claims';

  it('is told which moments there are', async () => {
    for (const moment of ['yesterday', '2030-01-01T00:00:00.000Z', '2021-01-01T00:00:00.000Z']) {
      const { status, text } = await given.again({ who: 'auditor', path: candidacies, moment });
      expect([moment, status]).toEqual([moment, 422]);
      expect(text).toContain('until');
    }
  });

  it('has a seat today, and had it then', async () => {
    const { world, roundId, readers } = given;
    const before = lastSeen('secretary', claims);
    const late = { ...secretary, id: stranger.id };
    readers.set('late', programOf(world, late));
    const now = world.clock.now();
    const seat = { personId: late.id, seat: 'secretary' } as const;
    expect((await given.again({ ...before, who: 'late' })).status).toBe(404);
    await committeeChangedIn(world, roundId, [{ type: 'seat-given', at: now, roundId, ...seat }]);

    expect((await given.again({ ...before, who: 'late' })).status).toBe(404);
    world.clock.pass(60);
    expect((await given.again({ ...before, who: 'late', moment: world.clock.now() })).status).toBe(200);
  });

  it('sees at no moment what a conflict of interest closes by now', async () => {
    const { world, roundId, applicationId } = given;
    const one = lastSeen('chair', `${candidacies}/:application/timeline`);
    const { number } = Timeline.parse(JSON.parse(one.text));
    const list = lastSeen('chair', candidacies, number);
    const ranking = lastSeen('chair', '/api/rounds/:round/lists/ranking', number);
    const declared = { memberId: chair.id, applicationId } as const;
    const now = world.clock.now();
    await committeeChangedIn(world, roundId, [{ type: 'conflict-declared', at: now, ...declared }]);

    expect((await given.again(list)).text).not.toContain(number);
    expect((await given.again(one)).text).toContain('conflict-of-interest');
    const walled = (await given.again(ranking)).text;
    expect(walled).not.toContain(number);
    expect(walled).toContain('"walled":"conflict"');
    expect((await given.again({ ...list, who: 'secretary' })).text).toContain(number);
  });

  it('reads no text that was erased since', { timeout: 60_000 }, async () => {
    const before = lastSeen('secretary', claims);
    expect(before.text).toContain('Баллы за стаж');
    given.world.records.documents.clear();

    const { status, text } = await given.again(before);
    expect(status).toBe(200);
    expect(text).not.toContain('Баллы за стаж');
    for (const path of paths) {
      const who = offers.has(path) ? 'auditor' : 'secretary';
      const answer = await given.again(lastSeen(who, path));
      expect([path, answer.status]).toEqual([path, 200]);
    }
  });
});

const Timeline = z.object({ number: z.string() });
