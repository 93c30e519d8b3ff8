import * as z from 'zod';
import { DocumentRef } from '#shared/domain/document.ts';
import type { Aggregate } from '#shared/domain/event.ts';
import { ApplicationId, ApplicationNumber, ClaimId, PersonId, RoundId, Sha256 } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

export const ClaimGrounds = z.enum(['scoring-error', 'document-overlooked', 'procedure', 'other']);
export type ClaimGrounds = z.infer<typeof ClaimGrounds>;

/** Totals in percent of the scale that take the place of the means. */
export const Correction = z.object({ scoring: z.number().optional(), interview: z.number().optional() });
export type Correction = z.infer<typeof Correction>;

/** Points at one criterion that a claim changed; the total of its part is counted from them. */
export const ChangedItem = z.object({
  part: z.enum(['scoring', 'interview']),
  criterion: z.string(),
  /** On whose card; absent where another organisation gave them. */
  raterId: PersonId.optional(),
  was: z.number(),
  points: z.number(),
  /** What the criterion comes to on average once everything that the claim changes counts, and before. */
  mean: z.object({ was: z.number(), is: z.number() }),
});
export type ChangedItem = z.infer<typeof ChangedItem>;

/**
 * What an upheld claim grants: other points, with the totals that they come to; other totals where no points can be named; or that an interview is owed
 * which was missed through nobody's fault but the region's.
 */
export const Granted = Correction.extend({
  interviewOwed: z.literal(true).optional(),
  /** Older claims have totals alone. */
  items: z.array(ChangedItem).min(1).optional(),
});
export type Granted = z.infer<typeof Granted>;

/** What is claimed. */
const said = {
  grounds: ClaimGrounds,
  /** What the applicant typed. */
  text: DocumentRef,
  /** Documents of the application that show it, by their codes in the round file; nothing that came later is evidence. Older claims have none. */
  evidence: z.array(z.string()).optional(),
};
const filed = {
  id: ClaimId,
  roundId: RoundId,
  applicationId: ApplicationId,
  number: ApplicationNumber,
  ...said,
};
const decided = {
  by: PersonId,
  /** What the applicant is told; typed. */
  reason: DocumentRef,
};

const dismissed = { ...decided, decidedAt: Instant, status: z.literal('rejected') };
const granted = {
  ...decided,
  decidedAt: Instant,
  status: z.literal('upheld'),
  corrected: Granted,
  shown: Sha256.optional(),
};

/** That a decided claim be open again: asked for by one person, which another one confirms or refuses. */
export const Reopening = z.object({
  ...decided,
  at: Instant,
  refused: z.object({ ...decided, at: Instant }).optional(),
});
export type Reopening = z.infer<typeof Reopening>;

/** By whom and when it was confirmed, and who had asked for it, with the reason that the applicant reads. */
const Reopened = z.object({ at: Instant, by: PersonId, asked: Reopening });

/** What a claim was before; it counts no more, and stays as it was. */
export const EarlierClaim = z.discriminatedUnion('status', [
  /** Its owner took it back, and claimed again. */
  z.object({ ...said, filedAt: Instant, withdrawnAt: Instant, status: z.literal('withdrawn') }),
  /** It was decided so, and reopened. */
  z.object({ ...said, filedAt: Instant, ...dismissed, reopened: Reopened }),
  z.object({ ...said, filedAt: Instant, ...granted, reopened: Reopened }),
]);
export type EarlierClaim = z.infer<typeof EarlierClaim>;

const standing = {
  ...filed,
  filedAt: Instant,
  /** Oldest first; absent where it was nothing else before. */
  earlier: z.array(EarlierClaim).min(1).optional(),
};

/** An applicant's objection to the preliminary results; one for each application. */
export const ResultClaim = z.discriminatedUnion('status', [
  z.object({ ...standing, status: z.literal('open') }),
  z.object({ ...standing, withdrawnAt: Instant, status: z.literal('withdrawn') }),
  z.object({ ...standing, ...dismissed, reopening: Reopening.optional() }),
  z.object({ ...standing, ...granted, reopening: Reopening.optional() }),
]);
export type ResultClaim = z.infer<typeof ResultClaim>;

export type DecidedClaim = Extract<ResultClaim, { status: 'rejected' | 'upheld' }>;
export const isDecided = (claim: ResultClaim): claim is DecidedClaim =>
  claim.status === 'rejected' || claim.status === 'upheld';

export const ClaimEvent = z.discriminatedUnion('type', [
  /** Also of a claim that was withdrawn: its owner claims again. */
  z.object({ type: z.literal('claim-filed'), at: Instant, ...filed }),
  /** By its owner. */
  z.object({ type: z.literal('claim-withdrawn'), at: Instant }),
  z.object({ type: z.literal('claim-rejected'), at: Instant, ...decided }),
  z.object({
    type: z.literal('claim-upheld'),
    at: Instant,
    ...decided,
    corrected: Granted,
    /** Of the effects that whoever upheld it had seen; older events do not have it. */
    shown: Sha256.optional(),
  }),
  z.object({ type: z.literal('claim-reopening-asked'), at: Instant, ...decided }),
  z.object({ type: z.literal('claim-reopening-refused'), at: Instant, ...decided }),
  /** By another person than who asked, who had seen its effects. */
  z.object({ type: z.literal('claim-reopened'), at: Instant, by: PersonId, shown: Sha256 }),
]);
export type ClaimEvent = z.infer<typeof ClaimEvent>;

/** All claims of a round, in the order in which they were filed. */
export const claimsOf = (roundId: RoundId): string => `CLAIMS#${roundId}`;

/** The name that makes a claim the only one of its application. */
export const onlyClaim = (applicationId: ApplicationId): string => `claim-of#${applicationId}`;

/** How events change a claim. */
export const claimAggregate: Aggregate<ResultClaim, ClaimEvent> = {
  name: 'claim',
  event: ClaimEvent,
  snapshot: ResultClaim,
  evolve: (claim, event) => {
    if (event.type === 'claim-filed') return filedThen(claim, event);
    if (claim && isDecided(claim)) return decidedThen(claim, event);
    if (claim?.status !== 'open') throw new Error(`A claim cannot come to ${event.type}.`);
    if (event.type === 'claim-withdrawn') return { ...claim, withdrawnAt: event.at, status: 'withdrawn' };
    if (event.type === 'claim-rejected') {
      const { by, reason, at: decidedAt } = event;
      return { ...claim, by, reason, decidedAt, status: 'rejected' };
    }
    if (event.type !== 'claim-upheld') throw new Error(`An open claim cannot come to ${event.type}.`);
    const { by, reason, at: decidedAt, corrected, shown } = event;
    return { ...claim, by, reason, decidedAt, status: 'upheld', corrected, ...(shown && { shown }) };
  },
  lists: ({ roundId, filedAt, id }) => ({ list: { key: claimsOf(roundId), sort: `${filedAt}#${id}` } }),
};

const filedThen = (
  before: ResultClaim | undefined,
  { type: _type, at: filedAt, ...claimed }: Extract<ClaimEvent, { type: 'claim-filed' }>,
): ResultClaim => {
  if (!before) return { ...claimed, filedAt, status: 'open' };
  if (before.status !== 'withdrawn') throw new Error('A claim is made again only once it was withdrawn.');
  const { grounds, text, evidence, filedAt: first, withdrawnAt, earlier = [] } = before;
  const was = { grounds, text, ...(evidence && { evidence }), filedAt: first, withdrawnAt };
  return { ...claimed, filedAt, earlier: [...earlier, { ...was, status: 'withdrawn' }], status: 'open' };
};

const decidedThen = (claim: DecidedClaim, event: ClaimEvent): ResultClaim => {
  const { at } = event;
  switch (event.type) {
    case 'claim-reopening-asked':
      return { ...claim, reopening: { at, by: event.by, reason: event.reason } };
    case 'claim-reopening-refused':
      if (!claim.reopening) break;
      return {
        ...claim,
        reopening: { ...claim.reopening, refused: { at, by: event.by, reason: event.reason } },
      };
    case 'claim-reopened':
      if (!claim.reopening) break;
      return openAgain(claim, { at, by: event.by, asked: claim.reopening });
    default:
  }
  throw new Error(`A decided claim cannot come to ${event.type}.`);
};

/** Open once more as it was filed; the decision stays beside it. */
const openAgain = (claim: DecidedClaim, reopened: z.infer<typeof Reopened>): ResultClaim => {
  const { id, roundId, applicationId, number, grounds, text, evidence, filedAt, earlier = [] } = claim;
  const filing = { grounds, text, ...(evidence && { evidence }), filedAt };
  const { by, reason, decidedAt } = claim;
  const decision = { ...filing, by, reason, decidedAt, reopened };
  const was: EarlierClaim =
    claim.status === 'rejected'
      ? { ...decision, status: 'rejected' }
      : {
          ...decision,
          status: 'upheld',
          corrected: claim.corrected,
          ...(claim.shown && { shown: claim.shown }),
        };
  return { id, roundId, applicationId, number, ...filing, earlier: [...earlier, was], status: 'open' };
};

/** The decision that stood before the claim was reopened, where that was the last that happened before this time that it is open. */
export const reopenedNow = ({
  earlier = [],
}: Pick<ResultClaim, 'earlier'>): Exclude<EarlierClaim, { status: 'withdrawn' }> | undefined => {
  const last = earlier.at(-1);
  return last?.status === 'withdrawn' ? undefined : last;
};

/** What waits for a second person: that a decided claim be open again. */
export const waitingReopening = (claim: ResultClaim): Reopening | undefined =>
  isDecided(claim) && claim.reopening?.refused === undefined ? claim.reopening : undefined;

/** A name for what is stored once each time that a claim is open; the first time as it always was. */
export const onceEach = (name: string, claim: Pick<ResultClaim, 'id' | 'earlier'>): string => {
  const times = claim.earlier?.length ?? 0;
  return times === 0 ? `${name}#${claim.id}` : `${name}#${claim.id}#${times}`;
};
