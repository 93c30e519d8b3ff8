import type { AnyInstance } from '#shared/assignment/instance.ts';
import { chanceOf } from '#shared/chance.ts';

const subjects = 12;
const panels = 4;

export const instanceOf = (applications: number, raters: number, room = 1.6): AnyInstance => {
  const { below } = chanceOf(`bench ${applications}`);
  const even = (3 * applications) / raters;
  return {
    applications: Array.from({ length: applications }, (_, index) => ({
      id: `A${index}`,
      subject: `S${below(subjects)}`,
      language: below(10) < 7 ? 'kk' : 'ru',
      panel: `P${below(panels)}`,
    })),
    raters: Array.from({ length: raters }, (_, index) => ({
      id: `R${index}`,
      subjects: [`S${index % subjects}`, `S${below(subjects)}`],
      languages: [['kk', 'ru'], ['kk', 'ru'], ['kk'], ['ru']][below(4)] ?? [],
      panel: `P${below(panels)}`,
      min: Math.floor(even / 2),
      max: Math.ceil(even * room),
    })),
    conflicts: Array.from({ length: applications }, (_, index): [string, string] => [
      `A${index}`,
      `R${below(raters)}`,
    ]),
    k: 3,
    edition: 4,
    links: { share: 0.05 },
    seed: 'bench',
  };
};

/** Five hundred applications in a subject that twelve know, two of whom have time for ten, and the others for `most`: enough on sight. */
export const fewKnow = (most: number, changes: Partial<AnyInstance> = {}): AnyInstance => {
  const { applications, raters, conflicts = [], ...rest } = instanceOf(10_000, 300);
  const isShort = (place: number): boolean => place < 2 && most > 40;
  return {
    ...rest,
    applications: applications.map((one, place) =>
      place < 500 ? Object.assign({}, one, { subject: 'rare' }) : one,
    ),
    raters: raters.map((one, place) =>
      place < 12 ? { id: one.id, subjects: ['rare'], max: isShort(place) ? 10 : most } : one,
    ),
    conflicts: conflicts.slice(500),
    links: { share: 0 },
    ...changes,
    ...(changes.cap !== undefined && { capYields: true }),
  };
};

/** Four in ten applications of a panel in a language that one rater of another reads: the draw sends more there than find room. */
export const oneReader = (): AnyInstance => {
  const { applications, raters, ...rest } = instanceOf(10_000, 300);
  const outsider = raters.find(({ panel }) => panel === 'P1');
  const languages = ['kk', 'ru', 'rare'];
  return {
    ...rest,
    applications: applications.map((one, place) =>
      one.panel === 'P0' && place < 4000 ? Object.assign({}, one, { language: 'rare' }) : one,
    ),
    raters: raters.map((one) => {
      const reads = one.panel === 'P0' || one === outsider;
      return reads ? Object.assign({}, one, { languages, max: one === outsider ? 100 : 10_000 }) : one;
    }),
  };
};
