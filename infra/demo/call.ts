import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import type { Applicant, Call } from '#infra/demo/applicant.ts';
import type { SyntheticApplicant } from '#infra/demo/people.ts';
import { answerReferences } from '#infra/demo/references.ts';
import { overApi, type Ways } from '#infra/demo/ways.ts';
import { expectJson, type HttpClient, nothing } from '#infra/rehearsal/http-client.ts';
import { eachOf, type Rehearsal, settled, until } from '#infra/rehearsal/rehearsal.ts';
import { personAt } from '#infra/rehearsal/sign-in.ts';

const day = 86_400_000;

/** Drafts the round, imports its vacancies and opens the call; or goes on where an earlier try was cut off. */
export const openRound = async (administrator: HttpClient, file: string): Promise<string> => {
  const { rounds } = await expectJson(administrator, '/api/rounds', {}, Rounds);
  const { intake } = Intake.parse(JSON.parse(file));
  const begun = rounds.find((round) => round.intake === intake && round.stage !== 'cancelled');
  if (begun && begun.stage !== 'draft') return begun.id;
  const sent = { method: 'POST', body: file, type: 'application/json' } as const;
  const { id } = begun ?? (await expectJson(administrator, '/api/rounds', sent, Drafted));
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

const Drafted = z.object({ id: z.string() });
const Intake = z.object({ intake: z.string() });
const Rounds = z.object({
  rounds: z.array(z.object({ id: z.string(), intake: z.string(), stage: z.string() })),
});

/** What is opened is what was imported here, by its SHA-256. */
const Imported = z.object({ file: z.string(), register: z.object({ sha256: z.string() }) });

export const readCall = async (client: HttpClient, round: string): Promise<Call> => {
  const Read = z.object({
    roundFile: z.object({
      consent: z.object({ version: z.string() }),
      choices: z.object({ limit: z.int() }),
      references: z.object({ count: z.int() }).optional(),
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
    asksReferences: roundFile.references !== undefined,
    vacancies,
  };
};

/** How many people apply at the same time. */
const atOnce = 4;

/** Who applies; over the API where nothing else is said. */
export type Person = SyntheticApplicant & { ways?: Ways };

type Applying = {
  call: Call;
  people: readonly Person[];
  start: number;
  closesAt: string;
  applied: () => void;
};

/** People apply, spread over the days of the call as they came in life; then its time is over. */
export const applyAll = async (
  rehearsal: Rehearsal,
  { call, people, start, closesAt, applied }: Applying,
): Promise<Applicant[]> => {
  const span = Date.parse(closesAt) - start - day;
  const applicants: Applicant[] = [];
  for (let first = 0; first < people.length; first += atOnce) {
    await until(rehearsal, start + (span * first) / people.length);
    await answerReferences(rehearsal, applicants);
    await eachOf(people.slice(first, first + atOnce), atOnce, async (person) => {
      const client = personAt(rehearsal.operator, rehearsal.origin, person);
      const { ways = overApi } = person;
      const { id, number } = await rehearsal.act(() => ways.apply(client, call, person));
      applicants.push({ person, client, id, number, ways });
      applied();
    });
  }
  await until(rehearsal, Date.parse(closesAt) + 60_000);
  // A home that died may write the last letters a few minutes later.
  for (let turns = 0; (await answerReferences(rehearsal, applicants)) > 0 && turns < 5; turns += 1) {
    await settled(rehearsal);
  }
  const order = new Map(people.map(({ mail }, index) => [mail, index]));
  return applicants.toSorted((a, b) => (order.get(a.person.mail) ?? 0) - (order.get(b.person.mail) ?? 0));
};
