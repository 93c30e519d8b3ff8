import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { offerBoard } from '#functions/commands/offer-board.ts';
import { declineOffer } from '#functions/commands/offers.ts';
import { keepPartners } from '#functions/commands/partners.ts';
import { changed } from '#functions/commands/storing.ts';
import type { CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { isFinal, roundAggregate } from '#shared/domain/round-record.ts';
import type { Commit, Records } from '#shared/ports/records.ts';
import { aCommitteeSite, type Seat } from '#test/builders/committee-site.ts';
import { askNext, offerTo } from '#test/builders/offer-answers.ts';
import { madeAt } from '#test/builders/offered.ts';
import { aVacancy, type OffersScene, releasedIn, theAdministrator } from '#test/builders/offers.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { theSystem } from '#test/contracts/tally.ts';
import { type Engine, startEngine } from '#test/engine.ts';
import { constant, heading, inTurn, ratePerSecond, record } from './harness.ts';

const people = 10_000;
const posts = 424;
const runs = 5;

/** What a page, an answer and a step of a wave take of a round's people, beside reading the record of each. */
export const boards = async (): Promise<void> => {
  heading(`Boards of offers (${people.toLocaleString('en')} people, ${posts} posts, a DynamoDB engine)`);
  const engine = await startEngine();
  try {
    const { world, scene } = await seeded(engine);
    await page(world, scene);
    await answers(world, scene);
    await readings(engine, world, scene);
  } finally {
    await engine.stop();
  }
};

const isFirst = ({ changes }: Commit): boolean =>
  changes.every(({ expectedVersion }) => expectedVersion === 0);

/** A round of which everybody was scored and interviewed, and the first offers were made. */
const seeded = async (engine: Engine): Promise<{ world: World; scene: OffersScene }> => {
  const world = aWorld();
  const code = (index: number): string => `MAT-${String((index % posts) + 1).padStart(3, '0')}`;
  const contenders = Array.from({ length: people }, (_, index) => ({
    choices: [...new Set(Array.from({ length: 10 }, (_none, wish) => code(index * 7 + wish * wish * 31)))],
  }));
  const vacancies = Array.from({ length: posts }, (_, index) => aVacancy(code(index)));
  const scene = await releasedIn(world, contenders, vacancies);
  const records = dynamoRecords(engine);
  const { commits } = world.records;
  const first = commits.filter(isFirst);
  await ratePerSecond(first.length, 32, async (index) => {
    const commit = first[index];
    if (commit) granted(await records.commit(commit));
  });
  for (const commit of commits) if (!isFirst(commit)) granted(await records.commit(commit));
  await ratePerSecond(people, 32, (index) => judged(records, scene.people[index]?.applicationId ?? ''));
  const seededWorld = { ...world, records: { ...world.records, ...records } };
  const round = await finalIn(seededWorld, scene);
  const board = await offerBoard(seededWorld, round);
  await keepPartners(seededWorld, round, { contenders: board.contenders, by: theSystem });
  return { world: seededWorld, scene };
};

const finalIn = async ({ records }: World, { roundId }: OffersScene) => {
  const round = await records.find(roundAggregate, roundId);
  if (!round || !isFinal(round.state)) throw new Error('The round has no final results.');
  return round.state;
};

/** Scored by three and interviewed by two, on ten criteria. */
const judged = async (records: Records, id: string): Promise<void> => {
  const candidacy = await records.find(candidacyAggregate, id);
  const raters = ['A', 'B', 'C', 'D', 'E'].map((letter) => PersonId.parse(letter.repeat(20)));
  const points = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`criterion-${index}`, index]));
  const events = raters.map(
    (raterId, index): CandidacyEvent => ({
      type: index < 3 ? 'score-given' : 'scorecard-given',
      at: madeAt,
      score: { raterId, points, total: 71.5, at: madeAt },
    }),
  );
  const { change } = changed(candidacyAggregate, id, candidacy, events);
  granted(await records.commit({ by: theSystem, changes: [change] }));
};

/**
 * As if nobody and no partner was kept: boards are read from each record, as they were before there were views.
 * @param looks how often it is asked whether somebody was kept before a board is read: whoever makes offers asks once
 */
const eachRead = (world: World, looks = 0): World => {
  const { claimed } = world.records;
  let asked = 0;
  const reads: Pick<Records, 'claimed'> = {
    claimed: async (key) => {
      if (key.startsWith('partners#')) return undefined;
      if (!key.startsWith('contenders#')) return await claimed(key);
      asked += 1;
      return asked <= looks ? 'kept' : undefined;
    },
  };
  return { ...world, records: { ...world.records, ...reads } };
};

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

const goal = 'ratio at most 0.5';

/** One of ours and one of the former way after the other. */
const compared = async (
  world: World,
  what: string,
  work: (world: World) => Promise<number>,
  former: () => World,
): Promise<void> => {
  const [ours, figure] = await inTurn(
    runs,
    () => work(world),
    () => work(former()),
  );
  const against = { what: 'the same with the record of each', figure };
  record({ section: '1 allocation', what, unit: 'ms', ours, against, goal });
};

const page = async (world: World, { roundId }: OffersScene): Promise<void> => {
  const path = `/kk/manage/rounds/${roundId}/offers`;
  const seats = new Map<World, Seat>();
  const former = eachRead(world);
  for (const one of [world, former]) {
    const { id: _other, ...rest } = theAdministrator;
    const id = PersonId.parse(`ADM1N${seats.size}`.padEnd(20, '0'));
    seats.set(one, await aCommitteeSite(one).signIn({ id, ...rest }));
  }
  const seen = async (by: World): Promise<number> =>
    await timed(async () => {
      const answer = await seats.get(by)?.get(path);
      if (answer?.status !== 200) throw new Error(`The page answers ${answer?.status}.`);
    });
  await compared(world, 'the page of all offers, a hundred rows of each list', seen, () => former);
};

const answers = async (world: World, scene: OffersScene): Promise<void> => {
  let who = 0;
  const declined = async (by: World): Promise<number> => {
    const own = await offerTo(world, scene, who);
    who += 1;
    return await timed(async () => granted(await declineOffer(by, { ...own, reason: 'terms' })));
  };
  const asked = async (by: World): Promise<number> => {
    await declined(world);
    return await timed(async () => {
      if ((await askNext(by, scene)) === 0) throw new Error('Nobody was asked.');
    });
  };
  const letter = 'an offer declined, with the places on waiting lists in its letter';
  await compared(world, letter, declined, () => eachRead(world));
  await askNext(world, scene);
  await compared(world, 'a step of a wave: the next one asked', asked, () => eachRead(world, 1));
};

/** What a board reads, in calls to the tables and in bytes of items. */
const readings = async (engine: Engine, world: World, scene: OffersScene): Promise<void> => {
  const state = await finalIn(world, scene);
  const read = { calls: 0, bytes: 0 };
  engine.client.middlewareStack.add(
    (next) => async (asked) => {
      const answer = await next(asked);
      read.calls += 1;
      read.bytes += JSON.stringify(answer.output).length;
      return answer;
    },
    { step: 'initialize', name: 'counting' },
  );
  const of = async (by: World): Promise<typeof read> => {
    Object.assign(read, { calls: 0, bytes: 0 });
    await offerBoard(by, state);
    return { ...read };
  };
  const [ours, each] = [await of(world), await of(eachRead(world))];
  for (const unit of ['calls', 'bytes'] as const) {
    record({
      section: '1 allocation',
      what: `what a board reads, in ${unit}`,
      unit,
      ours: constant(ours[unit]),
      against: { what: 'the same with the record of each', figure: constant(each[unit]) },
      goal: 'ratio at most 0.1',
    });
  }
};
