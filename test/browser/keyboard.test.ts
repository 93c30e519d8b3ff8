import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Applicant } from '#functions/commands/deps.ts';
import { slotsIn } from '#functions/commands/interview-reading.ts';
import { syntheticApplicant } from '#infra/demo/people.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { anInterviewRoundIn, nth, slotsPlanned } from '#test/builders/interview-scenes.ts';
import { offersIn, releasedIn } from '#test/builders/offers.ts';
import { aPublishedRoundIn } from '#test/builders/published.ts';
import { aCallIn, aWorld, type World } from '#test/builders/scenes.ts';
import { aPdf } from './applicant.ts';
import { launchBrowser, missingBrowser } from './browser.ts';
import { typistOn } from './keyboard.ts';
import { tabTo } from './look.ts';
import { aSceneOf } from './scene.ts';
import { phoneOf, type Way } from './visitors.ts';

let browser: Browser;
beforeAll(async () => {
  if (!missingBrowser) browser = await launchBrowser();
});
afterAll(async () => browser?.close());

const sections = [
  'identity',
  'contacts',
  'education',
  'work',
  'test',
  'achievements',
  'motivation',
  'household',
  'adjustments',
] as const;

describe.skipIf(missingBrowser)('somebody without a mouse', () => {
  it('applies with the keyboard alone, from the call to the receipt, and always sees where one is', async () => {
    const world = aWorld();
    const round = await aCallIn(world);
    const { visitors, served, t, leave } = await aSceneOf(browser, world, {
      locale: 'ru',
      javaScript: true,
      wide: false,
    });
    const token = await served.tokens.applicant({ personId: PersonId.parse('KEYB0ARD'.padEnd(20, '0')) });
    const { page } = await visitors.enter(token, `/calls/${round}`);
    // The storage of a scene takes whole files; a home's takes slices as well (apply.test.ts).
    await page.route('**/upload*.js', (route) => route.abort());
    const typist = typistOn(page, t);
    const { typed } = syntheticApplicant(0);
    const order: Record<string, string[]> = {};

    const [skip] = await typist.go(t('call.apply'));
    await typist.go(t('apply.start.begin'));
    await typist.go(t('apply.task.identity'));
    for (const section of sections) order[section] = await typist.fillSection(typed[section]);
    await typist.fillSection({});
    await typist.go(t('apply.document.choose'));
    const choosing = page.waitForEvent('filechooser');
    await typist.tick('file');
    await (await choosing).setFiles(aPdf);
    await typist.go(t('apply.document.upload'));
    await page.getByText(t('apply.document.received'), { exact: true }).waitFor();
    await typist.go(t('common.continue'));
    await typist.go(t('apply.choices.add'));
    await typist.go(t('common.continue'));
    await typist.go(t('common.continue'));
    await typist.fillSection({ consent: 'yes' });
    await typist.go(t('apply.submit'));
    const receipt = await page.locator('main').innerText();

    expect(receipt).toMatch(/KZ19-[0-9A-Z]{4}-[0-9A-Z]{4}/);
    expect(skip?.name).toBe(t('common.skip'));
    expect(order['work']).toEqual(['subjects', 'category', 'experienceYears', 'employer', 'languages']);
    expect(typist.stops.filter(({ visible }) => !visible)).toEqual([]);
    expect(await leave()).toEqual([]);
  });

  it.for(phoneOf(0))('books an interview, moves it and calls it off, %s', async ([, way]) => {
    const world = aWorld();
    const { roundId, candidates } = await anInterviewRoundIn(world, {});
    await slotsPlanned(world, roundId);
    const { applicationId, by } = nth(candidates, 0);
    const { t, typist, told, leave } = await atKeyboard(world, way, {
      by,
      path: `/applications/${applicationId}`,
    });
    const booked = async () => (await slotsIn(world.records, roundId)).filter((slot) => slot.applicationId);

    await typist.go(t('interview.toOwn'));
    await typist.tick('slot');
    await typist.go(t('interview.book'));
    await told('interview.done.booked');
    const first = await booked();
    await typist.tick('slot');
    await typist.go(t('interview.change'));
    await told('interview.done.booked');
    const second = await booked();
    await typist.go(t('interview.cancel'));
    await told('interview.done.cancelled');

    expect([first.length, second.length]).toEqual([1, 1]);
    expect(second[0]?.id).not.toBe(first[0]?.id);
    expect(await booked()).toEqual([]);
    expect(typist.stops.filter(({ visible }) => !visible)).toEqual([]);
    expect(await leave()).toEqual([]);
  });

  it.for(phoneOf(4))('accepts an offer and declines another one, %s', async ([, way]) => {
    const world = aWorld();
    const scene = await releasedIn(world, [{ choices: ['MAT-001'] }, { choices: ['MAT-002'] }]);
    const [first, second] = [nth(scene.people, 0), nth(scene.people, 1)];

    const accepting = await atKeyboard(world, way, { by: first, path: pageOf(first) });
    const { t } = accepting;
    await accepting.typist.go(t('offer.of', { vacancy: 'MAT-001' }));
    await accepting.typist.go(t('offer.accept'));
    await accepting.told('offer.done.accepted');
    const faults = await accepting.leave();
    const { typist, told, leave } = await atKeyboard(world, way, { by: second, path: pageOf(second) });
    await typist.go(t('offer.of', { vacancy: 'MAT-002' }));
    await typist.tick('reason');
    await typist.go(t('offer.decline'));
    await told('offer.done.declined');

    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 accepted', '1 MAT-002 declined']);
    expect([...accepting.typist.stops, ...typist.stops].filter(({ visible }) => !visible)).toEqual([]);
    expect([...faults, ...(await leave())]).toEqual([]);
  });

  it.for(phoneOf(2))('makes a claim, led to what is missing, %s', async ([, way]) => {
    const world = aWorld();
    const { bolat } = await aPublishedRoundIn(world);
    const path = pageOf(bolat);
    const { t, page, typist, told, leave } = await atKeyboard(world, way, { by: bolat.by, path });

    await typist.go(t('results.own'));
    await typist.go(t('results.claim.make'));
    await typist.write('text', 'My test was left out.');
    await typist.go(t('results.claim.file'));
    await page.locator('.govuk-error-summary').waitFor();
    // Where scripts run the summary has the focus already.
    await tabTo(page, ({ name }) => name === t('results.claim.groundsNeeded'));
    await page.keyboard.press('Enter');
    const led = await page.evaluate(() => document.activeElement?.getAttribute('name'));
    await page.keyboard.press('Space');
    await typist.go(t('results.claim.file'));
    await told('results.done.filed');
    const filed = await page.locator('main').innerText();

    expect(led).toBe('grounds');
    expect(filed).toContain('My test was left out.');
    expect(typist.stops.filter(({ visible }) => !visible)).toEqual([]);
    expect(await leave()).toEqual([]);
  });
});

const pageOf = ({ applicationId }: { applicationId: string }): string => `/applications/${applicationId}`;

/** One applicant of a scene, without a mouse. */
const atKeyboard = async (world: World, way: Way, { by, path }: { by: Applicant; path: string }) => {
  const scene = await aSceneOf(browser, world, way);
  const { page, told } = await scene.visitors.enter(await scene.served.tokens.applicant(by), path);
  return { ...scene, page, told, typist: typistOn(page, scene.t) };
};
