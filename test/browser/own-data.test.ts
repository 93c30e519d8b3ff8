import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { submitApplication } from '#functions/commands/applications.ts';
import { PersonalData } from '#shared/domain/personal-data.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { PersonalDataOrder } from '#shared/papers/on-demand.ts';
import { typedWell } from '#test/builders/application.ts';
import { aCallIn, aCompleteIn, administrator, aigul, aWorld, granted } from '#test/builders/scenes.ts';
import { launchBrowser, missingBrowser } from './browser.ts';
import { savedBy } from './saved.ts';
import { aSceneOf } from './scene.ts';
import { phoneOf, type Visitor, type Way } from './visitors.ts';

let browser: Browser;
beforeAll(async () => {
  if (!missingBrowser) browser = await launchBrowser();
});
afterAll(async () => browser?.close());

const mail = `${aigul.personId.toLowerCase()}@example.kz`;

/** Somebody with a submitted application, on the page of the own account. */
const atAccount = async (way: Way) => {
  const world = aWorld();
  const applicationId = await aCompleteIn(world, await aCallIn(world));
  const { application } = granted(await submitApplication(world, { by: aigul, applicationId }));
  const scene = await aSceneOf(browser, world, way);
  const token = await scene.served.tokens.applicant(aigul);
  const owner = await scene.visitors.enter(token, '/account');
  return { ...scene, owner, number: application.number };
};

type Scene = Awaited<ReturnType<typeof atAccount>>;

/** Signs in from the page that asks for it, with the code of the letter. */
const signIn = async ({ t, served }: Scene, { page, ...visitor }: Visitor, to: string): Promise<void> => {
  await page.getByLabel(t('account.signIn.mail')).fill(to);
  await visitor.press('account.signIn.send');
  await page.waitForURL('**/sign-in/code**');
  await page.getByLabel(t('account.code.label')).fill(served.codes.at(-1) ?? '');
  await visitor.press('account.code.submit');
  await page.waitForURL((url) => !url.pathname.includes('/sign-in'));
};

describe.skipIf(missingBrowser)('an account', () => {
  it.for(phoneOf(2))('is moved to another mailbox and signed out everywhere, %s', async ([, way]) => {
    const scene = await atAccount(way);
    const { t, served, visitors, owner, leave } = scene;
    const other = await visitors.enter(undefined, '/sign-in');
    await signIn(scene, other, mail);

    await owner.go('/account');
    await owner.look('an account in two browsers');
    const devices = await owner.page.getByRole('button', { name: t('account.sessions.end') }).count();
    await owner.page
      .getByRole('link', { name: t('common.change') })
      .first()
      .click();
    await owner.page.getByLabel(t('account.mailbox.new')).fill('aigul');
    await owner.press('account.signIn.send');
    const faults = await owner.faults();
    await owner.look('a mailbox that is none');
    await owner.page.getByLabel(t('account.mailbox.new')).fill('aigul@example.kz');
    await owner.press('account.signIn.send');
    await owner.page.waitForURL('**/mailbox/code');
    await owner.page.getByLabel(t('account.code.label')).fill('12');
    await owner.press('account.mailbox.confirm');
    const wrong = await owner.faults();
    await owner.look('a wrong code for a mailbox');
    await owner.page.getByLabel(t('account.code.label')).fill(served.codes.at(-1) ?? '');
    await owner.press('account.mailbox.confirm');
    await owner.told('account.done.mailbox');
    await owner.look('another mailbox');
    const moved = await owner.page.locator('main').innerText();

    // The other browser was signed out with the old mailbox; it comes in by the new one.
    await other.go('/account');
    await other.page.waitForURL('**/sign-in?**');
    await signIn(scene, other, 'aigul@example.kz');
    await other.page.getByRole('heading', { name: t('account.title') }).waitFor();
    await other.press('account.sessions.endAll');
    await other.told('account.done.sessionsEnded');
    await owner.go('/account');

    expect(devices).toBe(1);
    expect(faults).toEqual([t('account.signIn.mail.invalid')]);
    expect(wrong).toEqual([t('account.code.invalid')]);
    expect(moved).toContain('aigul@example.kz');
    expect(new URL(owner.page.url()).pathname).toBe(`/${t.locale}/sign-in`);
    expect(await leave()).toEqual([]);
  });
});

describe.skipIf(missingBrowser)('personal data', () => {
  it.for(phoneOf(5))(
    'are seen, taken along, corrected, and erased once the consent is withdrawn, %s',
    async ([, way]) => {
      const scene = await atAccount(way);
      const { t, served, visitors, owner, number, leave } = scene;
      const staff = await visitors.enter(await served.tokens.staff(administrator, 'Әкімші'), '/manage');

      await owner.follow('rights.text');
      const file = await savedBy(owner.page, t('rights.export.json'));
      const paper = await savedBy(owner.page, t('rights.export.pdf'));
      await owner.follow('rights.correct.link', { number });
      await owner.press('rights.correct.submit');
      const empty = await owner.faults();
      await owner.look('a correction without words');
      await owner.page.getByLabel(t('rights.correct.field')).fill('Оқу орны басқа.');
      await owner.page.getByRole('button', { name: t('rights.correct.submit') }).dblclick();
      await owner.told('rights.done.correction');
      await owner.look('a correction that was asked for');
      const unanswered = await staffAnswers(staff, t, 'correction', 'Түзетілді.');
      await owner.follow('rights.erase.link');
      await owner.page.getByRole('heading', { name: t('rights.erase.title') }).waitFor();
      const kept = await owner.page.getByRole('button', { name: t('rights.erase.submit') }).count();

      await owner.go('/account/data');
      const answered = await owner.page.locator('main').innerText();
      await owner.follow('rights.withdraw.link', { number });
      await owner.page.getByRole('button', { name: t('rights.withdraw.submit') }).dblclick();
      await owner.told('rights.done.consent');
      await owner.follow('rights.erase.link');
      await owner.look('asking for erasure');
      await owner.page.getByRole('button', { name: t('rights.erase.submit') }).dblclick();
      await owner.told('rights.done.erasure');
      await staffAnswers(staff, t, 'consent-withdrawal');
      await staffAnswers(staff, t, 'erasure');
      await owner.go('/account/data');
      const asked = await owner.page.locator('main tbody tr').allInnerTexts();

      expect(file.name).toBe('my-data.json');
      expect(PersonalData.parse(JSON.parse(file.text)).applications).toMatchObject([
        { number, answers: { motivation: typedWell.motivation } },
      ]);
      expect(paper.name).toBe(`my-data-${t.locale}.pdf`);
      expect(PersonalDataOrder.parse(JSON.parse(paper.text)).locale).toBe(t.locale);
      expect(empty).toEqual([t('rights.correct.needed')]);
      expect(kept).toBe(0);
      expect(unanswered).toBe(1);
      expect(answered).toContain('Түзетілді.');
      for (const kind of ['correction', 'consent-withdrawal', 'erasure'] as const) {
        const rows = asked.filter((row) => row.includes(t(`rights.kind.${kind}`)));
        expect([kind, rows.length]).toEqual([kind, 1]);
        expect(rows[0]).toContain(t('rights.outcome.done'));
      }
      expect(await leave()).toEqual([]);
    },
  );
});

/** The region grants what waits. @returns how many of the kind were open */
const staffAnswers = async (
  { page, go, press, told }: Visitor,
  t: Translator,
  kind: 'correction' | 'consent-withdrawal' | 'erasure',
  text = '',
): Promise<number> => {
  await go('/manage/data-requests');
  const open = page.getByRole('link', { name: t(`rights.kind.${kind}`) });
  const count = await open.count();
  await open.first().click();
  await page.getByLabel(t('rights.staff.answer')).fill(text);
  await press(`rights.staff.done.${kind}`);
  await told('rights.done.answered');
  return count;
};
