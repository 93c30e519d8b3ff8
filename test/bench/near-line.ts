import { furtherSeason, type Season } from '#test/builders/further-season.ts';
import { figureOf, heading, record } from './harness.ts';

/**
 * What one more rating is worth where it is given near the line alone (ANCHORS B8), beside the same number given to anybody by lot. Wrong
 * decisions are those who go on and are not among the truly best; as many are left out who are.
 */
export const run = async (): Promise<void> => {
  heading(
    'One more rating near the line (1,906 applications, 60 raters, 2 ratings each, 381 places, 20 repeats)',
  );
  for (const [by, level] of [
    ['adjusted', 30],
    ['adjusted', 50],
    ['adjusted', 80],
    ['unadjusted', 50],
    ['unadjusted', 80],
  ] as const) {
    const repeats = Array.from({ length: 20 }, (_, repeat) =>
      furtherSeason({ by, level }, design, `near the line ${repeat}`),
    );
    const figures = (pick: (one: Season) => number) => figureOf(repeats.map(pick));
    const { median } = figures(({ asked }) => asked);
    const about = `${by} scores, intervals of ${level} %, ${median.toLocaleString('en')} further ratings`;
    record({
      section: '2 near the line',
      what: `${about}: wrong decisions`,
      unit: 'applications',
      ours: figures(({ near }) => near),
      against: {
        what: 'as many further ratings for anybody, by lot',
        figure: figures(({ anybody }) => anybody),
      },
      goal: 'ANCHORS B8: fewer wrong decisions for a further rating than a uniform further rater',
    });
    record({
      section: '2 near the line',
      what: `${about}: wrong decisions fewer for each hundred of them`,
      unit: 'applications',
      ours: figures(({ before, near, asked }) => (100 * (before - near)) / asked),
      against: {
        what: 'by lot',
        figure: figures(({ before, anybody, asked }) => (100 * (before - anybody)) / asked),
      },
      goal: 'more than by lot',
    });
  }
};

const design = { applications: 1906, raters: 60, places: 381 } as const;
