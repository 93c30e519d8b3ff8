import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stageName } from '#functions/http/refusal-text.ts';
import { gateAggregate } from '#shared/domain/gate.ts';
import { gateIn, roundIn } from '#test/builders/selection.ts';
import { launchBrowser, missingBrowser } from './browser.ts';
import { type Stop, tabTo } from './look.ts';
import { atScreening, type ScreeningScene, unfold } from './scene.ts';
import { type Visitor, waysOf } from './visitors.ts';

let browser: Browser;
beforeAll(async () => {
  if (!missingBrowser) browser = await launchBrowser();
});
afterAll(async () => browser?.close());

describe.skipIf(missingBrowser)('a gate', () => {
  it.for(waysOf(1))('goes from the proposal to the decision and back, %s', async ([, way]) => {
    const scene = await atScreening(browser, way);
    const { t, visitors, work, theChair, theSecretary, theMembers, historian } = scene;
    const faults: string[][] = [];

    const member = await visitors.enter(theMembers[0], `${work}/screening/${historian.id}`);
    await member.page.getByLabel(t('screening.verdict.refused')).check();
    await member.page.getByLabel(t('screening.reason')).fill('Another subject.');
    await member.press('screening.judge');
    await member.told('screening.done.judged');
    const secretary = await visitors.enter(theSecretary, '/committee');
    await secretary.page.locator(`main a[href$="${work}"]`).first().click();
    await secretary.page.getByRole('button', { name: t('committee.draw-up') }).dblclick();
    await secretary.told('committee.done.drawn-up');
    const drawnUp = await gateEvents(scene);

    await member.go(work);
    faults.push(...(await voteAgainst(scene, member)));
    await secretary.go(work);
    faults.push(await postpone(scene, secretary));
    faults.push(await enterSheet(scene, secretary));
    const chair = await visitors.enter(theChair, work);
    const beforeLast = await chair.page.locator('main').innerText();
    const last = await visitors.enter(theMembers[3], work);
    await last.page.getByLabel(t('committee.vote.for'), { exact: true }).check();
    await last.page.getByRole('button', { name: t('committee.vote.cast') }).dblclick();
    await last.told('committee.done.voted');
    const voted = await gateEvents(scene);
    const stops = await voteAndDecideByKeyboard(scene, chair);
    const heading = await chair.page.locator('h1').innerText();
    faults.push(await undo(scene, chair));

    const needed = [t('problems.reason-needed.help')];
    expect(drawnUp).toEqual(['gate-opened', 'work-stopped', 'proposal-drawn-up']);
    expect(faults).toEqual([[t('committee.vote.needed')], needed, needed, needed, needed]);
    expect(beforeLast).toContain(t('committee.noQuorum'));
    expect(voted.filter((type) => type === 'vote-cast')).toHaveLength(4);
    expect(stops.filter(({ visible }) => !visible)).toEqual([]);
    expect(heading).toContain(stageName(t, 'scoring'));
    expect((await roundIn(scene.world, scene.roundId)).stage).toBe('screening');
    expect(await scene.leave()).toEqual([]);
  });
});

/** What is missing is named each time, and what was chosen stays. */
const voteAgainst = async ({ t }: ScreeningScene, member: Visitor): Promise<string[][]> => {
  await member.press('committee.vote.cast');
  const first = await member.faults();
  await member.page.getByLabel(t('committee.vote.against')).check();
  await member.press('committee.vote.cast');
  await member.page.getByLabel(t('committee.vote.against')).and(member.page.locator(':checked')).waitFor();
  const second = await member.faults();
  await member.look('a vote without its reason');
  await member.page.getByLabel(t('committee.reason'), { exact: true }).fill('Only one was asked for.');
  await member.press('committee.vote.cast');
  await member.told('committee.done.voted');
  await member.page.getByRole('cell', { name: 'Only one was asked for.' }).waitFor();
  return [first, second];
};

const postpone = async ({ t }: ScreeningScene, secretary: Visitor): Promise<string[]> => {
  await unfold(secretary.page.getByText(t('committee.meeting.record'), { exact: true }));
  await secretary.press('committee.meeting.recordPostponed');
  const faults = await secretary.faults();
  await secretary.look('a meeting without its reason');
  await secretary.page.getByLabel(t('committee.meeting.remark')).fill('Two were ill.');
  await secretary.press('committee.meeting.recordPostponed');
  await secretary.told('committee.done.meeting');
  await secretary.page.getByRole('cell', { name: 'Two were ill.' }).waitFor();
  return faults;
};

/** Uploads the sheet of two members who voted on paper, and enters what it holds. */
const enterSheet = async ({ t }: ScreeningScene, secretary: Visitor): Promise<string[]> => {
  const { page } = secretary;
  const paper = page.getByText(t('committee.paper'), { exact: true });
  await unfold(paper);
  await secretary.press('committee.paper.upload');
  await secretary.look('upload of a sheet');
  const buffer = Buffer.from('%PDF-1.4\n% a signed sheet\n%%EOF\n');
  const sheet = { name: 'sheet.pdf', mimeType: 'application/pdf', buffer };
  await page.getByLabel(t('committee.paper.sheet')).setInputFiles(sheet);
  await secretary.press('apply.document.upload');
  await secretary.told('committee.done.scanned');
  await unfold(paper);
  await page.getByRole('combobox', { name: 'Сейітова Дана Асқарқызы' }).selectOption('for');
  await page.getByRole('combobox', { name: 'Ким Виктор Андреевич' }).selectOption('abstain');
  await secretary.press('committee.paper.enter');
  const faults = await secretary.faults();
  await secretary.look('a sheet without its reason');
  await page.getByLabel(t('committee.reason'), { exact: true }).last().fill('As the sheet says.');
  await secretary.press('committee.paper.enter');
  await secretary.told('committee.done.paper');
  return faults;
};

/** @returns every stop of the Tab key on the way */
const voteAndDecideByKeyboard = async ({ t }: ScreeningScene, chair: Visitor): Promise<Stop[]> => {
  const { page } = chair;
  await page.reload();
  const stops = await tabTo(page, ({ name }) => name === 'choice');
  await page.keyboard.press('Space');
  stops.push(...(await tabTo(page, ({ name }) => name === t('committee.vote.cast'))));
  await page.keyboard.press('Enter');
  await chair.told('committee.done.voted');
  await chair.look('ready to decide', { desk: 'gate' });
  stops.push(...(await tabTo(page, ({ name }) => name === t('committee.advance'))));
  await page.keyboard.press('Enter');
  await chair.told('committee.done.advanced');
  return stops;
};

/** Nobody outside has noticed the advance: the chair takes it back. */
const undo = async ({ t }: ScreeningScene, chair: Visitor): Promise<string[]> => {
  const summary = chair.page.getByText(t('committee.undo'), { exact: true }).first();
  const button = chair.page.getByRole('button', { name: t('committee.undo') });
  await unfold(summary);
  await button.click();
  const faults = await chair.faults();
  await chair.look('undoing without its reason');
  await chair.page.getByLabel(t('committee.reason'), { exact: true }).fill('One sheet was forgotten.');
  await button.click();
  await chair.told('committee.done.undone');
  return faults;
};

const gateEvents = async ({ world, roundId }: ScreeningScene): Promise<string[]> => {
  const gate = await gateIn(world, roundId);
  return (await world.records.history(gateAggregate.name, gate?.id ?? '')).map(({ fact }) => fact.type);
};
