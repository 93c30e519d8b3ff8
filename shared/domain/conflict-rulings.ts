import type { Committee, CommitteeEvent } from '#shared/domain/committee.ts';
import { conflictOf, type Finding, type RulingKind } from '#shared/domain/conflict.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Decision = Result<CommitteeEvent[], Refusal>;

/** About whom the secretary rules, and why. */
type Ruling = { memberId: PersonId; applicationId: ApplicationId; by: PersonId; reason: DocumentRef };

/**
 * What of these findings is new: a pair that was not known, a ground that was not, or that a shown one now bars. The same search
 * again finds nothing new, and what is no longer found stays until the secretary clears it.
 */
export const newFindings = ({ conflicts }: Committee, findings: readonly Finding[]): Finding[] =>
  findings.filter(({ memberId, applicationId, grounds, bars }) => {
    const known = conflictOf(conflicts, memberId, applicationId)?.found;
    return !known || (bars && !known.bars) || grounds.some((ground) => !known.grounds.includes(ground));
  });

/**
 * The secretary pins a conflict for good, found or not, or clears one that was found or pinned. What a member declared is the
 * member's own word and is not cleared; nobody rules about themselves. The same again changes nothing.
 */
export const ruleOnConflict = (
  committee: Committee,
  { ruling, ...about }: Ruling & { ruling: RulingKind },
  now: Instant,
): Decision => {
  const { memberId, applicationId, by } = about;
  if (memberId === by) return refuse({ kind: 'not-allowed' });
  const guests = (committee.guests ?? []).flatMap(({ joined }) => joined ?? []);
  if (![...committee.seats, ...guests].some(({ personId }) => personId === memberId)) {
    return refuse({ kind: 'not-found', what: 'person' });
  }
  const conflict = conflictOf(committee.conflicts, memberId, applicationId);
  if (conflict?.ruling?.ruling === ruling) return ok([]);
  const mayClear = conflict && !conflict.declaredAt && (conflict.found ?? conflict.ruling);
  if (ruling === 'cleared' && !mayClear) return refuse({ kind: 'not-allowed' });
  return ok([{ type: 'conflict-ruled', at: now, ruling, ...about }]);
};

/** Takes the ruling back: what was declared and found counts again as it did before. Without a ruling nothing changes. */
export const undoRuling = (committee: Committee, about: Ruling, now: Instant): Decision => {
  if (about.memberId === about.by) return refuse({ kind: 'not-allowed' });
  const conflict = conflictOf(committee.conflicts, about.memberId, about.applicationId);
  return ok(conflict?.ruling ? [{ type: 'conflict-ruling-undone', at: now, ...about }] : []);
};
