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
  }: {
    decided: readonly Standing[];
    before: readonly Corrected[];
    /** Mean points by criterion where they are other than given. */
    pointsOf: (number: ApplicationNumber) => Corrected['points'];
  },
): Corrected[] => {
  const [was, is] = [partsOf(recorded), partsOf(after)];
  const touched = new Set(before.map(({ applicationId }) => applicationId));
  const invited = new Set(
    decided.flatMap(({ applicationId, outcome }) => (outcome === 'goes-on' ? [applicationId] : [])),
  );
  const wouldBe = new Set(
    after.scoring.flatMap(({ applicationId, outcome }) => (outcome === 'goes-on' ? [applicationId] : [])),
  );
  return [...is].flatMap(([id, parts]): Corrected[] => {
    const isOther = canonicalJson(was.get(id)) !== canonicalJson(parts);
    const uninvited = isOther && wouldBe.has(id) && !invited.has(id);
    if (!isOther && !touched.has(id)) return [];
    const points = pointsOf(parts.number);
    return [{ ...parts, ...(points && { points }), ...(uninvited && { uninvited: true as const }) }];
  });
};

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
