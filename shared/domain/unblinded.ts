import type { Committee } from '#shared/domain/committee.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Marks, MarksImport } from '#shared/domain/marks.ts';
import type { Instant } from '#shared/domain/time.ts';

/**
 * Who has seen what voters and raters of a round may not: the secretary reads applications with names from the end of the call on, and who
 * imports, confirms or undoes marks sees totals by number. Ending a seat takes none of it back.
 */
export const unblindedIn = ({
  committee,
  marks,
  callEndedAt,
}: {
  committee: Committee | undefined;
  marks: Marks | undefined;
  callEndedAt: Instant;
}): ReadonlySet<PersonId> =>
  new Set([
    ...(committee?.seats ?? []).flatMap(({ personId, seat, leftAt }) =>
      seat === 'secretary' && (leftAt === undefined || leftAt >= callEndedAt) ? [personId] : [],
    ),
    ...(marks?.imports ?? []).flatMap(importersOf),
  ]);

const importersOf = ({ by, confirmed, undoings = [] }: MarksImport): PersonId[] => [
  by,
  ...(confirmed ? [confirmed.by] : []),
  ...undoings.flatMap((undoing) => [undoing.by, ...(undoing.ended ? [undoing.ended.by] : [])]),
];
