import { parse } from 'node-html-parser';
import { expect, it } from 'vitest';
import { anInterviewRoundIn, chair, secretary } from '#test/builders/interview-scenes.ts';
import { panelKept } from '#test/builders/panels.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { aSelectionSite } from './selection-site.ts';

const aPanel = async () => {
  const world = aWorld();
  const { roundId } = await anInterviewRoundIn(world);
  const panel = await panelKept(world, roundId);
  const browser = await aSelectionSite(world).staff(secretary);
  return { browser, panel, plan: (locale: string) => `/${locale}/committee/rounds/${roundId}/interviews` };
};

it('names everything that a panel lacks at once, for a new one and for one that is changed', async () => {
  const { browser, panel, plan } = await aPanel();
  for (const page of ['/panels', `/panels/${panel.id}`]) {
    const { status, text } = await browser.post(plan('en') + page, { members: chair.id, place: ' ' });

    expect(status).toBe(422);
    const faults = parse(text).querySelectorAll('.govuk-error-summary li');
    expect(faults.map((one) => one.text)).toEqual([
      'Choose at least 3 members.',
      'Choose at least one language.',
      'Say where it takes place, in at most 300 characters.',
    ]);
  }
});

it.for([
  ['kk', '1-топ: қазақ тілі, орыс тілі'],
  ['ru', 'Группа 1: казахский, русский'],
  ['en', 'Panel 1: Kazakh, Russian'],
] as const)('names its languages within a line as the language writes them: %s', async ([locale, said]) => {
  const { browser, plan } = await aPanel();
  const { text } = await browser.get(plan(locale));

  expect(
    parse(text)
      .querySelectorAll('select[name=panel] option')
      .map((one) => one.text),
  ).toContain(said);
});
