import { describe, expect, it } from 'vitest';
import { importRoundFile, importVacancies, listRounds, previewRound } from '#functions/commands/rounds.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { RoundId } from '#shared/domain/ids.ts';
import {
  aRoundFile,
  asUpload,
  roundFileBytes,
  roundFileText,
  vacancyBytes,
} from '#test/builders/round-file.ts';
import { aCallIn, aDraftIn, aWorld, administrator as by, granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const nobody = RoundId.parse('N0B0DY00000000000000');
const closesAt = at('2022-10-04T12:00');

describe('importing a round file', () => {
  it('drafts a round and keeps the very bytes', async () => {
    const world = aWorld();

    const { state } = granted(await importRoundFile(world, { by, file: roundFileBytes }));

    expect(state).toMatchObject({ stage: 'draft', region: 'KZ-19', plan: { intake: '2022-3', closesAt } });
    expect(state.plan.file).toBe(sha256Of(roundFileText));
    expect(await world.records.blob(state.plan.file)).toBe(roundFileText);
  });

  it('answers every fault with its place and stores nothing', async () => {
    const world = aWorld();
    const file = asUpload({ ...aRoundFile(), region: 'KZ-61', schemaVersion: 2 });

    const answer = await importRoundFile(world, { by, file });

    expect(answer).toMatchObject({
      error: {
        kind: 'invalid',
        faults: [
          { place: '/schemaVersion', line: 2 },
          { place: '/region', line: 3 },
        ],
      },
    });
    expect(world.records.commits).toEqual([]);
  });

  it('is refused when the bytes are not UTF-8', async () => {
    const answer = await importRoundFile(aWorld(), { by, file: Uint8Array.of(0x7b, 0xff, 0x7d) });

    expect(answer).toMatchObject({ error: { faults: [{ message: 'round-file.not-utf8' }] } });
  });

  it('pressed twice makes one draft', async () => {
    const world = aWorld();

    const first = granted(await importRoundFile(world, { by, file: roundFileBytes }));
    const second = granted(await importRoundFile(world, { by, file: roundFileBytes }));

    expect(second).toEqual(first);
    expect((await listRounds(world)).items).toHaveLength(1);
  });

  it('refuses another file for an intake that has its round', async () => {
    const world = aWorld();
    await aDraftIn(world);
    const file = asUpload({ ...aRoundFile(), summary: aRoundFile().title });

    expect(await importRoundFile(world, { by, file })).toEqual({
      ok: false,
      error: { kind: 'intake-taken', intake: '2022-3' },
    });
  });

  it('replaces the file of a draft, also under another intake label, which frees the old one', async () => {
    const world = aWorld();
    const roundId = await aDraftIn(world);

    granted(await importRoundFile(world, { by, roundId, file: asUpload(aRoundFile({ intake: '2022-4' })) }));
    const other = await importRoundFile(world, { by, file: roundFileBytes });

    expect(granted(await previewRound(world, roundId)).file.intake).toBe('2022-4');
    expect(other.ok).toBe(true);
  });

  it('does not take a label away from another round', async () => {
    const world = aWorld();
    await aDraftIn(world);
    const { id } = granted(
      await importRoundFile(world, { by, file: asUpload(aRoundFile({ intake: '2022-4' })) }),
    ).state;

    const answer = await importRoundFile(world, { by, roundId: id, file: roundFileBytes });

    expect(answer).toMatchObject({ error: { kind: 'intake-taken' } });
  });

  it('comes too late for an open call', async () => {
    const world = aWorld();
    const roundId = await aCallIn(world);

    const answer = await importRoundFile(world, { by, roundId, file: roundFileBytes });

    expect(answer).toEqual({ ok: false, error: { kind: 'wrong-stage', stage: 'call' } });
  });
});

describe('importing vacancies', () => {
  it('pins the register and shows it', async () => {
    const world = aWorld();
    const roundId = await aDraftIn(world);

    const view = granted(await previewRound(world, roundId));

    expect(view.vacancies).toHaveLength(438);
    expect(view.round.register).toMatchObject({ vacancies: 438, posts: 438 });
  });

  it('stores nothing when a column is wrong', async () => {
    const world = aWorld();
    const { id } = granted(await importRoundFile(world, { by, file: roundFileBytes })).state;
    const before = world.records.commits.length;
    const file = new TextEncoder().encode(new TextDecoder().decode(vacancyBytes).replace('posts', 'places'));

    const answer = await importVacancies(world, { by, roundId: id, file });

    expect(answer).toMatchObject({
      error: { faults: [{ message: 'vacancies.missing-column' }, { message: 'vacancies.unknown-column' }] },
    });
    expect(world.records.commits).toHaveLength(before);
  });

  it('of a round that does not exist is not found', async () => {
    expect(await importVacancies(aWorld(), { by, roundId: nobody, file: vacancyBytes })).toEqual({
      ok: false,
      error: { kind: 'not-found', what: 'round' },
    });
  });
});
