import { allocate } from '#shared/allocation/allocate.ts';
import { deferredAcceptance } from '#shared/allocation/deferred-acceptance.ts';
import type { Instance } from '#shared/allocation/instance.ts';
import type { Sides } from '#shared/allocation/market.ts';
import { memoryAlone, peerAlone } from './allocation-alone.ts';
import { answerOf, hashOf, namedCaps, sameAs } from './allocation-answers.ts';
import { fromScores, type Named, named, noCaps, treeOf } from './allocation-market.ts';
import { constant, heading, inTurn, record } from './harness.ts';
import { nestedCaps, regions, type Scored, scoredMarket, subjects } from './market.ts';
import { peer } from './peer.ts';
import { textbook } from './textbook.ts';
import { textbookUnderCaps } from './textbook-caps.ts';

const sizes = process.env['BENCH_MILLION'] ? [10_000, 100_000, 1_000_000] : [10_000, 100_000];
/** Runs of what takes a millisecond are many, or the runtime would still be compiling in most of them. */
const repeats = (applicants: number): number => Math.max(5, 1_000_000 / applicants);

/** Beyond this the textbook needs minutes and gigabytes. */
const textbookLimit = 100_000;

/** Beyond this the npm peer has a process of its own and so many seconds. */
const peerLimit = 10_000;
const peerSeconds = 300;

/** Megabytes that a process may hold that allocates a million, its market included. */
const mostMegabytes = 300;

/** Allocation beside a textbook's and an npm peer's on the same market, the answers compared by hash, and beside what the memory allows. */
export const run = async (): Promise<void> => {
  heading('Allocation (lists of 10, n / 10 vacancies, 1–60 seats)');
  for (const applicants of sizes) {
    const market = scoredMarket(applicants);
    if (applicants <= textbookLimit) {
      compareAnswers(market, applicants);
      besideTextbookUnderCaps(market, applicants);
      await besideTextbook(market, applicants);
      await namedBesideTextbook(market, applicants);
      if (applicants <= peerLimit) await namedBesidePeer(market, applicants);
      else await besidePeerAlone(market, applicants);
    }
    await besideMemory(market, applicants);
    await capsBesideNone(market, applicants);
  }
  await memoryAtMost();
};

const compareAnswers = (market: Scored, applicants: number): void => {
  const { sides, held } = fromScores(market, treeOf(noCaps, market));
  const ours = hashOf(answerOf(sides, held));
  const { residents, hospitals } = named(market);
  sameAs('the textbook', ours, hashOf(textbook(residents, hospitals)));
  if (applicants <= peerLimit) sameAs('hospital-resident', ours, hashOf(peer(residents, hospitals)));
};

/** No package on npm allocates under caps: beside it stands a textbook's way, once, which looks at every seat of a full cap. */
const besideTextbookUnderCaps = (market: Scored, applicants: number): void => {
  const caps = nestedCaps(market);
  const { sides, held } = fromScores(market, treeOf(caps, market));
  const { residents, hospitals } = named(market);
  const start = performance.now();
  const theirs = textbookUnderCaps(residents, hospitals, namedCaps(caps));
  const took = performance.now() - start;
  sameAs('the textbook under caps', hashOf(answerOf(sides, held)), hashOf(theirs));
  record({
    section: '1 allocation',
    what: `${applicants} applicants under nested caps, from raw scores to the result with its proof, once`,
    unit: 'ms',
    ours: constant(timed(() => fromScores(market, treeOf(caps, market)))),
    against: { what: 'objects and lists, each cap looked through, without proof', figure: constant(took) },
    goal: 'ratio at most 0.1',
  });
};

const timed = (work: () => unknown): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

const besideTextbook = async (market: Scored, applicants: number): Promise<void> => {
  const tree = treeOf(noCaps, market);
  const [ours, theirs] = await inTurn(
    5,
    () => timed(() => fromScores(market, tree)),
    () =>
      timed(() => {
        const { residents, hospitals } = named(market);
        textbook(residents, hospitals);
      }),
  );
  record({
    section: '1 allocation',
    what: `${applicants} applicants, from raw scores to the result with its proof`,
    unit: 'ms',
    ours,
    against: { what: 'Map and sort, without proof', figure: theirs },
    goal: 'ratio at most 0.1; 100,000 in 75 ms',
  });
};

const instanceOf = ({ residents, hospitals }: Named): Instance => ({
  applicants: residents,
  vacancies: hospitals.map((hospital) => Object.assign({ region: 'r', subject: 's' }, hospital)),
  caps: [],
  mechanism: 'applicant-proposing-deferred-acceptance',
});

const namedBesidePeer = async (market: Scored, applicants: number): Promise<void> => {
  const people = named(market);
  const instance = instanceOf(people);
  const [ours, theirs] = await inTurn(
    3,
    () => timed(() => allocate(instance)),
    () => timed(() => peer(people.residents, people.hospitals)),
  );
  record({
    section: '1 allocation',
    what: `${applicants} applicants, an instance with names to the checked answer`,
    unit: 'ms',
    ours,
    against: { what: 'npm hospital-resident, unchecked', figure: theirs },
    goal: 'ratio at most 0.1',
  });
};

/** The peer where it may not come to an end: its one run, or that there was none. */
const besidePeerAlone = async (market: Scored, applicants: number): Promise<void> => {
  const theirs = await peerAlone(applicants, peerSeconds);
  if (typeof theirs === 'string') {
    process.stdout.write(`  ${applicants} applicants, npm hospital-resident: no answer, ${theirs}\n`);
    return;
  }
  const { sides, held } = fromScores(market, treeOf(noCaps, market));
  sameAs('hospital-resident', hashOf(answerOf(sides, held)), theirs.answer);
  const instance = instanceOf(named(market));
  const ours = timed(() => allocate(instance));
  record({
    section: '1 allocation',
    what: `${applicants} applicants, an instance with names to the checked answer, once`,
    unit: 'ms',
    ours: constant(ours),
    against: {
      what: 'npm hospital-resident, unchecked, in its own process',
      figure: constant(theirs.milliseconds),
    },
    goal: 'ratio at most 0.1',
  });
};

const memoryAtMost = async (): Promise<void> => {
  const applicants = 1_000_000;
  const cost = await memoryAlone(applicants, peerSeconds);
  if (typeof cost === 'string') throw new Error(`A million applicants: ${cost}.`);
  record({
    section: '1 allocation',
    what: `${applicants} applicants with their market, at most in memory`,
    unit: 'MB',
    ours: constant(cost.megabytes),
    against: { what: 'the limit', figure: constant(mostMegabytes) },
    goal: 'ratio at most 1',
  });
};

const namedBesideTextbook = async (market: Scored, applicants: number): Promise<void> => {
  const { residents, hospitals } = named(market);
  const instance = instanceOf({ residents, hospitals });
  const [ours, theirs] = await inTurn(
    5,
    () => timed(() => allocate(instance)),
    () => timed(() => textbook(residents, hospitals)),
  );
  record({
    section: '1 allocation',
    what: `${applicants} applicants, an instance with names to the checked answer`,
    unit: 'ms',
    ours,
    against: { what: 'Map and sort, unchecked', figure: theirs },
    goal: 'ratio at most 0.5',
  });
};

const besideMemory = async (market: Scored, applicants: number): Promise<void> => {
  const tree = treeOf(noCaps, market);
  const { sides } = fromScores(market, tree);
  const lines = new Int32Array(16 * 1_250_000);
  const [ours, limit] = await inTurn(
    repeats(applicants),
    () => timed(() => deferredAcceptance(sides, tree)),
    () => timed(() => randomReads(lines, applicants * 7.6)),
  );
  record({
    section: '1 allocation',
    what: `${applicants} applicants, the mechanism alone`,
    unit: 'ms',
    ours,
    against: { what: '7.6 independent random reads in 80 MB for each', figure: limit },
    goal: 'ratio at most 2',
  });
};

/** @returns something that depends on every read, so that none is left out */
const randomReads = (numbers: Int32Array, count: number): number => {
  let state = 1;
  let sum = 0;
  for (let read = 0; read < count; read += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    sum += numbers[(state >>> 0) % numbers.length] ?? 0;
  }
  return sum;
};

const capsBesideNone = async (market: Scored, applicants: number): Promise<void> => {
  const tree = treeOf(noCaps, market);
  const capped = treeOf(nestedCaps(market), market);
  const sides: Sides = fromScores(market, capped).sides;
  const [ours, plain] = await inTurn(
    repeats(applicants),
    () => timed(() => deferredAcceptance(sides, capped)),
    () => timed(() => deferredAcceptance(sides, tree)),
  );
  record({
    section: '1 allocation',
    what: `${applicants} applicants, caps on ${regions} regions and ${subjects} subjects in each`,
    unit: 'ms',
    ours,
    against: { what: 'the same without caps', figure: plain },
    goal: 'ratio at most 2',
  });
};
