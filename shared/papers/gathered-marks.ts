import type { MarksImport } from '#shared/domain/marks.ts';
import { doerOf } from './doer.ts';
import type { Gathered } from './gathered.ts';
import type { Minutes } from './minutes.ts';
import type { MinutesMarks, MinutesUndoneMarks } from './minutes-marks.ts';

/** The marks from another organisation that count in the results, where the round has some, and those that were taken back. */
export const gatheredMarks = (
  gathered: Pick<Gathered, 'marks' | 'undoneMarks' | 'file' | 'said' | 'names'>,
): Pick<Minutes, 'marks' | 'undoneMarks'> => {
  const { file, said } = gathered;
  const criteriaOf = ({ criteria }: MarksImport): MinutesMarks['criteria'] =>
    file.rubric.criteria
      .filter(({ code }) => criteria.includes(code))
      .map(({ code, title }) => ({ code, title }));
  const marks = gathered.marks.flatMap((one): MinutesMarks[] => {
    const { sha256, file: bytes, count, sum, confirmed } = one;
    if (!confirmed) return [];
    const kept = { sha256, file: bytes, criteria: criteriaOf(one), count, sum, confirmedAt: confirmed.at };
    return [{ ...kept, ...lookedAt(one, confirmed, gathered) }];
  });
  const undoneMarks = gathered.undoneMarks.flatMap((one): MinutesUndoneMarks[] => {
    const { sha256, confirmed, endedAt } = one;
    if (!confirmed || !endedAt) return [];
    const reason = said(reasonOfUndoing(one));
    const people = one.undoings ? 2 : 1;
    const took = { confirmedAt: confirmed.at, undoneAt: endedAt, people, ...(reason && { reason }) } as const;
    return [{ sha256, criteria: criteriaOf(one), ...took }];
  });
  return { ...(marks.length > 0 && { marks }), ...(undoneMarks.length > 0 && { undoneMarks }) };
};

/** By whom, and what they were warned of and did about it. */
const lookedAt = (
  { by, at, suspicions, rowOrder = [], reason }: MarksImport,
  confirmed: NonNullable<MarksImport['confirmed']>,
  gathered: Pick<Gathered, 'said' | 'names'>,
): Partial<MinutesMarks> => {
  const kinds = [...new Set(rowOrder.map(({ kind }) => kind))].toSorted();
  const why = gathered.said(reason);
  return {
    brought: doerOf({ by, at }, gathered),
    confirmedBy: doerOf(confirmed, gathered),
    ...(confirmed.typed && { typed: confirmed.typed }),
    ...(suspicions > 0 && { suspicions }),
    ...(kinds.length > 0 && { rowOrder: kinds }),
    ...(why && { reason: why }),
  };
};

/** Given by who asked; by who undid, where that took one person. */
export const reasonOfUndoing = ({ undoings, reason }: MarksImport): MarksImport['reason'] =>
  undoings ? undoings.find(({ status }) => status === 'done')?.reason : reason;
