import { expect } from 'vitest';
import * as z from 'zod';
import { applicant, fillSections, type Language, openUntil, signInOnPages, uploadDocument } from './cast.ts';
import type { HomeProcess } from './home-process.ts';
import { type Page, type Visitor, visitor } from './visitor.ts';

/** Somebody in the middle of applying, on pages of one language. */
export type Applying = {
  who: Visitor;
  mail: string;
  language: Language;
  id: string;
  /** The address of the application's pages. */
  path: string;
};

/** Signs in and begins an application in the call. */
export const begun = async (
  home: HomeProcess,
  round: string,
  { mail, language }: { mail: string; language: Language },
): Promise<Applying> => {
  const { who } = await signInOnPages(home, { mail, language });
  const started = await who.press(await who.open(`/${language}/calls/${round}/apply`), '/apply');
  return { who, mail, language, path: started.path, id: /\w{20}$/.exec(started.path)?.[0] ?? '' };
};

/** The same with everything filled in, so that only the last button is missing. */
export const filledIn = async (
  home: HomeProcess,
  round: string,
  { index, language }: { index: number; language: Language },
): Promise<Applying> => {
  const person = applicant(index);
  const applying = await begun(home, round, { mail: person.mail, language });
  const { who, path, id } = applying;
  await fillSections(who, path, person);
  for (const { code } of await requiredDocuments(who, round)) await uploadDocument(who, path, code);
  const ranked = await who.client.ask(`/api/applications/${id}/choices`, {
    method: 'PUT',
    json: { basedOn: [], codes: ['MAT-001'] },
  });
  expect(ranked.status, ranked.text).toBe(200);
  await openUntil(who, `${path}/check`, (page) => page.document.innerHTML.includes(`${path}/submit`));
  await documentsArrived(applying);
  return applying;
};

const Call = z.object({
  roundFile: z.object({ documents: z.array(z.object({ code: z.string(), required: z.boolean() })) }),
});

const requiredDocuments = async (who: Visitor, round: string): Promise<{ code: string }[]> => {
  const { json } = await who.client.ask(`/api/calls/${round}`);
  return Call.parse(json).roundFile.documents.filter(({ required }) => required);
};

const documentsArrived = async ({ who, id }: Applying): Promise<void> => {
  for (let tries = 0; tries < 300; tries += 1) {
    const { text } = await who.client.ask(`/api/applications/${id}`);
    if (!text.includes('"announced"')) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('A document did not arrive within half a minute.');
};

/** Everything that the record holds of an application, to be compared before and after. */
export const stateOf = async ({ who, id }: Applying): Promise<string> => {
  const answer = await who.client.ask(`/api/applications/${id}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.text;
};

/** What a browser sends of a form. */
export const asForm = (fields: Record<string, string>) =>
  ({
    method: 'POST',
    body: new URLSearchParams(fields).toString(),
    type: 'application/x-www-form-urlencoded',
  }) as const;

/** Asks for a code on the pages; the browser keeps what belongs to it. */
export const askedForCode = async (
  home: HomeProcess,
  { mail, language }: { mail: string; language: Language },
): Promise<{ who: Visitor; page: Page; code: string }> => {
  const who = visitor(home.origin);
  const known = await home.operator.codes(mail);
  const page = await who.press(await who.open(`/${language}/sign-in`), `/${language}/sign-in`, { mail });
  return { who, page, code: await home.operator.codeFor(mail, known) };
};

/** Sessions end after two hours without a click. */
export const signedInAgain = async (
  home: HomeProcess,
  { mail, language }: Applying,
): Promise<{ who: Visitor }> => {
  const { who, code } = await askedForCode(home, { mail, language });
  await who.client.ask(`/${language}/sign-in/code`, asForm({ code }));
  return { who };
};

/** The clock moves on once everything that fell due has been done: letters are written, files looked at. */
export const settled = async ({ operator }: HomeProcess): Promise<void> => {
  const { now } = await operator.health();
  await operator.setClock(new Date(Date.parse(now) + 1000).toISOString());
};
