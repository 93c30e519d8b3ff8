import { type Chance, chanceOf } from '#shared/chance.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import { type Oddity, odditiesOf, rowOddities } from '#shared/marks/oddities.ts';
import { aNumber } from '#test/builders/marks.ts';
import { criteria } from './marks-scene.ts';

/** Chance as these tests need it: between 0 and 1, and of the normal curve. */
export type Luck = { below: Chance['below']; share: () => number; normal: () => number };

export const luckOf = (seed: string): Luck => {
  const { below } = chanceOf(seed);
  const share = (): number => (below(1_000_000_000) + 0.5) / 1_000_000_000;
  const normal = (): number => Math.sqrt(-2 * Math.log(share())) * Math.cos(2 * Math.PI * share());
  return { below, share, normal };
};

const onScale = (mark: number): number => Math.min(100, Math.max(0, mark));

/** So many of the items are right as somebody of that ability has right. */
const right = (items: number, ability: number, { share }: Luck): number => {
  const chance = Math.min(0.98, Math.max(0.05, 0.6 + 0.15 * ability));
  return Array.from({ length: items }, share).filter((one) => one < chance).length;
};

/** Tests that mark honestly, each in its own way: the mark of somebody of that ability. */
export const honestTests: Readonly<Record<string, (ability: number, luck: Luck) => number>> = {
  'whole points': (ability) => onScale(Math.round(60 + 15 * ability)),
  'half points': (ability) => onScale(Math.round(2 * (60 + 15 * ability)) / 2),
  'half points, seldom given': (ability, { share }) => {
    const mark = 60 + 15 * ability;
    return onScale(share() < 0.1 ? Math.floor(mark) + 0.5 : Math.round(mark));
  },
  'two decimals': (ability) => onScale(Math.round(100 * (60 + 15 * ability)) / 100),
  'an easy test': (ability) => onScale(Math.round(82 + 15 * ability)),
  'a hundred items': (ability, luck) => right(100, ability, luck),
  'percent of 45 items': (ability, luck) => Math.round((10_000 * right(45, ability, luck)) / 45) / 100,
  'twenty items of five points': (ability, luck) => 5 * right(20, ability, luck),
  'two kinds of people': (ability, { normal }) =>
    onScale(Math.round((ability < -0.25 ? 45 : 70) + 6 * ability + 6 * normal())),
  'everybody alike': (ability) => onScale(Math.round(70 + 6 * ability)),
};

export type Simulated = { test: number[]; essay: number[]; rated: number[] };

/** Test, essay and raters' scores of people whose abilities are related so much. */
export const simulated = (
  markOf: (ability: number, luck: Luck) => number,
  { people, related, seed }: { people: number; related: number; seed: string },
): Simulated => {
  const luck = luckOf(seed);
  const [common, own] = [Math.sqrt(related), Math.sqrt(1 - related)];
  const all = Array.from({ length: people }, () => {
    const ability = luck.normal();
    const next = (): number => common * ability + own * luck.normal();
    return {
      test: markOf(next(), luck),
      essay: Math.min(20, Math.max(0, Math.round(12 + 3 * next()))),
      rated: onScale(60 + 15 * next()),
    };
  });
  return {
    test: all.map(({ test }) => test),
    essay: all.map(({ essay }) => essay),
    rated: all.map(({ rated }) => rated),
  };
};

const byNumber = (marks: readonly number[], numbers: readonly ApplicationNumber[]) =>
  new Map(marks.flatMap((mark, place) => (numbers[place] ? [[numbers[place], mark] as const] : [])));

/**
 * Everything odd about a first file of the test, where the essay counts already and raters have scored.
 * @param numbers of the people, in the order of the file's rows
 */
export const oddIn = (
  { test, essay, rated }: Simulated,
  numbers: readonly ApplicationNumber[] = test.map((_, place) => aNumber(place)),
): Oddity[] => {
  const marks = new Map([['test', byNumber(test, numbers)]]);
  const compared = {
    standing: new Map([['essay', byNumber(essay, numbers)]]),
    rated: byNumber(rated, numbers),
  };
  const rows = test.flatMap((mark, place) => (numbers[place] ? [{ number: numbers[place], mark }] : []));
  return [
    ...rowOddities(new Map([['test', rows]]), marks, { criteria, compared }),
    ...odditiesOf(marks, criteria, compared),
  ];
};
