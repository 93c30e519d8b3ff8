import type { Gathered } from './gathered.ts';
import type { Minutes, MinutesMarks } from './minutes.ts';

/** The marks from another organisation that count in the results, where the round has some. */
export const gatheredMarks = ({ marks, file }: Pick<Gathered, 'marks' | 'file'>): Pick<Minutes, 'marks'> => {
  const counted = marks.flatMap(({ sha256, file: bytes, criteria, count, sum, confirmed }): MinutesMarks[] =>
    confirmed
      ? [
          {
            sha256,
            file: bytes,
            criteria: file.rubric.criteria
              .filter(({ code }) => criteria.includes(code))
              .map(({ code, title }) => ({ code, title })),
            count,
            sum,
            confirmedAt: confirmed.at,
          },
        ]
      : [],
  );
  return counted.length > 0 ? { marks: counted } : {};
};
