import { markListOf } from '#functions/commands/pinned.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { RubricCriterion } from '#shared/domain/criterion.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import {
  type MarkList,
  type Marks,
  type MarksImport,
  marksAggregate,
  standingImports,
} from '#shared/domain/marks.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { endsOf, importedCriteria, type Points } from '#shared/domain/rubric.ts';
import type { MarksByNumber } from '#shared/marks/expectation.ts';
import type { Records } from '#shared/ports/records.ts';

/** The marks from outside that count in a round. */
export type MarksBasis = {
  /** The record of imports; undefined before the first. */
  record: Versioned<Marks> | undefined;
  /** The imports that count, oldest first. */
  imports: readonly MarksImport[];
  byCriterion: ReadonlyMap<string, MarksByNumber>;
  /** An application's points from outside; undefined while one of them is missing. */
  marksOf: (candidacy: Candidacy) => Points | undefined;
};

type Reads = Pick<Records, 'find' | 'blob'>;

export const marksBasis = async (
  records: Reads,
  { roundId, file }: { roundId: RoundId; file: Pick<RoundFile, 'rubric'> },
): Promise<MarksBasis> => {
  const record = await records.find(marksAggregate, roundId);
  const standing = standingImports(record?.state);
  const byCriterion = new Map<string, MarksByNumber>();
  for (const [code, { sha256 }] of standing) {
    byCriterion.set(code, marksAt(await markListOf(records, sha256), code));
  }
  const imports = [...new Set(standing.values())].toSorted((a, b) => a.number - b.number);
  return {
    record,
    imports,
    byCriterion,
    marksOf: pointsIn(byCriterion, importedCriteria(file.rubric.criteria)),
  };
};

/** The marks of one criterion. */
export const marksAt = ({ marks }: MarkList, code: string): MarksByNumber =>
  new Map(marks.flatMap(({ criterion, number, mark }) => (criterion === code ? [[number, mark]] : [])));

/** Who did not sit a test has the least of its scale. */
export const pointsIn =
  (byCriterion: ReadonlyMap<string, MarksByNumber>, criteria: readonly RubricCriterion[]) =>
  ({ number }: Pick<Candidacy, 'number'>): Points | undefined => {
    const points: Record<string, number> = {};
    for (const criterion of criteria) {
      const mark = byCriterion.get(criterion.code)?.get(number);
      if (mark === undefined) return undefined;
      points[criterion.code] = mark ?? endsOf(criterion).least;
    }
    return points;
  };
