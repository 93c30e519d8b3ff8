import type { Committee } from '#shared/domain/committee.ts';
import type { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import type { InterviewRule } from '#shared/domain/interview-rule.ts';
import { freePanelists, type Panel } from '#shared/domain/panel.ts';

/*
 * Members who work at a school where somebody wants a post, and those who do not (ANCHORS 5.6).
 */

/** Who works at a school where the application wants a post, as comparing found; also who was cleared to judge it all the same. */
export const atHiringSchool = ({ conflicts }: Pick<Committee, 'conflicts'>, id: ApplicationId): PersonId[] =>
  conflicts.flatMap(({ applicationId, memberId, found }) =>
    applicationId === id && found?.grounds.includes('school') ? [memberId] : [],
  );

/** How many outsiders an application needs; none where the round file asks for none. */
export const outsidersNeeded = ({ outsiders }: Pick<InterviewRule, 'outsiders'>): number =>
  outsiders?.atLeast ?? 0;

/** Whether too few of those who would hear an application, at all its stations together, work at no school where it wants a post. */
export const lacksOutsiders = (
  crew: readonly (Panel | undefined)[],
  committee: Committee,
  id: ApplicationId,
  rule: Pick<InterviewRule, 'outsiders'>,
): boolean => {
  const insiders = new Set(atHiringSchool(committee, id));
  const hearing = new Set(crew.flatMap((panel) => freePanelists(panel, committee, id)));
  return [...hearing].filter((member) => !insiders.has(member)).length < outsidersNeeded(rule);
};
