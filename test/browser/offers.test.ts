import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '#functions/commands/workplace.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { anOffersRoundIn, deliverOffersIn, offersIn, theAdministrator } from '#test/builders/offers.ts';
import { aRoundFile, withConditions, withDeferral, withExchange } from '#test/builders/round-file.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { launchBrowser, missingBrowser } from './browser.ts';
import { aSceneOf, unfold } from './scene.ts';
import { type Way, waysOf } from './visitors.ts';

let browser: Browser;
beforeAll(async () => {
  if (!missingBrowser) browser = await launchBrowser();
});
afterAll(async () => browser?.close());

const school: Person = { kind: 'person', id: PersonId.parse('SCH00000000000000000'), role: 'school' };

/** A post may be accepted on a condition, and begun later; who has none gets a second chance. */
const file = aRoundFile({
  answer: { ...withConditions().answer, deferral: withDeferral().answer.deferral },
  exchange: withExchange().exchange,
});

/** Two people with a final result, each with a post of their own choice; nobody was asked yet. */
const atOffers = async (way: Way) => {
  const world = aWorld();
  const people = [{ choices: ['MAT-001'] }, { choices: ['MAT-002', 'MAT-001'] }];
  const offers = await anOffersRoundIn(world, people, undefined, file);
  const [first, second] = offers.people;
  if (!first || !second) throw new Error('Two have a result.');
  const scene = await aSceneOf(browser, world, way);
  const administrator = await scene.served.tokens.staff(theAdministrator, 'Әкімші');
  const manage = `/manage/rounds/${offers.roundId}`;
  return { ...scene, offers, first, second, administrator, manage };
};

describe.skipIf(missingBrowser)('offers', () => {
  it.for(waysOf(0))('go out once their number is confirmed, and are answered once, %s', async ([, way]) => {
    const { world, served, visitors, t, leave, offers, first, second, ...scene } = await atOffers(way);
    const board = await visitors.enter(scene.administrator, `${scene.manage}/offers`);
    const stale = await visitors.enter(scene.administrator, `${scene.manage}/offers`);
    await board.look('offers that can be made');
    await board.page.getByRole('button', { name: t('offer.board.release', { count: 2 }) }).dblclick();
    await board.told('offer.done.released');
    await deliverOffersIn(world);
    await stale.press('offer.board.release', { count: 2 });
    await stale.look('offers that were made meanwhile');
    await board.go(`${scene.manage}/offers`);
    await board.look('offers made', { desk: 'offers' });
    await board.page.getByRole('link', { name: t('capacity.link') }).click();
    await board.page.getByLabel(t('offer.vacancy')).fill('MAT-001');
    await board.page.getByLabel(t('capacity.propose.posts')).fill('30');
    await board.page.getByLabel(t('capacity.reason')).last().fill('A class more.');
    await board.press('capacity.propose');
    await board.told('capacity.done.proposed');
    await board.look('a number of posts that waits for a second person');

    const accepting = await visitors.enterByPhone(
      await served.tokens.applicant(first),
      `/applications/${first.applicationId}`,
    );
    await accepting.page.getByRole('link', { name: t('offer.of', { vacancy: 'MAT-001' }) }).click();
    await accepting.look('an offer', { phone: 'offer-phone' });
    await accepting.page.getByRole('button', { name: t('offer.accept'), exact: true }).dblclick();
    await accepting.told('offer.done.accepted');
    await accepting.look('the way into the post');

    const declining = await visitors.enterByPhone(
      await served.tokens.applicant(second),
      `/applications/${second.applicationId}`,
    );
    await declining.page.getByRole('link', { name: t('offer.of', { vacancy: 'MAT-002' }) }).click();
    await declining.press('offer.decline');
    const faults = await declining.faults();
    await declining.look('declining without a reason');
    await declining.page.getByLabel(t('offer.reason.distance')).check();
    await declining.page.getByRole('button', { name: t('offer.decline'), exact: true }).dblclick();
    await declining.told('offer.done.declined');
    await declining.page.getByRole('link', { name: t('waiting.link') }).click();
    await declining.look('places on the waiting lists');

    await board.go(`${scene.manage}/exchange`);
    await board.press('exchange.open', { count: 1 });
    await board.told('exchange.done.opened');
    await board.look('a second chance that was opened');
    await declining.go(`/applications/${second.applicationId}/exchange`);
    await declining.press('exchange.join');
    const unagreed = await declining.faults();
    await declining.look('a second chance without a consent');
    await declining.page.getByLabel(t('exchange.agree')).check();
    await declining.press('exchange.join');
    await declining.told('exchange.done.joined');
    await declining.page
      .getByRole('button', { name: t('apply.choices.add') })
      .first()
      .click();
    await declining.page.locator('ol.ranking li').waitFor();
    await declining.look('posts of a second chance');
    await unfold(declining.page.getByText(t('exchange.leave.title'), { exact: true }));
    await declining.press('exchange.leave');
    await declining.told('exchange.done.left');

    expect(faults).toEqual([t('offer.reasonNeeded')]);
    expect(unagreed).toEqual([t('exchange.agreeNeeded')]);
    expect(await offersIn(world, offers)).toEqual(['0 MAT-001 accepted', '1 MAT-002 declined']);
    expect(await leave()).toEqual([]);
  });
});

describe.skipIf(missingBrowser)('a placement', () => {
  it.for(waysOf(1))('is worked through by the teacher, the school and the region, %s', async ([, way]) => {
    const { world, served, visitors, t, leave, first, second, ...scene } = await atOffers(way);
    const atSchool = await served.tokens.staff(school, 'Мектеп');
    const administrator = await visitors.enter(scene.administrator, `${scene.manage}/offers`);
    await administrator.press('offer.board.release', { count: 2 });
    await administrator.told('offer.done.released');
    await deliverOffersIn(world);
    const teacher = await visitors.enterByPhone(
      await served.tokens.applicant(first),
      `/applications/${first.applicationId}`,
    );
    await teacher.page.getByRole('link', { name: t('offer.of', { vacancy: 'MAT-001' }) }).click();
    await teacher.press('offer.accept');
    await teacher.told('offer.done.accepted');

    await teacher.page
      .getByRole('button', { name: t('placement.tick') })
      .first()
      .click();
    await teacher.told('placement.done.ticked');
    await unfold(teacher.page.getByText(t('placement.undo.summary')).first());
    await teacher.page
      .getByRole('button', { name: t('placement.undo') })
      .first()
      .click();
    const heldBack = await teacher.page.locator('[name=reason]:invalid:focus').count();
    await teacher.look('a mark taken back without a reason');
    await teacher.page
      .getByLabel(t('placement.undo.reason'), { exact: true })
      .first()
      .fill('Marked by mistake.');
    await teacher.page
      .getByRole('button', { name: t('placement.undo') })
      .first()
      .click();
    await teacher.told('placement.done.undone');
    await unfold(teacher.page.getByText(t('deferral.ask.title'), { exact: true }));
    await teacher.press('deferral.ask');
    const undated = await teacher.faults();
    await teacher.look('beginning later without a day');
    for (const [part, value] of Object.entries({ day: '15', month: '1', year: '2023' })) {
      await teacher.page.locator(`[name=until-${part}]`).fill(value);
    }
    await teacher.page.getByLabel(t('deferral.reason.family')).check();
    await teacher.page.getByRole('button', { name: t('deferral.ask'), exact: true }).dblclick();
    await teacher.told('deferral.done.asked');
    await teacher.look('asked to begin later');
    const graduate = await visitors.enterByPhone(
      await served.tokens.applicant(second),
      `/applications/${second.applicationId}`,
    );
    await graduate.page.getByRole('link', { name: t('offer.of', { vacancy: 'MAT-002' }) }).click();
    await graduate.press('offer.condition.accept');
    const unconditional = await graduate.faults();
    await graduate.look('accepting without a condition');
    await graduate.page.locator('[name=condition]').first().check();
    await graduate.page.getByRole('button', { name: t('offer.condition.accept') }).dblclick();
    await graduate.told('offer.done.conditional');
    await graduate.look('accepted on a condition');

    await administrator.go(`${scene.manage}/placements`);
    await administrator.press('placement.contact.name');
    await administrator.told('placement.done.named');
    await administrator.page
      .getByRole('button', { name: t('placement.tick') })
      .first()
      .dblclick();
    await administrator.told('placement.done.ticked');
    await administrator.look('placements');
    const confirming = await visitors.enter(atSchool, '/school');
    await confirming.page
      .getByRole('button', { name: t('placement.tick') })
      .first()
      .dblclick();
    await confirming.told('placement.done.ticked');
    await confirming.look('a school', { desk: 'school' });
    const seen = await confirming.page.locator('main').innerText();

    expect(heldBack).toBe(1);
    expect([undated.length, unconditional.length]).toEqual([2, 1]);
    expect(seen).toContain('KZ19-AAAA-0000');
    expect(await leave()).toEqual([]);
  });
});
