import { parse } from 'node-html-parser';
import { expect, it } from 'vitest';
import { anInterviewRoundIn, secretary } from '#test/builders/interview-scenes.ts';
import { aRoundFile, withStations } from '#test/builders/round-file.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { aSelectionSite } from './selection-site.ts';

it.for([aRoundFile(), withStations()])('names at once everything that is wrong with times', async (file) => {
  const world = aWorld();
  const { roundId } = await anInterviewRoundIn(world, { file });
  const browser = await aSelectionSite(world).staff(secretary);
  const page = `/en/committee/rounds/${roundId}/interviews`;
  const refused = await browser.post(page, { from: 'noon', count: '0', place: ' ', 'stations.lesson': 'x' });

  const named = parse(refused.text).querySelectorAll('.govuk-error-summary li');
  const where = named.map((one) => one.querySelector('a')?.getAttribute('href'));
  const held = file.interviews.stations?.map(({ code }) => `#stations.${code}`) ?? ['#place'];
  expect([refused.status, where]).toEqual([422, ['#from', '#count', ...held]]);
  expect(refused.text).toContain('value="noon"');
});
