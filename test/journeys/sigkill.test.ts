import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { apply } from '#infra/demo/applicant.ts';
import { openRound, readCall } from '#infra/demo/call.ts';
import { syntheticApplicant } from '#infra/demo/people.ts';
import { readIntakeFile } from '#infra/demo/round-file.ts';
import { expectJson, type HttpClient, UnexpectedAnswer } from '#infra/rehearsal/http-client.ts';
import { enrol, signIn } from '#infra/rehearsal/sign-in.ts';
import { type HomeProcess, homeProcess } from './home-process.ts';
import { insist, killRepeatedly } from './kill.ts';
import { seeded } from './random.ts';

/** `npm run soak` does the full count of the whole round; a plain run does what the first half promises. */
const kills = process.env['SOAK'] ? 200 : 20;
const seed = process.env['SEED'] ?? 'irikteu';
const atOnce = 3;
const atLeast = 44;

let home: HomeProcess;

beforeAll(async () => {
  home = await homeProcess();
  await home.start();
});

afterAll(() => home.remove());

/** Whoever was cut off often has asked for many codes; an hour later they may ask again. */
const patientSignIn = async (
  { operator, origin }: HomeProcess,
  person: { mail: string; locale: string },
): Promise<HttpClient> => {
  try {
    return await signIn(operator, origin, person);
  } catch (error) {
    if (error instanceof UnexpectedAnswer && error.status === 429) {
      const { now } = await operator.health();
      await operator.setClock(new Date(Date.parse(now) + 3_660_000).toISOString());
    }
    throw error;
  }
};

it(`loses and doubles nothing when it is killed ${kills} times while people apply (seed ${seed})`, async () => {
  const { operator, origin } = home;
  const file = await readIntakeFile();
  await operator.setClock(new Date(file.start).toISOString());
  const administrator = await enrol(operator, origin, {
    mail: 'administrator@example.kz',
    locale: 'ru',
    role: 'administrator',
  });
  const round = await openRound(administrator.client, file.text);
  const call = await readCall(administrator.client, round);

  const killing = { over: false };
  const killer = killRepeatedly(home, kills, seeded(seed)).finally(() => {
    killing.over = true;
  });
  const acknowledged = new Map<string, { id: string; number: string; sha256: string }>();
  let next = 0;
  const lane = async (): Promise<void> => {
    while (!killing.over || next < atLeast) {
      const person = syntheticApplicant(next);
      next += 1;
      let client: HttpClient | undefined;
      const applied = await insist(async () => {
        client ??= await patientSignIn(home, person);
        try {
          return await apply(client, call, person);
        } catch (error) {
          // An hour's jump of the clock may have ended the session.
          if (error instanceof UnexpectedAnswer && error.status === 401) client = undefined;
          throw error;
        }
      });
      acknowledged.set(person.mail, applied);
    }
  };
  await Promise.all([killer, ...Array.from({ length: atOnce }, lane)]);

  const Mine = z.object({
    applications: z.array(
      z.object({ id: z.string(), number: z.string(), stage: z.string(), receipt: z.string() }),
    ),
  });
  for (const [mail, { id, number, sha256 }] of acknowledged) {
    const client = await insist(() => patientSignIn(home, { mail, locale: 'en' }));
    const { applications } = await expectJson(client, '/api/applications', {}, Mine);
    expect(applications).toEqual([{ id, number, stage: 'submitted', receipt: sha256 }]);
  }
  // The outbox catches up with what a kill cut off: after a minute its sweep has been.
  const { now } = await operator.health();
  await operator.setClock(new Date(Date.parse(now) + 130_000).toISOString());
  const letters = await operator.letters();
  for (const [mail, { number }] of acknowledged) {
    const theirs = letters.filter(({ to, text }) => to === mail && text.includes(number));
    expect(theirs, `letters to ${mail}`).toHaveLength(1);
  }
  expect(new Set(letters.map(({ id }) => id)).size).toBe(letters.length);

  await operator.setClock(new Date(Date.parse(file.closesAt) - 1000).toISOString());
  await home.kill();
  await home.start();
  await operator.setClock(new Date(Date.parse(file.closesAt) + 60_000).toISOString());
  await home.kill();
  await home.start();

  const waiting = (await operator.executions()).filter(({ status }) => status === 'RUNNING');
  expect(waiting).toMatchObject([{ waits: [{ state: 'ScreeningGate' }] }]);
  const closed = await expectJson(
    administrator.client,
    `/api/rounds/${round}`,
    {},
    z.object({ stage: z.string() }),
  );
  expect(closed.stage).toBe('screening');
});
