import * as z from 'zod';
import { DocumentRef } from '#shared/domain/document.ts';
import { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

/** On what a possible conflict of interest is found by comparing (`conflict-grounds.ts`). */
export const Ground = z.enum([
  'family-name',
  /** Borne by several applicants of the round, so that it says little. */
  'common-family-name',
  'employer',
  'past-employer',
  /** The member works at a school that the applicant wants a post at. */
  'school',
  /** The member worked there before. */
  'past-school',
  'institution',
  'address',
  'locality',
  /** The applicant names the member for a reference. */
  'referee',
]);
export type Ground = z.infer<typeof Ground>;

export const strengthOf = (ground: Ground): 'strong' | 'weak' => (weak.has(ground) ? 'weak' : 'strong');

const weak: ReadonlySet<Ground> = new Set<Ground>([
  'common-family-name',
  'past-employer',
  'past-school',
  'institution',
  'locality',
]);

/** A possible conflict of one member with one application. Grounds are codes: what was compared is not in it. */
export const Finding = z.object({
  memberId: PersonId,
  applicationId: ApplicationId,
  grounds: z.array(Ground).min(1),
  /** Whether one of the grounds keeps the member away; else the secretary is only shown it. */
  bars: z.boolean(),
});
export type Finding = z.infer<typeof Finding>;

export const RulingKind = z.enum(['pinned', 'cleared']);
export type RulingKind = z.infer<typeof RulingKind>;

/**
 * What may join a member with an applicant. What the member declared, what was found and what the secretary ruled lie side by
 * side, so that undoing the last leaves the others.
 */
export const Conflict = z.object({
  memberId: PersonId,
  applicationId: ApplicationId,
  declaredAt: Instant.optional(),
  found: Finding.pick({ grounds: true, bars: true }).extend({ at: Instant }).optional(),
  ruling: z.object({ ruling: RulingKind, by: PersonId, at: Instant, reason: DocumentRef }).optional(),
  /** When the member was let in again: points that were given before that do not count. */
  liftedAt: Instant.optional(),
});
export type Conflict = z.infer<typeof Conflict>;

const about = { memberId: PersonId, applicationId: ApplicationId };

/** Events of a committee about its conflicts of interest. */
export const conflictEvents = [
  z.object({ type: z.literal('conflict-declared'), at: Instant, ...about }),
  z.object({ type: z.literal('conflicts-found'), at: Instant, found: z.array(Finding).min(1) }),
  /** What these members disclosed was compared with every application. */
  z.object({ type: z.literal('disclosures-compared'), at: Instant, members: z.array(PersonId).min(1) }),
  z.object({
    type: z.literal('conflict-ruled'),
    at: Instant,
    ...about,
    by: PersonId,
    ruling: RulingKind,
    reason: DocumentRef,
  }),
  z.object({
    type: z.literal('conflict-ruling-undone'),
    at: Instant,
    ...about,
    by: PersonId,
    reason: DocumentRef,
  }),
] as const;
export const ConflictEvent = z.discriminatedUnion('type', conflictEvents);
export type ConflictEvent = z.infer<typeof ConflictEvent>;

/** Whether it keeps the member away: the secretary's word, else the member's own, else what was found. */
export const isBarring = ({ ruling, declaredAt, found }: Conflict): boolean =>
  ruling ? ruling.ruling === 'pinned' : declaredAt !== undefined || (found?.bars ?? false);

export const conflictOf = (
  conflicts: readonly Conflict[],
  memberId: PersonId,
  applicationId: ApplicationId,
): Conflict | undefined => indexOf(conflicts).get(keyOf(memberId, applicationId));

const keyOf = (memberId: PersonId, applicationId: ApplicationId): string => `${memberId} ${applicationId}`;

/** A round may have many conflicts, and each list asks for each of its applications. */
const indexOf = (conflicts: readonly Conflict[]): ReadonlyMap<string, Conflict> => {
  const known = indexes.get(conflicts);
  if (known) return known;
  const made = new Map(conflicts.map((one) => [keyOf(one.memberId, one.applicationId), one]));
  indexes.set(conflicts, made);
  return made;
};

const indexes = new WeakMap<readonly Conflict[], ReadonlyMap<string, Conflict>>();

/** The conflicts after an event; whoever is let in again is so from that moment. */
export const evolveConflicts = (
  conflicts: readonly Conflict[],
  event: Exclude<ConflictEvent, { type: 'disclosures-compared' }>,
): Conflict[] => {
  const after = new Map(indexOf(conflicts));
  const change = (of: Pick<Conflict, 'memberId' | 'applicationId'>, to: (before: Conflict) => Conflict) => {
    const key = keyOf(of.memberId, of.applicationId);
    const before = after.get(key) ?? { memberId: of.memberId, applicationId: of.applicationId };
    const made = to(before);
    const isLifted = isBarring(before) && !isBarring(made);
    after.set(key, isLifted ? { ...made, liftedAt: event.at } : made);
  };
  switch (event.type) {
    case 'conflict-declared':
      change(event, (before) => withDeclaration(before, event.at));
      break;
    case 'conflicts-found':
      for (const finding of event.found) change(finding, (before) => withFinding(before, finding, event.at));
      break;
    case 'conflict-ruled': {
      const { ruling, by, at, reason } = event;
      change(event, (before) => ({ ...before, ruling: { ruling, by, at, reason } }));
      break;
    }
    case 'conflict-ruling-undone':
      change(event, ({ ruling: _undone, ...left }) => left);
      break;
    default:
      return event satisfies never;
  }
  return [...after.values()];
};

/** What the secretary cleared before the member knew better is cleared no more: nobody clears what a member declared. */
const withDeclaration = ({ ruling, ...left }: Conflict, declaredAt: Instant): Conflict => ({
  ...left,
  declaredAt,
  ...(ruling?.ruling === 'pinned' && { ruling }),
});

/** A ground that nobody had seen when the conflict was cleared opens the question again; what is pinned stays. */
const withFinding = (before: Conflict, { grounds, bars }: Finding, at: Instant): Conflict => {
  const known = before.found?.grounds ?? [];
  const added = grounds.filter((ground) => !known.includes(ground));
  const { ruling, ...left } = before;
  const found = {
    grounds: [...known, ...added],
    bars: bars || (before.found?.bars ?? false),
    at: before.found?.at ?? at,
  };
  const stays = ruling && (ruling.ruling === 'pinned' || added.length === 0);
  return { ...left, found, ...(stays && { ruling }) };
};
