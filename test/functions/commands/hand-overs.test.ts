import { describe, expect, it } from 'vitest';
import { searchConflicts } from '#functions/commands/conflict-search.ts';
import { fillPlaces } from '#functions/commands/open-places.ts';
import { assignRaters } from '#functions/commands/rater-drawing.ts';
import { declineApplication } from '#functions/commands/scoring.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { Fact } from '#shared/domain/event.ts';
import type { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import type { AssignmentRule } from '#shared/domain/rater-rule.ts';
import { aDisclosureIn, conflictsUpload } from '#test/builders/conflicts.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { listsLag } from '#test/builders/lagging-lists.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import {
  advanceIn,
  aScoringIn,
  aScreeningIn,
  candidacyOf,
  chair,
  dana,
  members,
  ratersOf,
  type Selection,
  secretary,
} from '#test/builders/selection.ts';

const everyone = [chair, ...members];
const source = { source: 'A test', confidence: 'unverified' as const, verifiedOn: '2026-11-26' };
const atMost = (most: number): AssignmentRule => ({ load: { atMost: most, ...source } });

const ratersWith = (rule: AssignmentRule) => ({ ...aRoundFile().raters, ...rule });

const loadsIn = async (
  world: World,
  { applications }: Pick<Selection, 'applications'>,
): Promise<number[]> => {
  const all = await Promise.all(applications.map(({ id }) => ratersOf(world, id)));
  return everyone.map((one) => all.flat().filter(({ id }) => id === one.id).length);
};

/** Two applications with two raters each, of five who score one at most. */
const aTightRound = async () => {
  const world = aWorld();
  const file = asUpload(aRoundFile({ raters: ratersWith(atMost(1)) }));
  const selection = await aScoringIn(world, [{}, {}], file);
  const { roundId } = selection;
  const [first, second] = selection.applications.map(({ id }) => id);
  if (!first || !second) throw new Error('Two applied.');
  const handBack = (applicationId: ApplicationId, by: Person) =>
    declineApplication(world, { by, roundId, applicationId, reason: 'I taught them' });
  return { world, ...selection, first, second, handBack };
};

describe('the greatest load of a rater', () => {
  it('is kept where two hand applications back at the same moment', async () => {
    const { world, first, second, handBack, ...selection } = await aTightRound();
    const one = nth(await ratersOf(world, first), 0);
    const other = nth(await ratersOf(world, second), 0);
    world.records.interfere(async () => granted(await handBack(second, other)));
    granted(await handBack(first, one));

    expect(await loadsIn(world, selection)).toEqual(everyone.map(() => expect.toBeOneOf([0, 1])));
    expect((await candidacyOf(world, first)).raters).toHaveLength(2);
    expect((await candidacyOf(world, second)).raters).toHaveLength(2);
  });

  it('is kept where a list does not show yet what was handed over just now', async () => {
    const { world, roundId, first, second, handBack, ...selection } = await aTightRound();
    listsLag(world);
    await assignRaters(world, roundId);
    granted(await handBack(first, nth(await ratersOf(world, first), 0)));
    granted(await handBack(second, nth(await ratersOf(world, second), 0)));

    expect(await loadsIn(world, selection)).toEqual(everyone.map(() => expect.toBeOneOf([0, 1])));
  });

  it('lets each hand back in turn, and asks nobody where nobody has room', async () => {
    const { world, first, second, handBack } = await aTightRound();
    const [one, two] = await ratersOf(world, first);
    if (!one || !two) throw new Error('Two rate it.');
    granted(await handBack(first, one));
    granted(await handBack(second, nth(await ratersOf(world, second), 0)));
    granted(await handBack(first, two));

    const raters = (await candidacyOf(world, first)).raters;
    expect(raters).not.toContain(one.id);
    expect(raters).not.toContain(two.id);
  });
});

const anAlikeRound = async (count: number, rule: AssignmentRule) => {
  const world = { ...aWorld(), people: memoryPeople() };
  const forms = Array.from({ length: count }, () => ({ employer: 'Лицей № 165, Талдықорған' }));
  const selection = await aScreeningIn(world, forms, conflictsUpload({ raters: ratersWith(rule) }));
  for (const by of [secretary, ...everyone]) await aDisclosureIn(world, by);
  await searchConflicts(world, selection.roundId);
  await advanceIn(world, selection.roundId);
  return { world, ...selection };
};

/** How often everything that is scored is read, which is once for each drawing. */
const drawingsIn = (world: World) => {
  const { find } = world.records;
  const read = new Map<string, number>();
  const noted = async <State, Event extends Fact>(...asked: Parameters<typeof find<State, Event>>) => {
    const [{ name }, id] = asked;
    if (name === candidacyAggregate.name) read.set(id, (read.get(id) ?? 0) + 1);
    return await find(...asked);
  };
  world.records.find = noted;
  return () => Math.min(...read.values());
};

describe('a search that finds many conflicts while scoring is open', () => {
  it('hands everything over by one drawing, to nobody in conflict and within the loads', async () => {
    const scene = await anAlikeRound(60, atMost(31));
    const { world, roundId, applications } = scene;
    const owned = await Promise.all(applications.map(({ id }) => ratersOf(world, id)));
    const danas = owned.filter((raters) => raters.some(({ id }) => id === dana.id)).length;
    await aDisclosureIn(world, dana, { employers: 'Лицей № 165, Талдықорған' });
    const drawings = drawingsIn(world);
    const commits = world.records.commits.length;
    await searchConflicts(world, roundId);

    expect(danas).toBeGreaterThan(20);
    expect(world.records.commits.length - commits).toBe(2);
    expect(drawings()).toBe(1);
    const after = await Promise.all(applications.map(({ id }) => candidacyOf(world, id)));
    expect(after.filter(({ raters }) => raters.length === 2 && !raters.includes(dana.id))).toHaveLength(60);
    expect(Math.max(...(await loadsIn(world, scene)))).toBeLessThanOrEqual(31);
    const replaced = await Promise.all(
      applications.map(async ({ id }) =>
        (await world.records.history(candidacyAggregate.name, id)).filter(
          ({ fact }) => fact.type === 'rater-replaced',
        ),
      ),
    );
    expect(replaced.flat().map(({ fact }) => fact['rater'])).toEqual(
      Array.from({ length: danas }, (): PersonId => dana.id),
    );
  });

  it('draws anew where somebody hands an application back in between', async () => {
    const scene = await anAlikeRound(60, atMost(31));
    const { world, roundId, applications } = scene;
    await aDisclosureIn(world, dana, { employers: 'Лицей № 165, Талдықорған' });
    const last = nth(applications, applications.length - 1).id;
    const by = (await ratersOf(world, last)).find(({ id }) => id !== dana.id);
    if (!by) throw new Error('Nobody else rates it.');
    world.records.interfere(async () => {
      granted(await declineApplication(world, { by, roundId, applicationId: last, reason: 'I taught them' }));
    });
    await searchConflicts(world, roundId);

    const after = await Promise.all(applications.map(({ id }) => candidacyOf(world, id)));
    expect(after.some(({ raters }) => raters.includes(dana.id))).toBe(false);
    expect((await candidacyOf(world, last)).raters).not.toContain(by.id);
    expect(Math.max(...(await loadsIn(world, scene)))).toBeLessThanOrEqual(31);
  });

  it('stores them while others hand back all the time, and the outbox finds who takes over', async () => {
    const scene = await anAlikeRound(60, atMost(31));
    const { world, roundId, applications } = scene;
    const { commit } = world.records;
    const others = await Promise.all(
      applications.map(async ({ id }) => [id, await ratersOf(world, id)] as const),
    );
    const free = others.filter(([, raters]) => raters.every(({ id }) => id !== dana.id)).slice(-6);
    await aDisclosureIn(world, dana, { employers: 'Лицей № 165, Талдықорған' });
    world.records.commit = async (wanted) => {
      const [applicationId, [by] = []] = (wanted.by.kind === 'system' && free.pop()) || [];
      if (!applicationId || !by) return await commit(wanted);
      granted(await declineApplication(world, { by, roundId, applicationId, reason: 'I taught them' }));
      return await commit(wanted);
    };
    await searchConflicts(world, roundId);
    world.records.commit = commit;

    expect((await loadsIn(world, scene))[everyone.indexOf(dana)]).toBe(0);
    const rows = [...world.records.outbox.values()].flatMap(({ body }) =>
      body.kind === 'find-raters' ? [body] : [],
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) await fillPlaces(world, row);
    for (const { id } of applications) {
      const { raters } = await candidacyOf(world, id);
      expect(new Set(raters).size).toBe(2);
      expect(raters).not.toContain(dana.id);
    }
    expect(Math.max(...(await loadsIn(world, scene)))).toBeLessThanOrEqual(31);
  });

  it('hands an application over once from two members in conflict', async () => {
    const { world, roundId, applications } = await anAlikeRound(31, atMost(31));
    const erlan = nth(members, 1);
    for (const by of [dana, erlan]) await aDisclosureIn(world, by, { employers: 'Лицей № 165, Талдықорған' });
    await searchConflicts(world, roundId);

    for (const { id } of applications) {
      const { raters } = await candidacyOf(world, id);
      expect(raters).toHaveLength(2);
      expect([dana.id, erlan.id].some((member) => raters.includes(member))).toBe(false);
    }
  });
});
