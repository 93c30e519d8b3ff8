import type { Broken, Readable } from '#shared/domain/round-file-rules.ts';

/** One person alone does not rate, and the committee has everybody whom one application may ask. */
export const raterRules = (file: Readable): Broken[] => {
  const { raters, committee } = file;
  if (!raters) return [];
  const path = ['raters', 'perApplication'];
  const minimum = committee?.minimum ?? Infinity;
  return [
    ...(raters.perApplication < 2 ? [{ path, message: 'round-file.one-rater' }] : []),
    ...(raters.perApplication >= minimum ? [{ path, message: 'round-file.raters', facts: { minimum } }] : []),
    ...furtherRules(file, minimum),
    ...assignmentRules(raters),
  ];
};

/** A share of other regions' ratings below this leaves most of what committees differ by (ANCHORS 5.3: at 2 % a third, at 5 % a fifth). */
const leastLink = 5;

/** A least load above the greatest leaves nobody, nor do more anchors than that; a match of nothing, or a link of next to nothing, would look like a rule. */
const assignmentRules = ({ load, match, links, anchors }: NonNullable<Readable['raters']>): Broken[] => [
  ...(load?.atLeast !== undefined && load.atLeast > load.atMost
    ? [
        {
          path: ['raters', 'load', 'atLeast'],
          message: 'round-file.rater-load',
          facts: { atLeast: load.atLeast, atMost: load.atMost },
        },
      ]
    : []),
  ...(load && anchors && anchors.applications > load.atMost
    ? [
        {
          path: ['raters', 'anchors', 'applications'],
          message: 'round-file.rater-anchors',
          facts: { applications: anchors.applications, atMost: load.atMost },
        },
      ]
    : []),
  ...(links && !anchors && links.atLeastPercent < leastLink
    ? [
        {
          path: ['raters', 'links', 'atLeastPercent'],
          message: 'round-file.rater-links',
          facts: { least: leastLink },
        },
      ]
    : []),
  ...(match && !match.language && !match.subject
    ? [{ path: ['raters', 'match'], message: 'round-file.rater-match' }]
    : []),
];

/** Further ratings want a line that they are near to, and members who have not rated yet, beside the one for scores that lie apart. */
const furtherRules = ({ raters, shortlist }: Readable, minimum: number): Broken[] => {
  if (!raters?.further) return [];
  const { perApplication, further } = raters;
  const most = minimum - perApplication - 1;
  return [
    ...(shortlist && shortlist.atMost === undefined
      ? [{ path: ['raters', 'further'], message: 'round-file.further-line' }]
      : []),
    ...(most >= 0 && further.atMost > most
      ? [
          {
            path: ['raters', 'further', 'atMost'],
            message: 'round-file.further-raters',
            facts: { minimum, most },
          },
        ]
      : []),
  ];
};
