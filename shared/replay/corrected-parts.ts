import type { Corrected } from '#shared/domain/corrected.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import type { ApplicationId, ApplicationNumber } from '#shared/domain/ids.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { Recount } from '#shared/replay/recount.ts';

/**
 * What results must be made of so that they come out as they were counted with the corrections: for every application that comes out otherwise than
 * the record alone gives, and for those that a correction changed before, which may be back at it.
 * @param decided the shortlist that was decided, which says who was invited
 */
export const correctedParts = (
  { recorded, after }: { recorded: Recount; after: Recount },
  {
    decided,
    before,
    pointsOf,
    granted,
  }: {
    decided: readonly Standing[];
    before: readonly Corrected[];
    /** Mean points by criterion where they are other than given. */
    pointsOf: (number: ApplicationNumber) => Corrected['points'];
    /** Of applications that a claim settled, which parts. */
    granted: ReadonlyMap<ApplicationNumber, Corrected['granted']>;
  },
): Corrected[] => {
  const [was, is] = [partsOf(recorded), partsOf(after)];
  const touched = new Map(before.map((one) => [one.applicationId, one]));
  const invited = new Set(
    decided.flatMap(({ applicationId, outcome }) => (outcome === 'goes-on' ? [applicationId] : [])),
  );
  const wouldBe = new Set(
    after.scoring.flatMap(({ applicationId, outcome }) => (outcome === 'goes-on' ? [applicationId] : [])),
  );
  return [...is].flatMap(([id, parts]): Corrected[] => {
    const [recordedParts, touchedParts] = [was.get(id), touched.get(id)];
    const isOther = canonicalJson(recordedParts) !== canonicalJson(parts);
    const uninvited = isOther && wouldBe.has(id) && !invited.has(id);
    if (!isOther && !touchedParts) return [];
    const points = pointsOf(parts.number);
    const claimed = granted.get(parts.number);
    return [
      {
        ...otherParts(parts, { recordedParts, touchedParts }),
        ...(points && { points }),
        ...(claimed && { granted: claimed }),
        ...(uninvited && { uninvited: true as const }),
      },
    ];
  });
};

/** What is as it was recorded stays as it was decided, unless a list before this one has it. */
const otherParts = (
  { scoring, marks, rated, interview, ...whose }: Corrected,
  {
    recordedParts,
    touchedParts,
  }: { recordedParts: Corrected | undefined; touchedParts: Corrected | undefined },
): Corrected => {
  const first = { scoring, marks, rated };
  const isFirst = touchedParts?.scoring !== undefined || !isSame(first, recordedParts);
  const isSecond = touchedParts?.interview !== undefined || interview !== recordedParts?.interview;
  return {
    ...whose,
    ...(isFirst && scoring !== undefined && { scoring }),
    ...(isFirst && marks && { marks }),
    ...(isFirst && rated && { rated }),
    ...(isSecond && interview !== undefined && { interview }),
  };
};

const isSame = (
  { scoring, marks, rated }: Pick<Corrected, 'scoring' | 'marks' | 'rated'>,
  recorded: Corrected | undefined,
): boolean =>
  scoring === recorded?.scoring &&
  canonicalJson({ marks, rated }) === canonicalJson({ marks: recorded?.marks, rated: recorded?.rated });

/** The scoring as it was counted, or as other totals take its place; the interview where it is known. */
const partsOf = ({ scoring, claims }: Recount): ReadonlyMap<ApplicationId, Corrected> => {
  const later = new Map((claims ?? []).map((one) => [one.applicationId, one]));
  return new Map(
    scoring.map(({ applicationId, number, marks, rated, scoring: counted }) => {
      const result = later.get(applicationId);
      const total = result?.scoring ?? counted;
      const interview = result?.interview;
      return [
        applicationId,
        {
          applicationId,
          number,
          ...(total !== undefined && { scoring: total }),
          ...(interview !== undefined && { interview }),
          ...(marks && { marks }),
          ...(rated && { rated }),
        },
      ];
    }),
  );
};
