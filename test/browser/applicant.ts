import type { Page } from 'playwright-core';
import type { Operator } from '#infra/rehearsal/operator.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { asPosted } from '#test/builders/posted-form.ts';

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

type Section = Readonly<Record<string, unknown>>;

/** Fills the fields of a section that can be seen, as their kinds want it. */
export const fillFields = async (page: Page, typed: Section): Promise<void> => {
  for (const [name, value] of Object.entries(asPosted(typed))) {
    for (const [index, text] of [value].flat().entries()) await fillBox(page, { name, index, text });
  }
};

const fillBox = async (page: Page, box: { name: string; index: number; text: string }): Promise<void> => {
  const { name, index, text } = box;
  const boxes = page.locator(`[name="${name}"]`);
  const kind = await boxes.first().getAttribute('type');
  const ticked = kind === 'radio' || kind === 'checkbox';
  const control = ticked ? page.locator(`[name="${name}"][value="${text}"]`) : boxes.nth(index);
  if (!(await control.isVisible())) return;
  const list = (await control.evaluate((element) => element.tagName)) === 'SELECT';
  if (ticked) await control.check();
  else await (list ? control.selectOption(text) : control.fill(text));
};

/** Fills a section and saves it; questions that this brings up, which show by themselves where scripts run, are filled then. */
export const fillSection = async (page: Page, t: Translator, typed: Section): Promise<void> => {
  await fillFields(page, typed);
  await saveAndSee(page, t);
  if ((await page.getByText(t('apply.done.more')).count()) === 0) return;
  await fillFields(page, typed);
  await saveAndSee(page, t);
};

/** Saves, and waits for the page that answers: what is asked of it must not be asked of the one before. */
const saveAndSee = async (page: Page, t: Translator): Promise<void> => {
  const answered = page.waitForEvent('load');
  await press(page, t('common.saveAndContinue'));
  await answered;
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
