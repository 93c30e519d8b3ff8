import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contendersByRecord, contendersOf, keepContenders } from '#functions/commands/contenders.ts';
import { previewOffers } from '#functions/commands/offer-preview.ts';
import { declineOffer } from '#functions/commands/offers.ts';
import { changed } from '#functions/commands/storing.ts';
import type { CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { isFinal, roundAggregate } from '#shared/domain/round-record.ts';
import type { Commit, Records } from '#shared/ports/records.ts';
import { askNext, offerTo } from '#test/builders/offer-answers.ts';
import { aPlay, decline, made, move, type Play, wishes, withdraw } from '#test/builders/offer-moves.ts';
import { expiresAt, vacancyCode } from '#test/builders/offered.ts';
import { aVacancy, releasedIn, theAdministrator } from '#test/builders/offers.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { theSystem } from '#test/contracts/tally.ts';

const roundOf = async ({ world, scene }: Play) => {
  const round = await world.records.find(roundAggregate, scene.roundId);
  if (!round || !isFinal(round.state)) throw new Error('The round has no final results.');
  return round.state;
};

const keptIn = async (play: Play): Promise<string | undefined> => {
  const { id, decisions } = await roundOf(play);
  return await play.world.records.claimed(`contenders#${id}#${decisions.claims}`);
};

/** What boards show and what the records say. */
const bothOf = async (play: Play) => {
  const { records } = play.world;
  const round = await roundOf(play);
  const [shown, said] = [await contendersOf(records, round), await contendersByRecord(records, round)];
  return {
    shown: shown.map(({ id, state }) => ({ id, state })),
    said: said.map(({ id, state }) => ({ id, state })),
  };
};

const isKeeping = ({ claims = [] }: Commit): boolean =>
  claims.some(({ key }) => key.startsWith('contenders#'));

/** The world as a program of before views saw it: it stores none, and keeps nothing of everyone. */
const before = (world: World): World => {
  const commit: Records['commit'] = async (wanted) => {
    if (isKeeping(wanted)) return { ok: true, value: undefined };
    const changes = wanted.changes.map(({ view: _none, ...change }) => change);
    return await world.records.commit({ ...wanted, changes });
  };
  return { ...world, records: { ...world.records, commit } };
};

describe('those whom a board shows', () => {
  it('are as their records say after whatever happens, also what a program of before has written', async () => {
    await fc.assert(
      fc.asyncProperty(
        wishes,
        fc.array(move, { maxLength: 8 }),
        fc.array(move, { minLength: 2, maxLength: 12 }),
        async (people, old, moves) => {
          const world = aWorld();
          const play = await aPlay(people, before(world));
          for (const one of old) await made(play, one);
          expect(await keptIn(play)).toBeUndefined();
          const today = { ...play, world };
          for (const one of moves) {
            await made(today, one);
            const { shown, said } = await bothOf(today);
            expect(shown).toEqual(said);
          }
          await askNext(world, today.scene);
          expect(await keptIn(today)).toBeDefined();
          const { shown, said } = await bothOf(today);
          expect(shown).toEqual(said);
        },
      ),
      { numRuns: 40, seed: 20221114 },
    );
  });

  it('are so whatever is stored between the moment at which they are read to be kept and that at which they are', async () => {
    const world = aWorld();
    const play = await aPlay([['MAT-001'], ['MAT-002'], ['MAT-001']], before(world));
    const today = { ...play, world };
    world.records.interfere(async () => {
      await decline(today, 0);
      // Somebody else keeps them first.
      await keepContenders(today.world, await roundOf(today), theSystem);
      await withdraw(today, 1);
    });

    await keepContenders(world, await roundOf(today), theSystem);

    const { shown, said } = await bothOf(today);
    expect(shown.map(({ state }) => state.offers.map(({ status }) => status))).toEqual([
      ['declined'],
      ['closed'],
      [],
    ]);
    expect(shown).toEqual(said);
  });

  it('are found with what each of them chose and let go, whatever event it came by', async () => {
    const list = sha256Of('a list');
    const choices = [vacancyCode('MAT-002')];
    const events: CandidacyEvent[] = [
      { type: 'exchange-joined', at: expiresAt },
      { type: 'exchange-ranked', at: expiresAt, choices },
      { type: 'exchange-left', at: expiresAt },
      { type: 'elsewhere-joined', at: expiresAt, list, region: 'KZ-10' },
      { type: 'elsewhere-ranked', at: expiresAt, list, choices },
      { type: 'elsewhere-left', at: expiresAt, list },
      { type: 'candidacy-deferred', at: expiresAt, entryUntil: '2023-12-31' },
      { type: 'candidacy-withdrawn', at: expiresAt },
    ];
    const play = await aPlay([['MAT-001'], ['MAT-001']]);
    const id = play.scene.people[1]?.applicationId ?? '';
    for (const event of events) {
      const candidacy = await play.world.records.find(candidacyAggregate, id);
      const { change } = changed(candidacyAggregate, id, candidacy, [event]);
      granted(await play.world.records.commit({ by: theSystem, changes: [change] }));

      const { shown, said } = await bothOf(play);
      expect(shown).toEqual(said);
    }
  });

  it('cost nothing beside what offers do not follow from', async () => {
    const play = await aPlay([['MAT-001']]);
    const id = play.scene.people[0]?.applicationId ?? '';
    const candidacy = await play.world.records.find(candidacyAggregate, id);

    const { change } = changed(candidacyAggregate, id, candidacy, [
      { type: 'raters-assigned', at: expiresAt, raters: [] },
    ]);

    expect(change.view).toBeUndefined();
  });

  it('are read together: neither a board nor an answer reads the record of anybody else', async () => {
    const world = aWorld();
    const many = Array.from({ length: 40 }, () => ({ choices: ['MAT-001', 'MAT-002'] }));
    const scene = await releasedIn(world, many, [aVacancy('MAT-001'), aVacancy('MAT-002')]);
    const read: string[] = [];
    const find: typeof world.records.find = async (aggregate, id) => {
      if (aggregate.name === candidacyAggregate.name) read.push(id);
      return await world.records.find(aggregate, id);
    };
    const counting = { ...world, records: { ...world.records, find } };
    const own = await offerTo(world, scene, 0);

    granted(await previewOffers(counting, { by: theAdministrator, roundId: scene.roundId }));
    expect(read).toEqual([]);
    granted(await declineOffer(counting, { ...own, reason: 'terms' }));
    expect(new Set(read)).toEqual(new Set([own.applicationId]));
    // The second has the other post, and wanted this one more.
    await askNext(counting, scene);
    expect(new Set(read)).toEqual(new Set([own.applicationId, scene.people[1]?.applicationId]));
  });
});
