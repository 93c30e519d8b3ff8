import type { Broken, Readable } from '#shared/domain/round-file-rules.ts';

const placeOf = (...within: (string | number)[]): Broken['path'] => ['interviews', ...within];

/**
 * Each pair of sites is named once, by sites that there are. Who works at a school that somebody wants a post at is known only where the
 * round compares that, and lets it bar: what is merely shown is not found in full.
 */
export const siteRules = ({ interviews, conflicts, committee }: Readable): Broken[] => {
  if (!interviews) return [];
  const { travel, outsiders } = interviews;
  const compared = conflicts?.grounds.some(({ ground, effect }) => ground === 'school' && effect === 'bars');
  const minimum = committee?.minimum;
  return [
    ...(travel ? [...sameSites(travel), ...pairRules(travel)] : []),
    ...(outsiders && !compared
      ? [{ path: placeOf('outsiders'), message: 'round-file.outsiders-unknown' }]
      : []),
    ...(outsiders && minimum !== undefined && outsiders.atLeast > minimum
      ? [{ path: placeOf('outsiders', 'atLeast'), message: 'round-file.outsiders-many', facts: { minimum } }]
      : []),
  ];
};

type Travel = NonNullable<NonNullable<Readable['interviews']>['travel']>;

const sameSites = ({ sites }: Travel): Broken[] =>
  sites.flatMap(({ code }, index) =>
    sites.findIndex((site) => site.code === code) < index
      ? [
          {
            path: placeOf('travel', 'sites', index, 'code'),
            message: 'round-file.same-code',
            facts: { code },
          },
        ]
      : [],
  );

const pairRules = ({ sites, between = [] }: Travel): Broken[] => {
  const known = new Set(sites.map(({ code }) => code));
  const seen = new Set<string>();
  return between.flatMap(({ sites: pair }, index) => {
    const path = placeOf('travel', 'between', index, 'sites');
    const strange = pair.find((code) => !known.has(code));
    if (strange !== undefined) {
      return [{ path, message: 'round-file.unknown-code', facts: { code: strange } }];
    }
    const key = pair.toSorted().join(' ');
    const again = seen.has(key) || pair[0] === pair[1];
    seen.add(key);
    return again ? [{ path, message: 'round-file.same-code', facts: { code: pair.join(' – ') } }] : [];
  });
};
