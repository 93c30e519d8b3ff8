import type { Broken, Readable } from '#shared/domain/round-file-rules.ts';

const placeOf = (...within: (string | number)[]): Broken['path'] => ['interviews', 'stations', ...within];

/**
 * Stations share out the interview: each criterion, each minute and each scorecard belongs to one of them. Each weighs something, or
 * its cards would have no total, and a committee can give its scorecards.
 */
export const stationRules = ({ interviews, committee }: Readable): Broken[] => {
  if (!interviews?.stations) return [];
  const { stations, minutes, scorecards, criteria } = interviews;
  const sumOf = (part: 'minutes' | 'scorecards'): number =>
    stations.reduce((sum, station) => sum + station[part], 0);
  const minimum = committee?.minimum;
  return [
    ...sumRule('minutes', minutes, sumOf('minutes')),
    ...sumRule('scorecards', scorecards, sumOf('scorecards')),
    ...criterionRules(interviews),
    ...stations.flatMap(({ criteria: own }, index) =>
      criteria.some(({ code, weight }) => weight > 0 && own.includes(code))
        ? []
        : [{ path: placeOf(index, 'criteria'), message: 'round-file.station-weight' }],
    ),
    ...stations.flatMap(({ scorecards: needed }, index) =>
      minimum !== undefined && needed > minimum
        ? [{ path: placeOf(index, 'scorecards'), message: 'round-file.scorecards', facts: { minimum } }]
        : [],
    ),
  ];
};

const sumRule = (part: 'minutes' | 'scorecards', said: number, sum: number): Broken[] =>
  said === sum ? [] : [{ path: ['interviews', part], message: 'round-file.station-sum', facts: { sum } }];

const criterionRules = ({ stations = [], criteria }: NonNullable<Readable['interviews']>): Broken[] => {
  const known = new Set(criteria.map(({ code }) => code));
  const seen = new Set<string>();
  const wrong = stations.flatMap((station, index) =>
    station.criteria.flatMap((code, place) => {
      const path = placeOf(index, 'criteria', place);
      const again = seen.has(code);
      seen.add(code);
      if (!known.has(code)) return [{ path, message: 'round-file.unknown-code', facts: { code } }];
      return again ? [{ path, message: 'round-file.same-code', facts: { code } }] : [];
    }),
  );
  const left = criteria.flatMap(({ code }, index) =>
    seen.has(code)
      ? []
      : [{ path: ['interviews', 'criteria', index], message: 'round-file.station-none', facts: { code } }],
  );
  return [...wrong, ...left];
};
