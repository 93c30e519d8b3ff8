import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { slotsIn } from '#functions/commands/interview-reading.ts';
import { roundFileOf } from '#functions/commands/pinned.ts';
import { beaconDue } from '#shared/domain/beacon.ts';
import type { Criterion } from '#shared/domain/criterion.ts';
import { stationsOf } from '#shared/domain/station.ts';
import { aBeaconRule, aFileWithBeacon, awaitedValue, publishedText } from '#test/builders/beacon.ts';
import * as interviews from '#test/builders/interview-scenes.ts';
import { stationsPlanned } from '#test/builders/panels.ts';
import { asUpload, withStations } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aScoringIn, candidacyOf, ratersOf, roundIn } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';
import { launchBrowser, missingBrowser } from './browser.ts';
import { aSceneOf } from './scene.ts';
import { signInAll } from './served-round.ts';
import { type Visitor, type Way, waysOf } from './visitors.ts';

let browser: Browser;
beforeAll(async () => {
  if (!missingBrowser) browser = await launchBrowser();
});
afterAll(async () => browser?.close());

describe.skipIf(missingBrowser)('a rater', () => {
  it.for(waysOf(2))(
    'scores blindly, criterion by criterion, and only then sees others, %s',
    async ([, way]) => {
      const world = aWorld();
      const { roundId, applications } = await aScoringIn(world, [{}, {}]);
      const [first] = applications;
      if (!first) throw new Error('Nobody applied.');
      const { t, served, visitors, leave } = await aSceneOf(browser, world, way);
      const { rubric } = await roundFileOf(world.records, (await roundIn(world, roundId)).plan);
      const [token] = await signInAll(served, await ratersOf(world, first.id));
      const rater = await visitors.enter(token, `/committee/rounds/${roundId}/scoring`);

      await rater.look('own applications');
      await rater.page.getByRole('link', { name: first.number }).click();
      const blind = await rater.page.locator('main').innerText();
      await choosePoints(rater, rubric.criteria.slice(1), way);
      await rater.press('scoring.save');
      const faults = await rater.faults();
      await rater.look('a card that lacks a criterion');
      const last = rubric.criteria.at(-1);
      const kept = await rater.page.locator(`[name="points.${last?.code}"]:checked`).count();
      await choosePoints(rater, rubric.criteria.slice(0, 1), way);
      await rater.page.getByRole('button', { name: t('scoring.save') }).dblclick();
      await rater.page.waitForURL(/done=scoring\.done/);
      await rater.look('what was saved, before the next card');
      const saved = await rater.page.locator('.govuk-notification-banner').innerText();
      await rater.go(`/committee/rounds/${roundId}/scoring/${first.id}`);
      await rater.look('an own card', { phone: 'scorecard-phone' });
      const after = await rater.page.locator('main').innerText();

      expect(blind).not.toContain('Сапарова');
      expect(blind).toContain(t('scoring.others.hidden'));
      // It names the criterion.
      expect(faults).toEqual([expect.stringMatching(`^.+: ${t('scoring.fault.points-needed')}$`)]);
      expect(kept).toBe(1);
      expect(after).toContain(t('scoring.others.none'));
      const { number, scores } = await candidacyOf(world, first.id);
      expect(scores).toHaveLength(1);
      expect(saved).toContain(`${number}, ${t.number(scores[0]?.total ?? -1)}`);
      expect(await leave()).toEqual([]);
    },
  );
});

describe.skipIf(missingBrowser)('the public value for the draw', () => {
  it.for(waysOf(1))('is pasted by the secretary, wrong at first, %s', async ([, way]) => {
    const world = aWorld();
    const { roundId } = await aScoringIn(world, [{}], asUpload(aFileWithBeacon()));
    const { closesAt } = await roundIn(world, roundId);
    world.clock.to(beaconDue(aBeaconRule, closesAt).at);
    const { t, served, visitors, leave } = await aSceneOf(browser, world, way);
    const [token] = await signInAll(served, [interviews.secretary]);
    const secretary = await visitors.enter(token, `/committee/rounds/${roundId}`);
    await secretary.look('a gate that waits for a public value');
    await secretary.page.getByRole('link', { name: t('beacon.title') }).click();
    await secretary.look('an awaited value');
    await secretary.page.getByLabel(t('beacon.value'), { exact: true }).fill('5 7');
    await secretary.press('beacon.bring');
    const faults = await secretary.faults();
    await secretary.page.getByLabel(t('beacon.value'), { exact: true }).fill(publishedText(closesAt));
    await secretary.page.getByRole('button', { name: t('beacon.bring') }).dblclick();
    await secretary.told('beacon.done.recorded');
    await secretary.look('a value that is there');

    expect(faults).toEqual([t('beacon.fault.damaged', { count: 1, expected: 96 })]);
    expect((await roundIn(world, roundId)).beacon).toEqual(awaitedValue(closesAt));
    expect(await leave()).toEqual([]);
  });
});

/** Two are invited, and Aigul is at the second station of hers where `begun` says so; else no time is planned. */
const atInterviews = async (way: Way, begun = false) => {
  const world = aWorld();
  const scene = begun ? { file: withStations() } : {};
  const { roundId, candidates } = await interviews.anInterviewRoundIn(world, scene);
  const [aigul, bolat] = [interviews.nth(candidates, 0), interviews.nth(candidates, 1)];
  if (begun) {
    const slot = interviews.nth(await stationsPlanned(world, roundId, 2), 0);
    granted(await bookInterview(world, { ...aigul, slotId: slot.id }));
    world.clock.to(at('2022-10-24T04:25'));
  }
  const round = await aSceneOf(browser, world, way);
  const { chair, secretary, members } = interviews;
  const [theChair = '', theSecretary = '', theMember = ''] = await signInAll(round.served, [
    chair,
    secretary,
    interviews.nth(members, 0),
  ]);
  const plan = `/committee/rounds/${roundId}/interviews`;
  return { ...round, roundId, aigul, bolat, theChair, theSecretary, theMember, plan };
};

/** As long as such addresses are; it has no spaces. */
const callAddress = 'https://meet.example.kz/talgar-education-interviews-118';

describe.skipIf(missingBrowser)('interview times', () => {
  it.for(waysOf(0))('are planned by the secretary and booked by applicants, %s', async ([, way]) => {
    const { world, roundId, aigul, bolat, served, visitors, t, leave, ...scene } = await atInterviews(way);
    const secretary = await visitors.enter(scene.theSecretary, scene.plan);
    await secretary.page.getByLabel(t('interview.from')).fill('2022-10-24T10:00');
    await secretary.page.getByLabel(t('interview.count')).fill('many');
    await secretary.page.getByLabel(t('interview.place'), { exact: true }).fill(callAddress);
    await secretary.press('interview.plan');
    const planning = await secretary.faults();
    await secretary.look('a plan without a number');
    const typed = await secretary.page.getByLabel(t('interview.place'), { exact: true }).inputValue();
    await secretary.page.getByLabel(t('interview.count')).fill('3');
    await secretary.press('interview.plan');
    await secretary.told('interview.done.planned');
    await secretary.look('planned times', { desk: 'interview-times' });
    await secretary.follow('timetable.title');
    await secretary.look('a timetable that is not possible');
    await secretary.go(`${scene.plan}/panels`);
    await secretary.look('panels');

    const address = `/applications/${aigul.applicationId}/interview`;
    const applicant = await visitors.enterByPhone(await served.tokens.applicant(aigul.by), address);
    await applicant.press('interview.book');
    const choosing = await applicant.faults();
    await applicant.look('a booking without a time');
    const slotId = interviews.nth(await slotsIn(world.records, roundId), 0).id;
    granted(await bookInterview(world, { ...bolat, slotId }));
    await applicant.page.locator(`[name=slot][value="${slotId}"]`).check();
    await applicant.press('interview.book');
    const late = await applicant.faults();
    await applicant.look('somebody was faster');
    await applicant.page.locator('[name=slot]').first().check();
    await applicant.page.getByRole('button', { name: t('interview.book') }).dblclick();
    await applicant.told('interview.done.booked');
    await applicant.look('booked', { phone: 'booking-phone' });
    await applicant.page.locator('[name=slot]').first().check();
    await applicant.press('interview.change');
    await applicant.told('interview.done.booked');
    await applicant.press('interview.cancel');
    await applicant.told('interview.done.cancelled');

    expect(planning).toEqual([t('interview.fault.count', { maximum: 40 })]);
    expect(typed).toBe(callAddress);
    expect(choosing).toEqual([t('interview.slotNeeded')]);
    expect(late).toEqual([expect.stringContaining(t('problems.slot-taken.title'))]);
    expect(await leave()).toEqual([]);
  });
});

describe.skipIf(missingBrowser)('a member at an interview', () => {
  it.for(waysOf(1))('gives a scorecard of each station, whole or not at all, %s', async ([, way]) => {
    const { world, roundId, aigul, visitors, t, leave, ...scene } = await atInterviews(way, true);
    const { interviews: rules } = await roundFileOf(world.records, (await roundIn(world, roundId)).plan);
    const member = await visitors.enter(scene.theMember, scene.plan);

    await member.page.getByRole('link', { name: aigul.application.number }).click();
    const [lesson, conversation] = stationsOf(rules).map(({ criteria }) => criteria);
    await choosePoints(member, lesson?.slice(1), way);
    await member.press('interview.giveCard');
    const faults = await member.faults();
    await member.look('a scorecard that lacks a criterion');
    await choosePoints(member, lesson?.slice(0, 1), way);
    await member.page.getByRole('button', { name: t('interview.giveCard') }).dblclick();
    await member.told('interview.done.scored');
    await choosePoints(member, conversation, way);
    await member.press('interview.giveCard');
    await member.told('interview.done.scored');
    await member.look('own scorecards of two stations');
    const secretary = await visitors.enter(scene.theSecretary, `${scene.plan}/${aigul.applicationId}`);
    const name = await secretary.page.locator('h1').innerText();
    await secretary.press('interview.noteMissed');
    await secretary.told('interview.done.noted');
    await secretary.look('somebody did not come');
    await secretary.press('interview.cameAfterAll');
    await secretary.told('interview.done.noted');

    // It names the criterion.
    expect(faults).toEqual([expect.stringMatching(`^.+: ${t('scoring.fault.points-needed')}$`)]);
    expect(name).toContain('Сапарова Айгүл');
    expect(await leave()).toEqual([]);
  });
});

/** The best step of each criterion, by the words of its question. */
const choosePoints = async ({ page }: Visitor, criteria: readonly Criterion[] = [], { locale }: Way) => {
  for (const { title } of criteria) {
    const steps = page
      .getByRole('group', { name: title[locale] })
      .locator('[type=radio]:not([value=abstain])');
    await steps.last().check();
  }
};
