import { leastAnchors, leastShare } from '#shared/assignment/instance.ts';
import { capParts } from '#shared/assignment/problem.ts';
import type { Broken, Readable } from '#shared/domain/round-file-rules.ts';

type Raters = NonNullable<Readable['raters']>;

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
    ...chanceRules(raters, minimum),
    ...linkRules(raters),
  ];
};

/** A share of other regions' ratings below this leaves most of what committees differ by (ANCHORS 5.3: at 2 % a third, at 5 % a fifth). */
const leastLink = 100 * leastShare;

/** A least load above the greatest leaves nobody, nor do more anchors than that; a match of nothing, or a link of next to nothing, would look like a rule. */
const assignmentRules = ({ load, match, anchors }: Raters): Broken[] => [
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
  ...(match && !match.language && !match.subject
    ? [{ path: ['raters', 'match'], message: 'round-file.rater-match' }]
    : []),
];

/** In a committee of that size somebody comes to each application with this probability at least, in the parts that a cap is counted in. */
const chanceRules = ({ chance, perApplication }: Raters, minimum: number): Broken[] => {
  if (!chance || minimum === Infinity) return [];
  const least = Math.ceil((100 * Math.ceil((capParts * perApplication) / minimum)) / capParts);
  if (chance.atMostPercent >= least) return [];
  const facts = { minimum, each: perApplication, least };
  return [{ path: ['raters', 'chance', 'atMostPercent'], message: 'round-file.rater-chance', facts }];
};

/**
 * Without enough links or anchors nobody can tell a severe region from a weak field (ANCHORS 5.3): fewer links than that are no rule, and adjusted
 * scores, which would look comparable, do not count.
 */
const linkRules = ({ links, anchors, severityAdjustment }: Raters): Broken[] => {
  if (anchors && anchors.applications >= leastAnchors) return [];
  const facts = { least: leastLink, anchors: leastAnchors };
  if (links) {
    return links.atLeastPercent < leastLink
      ? [{ path: ['raters', 'links', 'atLeastPercent'], message: 'round-file.rater-links', facts }]
      : [];
  }
  return severityAdjustment
    ? [{ path: ['raters', 'severityAdjustment'], message: 'round-file.adjustment-links', facts }]
    : [];
};

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
