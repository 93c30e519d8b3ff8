import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aigul } from '#test/builders/scenes.ts';
import { aReferenceScene } from '#test/functions/commands/reference-scene.ts';
import { launchBrowser, missingBrowser } from './browser.ts';
import { aSceneOf } from './scene.ts';
import { phoneOf, type Visitor, type Way } from './visitors.ts';

let browser: Browser;
beforeAll(async () => {
  if (!missingBrowser) browser = await launchBrowser();
});
afterAll(async () => browser?.close());

/** An applicant whose call asks for two references, on the list of tasks. */
const atReferences = async (way: Way) => {
  const { world, mine, sent, deliver, tokenIn } = await aReferenceScene();
  const scene = await aSceneOf(browser, world, way);
  const own = `/applications/${mine.applicationId}`;
  const applicant = await scene.visitors.enter(await scene.served.tokens.applicant(aigul), own);
  /** The link of the letter that went out last, as it leads to this scene. */
  const linkSent = async (): Promise<string> => {
    await deliver();
    return `/reference#${tokenIn(sent.at(-1))}`;
  };
  return { ...scene, own, applicant, sent, linkSent };
};

type Scene = Awaited<ReturnType<typeof atReferences>>;

describe.skipIf(missingBrowser)('references', () => {
  it.for(phoneOf(1))('are asked for by letter and given without an account, %s', async ([, way]) => {
    const scene = await atReferences(way);
    const { t, visitors, applicant, own, sent } = scene;

    await applicant.follow('apply.task.references');
    await applicant.follow('reference.nameNow');
    await name(scene, 'Омаров Серік', 'serik');
    const faults = await applicant.faults();
    await applicant.look('a referee without an address');
    const kept = await applicant.page.getByLabel(t('reference.name'), { exact: true }).inputValue();
    await name(scene, 'Омаров Серік', 'serik@example.kz');
    await applicant.told('common.done.saved');
    await applicant.press('reference.ask');
    await applicant.told('reference.done.asked');
    const oldLink = await scene.linkSent();
    await applicant.look('a referee who was asked');
    await applicant.follow('reference.change');
    await name(scene, 'Омаров Серік', 'head@example.kz');
    await applicant.told('common.done.saved');
    await applicant.press('reference.ask');
    await applicant.told('reference.done.asked');
    const link = await scene.linkSent();

    const referee = await visitors.enter(undefined, '/reference');
    await openLink(referee, t('reference.open.token'), oldLink, way);
    const ended = await referee.faults();
    await referee.look('a link that ended');
    await openLink(referee, t('reference.open.token'), link, way);
    await referee.page.waitForURL('**/reference/form');
    await referee.page.getByLabel(t('reference.known')).fill('2017 жылдан бері');
    await referee.press('reference.send');
    const unfinished = await referee.faults();
    await referee.look('a reference without an opinion');
    await referee.page.getByLabel(t('reference.recommends.yes'), { exact: true }).check();
    await referee.press('apply.saveAndLeave');
    await referee.told('common.done.saved');
    await referee.page.getByLabel(t('reference.answer')).fill('Шебер мұғалім.');
    await referee.page.getByRole('button', { name: t('reference.send'), exact: true }).dblclick();
    await referee.page.waitForURL('**/reference/thanks');
    await referee.look('thanks');
    await applicant.go(`${own}/references`);
    await applicant.look('a reference that was given');
    const seen = await applicant.page.locator('main').innerText();

    expect(faults).toEqual([t('reference.fault.mail')]);
    expect(kept).toBe('Омаров Серік');
    expect(sent.map(({ to }) => to)).toEqual(['serik@example.kz', 'head@example.kz']);
    expect(ended).toHaveLength(1);
    expect(unfinished).toEqual([t('reference.fault.recommends'), t('reference.fault.text')]);
    expect(referee.page.url()).not.toContain('#');
    expect(seen).toContain(t('reference.status.given'));
    expect(seen).not.toContain('Шебер мұғалім.');
    expect(await scene.leave()).toEqual([]);
  });

  it.for(phoneOf(4))('may be declined, and somebody else is named, %s', async ([, way]) => {
    const scene = await atReferences(way);
    const { t, visitors, applicant, own } = scene;
    await applicant.go(`${own}/references/1`);
    await name(scene, 'Омаров Серік', 'serik@example.kz');
    await applicant.press('reference.ask');
    const referee = await visitors.enter(undefined, '/reference');
    await openLink(referee, t('reference.open.token'), await scene.linkSent(), way);
    await referee.page.waitForURL('**/reference/form');

    await referee.page.locator('summary').click();
    await referee.look('declining a reference');
    await referee.page.getByRole('button', { name: t('reference.decline'), exact: true }).dblclick();
    await referee.page.waitForURL('**/reference/thanks');
    await applicant.go(`${own}/references`);
    await applicant.look('a reference that was declined');
    const declined = await applicant.page.locator('main').innerText();
    await applicant.follow('reference.change');
    await name(scene, 'Ким Ольга', 'olga@example.kz');
    await applicant.told('common.done.saved');
    await applicant.look('somebody else was named');

    expect(declined).toContain(t('reference.status.declined'));
    expect(await applicant.page.locator('main').innerText()).toContain(t('reference.status.named'));
    expect(await scene.leave()).toEqual([]);
  });
});

/** Fills the form of a referee and saves it. */
const name = async ({ t, applicant }: Scene, who: string, mail: string): Promise<void> => {
  const { page } = applicant;
  await page.getByLabel(t('reference.name'), { exact: true }).fill(who);
  await page.getByLabel(t('reference.position')).fill('№ 12 мектеп, директор');
  await page.getByLabel(t('reference.mail')).fill(mail);
  await page.getByLabel(t('reference.relation')).fill('Бес жыл бірге істедік');
  await applicant.press('common.saveAndContinue');
};

/** Follows the link of a letter; where no script takes its end over, it is pasted. */
const openLink = async (referee: Visitor, label: string, link: string, way: Way): Promise<void> => {
  await referee.page.goto('about:blank');
  await referee.go(link);
  const field = referee.page.getByLabel(label);
  if (way.javaScript) await referee.page.waitForFunction(() => !location.href.includes('#'));
  else await field.fill(link);
  await referee.press('common.continue');
};
