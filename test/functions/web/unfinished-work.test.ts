import { parse } from 'node-html-parser';
import { expect, it } from 'vitest';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { aScoringIn, aScreeningIn, secretary } from '#test/builders/selection.ts';

/** What the secretary reads who draws a proposal up too early. */
const toldIn = async (stage: 'screening' | 'scoring', locale: string): Promise<string> => {
  const world = aWorld();
  const scene =
    stage === 'scoring' ? aScoringIn(world, [{}, {}]) : aScreeningIn(world, [{ subjects: ['history'] }]);
  const { roundId } = await scene;
  const seat = await aCommitteeSite(world).signIn(secretary);
  const { status, text } = await seat.post(`/${locale}/committee/rounds/${roundId}/proposal`, {});
  expect(status).toBe(409);
  return parse(text).querySelector('main')?.text ?? '';
};

it.for([
  ['screening', 'en', '1 application still needs work.'],
  ['scoring', 'en', '4 scores are still missing.'],
  ['scoring', 'ru', 'Не хватает 4 оценок.'],
  ['scoring', 'kk', 'Әлі 4 баға жетіспейді.'],
] as const)('a proposal that is drawn up too early in %s says in %s: %s', async ([stage, locale, said]) => {
  expect(await toldIn(stage, locale)).toContain(said);
});
