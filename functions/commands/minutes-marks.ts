import type { DocumentRef } from '#shared/domain/document.ts';
import type { PersonId, RoundId } from '#shared/domain/ids.ts';
import { marksAggregate, standingImports } from '#shared/domain/marks.ts';
import type { Gathered } from '#shared/papers/gathered.ts';
import { reasonOfUndoing } from '#shared/papers/gathered-marks.ts';
import type { Records } from '#shared/ports/records.ts';

type Told = Pick<Gathered, 'marks' | 'undoneMarks'>;

/** The files of marks from another organisation that count, and those that were taken back. */
export const marksIn = async (records: Pick<Records, 'find'>, roundId: RoundId): Promise<Told> => {
  const state = (await records.find(marksAggregate, roundId))?.state;
  const counting = [...new Set(standingImports(state).values())];
  return {
    marks: counting.toSorted((a, b) => a.number - b.number),
    undoneMarks: (state?.imports ?? []).filter(({ status }) => status === 'undone'),
  };
};

/** Who brought and who confirmed those that count; some of them have no seat. */
export const importersIn = ({ marks }: Told): PersonId[] =>
  marks.flatMap(({ by, confirmed }) => (confirmed ? [by, confirmed.by] : [by]));

/** Why the ones were confirmed in spite of oddities, and the others taken back. */
export const marksReasonsIn = ({ marks, undoneMarks }: Told): DocumentRef[] => [
  ...marks.flatMap(({ reason }) => reason ?? []),
  ...undoneMarks.flatMap((one) => reasonOfUndoing(one) ?? []),
];
