import { describe, expect, it } from 'vitest';
import { locales, translator } from '#shared/i18n/index.ts';
import { anInterviewRoundIn, applicants, chair, nth } from '#test/builders/interview-scenes.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { aSelectionSite } from './selection-site.ts';

const aSite = async () => {
  const world = aWorld();
  const scene = await anInterviewRoundIn(world, { people: applicants(2), stopped: 1 });
  const site = aSelectionSite(world);
  const candidacies = `rounds/${scene.roundId}/candidacies`;
  return { site, scene, candidacies, through: nth(scene.candidates, 0), stopped: nth(scene.candidates, 1) };
};

describe('the page of an own application', () => {
  it.for(locales)('tells what is over and what is expected when, and no decision, in %s', async (locale) => {
    const { site, stopped } = await aSite();
    const t = translator(locale);

    const page = await (await site.applicant(stopped.by)).get(
      `/${locale}/applications/${stopped.applicationId}`,
    );

    expect(page.status).toBe(200);
    expect(page.text).toContain(t('timeline.stage-over', { stage: t('codes.stage.scoring') }));
    expect(page.text).toContain(t('timeline.results-expected'));
    expect(page.text).toContain(t('timeline.call-closed'));
    expect(page.text).not.toContain(t('timeline.call-closes'));
    expect(page.text).not.toContain(t('timeline.told.stops', { stage: t('codes.stage.scoring') }));
  });

  it('says the same to programs', async () => {
    const { site, through, stopped } = await aSite();
    const browser = await site.applicant(stopped.by);

    const own = await browser.get(`/api/applications/${stopped.applicationId}/timeline`);
    const foreign = await browser.get(`/api/applications/${through.applicationId}/timeline`);
    expect(JSON.parse(own.text).steps[0]).toMatchObject({ what: 'started', done: true });
    expect(own.text).not.toContain('stops');
    expect(foreign.status).toBe(404);
  });
});

describe('the page of a candidate’s timeline', () => {
  it.for(locales)('shows the committee what was decided, by number, in %s', async (locale) => {
    const { site, scene, stopped, candidacies } = await aSite();
    const t = translator(locale);
    const browser = await site.staff(chair);
    const candidate = `/${locale}/committee/rounds/${scene.roundId}/screening/${stopped.applicationId}`;

    const page = await browser.get(`${candidate}/timeline`);
    const answer = await browser.get(`/api/${candidacies}/${stopped.applicationId}/timeline`);
    expect((await browser.get(candidate)).text).toContain(`${candidate}/timeline`);
    expect(page.text).toContain(stopped.application.number);
    expect(page.text).toContain(`${t('codes.stage.scoring')}: ${t('committee.outcome.stops')}`);
    expect(page.text).not.toContain(stopped.by.personId);
    expect(JSON.parse(answer.text).events.at(-1)).toMatchObject({ stage: 'scoring', outcome: 'stops' });
  });

  it('is not there for applicants', async () => {
    const { site, candidacies, stopped } = await aSite();
    const browser = await site.applicant(stopped.by);

    expect((await browser.get(`/api/${candidacies}/${stopped.applicationId}/timeline`)).status).toBe(403);
  });
});
