import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { committeeAggregate } from '#shared/domain/committee.ts';
import { administrator } from '#test/builders/scenes.ts';
import { auditor, stranger } from '#test/builders/selection.ts';
import { launchBrowser, missingBrowser } from './browser.ts';
import { atScreening, unfold } from './scene.ts';
import { waysOf } from './visitors.ts';

let browser: Browser;
beforeAll(async () => {
  if (!missingBrowser) browser = await launchBrowser();
});
afterAll(async () => browser?.close());

describe.skipIf(missingBrowser)('an administrator', () => {
  it.for(waysOf(0))('gives seats and ends them, once however often it is pressed, %s', async ([, way]) => {
    const { world, roundId, served, visitors, t, leave } = await atScreening(browser, way);
    const token = await served.tokens.staff(administrator, 'Әкімші');
    await served.tokens.staff(stranger, 'Жаңа мүше');
    const { page, look, told } = await visitors.enter(token, `/manage/rounds/${roundId}/committee`);

    const option = page.getByLabel(t('committee.person')).locator('option', { hasText: 'Жаңа мүше' });
    await page.getByLabel(t('committee.person')).selectOption((await option.getAttribute('value')) ?? '');
    await page.getByLabel(t('committee.seat'), { exact: true }).selectOption('member');
    await look('seats');
    await page.getByRole('button', { name: t('committee.appoint') }).dblclick();
    await told('committee.done.appointed');
    const lacks = await page.locator('.govuk-inset-text').innerText();
    await page.getByRole('button', { name: 'Жаңа мүше' }).click();
    await told('committee.done.dismissed');
    const row = await page.getByRole('row', { name: 'Жаңа мүше' }).innerText();

    const history = await world.records.history(committeeAggregate.name, roundId);
    expect(lacks).toContain(t('committee.even', { voters: 6 }));
    expect(row).toContain(t('committee.left'));
    expect(history.slice(6).map(({ fact }) => fact.type)).toEqual(['seat-given', 'seat-left']);
    expect(await leave()).toEqual([]);
  });
});

describe.skipIf(missingBrowser)('a member who screens', () => {
  it.for(waysOf(2))('reads the rules in words, judges with a reason, or gives up, %s', async ([, way]) => {
    const { historian, visitors, t, leave, work, theMembers } = await atScreening(browser, way);

    const member = await visitors.enter(theMembers[0], work);
    await member.follow('screening.title');
    await member.look('applications');
    await member.follow('screening.show.open');
    await member.page.getByRole('link', { name: historian.number }).click();
    await member.page.getByLabel(t('screening.verdict.refused')).check();
    await member.press('screening.judge');
    const faults = await member.faults();
    await member.look('a refusal without its reason', { phone: 'screening-phone' });
    const kept = await member.page.getByLabel(t('screening.verdict.refused')).isChecked();
    await member.page.getByLabel(t('screening.reason')).fill('Another subject.');
    await member.press('screening.judge');
    await member.told('screening.done.judged');

    const conflicted = await visitors.enter(theMembers[1], `${work}/screening/${historian.id}`);
    await unfold(conflicted.page.getByText(t('screening.conflict'), { exact: true }));
    await conflicted.look('conflict of interest');
    await conflicted.press('screening.conflict.declare');
    await conflicted.told('screening.done.conflict');
    await conflicted.go(`${work}/screening`);
    const reach = await conflicted.page.locator('main').innerText();
    await conflicted.go(`${work}/screening/${historian.id}`);
    await conflicted.look('out of reach');

    expect(faults).toEqual([t('problems.reason-needed.help')]);
    expect(kept).toBe(true);
    expect(reach).not.toContain(historian.number);
    expect(reach).toContain(t('screening.outOfReach', { count: 1 }));
    expect(await leave()).toEqual([]);
  });
});

describe.skipIf(missingBrowser)('an auditor', () => {
  it.for(waysOf(1))('sees who read whose answers, and no answer, %s', async ([, way]) => {
    const { wanted, served, visitors, t, leave, work, theSecretary } = await atScreening(browser, way);

    const secretary = await visitors.enter(theSecretary, `${work}/screening/${wanted.id}`);
    await secretary.follow('screening.answers');
    await secretary.look('what the applicant typed');
    const answers = await secretary.page.locator('main').innerText();
    const watching = await visitors.enter(await served.tokens.staff(auditor), '/audit');
    await watching.look('log of reads', { desk: 'log-of-reads' });
    const log = await watching.page.locator('main').innerText();
    await watching.page.locator('main ul a').first().click();
    const list = await watching.page.locator('main').innerText();

    expect(answers).toContain('Сапарова Айгүл');
    expect(log).toContain(wanted.id);
    expect(log).toContain(t('account.role.secretary'));
    expect(log).not.toContain('Сапарова');
    expect(list).toContain(wanted.number);
    expect(list).not.toContain('Сапарова');
    expect(await leave()).toEqual([]);
  });
});
