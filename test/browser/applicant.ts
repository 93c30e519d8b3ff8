import type { Page } from 'playwright-core';
import type { Operator } from '#infra/rehearsal/operator.ts';
import type { Translator } from '#shared/i18n/index.ts';

/** What an applicant does with a mouse and a keyboard, by the words that stand on the page. */

export const press = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('button', { name, exact: true }).first().click();
};

export const follow = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('link', { name, exact: true }).first().click();
};

/** Types the mailbox, waits for the letter and types its code. The page is that of signing in. */
export const signIn = async (page: Page, t: Translator, operator: Operator, mail: string): Promise<void> => {
  const known = await operator.codes(mail);
  await page.getByLabel(t('account.signIn.mail')).fill(mail);
  await press(page, t('account.signIn.send'));
  await page.waitForURL('**/sign-in/code**');
  await page.getByLabel(t('account.code.label')).fill(await operator.codeFor(mail, known));
  await press(page, t('account.code.submit'));
  await page.waitForURL((url) => !url.pathname.includes('/sign-in'));
};

/** Signs in as far as a code that is none. */
export const typeWrongCode = async (
  page: Page,
  t: Translator,
  mail: string,
  look: (name: string) => Promise<void>,
): Promise<void> => {
  await page.getByLabel(t('account.signIn.mail')).fill(mail);
  await press(page, t('account.signIn.send'));
  await page.waitForURL('**/sign-in/code**');
  await look('code');
  await page.getByLabel(t('account.code.label')).fill('12');
  await press(page, t('account.code.submit'));
  await page.locator('.govuk-error-summary').waitFor();
  await look('wrong code');
};

/** Fills the fields of a section as their kinds want it; a date is three boxes. */
export const fillFields = async (
  page: Page,
  typed: Readonly<Record<string, string | readonly string[]>>,
): Promise<void> => {
  for (const [name, value] of Object.entries(typed)) {
    const texts = [value].flat();
    const first = page.locator(`[name="${name}"]`).first();
    const kind = name === 'birthDate' ? 'date' : await first.getAttribute('type');
    if (kind === 'date') await fillDate(page, name, texts[0] ?? '');
    else if (kind === 'radio' || kind === 'checkbox') {
      for (const text of texts) await page.locator(`[name="${name}"][value="${text}"]`).check();
    } else if ((await first.evaluate((element) => element.tagName)) === 'SELECT') {
      await first.selectOption(texts[0] ?? '');
    } else await first.fill(texts[0] ?? '');
  }
};

const fillDate = async (page: Page, name: string, date: string): Promise<void> => {
  const [year = '', month = '', day = ''] = date.split('-');
  for (const [part, text] of Object.entries({ day, month, year })) {
    await page.locator(`[name="${name}-${part}"]`).fill(text);
  }
};

/** What the fields of a section hold. */
export const typedIn = async (page: Page, names: readonly string[]): Promise<string[]> =>
  await Promise.all(names.map((name) => page.locator(`[name="${name}"]`).first().inputValue()));

export const aPdf = {
  name: 'diploma.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4\n% synthetic\n%%EOF\n'),
};

/** Letters go out a moment after the page has answered. */
export const letterNaming = async (operator: Operator, mail: string, text: string): Promise<string[]> => {
  for (let tries = 0; ; tries += 1) {
    const found = (await operator.letters(mail)).filter((letter) => letter.text.includes(text));
    if (found.length > 0 || tries === 100) return found.map((letter) => letter.text);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};
