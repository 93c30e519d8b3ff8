import * as z from 'zod';
import type { SyntheticApplicant } from '#infra/demo/people.ts';
import type { Ways } from '#infra/demo/ways.ts';
import { expectJson, type HttpClient, nothing, UnexpectedAnswer } from '#infra/rehearsal/http-client.ts';
import { chanceOf } from '#shared/chance.ts';

/** Somebody who has applied, and how they do what is theirs to do: over the API, or on the pages. */
export type Applicant = {
  person: SyntheticApplicant;
  client: HttpClient;
  id: string;
  number: string;
  ways: Ways;
};

type Vacancy = { code: string; subject: string };

/** What an applicant needs to know of a call. */
export type Call = {
  id: string;
  consentVersion: string;
  choiceLimit: number;
  documents: { code: string; required: boolean; mediaTypes: string[] }[];
  asksReferences: boolean;
  vacancies: Vacancy[];
};

const Saved = z.object({ id: z.string(), number: z.string() });
const Submitted = z.object({ receipt: z.object({ number: z.string() }), sha256: z.string() });

/**
 * Applies as one would by clicking: begin, save each section, upload, rank, agree, submit. Doing it again goes on where
 * an earlier try was cut off, and of what was submitted answers the receipt.
 */
export const apply = async (
  client: HttpClient,
  call: Call,
  person: SyntheticApplicant,
): Promise<{ id: string; number: string; sha256: string }> => {
  const started = await expectJson(client, `/api/calls/${call.id}/applications`, { method: 'POST' }, Saved);
  const path = `/api/applications/${started.id}`;
  const before = await expectJson(client, path, {}, Read);
  if (before.stage === 'draft') await fill(client, path, { call, person, before });
  const { receipt, sha256 } = await submit(client, path);
  return { id: started.id, number: receipt.number, sha256 };
};

const Read = z.object({
  stage: z.string(),
  sections: z.record(z.string(), z.object({ version: z.int() })),
  documents: z.array(z.object({ id: z.string(), requirement: z.string(), status: z.string() })),
  choices: z.array(z.string()),
});

const fill = async (
  client: HttpClient,
  path: string,
  { call, person, before }: { call: Call; person: SyntheticApplicant; before: z.infer<typeof Read> },
): Promise<void> => {
  const consent = { consent: 'yes', consentVersion: call.consentVersion };
  for (const [section, typed] of Object.entries({ ...person.typed, consent })) {
    const json = { basedOn: before.sections[section]?.version ?? 0, typed };
    await expectJson(client, `${path}/sections/${section}`, { method: 'PUT', json }, nothing);
  }
  // An upload that was cut off would hold the submission up until its form has run out.
  for (const { id, status } of before.documents) {
    if (status === 'announced') {
      await expectJson(client, `${path}/documents/${id}`, { method: 'DELETE' }, nothing);
    }
  }
  const arrived = new Set(
    before.documents.filter(({ status }) => status === 'received').map(({ requirement }) => requirement),
  );
  for (const { code, required } of call.documents) {
    if (required && !arrived.has(code)) await upload(client, path, code);
  }
  if (call.asksReferences && person.referee) {
    const json = person.referee;
    await expectJson(client, `${path}/references/1`, { method: 'PUT', json }, nothing);
  }
  const codes = choicesOf(person, call);
  await expectJson(
    client,
    `${path}/choices`,
    { method: 'PUT', json: { basedOn: before.choices, codes } },
    nothing,
  );
};

/** A few of the posts of the own subject; some posts are dear to many, so that people compete for them. */
export const choicesOf = (person: SyntheticApplicant, { vacancies, choiceLimit }: Call): string[] => {
  const chance = chanceOf(`choices of ${person.mail}`);
  const left = vacancies.filter(({ subject }) => person.typed.work['subjects']?.includes(subject));
  return Array.from({ length: Math.min(choiceLimit, left.length) }, () => {
    const [taken] = left.splice(chance.below(1 + chance.below(left.length)), 1);
    return taken?.code ?? '';
  });
};

const upload = async (client: HttpClient, path: string, requirement: string): Promise<void> => {
  const Announced = z.object({
    upload: z.object({ url: z.string(), fields: z.record(z.string(), z.string()) }),
  });
  const sent = { method: 'POST', json: { requirement } } as const;
  const { upload: form } = await expectJson(client, `${path}/documents`, sent, Announced);
  const body = new FormData();
  for (const [name, value] of Object.entries(form.fields)) body.set(name, value);
  body.set('file', new Blob([samplePdf(requirement)], { type: 'application/pdf' }), `${requirement}.pdf`);
  const answer = await client.ask(form.url, { method: 'POST', body });
  if (answer.status >= 400) throw new UnexpectedAnswer(`upload of ${requirement}`, answer);
};

/** A file is looked at a moment after it has arrived; a submission that is too quick is told so. */
const submit = async (client: HttpClient, path: string): Promise<z.infer<typeof Submitted>> => {
  for (let tries = 0; ; tries += 1) {
    const answer = await client.ask(`${path}/submission`, { method: 'POST' });
    if (answer.status < 300) return Submitted.parse(answer.json);
    const { type } = z.object({ type: z.string() }).parse(answer.json);
    if (type !== '/problems/document-not-arrived' || tries === 50) {
      throw new UnexpectedAnswer('submission', answer);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

/** The smallest file that is a PDF, naming nobody. */
const samplePdf = (title: string): string =>
  `%PDF-1.4\n% synthetic ${title}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`;
