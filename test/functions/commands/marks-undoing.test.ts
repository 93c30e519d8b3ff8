import { describe, expect, it } from 'vitest';
import {
  askUndoing,
  confirmUndoing,
  refuseUndoing,
  undoingPreview,
  withdrawUndoing,
} from '#functions/commands/marks-undoing.ts';
import { marksHistory } from '#functions/commands/marks-views.ts';
import { marksAggregate } from '#shared/domain/marks.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import {
  aFile,
  aMarkedScoring,
  drawnUp,
  imported,
  listIn,
  type MarksScene,
  scoreAll,
  undoingAsked,
} from '#test/builders/marks-scene.ts';
import { administrator, granted } from '#test/builders/scenes.ts';
import { chair, members, ratersOf, score, secretary } from '#test/builders/selection.ts';

const test = [90, 55, 70, 40] as const;
const essay = [18, 9, 14, 'absent'] as const;
const reason = 'The list of another round.';

/** Scored, with an essay that counts, a test, and a correction of it. */
const corrected = async (count = 4) => {
  const scene = await aMarkedScoring(count);
  await scoreAll(scene, false);
  await imported(scene, aFile(scene, essay, 'essay'));
  const first = await imported(scene, aFile(scene, test));
  const second = await imported(scene, aFile(scene, [0, 95, 0, 100]));
  return { scene, first, second };
};

const historyIn = async ({ world, roundId }: MarksScene) =>
  granted(await marksHistory(world, { by: chair, roundId })).imports;

const typesIn = async ({ world, roundId }: MarksScene) =>
  (await world.records.history('marks', roundId)).map(({ fact }) => fact.type).slice(6);

describe('undoing marks that count', () => {
  it('takes two people: until the second has confirmed, they count on', async () => {
    const { scene, first, second } = await corrected();
    const { world, roundId } = scene;
    const { command } = await undoingAsked(scene, second, reason);

    expect(await historyIn(scene)).toMatchObject([
      { number: second, countsAt: ['test'], asked: [{ status: 'waiting', said: reason }] },
      { number: first, countsAt: [] },
      {},
    ]);
    expect(await confirmUndoing(world, { ...command, by: secretary })).toEqual({
      ok: false,
      error: { kind: 'second-person-needed' },
    });
    granted(await confirmUndoing(world, command));
    expect(await historyIn(scene)).toMatchObject([
      {
        number: second,
        status: 'undone',
        countsAt: [],
        asked: [{ status: 'done', by: secretary.id, ended: { by: administrator.id }, said: reason }],
      },
      { number: first, countsAt: ['test'] },
      {},
    ]);
    granted(await drawnUp(scene));
    expect((await listIn(scene)).standings.map(({ marks }) => marks?.['test'])).toEqual([90, 70, 55, 40]);
    expect((await world.records.find(marksAggregate, roundId))?.state.imports).toHaveLength(3);
  });

  it('shows whose outcome changes and what counts again, to who asks as to who confirms', async () => {
    const { scene, first, second } = await corrected();
    const { world, roundId, numbers } = scene;
    const before = granted(await undoingPreview(world, { by: secretary, roundId, import: second }));
    const { preview } = await undoingAsked(scene, second, reason);

    expect(before.again).toMatchObject([{ criterion: 'test', import: { number: first } }]);
    expect(
      preview.run.outcomes
        .concat(preview.run.totals)
        .map(({ number }) => number)
        .toSorted(),
    ).toEqual(numbers.toSorted());
    expect(preview.run.outcomes).toEqual(before.run.outcomes);
    expect([...preview.run.outcomes, ...preview.run.totals][0]).toMatchObject({
      number: numbers[0],
      after: { rank: 1 },
    });
    expect(preview).toMatchObject({ unmarked: 0, run: { unscored: 0, whole: 4 } });
  });

  it('says who would have no mark at all, where no file came before', async () => {
    const { scene } = await corrected();
    const { world, roundId } = scene;
    const preview = granted(await undoingPreview(world, { by: secretary, roundId, import: 1 }));

    expect(preview.again).toEqual([{ criterion: 'essay', import: undefined }]);
    expect(preview.unmarked).toBe(4);
    expect(preview.run.outcomes.map(({ after }) => after)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is confirmed as it was shown: another score or another file means looking again', async () => {
    const { scene, second } = await corrected();
    const { world, applications } = scene;
    const { command } = await undoingAsked(scene, second, reason);
    const application = nth(applications, 0).id;
    for (const by of await ratersOf(world, application)) granted(await score(scene, by, application));

    const rescored = await confirmUndoing(world, command);
    const again = granted(await undoingPreview(world, command));
    expect(again.digest === command.shown ? rescored.ok : !rescored.ok).toBe(true);
    const shown = again.digest;
    await imported(scene, aFile(scene, [10, 20, 30, 45]));
    expect(await confirmUndoing(world, { ...command, shown })).toEqual({
      ok: false,
      error: { kind: 'changed-meanwhile' },
    });
  });

  it('needs a reason, and a file that counts', async () => {
    const { scene, second } = await corrected();
    const { world, roundId } = scene;
    const asking = { by: secretary, roundId, import: second };

    expect(await askUndoing(world, { ...asking, reason: ' ' })).toMatchObject({
      error: { kind: 'reason-needed' },
    });
    expect(await askUndoing(world, { ...asking, import: 9, reason })).toMatchObject({
      error: { kind: 'not-found' },
    });
    expect(await undoingPreview(world, { ...asking, import: 9 })).toMatchObject({
      error: { kind: 'not-found' },
    });
  });

  it('is not for those who vote', async () => {
    const { scene, second } = await corrected();
    const { world, roundId } = scene;
    const { command } = await undoingAsked(scene, second, reason);
    const voting = { ...nth(members, 0), role: 'administrator' } as const;

    expect(await askUndoing(world, { by: chair, roundId, import: second, reason })).toMatchObject({
      error: { kind: 'not-allowed' },
    });
    for (const answer of [confirmUndoing, withdrawUndoing]) {
      expect(await answer(world, { ...command, by: voting })).toMatchObject({
        error: { kind: 'not-allowed' },
      });
    }
    expect(await undoingPreview(world, { ...command, by: voting })).toMatchObject({
      error: { kind: 'not-allowed' },
    });
  });
});

describe('a request to undo marks', () => {
  it('is withdrawn by who asked and by nobody else; then it can be asked anew', async () => {
    const { scene, second } = await corrected();
    const { world, roundId } = scene;
    const { command } = await undoingAsked(scene, second, reason);

    expect(await withdrawUndoing(world, command)).toMatchObject({ error: { kind: 'not-allowed' } });
    granted(await withdrawUndoing(world, { ...command, by: secretary }));
    granted(await withdrawUndoing(world, { ...command, by: secretary }));
    expect(await confirmUndoing(world, command)).toMatchObject({ error: { kind: 'changed-meanwhile' } });
    const anew = await undoingAsked(scene, second, 'Another reason.');
    expect(anew.command.shown).not.toBe(command.shown);
    expect(await confirmUndoing(world, command)).toMatchObject({ error: { kind: 'changed-meanwhile' } });
    expect(await typesIn({ ...scene, roundId })).toEqual([
      'marks-undoing-asked',
      'marks-undoing-withdrawn',
      'marks-undoing-asked',
    ]);
  });

  it('is refused by another person with a reason, which the history shows', async () => {
    const { scene, second } = await corrected();
    const { world, roundId } = scene;
    const { command } = await undoingAsked(scene, second, reason);
    const answer = { by: administrator, roundId, import: second, reason: 'The list is right.' };

    expect(await refuseUndoing(world, { ...answer, reason: '' })).toMatchObject({
      error: { kind: 'reason-needed' },
    });
    expect(await refuseUndoing(world, { ...answer, by: secretary })).toMatchObject({
      error: { kind: 'second-person-needed' },
    });
    granted(await refuseUndoing(world, answer));
    granted(await refuseUndoing(world, answer));
    expect(await confirmUndoing(world, command)).toMatchObject({ error: { kind: 'changed-meanwhile' } });
    expect((await historyIn(scene))[0]).toMatchObject({
      countsAt: ['test'],
      asked: [{ status: 'refused', answer: 'The list is right.' }],
    });
  });

  it('of two people at once is one; the second is sent to look at it', async () => {
    const { scene, second } = await corrected();
    const { world, roundId } = scene;
    const asking = { roundId, import: second, reason };
    world.records.interfere(() => askUndoing(world, { by: administrator, ...asking }));

    expect(await askUndoing(world, { by: secretary, ...asking })).toEqual({
      ok: false,
      error: { kind: 'changed-meanwhile' },
    });
    granted(await askUndoing(world, { by: administrator, ...asking }));
    expect(await typesIn(scene)).toEqual(['marks-undoing-asked']);
  });

  it('withdrawn while it is being confirmed is not confirmed', async () => {
    const { scene, second } = await corrected();
    const { world } = scene;
    const { command } = await undoingAsked(scene, second, reason);
    world.records.interfere(() => withdrawUndoing(world, { ...command, by: secretary }));

    expect(await confirmUndoing(world, command)).toEqual({ ok: false, error: { kind: 'changed-meanwhile' } });
    expect((await historyIn(scene))[0]?.countsAt).toEqual(['test']);
  });

  it('is confirmed once by a double click', async () => {
    const { scene, second } = await corrected();
    const { world } = scene;
    const { command } = await undoingAsked(scene, second, reason);
    world.records.interfere(() => confirmUndoing(world, command));

    granted(await confirmUndoing(world, command));
    expect(await typesIn(scene)).toEqual(['marks-undoing-asked', 'marks-undone']);
  });

  it('waits no longer than until a proposal lies on the table', async () => {
    const { scene, second } = await corrected();
    const { world } = scene;
    const { command } = await undoingAsked(scene, second, reason);
    world.records.interfere(() => drawnUp(scene));

    expect(await confirmUndoing(world, command)).toEqual({ ok: false, error: { kind: 'proposal-on-table' } });
  });
});

it('marks that one person undid before a second one was asked for stay readable', () => {
  const at = '2026-11-20T04:00:00.000Z';
  const by = secretary.id;
  const undone = marksAggregate.event.parse({ type: 'marks-undone', at, by, import: 1 });
  const state = marksAggregate.snapshot.parse({
    roundId: '0'.repeat(20),
    imports: [
      {
        number: 1,
        sha256: 'a'.repeat(64),
        file: 'b'.repeat(64),
        criteria: ['test'],
        count: 1,
        sum: 1,
        suspicions: 0,
        by,
        at,
        status: 'confirmed',
        confirmed: { by: administrator.id, at },
      },
    ],
  });

  expect(marksAggregate.evolve(state, undone).imports).toEqual([
    { ...state.imports[0], status: 'undone', endedAt: at },
  ]);
});
