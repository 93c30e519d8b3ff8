import { parse } from 'node-html-parser';
import { expect } from 'vitest';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { aCommitteeSite, type Seat } from '#test/builders/committee-site.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aScoringIn, ratersOf, score, secretary } from '#test/builders/selection.ts';

/** Six applications; of the first half everybody gave the most of each scale, of the others the least. */
export const scoring = async () => {
  const world = aWorld();
  const { roundId, applications } = await aScoringIn(
    world,
    Array.from({ length: 6 }, () => ({})),
  );
  const scoreAll = async (): Promise<void> => {
    for (const [index, { id }] of applications.entries()) {
      for (const by of await ratersOf(world, id)) granted(await score({ world, roundId }, by, id, index < 3));
    }
  };
  return {
    world,
    roundId,
    applications,
    scoreAll,
    site: aCommitteeSite(world),
    formulas: `/en/committee/rounds/${roundId}/formulas`,
    api: `/api/rounds/${roundId}`,
  };
};

export const scored = async () => {
  const scene = await scoring();
  await scene.scoreAll();
  granted(await drawUpProposal(scene.world, { by: secretary, roundId: scene.roundId }));
  return scene;
};

export const tried = (formula: string): string => `?formula=${encodeURIComponent(formula)}`;

export const valuesOn = (html: string): Map<string, string> =>
  new Map(
    parse(html)
      .querySelectorAll('#values tbody tr')
      .map((row) => row.childNodes.map((cell) => cell.text.trim()))
      .map(([number = '', value = '']) => [number, value]),
  );

/** Of which applications a value is told. */
export const toldOn = (html: string): string[] =>
  [...valuesOn(html)].flatMap(([number, value]) => (value === '–' ? [] : [number])).toSorted();

export const shared = async (seat: Seat, formulas: string, formula = 'avg(methods) * 2', name = 'Twice') => {
  const answer = await seat.post(formulas, { formula, 'name.en': name, 'name.kk': '', 'name.ru': '' });
  expect([answer.status, answer.text]).toEqual([303, '']);
  return answer.location.split('?')[0] ?? '';
};
