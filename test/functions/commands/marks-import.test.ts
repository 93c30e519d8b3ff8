import { describe, expect, it } from 'vitest';
import { bringMarks, confirmImport, refuseImport } from '#functions/commands/marks-import.ts';
import { askUndoing } from '#functions/commands/marks-undoing.ts';
import { marksHistory, marksPreview } from '#functions/commands/marks-views.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import {
  aFile,
  aMarkedScoring,
  bring,
  drawnUp,
  imported,
  scoreAll,
  shownOf,
} from '#test/builders/marks-scene.ts';
import { administrator, granted } from '#test/builders/scenes.ts';
import { chair, committeeChangedIn, members, ratersOf, score, secretary } from '#test/builders/selection.ts';

const test = [90, 55, 70, 40] as const;
const essay = [18, 9, 14, 'absent'] as const;

describe('a file of marks', () => {
  it('counts for nothing until somebody else has confirmed it', async () => {
    const scene = await aMarkedScoring();
    const { world, roundId } = scene;
    await scoreAll(scene);
    const number = await bring(scene, aFile(scene, test));

    expect(await drawnUp(scene)).toEqual({ ok: false, error: { kind: 'marks-needed', remaining: 4 } });
    const { command } = await shownOf(scene, number, secretary);
    expect(await confirmImport(world, command)).toEqual({
      ok: false,
      error: { kind: 'second-person-needed' },
    });
    expect(granted(await marksHistory(world, { by: chair, roundId })).imports).toMatchObject([
      { number: 1, status: 'waiting', count: 4, sum: 255, criteria: ['test'], countsAt: [] },
    ]);
  });

  it('with faults changes nothing and keeps nothing', async () => {
    const scene = await aMarkedScoring();
    const { world, roundId } = scene;
    const commits = world.records.commits.length;
    const brought = aFile(scene, [90, 55, 70, 101]);

    expect(await bringMarks(world, { by: secretary, roundId, ...brought })).toMatchObject({
      error: { kind: 'invalid', faults: [{ line: 5, column: 3, message: 'marks.fault.range' }] },
    });
    expect(world.records.commits).toHaveLength(commits);
  });

  it('brought twice is one; another one takes the place of what waits', async () => {
    const scene = await aMarkedScoring();
    const { world, roundId } = scene;

    expect(await bring(scene, aFile(scene, test))).toBe(1);
    expect(await bring(scene, aFile(scene, test), administrator)).toBe(1);
    expect(await bring(scene, aFile(scene, [90, 55, 70, 41]))).toBe(2);
    const { imports } = granted(await marksHistory(world, { by: secretary, roundId }));
    expect(imports.map(({ status }) => status)).toEqual(['waiting', 'replaced']);
  });

  it('that still counts changes nothing when it comes again, and says which import it is', async () => {
    const scene = await aMarkedScoring();
    const { world, roundId } = scene;
    const first = await imported(scene, aFile(scene, test));
    await imported(scene, aFile(scene, essay, 'essay'));

    expect(granted(await bringMarks(world, { by: secretary, roundId, ...aFile(scene, test) }))).toEqual({
      number: first,
      isKnown: true,
    });
  });

  it('whose place another took waits anew when it comes again', async () => {
    const scene = await aMarkedScoring();
    const { world, roundId } = scene;
    await imported(scene, aFile(scene, test));
    await imported(scene, aFile(scene, [90, 55, 70, 41]));

    expect(granted(await bringMarks(world, { by: secretary, roundId, ...aFile(scene, test) }))).toEqual({
      number: 3,
      isKnown: false,
    });
    granted(await confirmImport(world, (await shownOf(scene, 3)).command));
    const { imports } = granted(await marksHistory(world, { by: secretary, roundId }));
    expect(imports.map(({ number, countsAt }) => [number, countsAt])).toEqual([
      [3, ['test']],
      [2, []],
      [1, []],
    ]);
  });

  it('is for those who do not score: neither members nor who holds a seat beside another role', async () => {
    const scene = await aMarkedScoring();
    const { world, roundId } = scene;
    const brought = { roundId, ...aFile(scene, test) };
    const voting = { ...nth(members, 0), role: 'administrator' } as const;

    expect(await bringMarks(world, { by: chair, ...brought })).toMatchObject({
      error: { kind: 'not-allowed' },
    });
    expect(await bringMarks(world, { by: voting, ...brought })).toMatchObject({
      error: { kind: 'not-allowed' },
    });
    await bring(scene, aFile(scene, test));
    expect(await marksPreview(world, { by: voting, roundId, import: 1 })).toMatchObject({
      error: { kind: 'not-allowed' },
    });
  });

  it('cannot come while a proposal lies on the table', async () => {
    const scene = await aMarkedScoring();
    const { world, roundId } = scene;
    await scoreAll(scene);
    await imported(scene, aFile(scene, test));
    await imported(scene, aFile(scene, essay, 'essay'));
    granted(await drawnUp(scene));

    expect(await bringMarks(world, { by: secretary, roundId, ...aFile(scene, [1, 2, 3, 5]) })).toMatchObject({
      error: { kind: 'proposal-on-table' },
    });
    expect(await askUndoing(world, { by: secretary, roundId, import: 1, reason: 'Wrong.' })).toMatchObject({
      error: { kind: 'proposal-on-table' },
    });
  });
});

describe('the second person', () => {
  it('is shown whose outcome would change, by number, and confirms what was shown', async () => {
    const scene = await aMarkedScoring();
    const { world, applications } = scene;
    await scoreAll(scene, false);
    await imported(scene, aFile(scene, essay, 'essay'));
    const number = await bring(scene, aFile(scene, [100, 100, 0, 0]));
    const { preview, command } = await shownOf(scene, number);

    expect(preview.run.outcomes).toHaveLength(4);
    expect(preview.run.outcomes[0]).toMatchObject({
      number: scene.numbers[0],
      after: { outcome: 'goes-on', rank: 1 },
    });
    expect(preview.run.unscored).toBe(0);

    const by = nth(await ratersOf(world, nth(applications, 2).id), 0);
    granted(await score(scene, by, nth(applications, 2).id));
    expect(await confirmImport(world, command)).toMatchObject({ error: { kind: 'changed-meanwhile' } });
    const again = await shownOf(scene, number);
    granted(await confirmImport(world, again.command));
    granted(await confirmImport(world, again.command));
  });

  it('says why, where something is odd', async () => {
    const scene = await aMarkedScoring();
    const { world } = scene;
    await imported(scene, aFile(scene, test));
    const events = await world.records.history('marks', scene.roundId);
    expect(events.map(({ fact }) => fact.type)).toEqual(['marks-proposed', 'marks-confirmed']);

    const many = await aMarkedScoring(10);
    const { preview, command } = await shownOf(
      many,
      await bring(
        many,
        aFile(
          many,
          Array.from({ length: 10 }, () => 60),
        ),
      ),
    );
    expect(preview.oddities).toMatchObject([{ kind: 'spike', percent: 100 }]);
    expect(await confirmImport(many.world, command)).toMatchObject({ error: { kind: 'reason-needed' } });
    granted(await confirmImport(many.world, { ...command, reason: 'A test of one question.' }));
    const { imports } = granted(await marksHistory(many.world, { by: secretary, roundId: many.roundId }));
    expect(imports[0]?.said).toBe('A test of one question.');
  });

  it('is told what was odd about the order of the rows, which is not kept with the marks', async () => {
    const scene = await aMarkedScoring(8);
    const numbers = scene.numbers.toSorted();
    const rows = [
      ...numbers.filter((_, place) => place % 2 === 1),
      ...numbers.filter((_, place) => place % 2 === 0),
    ];
    const file = aFile({ ...scene, numbers: rows }, [95, 90, 85, 80, 75, 70, 65, 60]);
    const { preview, command } = await shownOf(scene, await bring(scene, file));

    expect(preview.marks).toMatchObject({ suspicions: 1, rowOrder: [{ kind: 'ranked', criterion: 'test' }] });
    expect(preview.oddities).toEqual([{ kind: 'ranked', correlation: -1, criterion: 'test' }]);
    expect(await confirmImport(scene.world, command)).toMatchObject({ error: { kind: 'reason-needed' } });
    granted(await confirmImport(scene.world, { ...command, reason: 'They send the list by rank.' }));
  });

  it('may send the file back, with a reason', async () => {
    const scene = await aMarkedScoring();
    const { world, roundId } = scene;
    const number = await bring(scene, aFile(scene, test));
    const { command } = await shownOf(scene, number);
    const refusal = { by: administrator, roundId, import: number };

    expect(await refuseImport(world, { ...refusal, reason: ' ' })).toMatchObject({
      error: { kind: 'reason-needed' },
    });
    granted(await refuseImport(world, { ...refusal, reason: 'Not signed.' }));
    granted(await refuseImport(world, { ...refusal, reason: 'Not signed.' }));
    expect(await confirmImport(world, command)).toMatchObject({ error: { kind: 'changed-meanwhile' } });
    expect(await refuseImport(world, { ...refusal, import: 7, reason: 'x' })).toMatchObject({
      error: { kind: 'not-found' },
    });
  });
});

describe('two people at once', () => {
  it('confirm an import once', async () => {
    const scene = await aMarkedScoring();
    const { world } = scene;
    const { command } = await shownOf(scene, await bring(scene, aFile(scene, test)));
    world.records.interfere(() => confirmImport(world, command));

    granted(await confirmImport(world, command));
    expect(await world.records.history('marks', scene.roundId)).toHaveLength(2);
  });
});

it('a secretary who leaves imports no more', async () => {
  const scene = await aMarkedScoring();
  const { world, roundId } = scene;
  await committeeChangedIn(world, roundId, [
    { type: 'seat-left', at: world.clock.now(), personId: secretary.id },
  ]);

  expect(await bringMarks(world, { by: secretary, roundId, ...aFile(scene, test) })).toMatchObject({
    error: { kind: 'not-found' },
  });
});
