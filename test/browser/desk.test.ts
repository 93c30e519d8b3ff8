import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepForDesk } from '#functions/commands/kept-letters.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { personAggregate } from '#shared/domain/person.ts';
import { signedPaper } from '#shared/domain/signed-paper.ts';
import { type OnDemandOrder, ReceiptOrder } from '#shared/papers/on-demand.ts';
import type { DrawPaper } from '#shared/ports/papers.ts';
import { readableDrawing } from '#test/builders/memory-papers.ts';
import { aCallIn, aCompleteIn, aWorld } from '#test/builders/scenes.ts';
import { aPdf } from './applicant.ts';
import { launchBrowser, missingBrowser } from './browser.ts';
import { aSceneOf } from './scene.ts';
import { phoneOf, type Visitor, type Way } from './visitors.ts';

let browser: Browser;
beforeAll(async () => {
  if (!missingBrowser) browser = await launchBrowser();
});
afterAll(async () => browser?.close());

const worker: Person = { kind: 'person', id: PersonId.parse('DESK01'.padEnd(20, '0')), role: 'desk' };

/** The desk of a region whose call is open. */
const atTheDesk = async (way: Way) => {
  const printed: OnDemandOrder[] = [];
  const drawPaper: DrawPaper = async (order) => {
    printed.push(order);
    return await readableDrawing(order);
  };
  const world = { ...aWorld(), drawPaper };
  const roundId = await aCallIn(world);
  const scene = await aSceneOf(browser, world, way);
  const desk = await scene.visitors.enter(await scene.served.tokens.staff(worker, 'Қабылдау'), '/desk');
  return { ...scene, roundId, desk, printed };
};

type Scene = Awaited<ReturnType<typeof atTheDesk>>;

describe.skipIf(missingBrowser)('the desk', () => {
  it.for(phoneOf(1))('applies for a person without a mailbox, who takes over later, %s', async ([, way]) => {
    const scene = await atTheDesk(way);
    const { world, t, desk, printed, leave } = scene;

    const { person, faults } = await enter(scene);
    const application = await apply(scene, person);
    await desk.follow('apply.receipt.print');
    await desk.page.waitForURL('**/receipt.pdf');
    const unsaid = await handOver(scene, person);
    await askForCorrection(scene, person);
    const codes = await takeOver(scene, person);
    await desk.go(`/applications/${application}`);

    expect(faults).toEqual([t('desk.fault.name'), t('desk.fault.contact')]);
    const order = ReceiptOrder.parse(printed[0]);
    expect([order.locale, order.data.assisted]).toEqual([way.locale, true]);
    expect(order.data.receipt.files.map(({ requirement }) => requirement)).toContain(signedPaper.code);
    expect(unsaid).toEqual([t('desk.fault.way')]);
    expect(codes).toEqual([t('account.code.invalid')]);
    expect(await desk.page.locator('main').innerText()).not.toContain('KZ19-');
    const events = (await world.records.history(personAggregate.name, person)).map(({ fact }) => fact.type);
    expect(events).toEqual(['person-registered', 'letter-kept', 'letter-handed-over', 'mailbox-proved']);
    expect(await leave()).toEqual([]);
  });
});

/** Enters somebody, who is a person once however often the button is pressed. */
const enter = async ({ t, desk }: Scene): Promise<{ person: PersonId; faults: string[] }> => {
  const { page } = desk;
  await desk.press('desk.enter.submit');
  const faults = await desk.faults();
  await desk.look('a person without a name');
  await page.getByLabel(t('desk.name')).fill('Сапарова Айгүл Ерланқызы');
  await page.getByLabel(t('desk.phone')).fill('8 701 000 00 13');
  await page.getByLabel(t('desk.address')).fill('Алматы облысы, Қарасай ауданы');
  await page.getByRole('button', { name: t('desk.enter.submit') }).dblclick();
  await desk.told('desk.done.entered');
  return { person: PersonId.parse(new URL(page.url()).pathname.split('/').at(-1)), faults };
};

/** Begins the application, which colleagues fill in, adds the signed paper and submits. */
const apply = async (scene: Scene, person: PersonId): Promise<string> => {
  const { world, roundId, t, desk } = scene;
  const { page } = desk;
  await desk.press('apply.start.begin');
  await page.getByText(t('desk.actingFor', { name: 'Сапарова Айгүл Ерланқызы' })).waitFor();
  const id = await aCompleteIn(world, roundId, { personId: person, assistant: worker.id });
  await desk.go(`/applications/${id}/check`);
  await page.locator('.govuk-error-summary a').first().click();
  const paper = page.locator('section.card', { hasText: signedPaper.title[t.locale] });
  // The storage of a scene takes whole files.
  await page.route('**/upload*.js', (route) => route.abort());
  await paper.getByRole('button', { name: t('apply.document.choose') }).click();
  await sendFile(desk);
  await page.getByText(t('apply.document.received'), { exact: true }).nth(1).waitFor();
  await desk.go(`/applications/${id}/check`);
  await page.getByRole('button', { name: t('apply.submit'), exact: true }).dblclick();
  await page.waitForURL('**/receipt');
  return id;
};

const sendFile = async ({ page, press }: Visitor): Promise<void> => {
  await page.locator('[type=file]').setInputFiles(aPdf);
  await press('apply.document.upload');
};

/** The letter about the submission, as the outbox brings it; it is noted how the person got it. */
const handOver = async ({ world, desk }: Scene, person: PersonId): Promise<string[]> => {
  for (const [id, { body }] of world.records.outbox) {
    if (body.kind === 'letter') await keepForDesk(world, id, body);
  }
  await desk.go('/desk');
  await desk.look('the desk with a letter');
  await desk.go(`/desk/people/${person}`);
  await desk.look('a person with a letter');
  await desk.page.locator('main a[href*="/letters/"]').click();
  await desk.press('desk.letter.submit');
  const faults = await desk.faults();
  await desk.look('a letter, not said how');
  await desk.page.locator('[name=way]').first().check();
  await desk.press('desk.letter.submit');
  await desk.told('desk.done.handedOver');
  return faults;
};

/** Files what the person signed, with the scan of the paper. */
const askForCorrection = async ({ t, desk }: Scene, person: PersonId): Promise<void> => {
  const { page } = desk;
  await desk.follow('desk.rights.link');
  await page.locator('main a[href*="/correction/"]').click();
  await page.getByLabel(t('rights.correct.field')).fill('Туған жылым қате.');
  await desk.press('rights.correct.submit');
  await desk.told('rights.done.correction');
  await desk.press('desk.rights.scan');
  await desk.look('upload of a signed paper');
  await sendFile(desk);
  await desk.told('desk.done.scanned');
  await page.getByText(t('desk.rights.papers', { count: 1 })).waitFor();
  await desk.look('a request with its paper');
  await desk.go(`/desk/people/${person}`);
};

/** The person has a mailbox by now and reads its code out. @returns what was said of a code that is none */
const takeOver = async ({ t, served, desk }: Scene, person: PersonId): Promise<string[]> => {
  const { page } = desk;
  await page.getByLabel(t('account.mail')).fill('aigul@example.kz');
  await desk.press('desk.mailbox.submit');
  await page.waitForURL(`**/${person}/mailbox/code`);
  await page.getByLabel(t('account.code.label')).fill('12');
  await desk.press('account.mailbox.confirm');
  const faults = await desk.faults();
  await desk.look('a wrong code at the desk');
  await page.getByLabel(t('account.code.label')).fill(served.codes.at(-1) ?? '');
  await desk.press('account.mailbox.confirm');
  await desk.told('desk.done.takenOver');
  return faults;
};
