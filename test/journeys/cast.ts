import { type SyntheticApplicant, syntheticApplicant } from '#infra/demo/people.ts';
import { createAuthenticator } from '#infra/rehearsal/authenticator.ts';
import type { Operator } from '#infra/rehearsal/operator.ts';
import { asPosted } from '#test/builders/posted-form.ts';
import type { HomeProcess } from './home-process.ts';
import { type Page, type Visitor, visitor } from './visitor.ts';

export type Language = 'kk' | 'ru' | 'en';

/** Signs in on the pages, with the code from the letter. */
export const signInOnPages = async (
  home: HomeProcess,
  person: { mail: string; language: Language },
  path = `/${person.language}/sign-in`,
): Promise<{ who: Visitor; page: Page }> => {
  const who = visitor(home.origin);
  const page = await signInHere(home.operator, who, person, path);
  return { who, page };
};

const signInHere = async (
  operator: Operator,
  who: Visitor,
  { mail, language }: { mail: string; language: Language },
  path: string,
): Promise<Page> => {
  const known = await operator.codes(mail);
  const asked = await who.press(await who.open(path), `/${language}/sign-in`, { mail });
  const code = await operator.codeFor(mail, known);
  return await who.press(asked, `/${language}/sign-in/code`, { code });
};

/** An administrator who took up the operator's invitation on the pages, with a passkey in software. */
export const administratorOnPages = async (
  home: HomeProcess,
  { mail, language }: { mail: string; language: Language },
): Promise<Visitor> => {
  const who = visitor(home.origin);
  const link = new URL(await home.operator.invite('administrator', language));
  const opened = await who.open(link.pathname);
  await who.press(opened, `/${language}/enrol`, { invitation: link.hash.slice(1) });
  const next = encodeURIComponent(`/${language}/enrol/passkey`);
  await signInHere(home.operator, who, { mail, language }, `/${language}/sign-in?next=${next}`);
  // Making a passkey is the one thing that needs a script; here it posts what the script would.
  const options = await who.client.ask(`/${language}/passkey/new/options`, { method: 'POST', json: {} });
  const answer = createAuthenticator(home.origin).register(options.json);
  const made = await who.client.ask(`/${language}/enrol/passkey`, { method: 'POST', json: answer });
  if (made.status >= 400) throw new Error(`The passkey was refused: ${made.status} ${made.text}`);
  return who;
};

/** Fills every section as a person would, one page after the other, and leaves the documents to the caller. */
export const fillSections = async (
  who: Visitor,
  application: string,
  person: SyntheticApplicant,
): Promise<void> => {
  for (const [section, typed] of Object.entries(person.typed)) {
    await who.press(
      await who.open(`${application}/sections/${section}`),
      `/sections/${section}`,
      asPosted(typed),
    );
  }
  const consent = await who.open(`${application}/sections/consent`);
  await who.press(consent, '/sections/consent', { consent: 'yes' });
};

/** Uploads a PDF for a requirement straight to the storage, and comes back to the list of documents. */
export const uploadDocument = async (
  who: Visitor,
  application: string,
  requirement: string,
  file = new Blob(['%PDF-1.4\n% synthetic\n%%EOF\n'], { type: 'application/pdf' }),
): Promise<Page> => {
  const documents = await who.open(`${application}/documents`);
  const upload = await who.press(documents, `/documents/${requirement}`);
  const form = upload.document.querySelector('form[enctype="multipart/form-data"]');
  const action = form?.getAttribute('action');
  if (!action) throw new Error(`No upload form for ${requirement}:\n${upload.text.slice(0, 500)}`);
  return await who.press(upload, new URL(action).pathname, { file });
};

/** Waits until a page says so; what is waited for comes from work in the background. */
export const openUntil = async (who: Visitor, path: string, is: (page: Page) => boolean): Promise<Page> => {
  for (let tries = 0; ; tries += 1) {
    const page = await who.open(path);
    if (is(page) || tries === 300) return page;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

export const applicant = (index: number): SyntheticApplicant => syntheticApplicant(index);
