import * as z from 'zod';
import { apply } from '#infra/demo/applicant.ts';
import { openRound, readCall } from '#infra/demo/call.ts';
import { syntheticApplicant } from '#infra/demo/people.ts';
import { fileFor } from '#infra/demo/round-file.ts';
import { playRound } from '#infra/demo/whole-round.ts';
import { expectJson, httpClient } from '#infra/rehearsal/http-client.ts';
import { enrol, signIn } from '#infra/rehearsal/sign-in.ts';
import { type HomeProcess, homeProcess } from '#test/journeys/home-process.ts';
import { constant, heading, record } from './harness.ts';
import { type Priced, priced, prices } from './prices.ts';

/** The 44 people of October 2022 (infra/data/almaty-2022-3.round.json). */
const applicants = 44;

const nothing = (): void => {};

type Usage = Record<Priced, number>;

/** What a round would cost on AWS: every call of a home that plays it, counted on the wire and priced. */
export const run = async (): Promise<void> => {
  heading('Cost on AWS: counted calls of a rehearsal, list prices of us-east-1, US dollars');
  const home = await homeProcess();
  await home.start();
  const file = await fileFor(home.operator);
  await home.operator.setClock(new Date(file.start).toISOString());
  const one = await oneApplicant(home, file.text);
  table('One applicant, from signing in to the receipt, with documents, over the API', one, 1);

  const before = await usageOf(home);
  const people = Array.from({ length: applicants }, (_, index) => syntheticApplicant(index + 1));
  const rehearsal = {
    operator: home.operator,
    origin: home.origin,
    act: <T>(work: () => Promise<T>) => work(),
  };
  await playRound(rehearsal, { file: await fileFor(home.operator), people, say: nothing, applied: nothing });
  const whole = between(before, await usageOf(home));
  table(`A whole round, for each of its ${applicants} applicants`, whole, applicants);
  const each = dollarsOf(whole) / applicants;
  const orchestration = (whole.transition * prices.transition.dollars) / applicants;
  record({
    section: '7 cost',
    what: 'one application through a whole round, everything but letters',
    unit: 'µ$',
    ours: constant((each - (whole.letter * prices.letter.dollars) / applicants) * 1e6),
    against: { what: 'the limit', figure: constant(150) },
    goal: 'ratio at most 1',
  });
  record({
    section: '7 cost',
    what: 'orchestration of one application',
    unit: 'µ$',
    ours: constant(orchestration * 1e6),
    against: { what: 'everything else of it', figure: constant((each - orchestration) * 1e6) },
    goal: 'ratio at most 0.05 in a round of thousands; a round has a fixed number of transitions besides',
  });
  await home.remove();
};

const oneApplicant = async (home: HomeProcess, text: string): Promise<Usage> => {
  const person = { mail: 'first@example.kz', locale: 'ru', role: 'administrator' };
  const { client } = await enrol(home.operator, home.origin, person);
  const call = await readCall(client, await openRound(client, text));
  const applicant = syntheticApplicant(0);
  const before = await usageOf(home);
  await apply(await signIn(home.operator, home.origin, applicant), call, applicant);
  return between(before, await usageOf(home));
};

/** What was set off comes to rest first: the call's execution starts, the receipt's letter goes out. */
const atRest = async ({ operator }: HomeProcess): Promise<void> => {
  const { now } = await operator.health();
  await operator.setClock(new Date(Date.parse(now) + 1000).toISOString());
};

/**
 * An estimate: 15 ms of 1 GB for each invocation, warm, most of it spent waiting for the tables (PERFORMANCE 7). What a
 * worker thread of a busy machine takes says nothing of Lambda.
 */
const gigabyteSecondsEach = 0.015;

const Counts = z.record(z.string(), z.number());
const Executions = z.array(z.looseObject({ name: z.string() }));
const History = z.array(z.looseObject({ type: z.string() }));

const usageOf = async (home: HomeProcess): Promise<Usage> => {
  await atRest(home);
  const client = httpClient(home.operator.url);
  const counts = await expectJson(client, '/usage', {}, Counts);
  const of = (...names: string[]): number => names.reduce((sum, name) => sum + (counts[name] ?? 0), 0);
  const requests = Object.keys(counts).filter((name) => /^lambda\..*\.requests$/.test(name));
  return {
    httpRequest: of('lambda.Web.requests', 'lambda.Api.requests'),
    lambdaRequest: of(...requests),
    gigabyteSecond: of(...requests) * gigabyteSecondsEach,
    writeUnit: of('dynamodb.writeUnits'),
    readUnit: of('dynamodb.readUnits'),
    transition: await transitionsOf(client),
    storagePut: of('s3.PUT', 's3.POST'),
    storageGet: of('s3.GET', 's3.HEAD'),
    letter: of('ses.letters'),
    logByte: of('logs.bytes'),
  };
};

/** States that were entered, and one for each start; retries are entered again. */
const transitionsOf = async (client: ReturnType<typeof httpClient>): Promise<number> => {
  let transitions = 0;
  for (const { name } of await expectJson(client, '/executions', {}, Executions)) {
    const path = `/executions/${encodeURIComponent(name)}/history`;
    const events = await expectJson(client, path, {}, History);
    transitions += 1 + events.filter(({ type }) => type.endsWith('StateEntered')).length;
  }
  return transitions;
};

const between = (before: Usage, after: Usage): Usage => {
  const used = { ...after };
  for (const name of priced) used[name] = after[name] - before[name];
  return used;
};

const dollarsOf = (usage: Usage): number =>
  priced.reduce((sum, name) => sum + usage[name] * prices[name].dollars, 0);

const line = (what: string, amount: string, dollars: number): string =>
  `  ${what.padEnd(38)}${amount.padStart(12)}${(dollars * 1e6).toFixed(1).padStart(12)} µ$`;

const table = (title: string, usage: Usage, count: number): void => {
  const rows = priced.map((name) => {
    const amount = usage[name] / count;
    return line(prices[name].what, amount.toFixed(amount < 10 ? 2 : 0), amount * prices[name].dollars);
  });
  const sum = line('in all', '', dollarsOf(usage) / count);
  process.stdout.write(`${[`  ${title}:`, ...rows, sum].join('\n')}\n`);
};
