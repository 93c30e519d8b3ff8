import { committeeAggregate } from '#shared/domain/committee.ts';
import { type Conflict, isBarring } from '#shared/domain/conflict.ts';
import { fold } from '#shared/domain/event.ts';
import type { Gathered } from './gathered.ts';
import type { MinutesConflict } from './minutes.ts';

/**
 * The conflicts of interest of a round by application number: what keeps somebody away, and what the secretary cleared. What was
 * only shown to the secretary, and let be, is not told.
 */
export const gatheredConflicts = ({
  committee,
  candidacies,
  said,
}: Pick<Gathered, 'committee' | 'candidacies' | 'said'>): MinutesConflict[] => {
  const numbers = new Map(candidacies.map(({ applicationId, number }) => [applicationId, number]));
  const conflicts = fold(committeeAggregate, committee)?.conflicts ?? [];
  return conflicts
    .flatMap((conflict): MinutesConflict[] => {
      const number = numbers.get(conflict.applicationId);
      if (number === undefined || !(isBarring(conflict) || conflict.ruling)) return [];
      const { memberId: personId, ruling } = conflict;
      const reason = said(ruling?.reason);
      return [
        {
          number,
          personId,
          ...originOf(conflict),
          ...(ruling && {
            ruling: { ruling: ruling.ruling, at: ruling.at, ...(reason !== undefined && { reason }) },
          }),
        },
      ];
    })
    .toSorted((a, b) => compare(a.number, b.number) || compare(a.personId, b.personId));
};

/** Whatever came first to be known of: the member's own word before what a program found. */
const originOf = ({ declaredAt, found, ruling }: Conflict): Pick<MinutesConflict, 'because' | 'since'> => {
  if (declaredAt) return { because: 'declared', since: declaredAt };
  if (found) return { because: 'found', since: found.at };
  if (ruling) return { because: 'pinned', since: ruling.at };
  throw new Error('A conflict was declared, found or pinned.');
};

/** By code unit, so that the order is the same on every machine. */
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
