import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { apply, type Call } from '#infra/demo/applicant.ts';
import { syntheticApplicant } from '#infra/demo/people.ts';
import { progress, say } from '#infra/demo/progress.ts';
import { fileFor, type IntakeFile } from '#infra/demo/round-file.ts';
import { expectJson, type HttpClient, nothing } from '#infra/rehearsal/http-client.ts';
import type { Operator } from '#infra/rehearsal/operator.ts';
import { enrol, signIn } from '#infra/rehearsal/sign-in.ts';

const applicants = 44;
const day = 86_400_000;

/** What the play left behind, for whoever wants to look. */
export type Played = { round: string; submitted: number; numbers: string[]; stage: string };

/**
 * Plays the Almaty region's third intake of 2022 (44 applicants for 438 posts; alataunews.kz, October 2022) as far as
 * the closed call, over HTTP only. On a home whose clock has passed 2022 all dates move by whole days.
 */
export const playIntake = async (operator: Operator, origin: string): Promise<Played> => {
  const file = await fileFor(operator);
  await operator.setClock(new Date(file.start).toISOString());
  say('An administrator is invited, makes a passkey and signs in.');
  const mail = `administrator-${file.intake}@example.kz`;
  const administrator = await enrol(operator, origin, { mail, locale: 'ru', role: 'administrator' });
  const round = await openRound(administrator.client, file.text);
  const call = await readCall(administrator.client, round);
  say(`The call is open: ${call.vacancies.length} vacancies, until ${file.closesAt}.`);
  const numbers = await applyAll(operator, origin, call, file);
  await operator.setClock(new Date(Date.parse(file.closesAt) + 60_000).toISOString());
  const { stage } = await expectJson(
    await administrator.again(),
    `/api/rounds/${round}`,
    {},
    z.object({ stage: z.string() }),
  );
  return { round, submitted: numbers.length, numbers, stage };
};

/** Drafts the round, imports its vacancies and opens the call. */
export const openRound = async (administrator: HttpClient, file: string): Promise<string> => {
  const Drafted = z.object({ id: z.string() });
  const drafted = { method: 'POST', body: file, type: 'application/json' } as const;
  const { id } = await expectJson(administrator, '/api/rounds', drafted, Drafted);
  const vacancies = await readFile(new URL('../data/almaty-2022.vacancies.csv', import.meta.url), 'utf8');
  const imported = { method: 'PUT', body: vacancies, type: 'text/csv' } as const;
  const { file: pinned, register } = await expectJson(
    administrator,
    `/api/rounds/${id}/vacancies`,
    imported,
    Imported,
  );
  const json = { file: pinned, register: register.sha256 };
  await expectJson(administrator, `/api/rounds/${id}/opening`, { method: 'POST', json }, nothing);
  return id;
};

/** What is opened is what was imported here, by its SHA-256. */
const Imported = z.object({ file: z.string(), register: z.object({ sha256: z.string() }) });

export const readCall = async (client: HttpClient, round: string): Promise<Call> => {
  const Read = z.object({
    roundFile: z.object({
      consent: z.object({ version: z.string() }),
      choices: z.object({ limit: z.int() }),
      documents: z.array(
        z.object({ code: z.string(), required: z.boolean(), mediaTypes: z.array(z.string()) }),
      ),
    }),
  });
  const { roundFile } = await expectJson(client, `/api/calls/${round}`, {}, Read);
  const Vacancies = z.object({ vacancies: z.array(z.object({ code: z.string(), subject: z.string() })) });
  const { vacancies } = await expectJson(client, `/api/calls/${round}/vacancies`, {}, Vacancies);
  return {
    id: round,
    consentVersion: roundFile.consent.version,
    choiceLimit: roundFile.choices.limit,
    documents: roundFile.documents,
    vacancies,
  };
};

/** Spread over the days of the call, as they came in life. */
const applyAll = async (
  operator: Operator,
  origin: string,
  call: Call,
  { start, closesAt }: IntakeFile,
): Promise<string[]> => {
  const bar = progress('Applications', applicants);
  const span = Date.parse(closesAt) - start - day;
  const numbers: string[] = [];
  for (let index = 0; index < applicants; index += 1) {
    await operator.setClock(new Date(start + (span * (index + 1)) / applicants).toISOString());
    const person = syntheticApplicant(index);
    const client = await signIn(operator, origin, person);
    numbers.push((await apply(client, call, person)).number);
    bar.step();
  }
  return numbers;
};
