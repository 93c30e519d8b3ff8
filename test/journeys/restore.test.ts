import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { main as audit } from '#infra/audit.ts';
import { main as backup } from '#infra/backup.ts';
import { apply } from '#infra/demo/applicant.ts';
import { openRound, readCall } from '#infra/demo/call.ts';
import { syntheticApplicant } from '#infra/demo/people.ts';
import { readIntakeFile } from '#infra/demo/round-file.ts';
import { expectJson } from '#infra/rehearsal/http-client.ts';
import { enrol, signIn } from '#infra/rehearsal/sign-in.ts';
import { main as restore } from '#infra/restore.ts';
import { type HomeProcess, homeProcess } from './home-process.ts';

let home: HomeProcess;
let backups: string;

beforeAll(async () => {
  home = await homeProcess();
  backups = await mkdtemp(join(tmpdir(), 'irikteu-backups-'));
  await home.start();
});

afterAll(async () => {
  await home.remove();
  await rm(backups, { recursive: true, force: true });
});

const said: string[] = [];
const print = (line: string): void => void said.push(line);

it('a region whose disk was lost goes on from its backup: records, documents, execution and people', async () => {
  const { operator, origin, data } = home;
  const file = await readIntakeFile();
  await operator.setClock(new Date(file.start).toISOString());
  const chief = { mail: 'administrator@example.kz', locale: 'ru', role: 'administrator' };
  const administrator = await enrol(operator, origin, chief);
  const round = await openRound(administrator.client, file.text);
  const call = await readCall(administrator.client, round);
  const [early, late] = [syntheticApplicant(0), syntheticApplicant(1)];
  const { number } = await apply(await signIn(operator, origin, early), call, early);

  expect(await backup(['--data', data, '--into', backups], print)).toBe(0);
  await apply(await signIn(operator, origin, late), call, late);
  await home.kill();
  for (const name of await readdir(data)) await rm(join(data, name), { recursive: true });
  const name = (await readdir(backups)).find((each) => each.startsWith('KZ-19')) ?? '';
  expect(await restore(['--from', join(backups, name), '--data', data], print)).toBe(0);
  await home.start();

  expect(await audit(['--data', data], print)).toBe(0);
  expect(said.at(-1)).toMatch(/^\d+ records with \d+ events verified, 0 with a fault\.$/);
  const Mine = z.object({ applications: z.array(z.object({ number: z.string(), stage: z.string() })) });
  const mine = async (person: typeof early) =>
    (await expectJson(await signIn(operator, origin, person), '/api/applications', {}, Mine)).applications;
  expect(await mine(early)).toEqual([expect.objectContaining({ number, stage: 'submitted' })]);
  // Who applied after the backup is not there, and applies again.
  expect(await mine(late)).toEqual([]);
  await apply(await signIn(operator, origin, late), call, late);

  await operator.setClock(new Date(Date.parse(file.closesAt) + 60_000).toISOString());
  expect(await operator.executions()).toMatchObject([
    { status: 'RUNNING', waits: [{ state: 'ScreeningGate' }] },
  ]);
});
