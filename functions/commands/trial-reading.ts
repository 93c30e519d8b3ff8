import { marksAt } from '#functions/commands/marks-basis.ts';
import { markListOf } from '#functions/commands/pinned.ts';
import { candidaciesIn } from '#functions/commands/selection.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { PersonId, RoundId } from '#shared/domain/ids.ts';
import { marksAggregate } from '#shared/domain/marks.ts';
import type { MarksByNumber } from '#shared/marks/expectation.ts';
import type { Records } from '#shared/ports/records.ts';
import type { Corrections } from '#shared/replay/correction.ts';
import { type Part, type Supposed, scoresOf } from '#shared/replay/supposition.ts';

/** Files of marks, by the number of the import, and which of them wait for a second person. */
export const marksOfTrial = async (
  records: Pick<Records, 'find' | 'blob'>,
  roundId: RoundId,
): Promise<{ marksIn: Supposed['marksIn']; waitingMarks: readonly number[] }> => {
  const imports = (await records.find(marksAggregate, roundId))?.state.imports ?? [];
  const usable = imports.filter(({ status }) => status !== 'refused' && status !== 'replaced');
  const lists = new Map<number, ReadonlyMap<string, MarksByNumber>>();
  for (const { number, sha256, criteria } of usable) {
    const list = await markListOf(records, sha256);
    lists.set(number, new Map(criteria.map((code) => [code, marksAt(list, code)])));
  }
  return {
    marksIn: (number) => lists.get(number),
    waitingMarks: usable.flatMap(({ number, status }) => (status === 'waiting' ? [number] : [])),
  };
};

/** Whether points of one application hang on those of others: rows of a file that shifted come from all who are in it. */
export const movesOthers = (corrections: Corrections | undefined): boolean =>
  corrections?.corrections.some(
    ({ status, corrects }) => status === 'applied' && corrects.kind === 'rows-shifted',
  ) ?? false;

/** Every candidacy as it stands now; a list that may lag by a moment. */
export const everyoneIn = async (records: Pick<Records, 'list'>, roundId: RoundId): Promise<Candidacy[]> =>
  (await candidaciesIn(records, roundId)).map(({ state }) => state);

/** Who gave points in a part, by their codes. */
export const ratersIn = (
  everyone: readonly Candidacy[],
  part: Part,
  codes: ReadonlyMap<PersonId, string>,
): readonly string[] => {
  const rated = new Set(everyone.flatMap((one) => scoresOf(one, part).map(({ raterId }) => raterId)));
  return [...codes].flatMap(([rater, code]) => (rated.has(rater) ? [code] : []));
};
