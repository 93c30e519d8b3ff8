import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { Translator } from '#shared/i18n/index.ts';
import { follow, press, signIn } from '#test/browser/applicant.ts';
import { addDevice } from '#test/browser/device.ts';
import type { Look } from '#test/browser/visit.ts';
import type { HomeProcess } from '#test/journeys/home-process.ts';

/** What an administrator does by clicking, from the operator's invitation to the open call. */

/** Takes up an invitation, with a passkey of this device, and goes to the rounds. */
export const enrolByClicking = async (page: Page, t: Translator, home: HomeProcess, mail: string) => {
  await addDevice(page);
  await page.goto(await home.operator.invite('administrator', t.locale));
  await press(page, t('common.continue'));
  await page.waitForURL('**/sign-in?**');
  await signIn(page, t, home.operator, mail);
  await page.locator('[data-passkey] button').click();
  await page.waitForURL('**/account?done=**');
  await follow(page, t('common.manage'));
  await page.waitForURL('**/manage');
};

/** Imports a round file and a register, each with faults at first. */
export const draftByClicking = async (page: Page, t: Translator, look: Look) => {
  const data = new URL('../../infra/data/', import.meta.url);
  const text = await readFile(new URL('almaty-2022-3.round.json', data), 'utf8');
  const register = await readFile(new URL('almaty-2022.vacancies.csv', data), 'utf8');
  const send = async (label: string, content: string): Promise<void> => {
    const file = { name: 'file', mimeType: 'text/plain', buffer: Buffer.from(content) };
    await page.getByLabel(label).setInputFiles(file);
    await press(page, t('manage.import'));
  };
  const faultsShown = async (name: string): Promise<string[]> => {
    await page.locator('.govuk-error-summary').waitFor();
    await look(name);
    return await page.locator('.govuk-error-summary li').allInnerTexts();
  };

  await look('manage');
  await send(t('manage.roundFile'), text.replace('Asia/Almaty', 'Asia/Nowhere'));
  const roundFault = await faultsShown('round file with a fault');
  await send(t('manage.roundFile'), text.replace('"2022-3"', '"2022-9"'));
  await page.getByText(t('manage.done.drafted')).waitFor();
  await look('drafted');
  await send(t('manage.register'), 'school,subject\n1,physics\n');
  const registerFaults = await faultsShown('register with faults');
  await send(t('manage.register'), register);
  await page.getByText(t('manage.done.imported')).waitFor();
  return { roundFault, registerFaults };
};

/** Looks at the preview, opens the call, and looks where the deadline would be moved. @returns the preview's text */
export const openByClicking = async (page: Page, t: Translator, look: Look): Promise<string> => {
  await follow(page, t('manage.preview'));
  await page.waitForURL('**/preview');
  await look('preview');
  const preview = await page.locator('main').innerText();
  await follow(page, t('common.back'));
  await follow(page, t('manage.open.link'));
  await page.waitForURL('**/open');
  await look('open');
  await press(page, t('manage.open'));
  await page.getByText(t('manage.done.opened')).waitFor();
  await look('opened');
  await follow(page, t('manage.extend'));
  await page.waitForURL('**/deadline');
  await look('deadline');
  return preview;
};
