import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { everyOf } from '#functions/commands/every.ts';
import type { Application } from '#shared/domain/application.ts';
import { applicationAggregate, applicationsOf } from '#shared/domain/application-record.ts';
import { type HomeProcess, homeProcess } from '#test/journeys/home-process.ts';
import { cpuOf } from './cpu.ts';
import { constant, figureOf, heading, ratePerSecond, record } from './harness.ts';
import { type Prepared, prepare, type Ready } from './prepared.ts';
import { storeSubmissions } from './store.ts';

const inTime = 2000;
/** They press while the deadline passes: who is told of a receipt has one, who is refused has none. */
const onTheEdge = 200;
const atOnce = 16;
/** One in so many presses twice in the same instant, one in so many again later because no answer came. */
const everyTwice = 10;
const everyAgain = 15;

/** Two thousand people who submit in the last ten minutes, as fast as this machine goes, through the whole home. */
export const run = async (): Promise<void> => {
  heading(`Last minutes (${inTime} people, ${atOnce} at once, over HTTP, another process)`);
  const home = await homeProcess();
  await home.start();
  try {
    const prepared = await prepare(home, inTime + onTheEdge);
    const store = await storeSubmissions();
    const before = cpuOf(home.pid());
    const { rate, latencies } = await submitInTime(home, prepared.people.slice(0, inTime));
    await atRest(home.pid());
    const cpu = (cpuOf(home.pid()) - before) / inTime;
    const edge = await submitOnTheEdge(home, prepared, prepared.people.slice(inTime));
    await nothingLostOrDoubled(prepared, inTime + edge.accepted);
    print({ rate, latencies, store, edge, cpu });
  } finally {
    await home.remove();
  }
};

type Answered = { status: number; receipt: string | undefined; problem: string | undefined };

const Receipt = z.object({ sha256: z.string() });
const Problem = z.object({ type: z.string() }).catch({ type: 'no problem document' });

const press = async (home: HomeProcess, { applicationId, cookie }: Ready): Promise<Answered> => {
  const answer = await fetch(`${home.origin}/api/applications/${applicationId}/submission`, {
    method: 'POST',
    headers: { cookie, origin: home.origin, 'sec-fetch-site': 'same-origin' },
  });
  const body: unknown = await answer.json();
  return {
    status: answer.status,
    receipt: answer.ok ? Receipt.parse(body).sha256 : undefined,
    problem: answer.ok ? undefined : Problem.parse(body).type,
  };
};

const submitInTime = async (home: HomeProcess, people: readonly Ready[]) => {
  const latencies: number[] = [];
  const rate = await ratePerSecond(people.length, atOnce, async (index) => {
    const person = people[index];
    if (!person) throw new Error('There are fewer people than counted.');
    const start = performance.now();
    const first = press(home, person);
    const answers = [await first];
    latencies.push(performance.now() - start);
    if (index % everyTwice === 0)
      answers.push(...(await Promise.all([press(home, person), press(home, person)])));
    if (index % everyAgain === 0) answers.push(await press(home, person));
    const receipts = new Set(answers.map(({ receipt }) => receipt));
    if (receipts.size !== 1 || receipts.has(undefined)) {
      throw new Error(`Somebody was answered ${JSON.stringify(answers)}.`);
    }
  });
  return { rate, latencies };
};

/** Until it computes no more than a home does that waits: the letters of the last ones have left then. */
const atRest = async (pid: number): Promise<void> => {
  for (let busy = true; busy; ) {
    const before = cpuOf(pid);
    await sleep(2000);
    busy = cpuOf(pid) - before > 100;
  }
};

/** Half press before the clock moves over the deadline, a quarter while it does, and the last quarter after it has. */
const submitOnTheEdge = async (home: HomeProcess, { closesAt }: Prepared, people: readonly Ready[]) => {
  const answers: Answered[] = [];
  let passed: Promise<void> | undefined;
  await ratePerSecond(people.length, atOnce, async (index) => {
    if (index === people.length / 2) passed = home.operator.setClock(closesAt);
    if (index >= (people.length * 3) / 4) await passed;
    const person = people[index];
    if (person) answers.push(await press(home, person));
  });
  await passed;
  const accepted = answers.filter(({ receipt }) => receipt !== undefined).length;
  const refused = answers.filter(({ problem }) => problem === '/problems/too-late').length;
  if (accepted + refused !== people.length || refused === 0) {
    throw new Error(
      `On the edge: ${JSON.stringify(Object.groupBy(answers, ({ problem }) => problem ?? 'receipt'))}.`,
    );
  }
  return { accepted, refused };
};

/** In the record: as many submitted as were told so, each once, under a number of its own, before the deadline. */
const nothingLostOrDoubled = async (
  { deps, roundId, closesAt, people }: Prepared,
  told: number,
): Promise<void> => {
  const all = await everyOf(deps.records, applicationAggregate, applicationsOf(roundId));
  const submitted = all.map(({ state }) => state).filter(isSubmitted);
  const numbers = new Set(submitted.map(({ number }) => number));
  const late = submitted.filter(({ submittedAt }) => submittedAt >= closesAt);
  if (all.length !== people.length || submitted.length !== told || numbers.size !== told || late.length > 0) {
    throw new Error(
      `${submitted.length} of ${told} are submitted, ${numbers.size} numbers, ${late.length} late.`,
    );
  }
};

type Submitted = Extract<Application, { stage: 'submitted' }>;
const isSubmitted = (application: Application): application is Submitted => application.stage === 'submitted';

type Figures = {
  rate: number;
  latencies: readonly number[];
  store: { rate: number; cpu: number };
  edge: { accepted: number; refused: number };
  /** Milliseconds of the home and its engine for one submission, its letter, and what was pressed again. */
  cpu: number;
};

const print = ({ rate, latencies, store, edge, cpu }: Figures): void => {
  const section = '5 last minutes';
  record({
    section,
    what: `submissions by HTTP; ${edge.accepted} more in time on the edge of the deadline, ${edge.refused} refused as late, none lost or doubled`,
    unit: 'submissions/s',
    ours: constant(rate),
    against: { what: 'the same items in a transaction by the store alone', figure: constant(store.rate) },
    goal: 'submissions at least 0.6 of the store’s own transactions',
  });
  record({
    section,
    what: 'computing of home and engine for one submission and its letter',
    unit: 'ms of CPU',
    ours: constant(cpu),
    against: {
      what: 'of the engine and the client for its transaction alone',
      figure: constant(store.cpu),
    },
    goal: 'two cores of 600 s, of which 2,000 submissions take 5 %: 30 ms',
  });
  const sorted = latencies.toSorted((a, b) => a - b);
  record({
    section,
    what: `waiting for the receipt, p50 (p99 ${Math.round(sorted[Math.floor(sorted.length * 0.99)] ?? 0)} ms)`,
    unit: 'ms',
    ours: figureOf(latencies),
    against: { what: 'what a person does not notice', figure: constant(1000) },
    goal: 'ratio at most 1',
  });
  record({
    section,
    what: `share of capacity of ${inTime} submissions in ten minutes`,
    unit: '%',
    ours: constant((100 * inTime) / 600 / rate),
    against: { what: 'the goal', figure: constant(5) },
    goal: 'ratio at most 1',
  });
};
