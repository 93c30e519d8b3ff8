import { expect, it } from 'vitest';
import { offerBoard } from '#functions/commands/offer-board.ts';
import { makeNextOffers } from '#functions/commands/offer-making.ts';
import { keepPartners, keepPartnersIn, partnersOn } from '#functions/commands/partners.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { aClosedRoundIn } from '#test/builders/closed-round.ts';
import { correctedResultsIn } from '#test/builders/corrected-offers.ts';
import { madeAt } from '#test/builders/offered.ts';
import { anOffersRoundIn, aVacancy, type OffersScene, releasedIn } from '#test/builders/offers.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { aWorld, type World } from '#test/builders/scenes.ts';
import { theSystem } from '#test/contracts/tally.ts';

/** Puts the form of one of the people in its place, as it was submitted. */
const answered = async (world: World, { people }: OffersScene, index: number, partner?: string) => {
  const id = people[index]?.applicationId;
  const application = id && (await world.records.find(applicationAggregate, id));
  const ref = application && 'form' in application.state && application.state.form;
  if (!ref) throw new Error(`Nobody has submitted form ${index}.`);
  const body = {
    fullName: `N ${index}`,
    subjects: ['mathematics'],
    languages: ['kk'],
    consent: true,
    consentVersion: '1',
    ...(partner && { partnerApplies: 'yes', partner }),
  };
  await world.records.commit({ by: theSystem, changes: [], documents: [{ ref, body, salt: '00' }] });
};

const boardIn = async (world: World, { roundId }: OffersScene, file: RoundFile) => {
  const round = await world.records.find(roundAggregate, roundId);
  if (!round || !('decisions' in round.state)) throw new Error('The round has no results.');
  const { state } = round;
  return { ...(await offerBoard(world, state)), file, round: { state } };
};

/** How many forms are read while something is done. */
const formsRead = async (world: World, work: (world: World) => Promise<unknown>): Promise<number> => {
  let read = 0;
  const document: World['records']['document'] = async (ref) => {
    read += 1;
    return await world.records.document(ref);
  };
  await work({ ...world, records: { ...world.records, document } });
  return read;
};

it('the board of offers names partners by number, and never what was typed', async () => {
  const world = aWorld();
  const scene = await anOffersRoundIn(world, [{ choices: [] }, { choices: [] }, { choices: [] }]);
  await answered(world, scene, 0, 'kz19-aaaa-0001');
  await answered(world, scene, 1, 'KZ19-AAAA-0000');
  await answered(world, scene, 2, 'Жанар Ахметова');

  const pairs = await partnersOn(world, await boardIn(world, scene, aRoundFile()));

  expect(pairs).toEqual([
    { number: 'KZ19-AAAA-0000', partner: 'KZ19-AAAA-0001', isMutual: true },
    { number: 'KZ19-AAAA-0001', partner: 'KZ19-AAAA-0000', isMutual: true },
    { number: 'KZ19-AAAA-0002', isMutual: false },
  ]);
});

it('no form is read for it in a round that does not ask', async () => {
  const world = aWorld();
  const scene = await anOffersRoundIn(world, [{ choices: [] }]);
  await answered(world, scene, 0, 'KZ19-AAAA-0000');
  const questions = aRoundFile().questions.filter(({ code }) => code !== 'partner');

  expect(await partnersOn(world, await boardIn(world, scene, aRoundFile({ questions })))).toEqual([]);
});

it('forms are read once for everybody, and who withdrew since is nobody’s partner', async () => {
  const world = aWorld();
  const scene = await anOffersRoundIn(world, [{ choices: [] }, { choices: [] }, { choices: [] }]);
  await answered(world, scene, 0, 'Жанар, KZ19-AAAA-0001');
  await answered(world, scene, 1, 'KZ19-AAAA-0000');
  await answered(world, scene, 2, 'Жанар Ахметова');
  const keep = async (by: World) => {
    const board = await boardIn(by, scene, aRoundFile());
    await keepPartners(by, board.round.state, { contenders: board.contenders, by: theSystem });
  };
  const before = await partnersOn(world, await boardIn(world, scene, aRoundFile()));

  expect(await formsRead(world, keep)).toBe(3);
  expect(await formsRead(world, keep)).toBe(0);
  const board = await boardIn(world, scene, aRoundFile());
  expect(await formsRead(world, async (by) => expect(await partnersOn(by, board)).toEqual(before))).toBe(0);
  // Nothing that was typed is kept, but for the numbers.
  const { id, decisions } = board.round.state;
  const kept = await world.records.claimed(`partners#${id}#${decisions.claims}`);
  expect(await world.records.blob(kept ?? '')).not.toContain('Жанар');

  const contenders = board.contenders.map((one, index) =>
    index === 1 ? { ...one, state: { ...one.state, withdrawnAt: madeAt } } : one,
  );
  expect(await partnersOn(world, { ...board, contenders })).toEqual([
    { number: 'KZ19-AAAA-0000', isMutual: false },
    { number: 'KZ19-AAAA-0002', isMutual: false },
  ]);
});

it('are kept before the first wave: a round that comes to its offers asks for it, and no offer goes out by that', async () => {
  const world = aWorld();
  const { roundId } = await aClosedRoundIn(world);
  const rows = world.records.commits.map(({ outbox = [] }) => outbox.map(({ body }) => body));
  const decided = rows.find((bodies) => bodies.some((body) => body.kind === 'publish-results'));
  const offers = aWorld();
  const scene = await anOffersRoundIn(offers, [{ choices: ['MAT-001'] }], [aVacancy('MAT-001')]);
  await answered(offers, scene, 0, 'Жанар Ахметова');
  const asked = { roundId: scene.roundId, by: theSystem };

  expect(decided).toContainEqual({ kind: 'make-offers', roundId });
  expect(await makeNextOffers(offers, asked)).toBe(0);
  await keepPartnersIn(offers, asked);
  expect(
    await formsRead(offers, async (by) => {
      expect(await partnersOn(by, await boardIn(by, scene, aRoundFile()))).toHaveLength(1);
    }),
  ).toBe(0);
});

it('once a wave is made the board reads no form, also after a correction let somebody in', async () => {
  const world = aWorld();
  const wantsOne = { choices: ['MAT-001'] };
  const people = [wantsOne, { ...wantsOne, stops: true as const }];
  const scene = await releasedIn(world, people, [aVacancy('MAT-001')]);
  await answered(world, scene, 0, 'KZ19-AAAA-0001');
  await answered(world, scene, 1, 'KZ19-AAAA-0000');
  const keep = (by: World) => keepPartnersIn(by, { roundId: scene.roundId, by: theSystem });
  const pairs = async (by: World) => await partnersOn(by, await boardIn(by, scene, aRoundFile()));

  expect(await formsRead(world, keep)).toBe(1);
  expect(await formsRead(world, keep)).toBe(0);
  expect(await formsRead(world, pairs)).toBe(0);
  await correctedResultsIn(world, scene, [1, 0]);
  expect(await formsRead(world, keep)).toBe(2);
  expect(await formsRead(world, pairs)).toBe(0);
  expect((await pairs(world)).map(({ number, isMutual }) => [number, isMutual])).toEqual([
    ['KZ19-AAAA-0001', true],
    ['KZ19-AAAA-0000', true],
  ]);
});
